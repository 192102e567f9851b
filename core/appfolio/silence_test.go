package appfolio

import (
	"crypto/x509"
	"errors"
	"fmt"
	"net"
	"net/url"
	"os"
	"syscall"
	"testing"

	"rentbell/core"
)

func TestSilenceSaysWhatStandsInTheWay(t *testing.T) {
	wrap := func(err error) error {
		return unanswered(&url.Error{Op: "Post", URL: "https://key:s3cret-key@x", Err: fmt.Errorf("dial: %w", err)}, core.Secrets{})
	}
	if dns := new(net.DNSError); !errors.As(wrap(&net.DNSError{Name: "api.appfolio.com"}), &dns) || dns.Name != "api.appfolio.com" {
		t.Error("a name that does not resolve cannot be told")
	}
	if !errors.As(wrap(x509.UnknownAuthorityError{}), new(x509.UnknownAuthorityError)) {
		t.Error("a certificate of somebody else's cannot be told")
	}
	if errors.As(wrap(errors.New("s3cret-key")), new(*url.Error)) {
		t.Error("the error underneath, with all its text, can be reached")
	}
}

func TestSilenceOnWindowsHasTheNamesOfAll(t *testing.T) {
	const connRefused = syscall.Errno(10061) // WSAECONNREFUSED
	err := unanswered(&net.OpError{Op: "dial", Err: os.NewSyscallError("connectex", connRefused)}, core.Secrets{})
	if !errors.Is(err, syscall.ECONNREFUSED) || errors.Is(err, syscall.ECONNRESET) {
		t.Errorf("%v is told for another", err)
	}
}
