package tunnel

import (
	"context"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"testing"
	"time"

	"rentbell/core"
	"rentbell/core/tunnel/ngroktest"
)

func TestDiagnoseNeedsNoAuthtoken(t *testing.T) {
	service := ngroktest.New(t)
	o := service.Options("")
	o.Kind = core.TunnelNgrok
	got, err := Doors{}.Diagnose(t.Context(), o)
	if err != nil || got.Region != "test" || got.Latency <= 0 {
		t.Errorf("Diagnose = %+v, %v", got, err)
	}
	if n := len(service.Authtokens()); n != 0 {
		t.Errorf("it signed in %d times", n)
	}
}

func TestDiagnoseLeavesAnOpenEndpointAlone(t *testing.T) {
	service := ngroktest.New(t)
	endpoint, states := open(t, service.Options(token))
	await(t, states, up)
	serve(t, endpoint, echo)
	if _, err := (Ngrok{}).Diagnose(t.Context(), service.Options(token)); err != nil {
		t.Errorf("Diagnose: %v", err)
	}
	deliver(t, service, endpoint.URL(), "after")
	if len(states) != 0 {
		t.Errorf("the endpoint told %+v", <-states)
	}
}

func TestDiagnoseSaysHowFarItCame(t *testing.T) {
	service, stranger := ngroktest.New(t), ngroktest.New(t)
	absent, mistrusted := service.Options(token), service.Options(token)
	absent.ConnectURL = unusedAddress(t)
	mistrusted.ConnectCAs = stranger.CAFile()
	var unknown x509.UnknownAuthorityError
	var network *net.OpError
	tests := []struct {
		name string
		o    core.TunnelOptions
		step core.Step
		why  func(error) bool
	}{
		{"nobody there", absent, core.StepTCP, func(err error) bool { return errors.As(err, &network) }},
		{"certificate of a stranger", mistrusted, core.StepTLS, func(err error) bool { return errors.As(err, &unknown) }},
		{"a web server", webServer(t), core.StepMuxado, func(error) bool { return true }},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, err := Ngrok{}.Diagnose(t.Context(), tt.o)
			var why *core.TunnelError
			if !errors.As(err, &why) || why.Refused || why.Step != tt.step || !tt.why(err) {
				t.Errorf("Diagnose = %v, want it to fail at %s", err, tt.step)
			}
		})
	}
}

// webServer has a certificate that is trusted, and does not speak the tunnel's
// protocol.
func webServer(t *testing.T) core.TunnelOptions {
	t.Helper()
	server := httptest.NewUnstartedServer(http.NotFoundHandler())
	server.Config.ErrorLog = log.New(io.Discard, "", 0)
	server.StartTLS()
	t.Cleanup(server.Close)
	file := filepath.Join(t.TempDir(), "ca.pem")
	ca := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: server.Certificate().Raw})
	if err := os.WriteFile(file, ca, 0o600); err != nil {
		t.Fatal(err)
	}
	return core.TunnelOptions{ConnectURL: server.Listener.Addr().String(), ConnectCAs: file}
}

func TestDiagnoseGivesUpInTime(t *testing.T) {
	bubble(t, func(t *testing.T) {
		w := newWorld(t)
		w.Slow(time.Hour)
		nobody := Ngrok{dial: ngroktest.NewPipe().DialContext}
		tests := []struct {
			name string
			door Ngrok
			step core.Step
		}{
			{"nobody accepts", nobody, core.StepTCP},
			{"nobody answers", w.door(), core.StepMuxado},
		}
		for _, tt := range tests {
			began := time.Now()
			_, err := tt.door.Diagnose(t.Context(), w.Options(token))
			var why *core.TunnelError
			if !errors.As(err, &why) || why.Step != tt.step || !errors.Is(err, context.DeadlineExceeded) {
				t.Errorf("%s: Diagnose = %v, want it to time out at %s", tt.name, err, tt.step)
			}
			if took := time.Since(began); took > diagnosisTime+time.Second {
				t.Errorf("%s: it took %v", tt.name, took)
			}
		}
	})
}

func TestDiagnoseNeedsUsableOptions(t *testing.T) {
	_, err := Ngrok{}.Diagnose(t.Context(), core.TunnelOptions{ConnectURL: "localhost"})
	if !errors.Is(err, ErrBadConnectURL) || !refused(err, "") {
		t.Errorf("Diagnose = %v, want ErrBadConnectURL, refused", err)
	}
}
