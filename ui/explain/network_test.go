package explain

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"net"
	"strings"
	"syscall"
	"testing"

	"rentbell/core"
)

func TestSilenceIsTold(t *testing.T) {
	wrap := func(err error) error { return fmt.Errorf("dial: %w", &net.OpError{Op: "dial", Err: err}) }
	listen := func(err error) error { return &net.OpError{Op: "listen", Err: err} }
	expired := &tls.CertificateVerificationError{Err: x509.CertificateInvalidError{Reason: x509.Expired, Cert: new(x509.Certificate)}}
	tests := []struct {
		err             error
		ngrok, appFolio string // parts of the cause
	}{
		{wrap(&net.DNSError{Err: "no such host", Name: "connect.ngrok-agent.com"}), "no way to the internet", "no way to the internet"},
		{wrap(&net.DNSError{Err: "server misbehaving", IsTemporary: true}), "no way to the internet", "no way to the internet"},
		{wrap(syscall.ENETUNREACH), "no way to the internet", "no way to the internet"},
		{wrap(syscall.EHOSTUNREACH), "no way to the internet", "no way to the internet"},
		{wrap(syscall.ECONNREFUSED), "shut", "refused"},
		{wrap(context.DeadlineExceeded), "in time", "too long"},
		{wrap(syscall.ETIMEDOUT), "in time", "too long"},
		{x509.UnknownAuthorityError{}, "A stranger answers", "A stranger answers"},
		{&tls.CertificateVerificationError{Err: x509.HostnameError{Certificate: new(x509.Certificate), Host: "connect.ngrok-agent.com"}}, "A stranger answers", "A stranger answers"},
		{x509.CertificateInvalidError{Reason: x509.CANotAuthorizedForThisName}, "A stranger answers", "A stranger answers"},
		{tls.RecordHeaderError{Msg: "first record does not look like a TLS handshake"}, "A stranger answers", "A stranger answers"},
		{expired, "clock may be wrong", "clock may be wrong"},
		{fmt.Errorf("reach: %w", core.ErrClockWrong), "the right time", "the right time"},
		{fmt.Errorf("reach: %w", core.ErrPortal), "sign in first", "sign in first"},
		{fmt.Errorf("dial: %w", core.ErrProxyUnreachable), "in Settings", "in Settings"},
		{fmt.Errorf("dial: %w", core.ErrProxyRefused), "refused", "refused"},
		{fmt.Errorf("dial: %w: %w", core.ErrProxyAuth, core.ErrProxyRefused), "password", "password"},
		{fmt.Errorf("open: %w", core.ErrPortInUse), "has it open", "has it open"},
		{listen(syscall.EADDRINUSE), "has it open", "has it open"},
		{listen(syscall.EACCES), "use the port", "dropped"},
		{wrap(syscall.ECONNRESET), "no connection", "dropped"},
		{nil, "no connection", "dropped"},
	}
	for _, tt := range tests {
		for want, err := range map[string][]error{
			tt.ngrok:    {&core.TunnelError{Err: tt.err}},
			tt.appFolio: {&core.SubscribeError{Err: tt.err}},
		} {
			if tt.ngrok == tt.appFolio {
				err = []error{&core.TunnelError{Err: tt.err}, &core.SubscribeError{Err: tt.err}}
			}
			for _, err := range err {
				w := English.Error(fmt.Errorf("while trying: %w", err))
				checkWords(t, fmt.Sprint(tt.err), w)
				if !strings.Contains(w.Cause, want) {
					t.Errorf("%v: %q does not say %q", err, w.Cause, want)
				}
			}
		}
		if tt.err == nil || errors.Is(tt.err, syscall.ECONNRESET) {
			continue
		}
		w := English.Error(tt.err)
		checkWords(t, fmt.Sprint(tt.err, " alone"), w)
		if w == unexplained {
			t.Errorf("%v alone has no words", tt.err)
		}
	}
}

func TestAPortThatIsRefusedIsNotBlamedOnNgrok(t *testing.T) {
	w := English.Error(&core.TunnelError{Refused: true, Err: &net.OpError{Op: "listen", Err: syscall.EACCES}})
	checkWords(t, "port", w)
	if strings.Contains(w.Title+w.Text(), "ngrok") || !strings.Contains(w.Title, "port") {
		t.Errorf("%+v", w)
	}
}
