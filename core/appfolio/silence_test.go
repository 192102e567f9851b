package appfolio

import (
	"crypto/x509"
	"errors"
	"fmt"
	"net"
	"net/url"
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
