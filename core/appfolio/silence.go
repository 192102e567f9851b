package appfolio

import (
	"crypto/x509"
	"errors"
	"net"

	"rentbell/core"
)

// unanswered wraps a transport error. Its text may quote what the other side
// sent, and that may quote a secret, so the text is scrubbed and the error
// underneath stays out of reach: errors.Is still sees through to it.
func unanswered(err error, secrets core.Secrets) error {
	return &core.SubscribeError{Err: &transportError{text: clean(err.Error(), secrets), cause: err}}
}

type transportError struct {
	text  string
	cause error
}

func (e *transportError) Error() string        { return e.text }
func (e *transportError) Is(target error) bool { return errors.Is(e.cause, target) }

// As finds what stands in the way and repeats nothing of what was sent.
func (e *transportError) As(target any) bool {
	switch target.(type) {
	case **net.DNSError, *x509.UnknownAuthorityError, *x509.CertificateInvalidError, *x509.HostnameError:
		return errors.As(e.cause, target)
	}
	return false
}

// Timeout is net.Error's word for "it took too long".
func (e *transportError) Timeout() bool {
	var timeout interface{ Timeout() bool }
	return errors.As(e.cause, &timeout) && timeout.Timeout()
}

// Temporary completes net.Error, so that errors.As finds one. Every silence
// may end.
func (e *transportError) Temporary() bool { return true }
