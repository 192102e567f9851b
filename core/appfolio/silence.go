package appfolio

import (
	"crypto/x509"
	"errors"
	"net"
	"syscall"

	"rentbell/core"
)

// unanswered is the error of an exchange that brought no answer.
func unanswered(err error, secrets core.Secrets) error {
	return &core.SubscribeError{Err: Silence(err, secrets)}
}

// Silence wraps a transport error. Its text may quote what the other side sent,
// and that may quote a secret, so the text is scrubbed and the error underneath
// stays out of reach: errors.Is still sees through to it.
func Silence(err error, secrets core.Secrets) error {
	return &transportError{text: Clean(err.Error(), secrets), cause: err}
}

type transportError struct {
	text  string
	cause error
}

func (e *transportError) Error() string { return e.text }

// Is finds an error of the system by its name, also on Windows, whose sockets
// have numbers of their own that no name of package syscall stands for.
func (e *transportError) Is(target error) bool {
	if errors.Is(e.cause, target) {
		return true
	}
	errno, _ := target.(syscall.Errno)
	winsock, known := winsockErrors[errno]
	return known && errors.Is(e.cause, winsock)
}

// winsockErrors are the ones that say why nobody answers. Other systems have no
// numbers this high.
var winsockErrors = map[syscall.Errno]syscall.Errno{
	syscall.ENETUNREACH:  10051,
	syscall.ECONNRESET:   10054,
	syscall.ETIMEDOUT:    10060,
	syscall.ECONNREFUSED: 10061,
	syscall.EHOSTUNREACH: 10065,
}

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
