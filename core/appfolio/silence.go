package appfolio

import (
	"crypto/x509"
	"errors"
	"net"
	"syscall"

	"rentbell/core"
)

// unanswered is the error of an exchange without an answer.
func unanswered(err error, secrets core.Secrets) error {
	return &core.SubscribeError{Err: Silence(err, secrets)}
}

// Silence wraps a transport error. Its text may quote what the server sent, and
// that may quote a secret, so the text is scrubbed and Unwrap does not reach the
// error underneath. errors.Is still finds it, and errors.As finds the errors of
// name resolution and certificates, which quote nothing.
func Silence(err error, secrets core.Secrets) error {
	return &transportError{text: Clean(err.Error(), secrets), cause: err}
}

type transportError struct {
	text  string
	cause error
}

func (e *transportError) Error() string { return e.text }

// Is finds an error of the system by its name. On Windows sockets have error
// numbers of their own, for which package syscall has no names.
func (e *transportError) Is(target error) bool {
	if errors.Is(e.cause, target) {
		return true
	}
	errno, _ := target.(syscall.Errno)
	winsock, known := winsockErrors[errno]
	return known && errors.Is(e.cause, winsock)
}

// winsockErrors are the Windows numbers of the errors that say why nobody answers.
// Other systems have no numbers this high.
var winsockErrors = map[syscall.Errno]syscall.Errno{
	syscall.ENETUNREACH:  10051,
	syscall.ECONNRESET:   10054,
	syscall.ETIMEDOUT:    10060,
	syscall.ECONNREFUSED: 10061,
	syscall.EHOSTUNREACH: 10065,
}

// As finds the errors that say what is in the way and quote nothing of what was
// sent.
func (e *transportError) As(target any) bool {
	switch target.(type) {
	case **net.DNSError, *x509.UnknownAuthorityError, *x509.CertificateInvalidError, *x509.HostnameError:
		return errors.As(e.cause, target)
	}
	return false
}

// Timeout reports, for net.Error, whether the exchange took too long.
func (e *transportError) Timeout() bool {
	var timeout interface{ Timeout() bool }
	return errors.As(e.cause, &timeout) && timeout.Timeout()
}

// Temporary completes net.Error, so that errors.As finds one. A server that does
// not answer may answer later.
func (e *transportError) Temporary() bool { return true }
