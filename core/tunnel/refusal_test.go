package tunnel

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"strings"
	"testing"
	"time"

	"rentbell/core"
	"rentbell/core/tunnel/ngroktest"
)

// refused reports whether err is a refusal with that code.
func refused(err error, code string) bool {
	var why *core.TunnelError
	return errors.As(err, &why) && why.Refused && why.Code == code
}

func TestRefusedAuthtokenIsToldAtOnce(t *testing.T) {
	service := ngroktest.New(t)
	service.Refuse("ERR_NGROK_105", "The authtoken you specified does not look like a proper ngrok authtoken.\n"+
		"Your authtoken: "+token+"\nInstructions: https://dashboard.ngrok.com/?t="+token)
	notify, states := watch()
	start := time.Now()
	_, err := Ngrok{}.Open(t.Context(), service.Options(token), notify)
	if took := time.Since(start); took > 5*time.Second {
		t.Errorf("it took %v to tell", took)
	}
	if !refused(err, "ERR_NGROK_105") || !refused(await(t, states, down).Err, "ERR_NGROK_105") {
		t.Fatalf("Open returned %v, want ERR_NGROK_105, refused, told both ways", err)
	}
	text := err.Error()
	for i := range len(token) - 5 {
		if part := token[i : i+6]; strings.Contains(text, part) {
			t.Fatalf("the error shows %q of the authtoken: %s", part, text)
		}
	}
	if !strings.Contains(text, "authtoken not accepted") {
		t.Errorf("the error does not name the authtoken: %s", text)
	}
}

func TestRefusedAddressIsToldAtOnce(t *testing.T) {
	service := ngroktest.New(t)
	service.RefuseBind("ERR_NGROK_319", "You must reserve a custom hostname for your account.")
	notify, _ := watch()
	if _, err := (Ngrok{}).Open(t.Context(), service.Options(token), notify); !refused(err, "ERR_NGROK_319") {
		t.Errorf("Open returned %v, want ERR_NGROK_319, refused", err)
	}
}

func TestTakenAddressIsAskedForAgain(t *testing.T) {
	service := ngroktest.New(t)
	first, _ := open(t, service.Options(token))
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	if err := service.WaitOnline(ctx, first.URL()); err != nil {
		t.Fatal(err)
	}
	notify, states := watch()
	opened := make(chan error, 1)
	go func() {
		second, err := Ngrok{}.Open(ctx, service.Options(token), notify)
		if err == nil {
			err = second.Close()
		}
		opened <- err
	}()
	taken := await(t, states, down)
	var why *core.TunnelError
	if !errors.As(taken.Err, &why) || why.Refused || why.Code != "ERR_NGROK_334" {
		t.Errorf("a taken address was reported as %v, want a temporary ERR_NGROK_334", taken.Err)
	}
	if taken.RetryAt.IsZero() {
		t.Error("nobody was told when the address is asked for again")
	}
	if err := first.Close(); err != nil {
		t.Fatal(err)
	}
	await(t, states, up)
	if err := <-opened; err != nil {
		t.Errorf("the second Open: %v", err)
	}
}

func TestRevokedAuthtokenEndsTheEndpoint(t *testing.T) {
	service := ngroktest.New(t)
	endpoint, states := open(t, service.Options(token))
	await(t, states, up)
	service.Refuse("ERR_NGROK_107", "The authtoken you specified is properly formed, but it is invalid.\nYour authtoken: "+token)
	service.Drop()
	told := await(t, states, func(s core.TunnelState) bool { return refused(s.Err, "ERR_NGROK_107") })
	if strings.Contains(told.Err.Error(), token) {
		t.Error("the report shows the authtoken")
	}
	if _, err := endpoint.Accept(); !refused(err, "ERR_NGROK_107") {
		t.Errorf("Accept returned %v, want the refusal", err)
	}
}

func TestAddressTakenBackEndsTheEndpoint(t *testing.T) {
	service := ngroktest.New(t)
	endpoint, states := open(t, service.Options(token))
	deliverable(t, service, endpoint)
	if err := service.TakeBack("ERR_NGROK_338", "The account has been suspended."); err != nil {
		t.Fatalf("take the address back: %v", err)
	}
	await(t, states, func(s core.TunnelState) bool { return refused(s.Err, "ERR_NGROK_338") })
	if _, err := endpoint.Accept(); !refused(err, "ERR_NGROK_338") {
		t.Errorf("Accept returned %v, want the reason", err)
	}
}

// deliverable waits until the edge knows the endpoint.
func deliverable(t *testing.T, service *ngroktest.Service, endpoint core.Endpoint) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	if err := service.WaitOnline(ctx, endpoint.URL()); err != nil {
		t.Fatalf("the address is not online: %v", err)
	}
}

// TestUnreachableServiceIsTemporary opens a door where there is none: Open keeps
// trying and says why, until its context ends.
func TestUnreachableServiceIsTemporary(t *testing.T) {
	service, stranger := ngroktest.New(t), ngroktest.New(t)
	mistrusted := service.Options(token)
	mistrusted.ConnectCAs = stranger.CAFile()
	absent := service.Options(token)
	absent.ConnectURL = unusedAddress(t)
	tests := []struct {
		name string
		o    core.TunnelOptions
		why  func(error) bool
	}{
		{"certificate of a stranger", mistrusted, func(err error) bool {
			var certificate *tls.CertificateVerificationError
			return errors.As(err, &certificate)
		}},
		{"nobody there", absent, func(err error) bool {
			var network *net.OpError
			return errors.As(err, &network) && network.Op == "dial"
		}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			ctx, cancel := context.WithCancel(t.Context())
			notify, states := watch()
			opened := make(chan error, 1)
			go func() {
				_, err := Ngrok{}.Open(ctx, tt.o, notify)
				opened <- err
			}()
			state := await(t, states, func(s core.TunnelState) bool { return down(s) && tt.why(s.Err) })
			var why *core.TunnelError
			if !errors.As(state.Err, &why) || why.Refused {
				t.Errorf("reported %v, want a temporary *TunnelError", state.Err)
			}
			cancel()
			if err := <-opened; !errors.Is(err, context.Canceled) {
				t.Errorf("Open returned %v, want the context's end", err)
			}
		})
	}
	if got := service.Authtokens(); len(got) != 0 {
		t.Errorf("the authtoken went to a service whose certificate is a stranger's: %d times", len(got))
	}
}

// unusedAddress is a local address that nobody listens on.
func unusedAddress(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().String()
}

func TestExplain(t *testing.T) {
	tests := []struct {
		name    string
		err     error
		code    string
		refused bool
		text    string
	}{
		{"code at the end", errors.New("authentication failed: No.\r\n\r\nERR_NGROK_107\r\n"), "ERR_NGROK_107", true,
			"tunnel refused (ERR_NGROK_107): authtoken not accepted: authentication failed: No. ERR_NGROK_107"},
		{"code in a link", errors.New("Stopped\n\nhttps://ngrok.com/docs/errors/err_ngrok_314"), "ERR_NGROK_314", true,
			"tunnel refused (ERR_NGROK_314): address not granted: Stopped https://ngrok.com/docs/errors/err_ngrok_314"},
		{"longer code", errors.New("ERR_NGROK_10500"), "ERR_NGROK_10500", false, "tunnel interrupted (ERR_NGROK_10500): ERR_NGROK_10500"},
		{"quota", errors.New("limit for the month ERR_NGROK_725"), "ERR_NGROK_725", false,
			"tunnel interrupted (ERR_NGROK_725): limit for the month ERR_NGROK_725"},
		{"network", &net.DNSError{Err: "no such host", Name: "connect.ngrok-agent.com"}, "", false,
			"tunnel interrupted: lookup connect.ngrok-agent.com: no such host"},
		{"authtoken repeated", errors.New("bad " + token), "", false, "tunnel interrupted: bad ••••••"},
		{"flood", errors.New(strings.Repeat("x", 1<<20)), "", false, "tunnel interrupted: " + strings.Repeat("x", longestText)},
		{"flood that ends in the authtoken", errors.New(strings.Repeat("x", longestText-10) + token), "", false,
			"tunnel interrupted: " + strings.Repeat("x", longestText-10) + "••••••"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := explain(tt.err, core.NewSecret(token))
			if got.Code != tt.code || got.Refused != tt.refused || got.Error() != tt.text {
				t.Errorf("explain = %q, %v, %q; want %q, %v, %q", got.Code, got.Refused, got.Error(), tt.code, tt.refused, tt.text)
			}
			if s := fmt.Sprintf("%v %+v %#v", got, got.Err, got.Err); strings.Contains(s, token) {
				t.Errorf("the authtoken can be read: %s", s)
			}
		})
	}
	var dns *net.DNSError
	if !errors.As(explain(tests[4].err, core.NewSecret(token)), &dns) {
		t.Error("a network error cannot be told by errors.As any more")
	}
}
