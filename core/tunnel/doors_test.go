package tunnel

import (
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"

	"rentbell/core"
	"rentbell/core/tunnel/ngroktest"
)

func TestLoopbackServesOnThisMachineOnly(t *testing.T) {
	notify, states := watch()
	endpoint, err := Loopback{Address: "127.0.0.1:0"}.Open(t.Context(), core.TunnelOptions{}, notify)
	if err != nil {
		t.Fatal(err)
	}
	await(t, states, up)
	server := serve(t, endpoint, echo)
	response, err := http.Post(endpoint.URL()+"/webhooks/appfolio", "application/json", strings.NewReader("{}"))
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	answer, err := io.ReadAll(response.Body)
	if want := "POST " + strings.TrimPrefix(endpoint.URL(), "http://") + "/webhooks/appfolio {}"; err != nil || string(answer) != want {
		t.Errorf("got %q, %v, want %q", answer, err, want)
	}
	if err := server.Close(); err != nil {
		t.Errorf("Close: %v", err)
	}
	if _, err := endpoint.Accept(); !errors.Is(err, net.ErrClosed) {
		t.Errorf("Accept after Close returned %v, want net.ErrClosed", err)
	}
}

func TestLoopbackEndsWithItsContext(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	notify, _ := watch()
	endpoint, err := Loopback{Address: "localhost:0"}.Open(ctx, core.TunnelOptions{}, notify)
	if err != nil {
		t.Fatal(err)
	}
	cancel()
	if _, err := endpoint.Accept(); !errors.Is(err, net.ErrClosed) {
		t.Errorf("Accept after the context's end returned %v, want net.ErrClosed", err)
	}
}

func TestLoopbackRefusesWhatOthersCanReach(t *testing.T) {
	tests := []struct {
		address string
		good    bool
	}{
		{"127.0.0.1:8080", true},
		{"127.9.9.9:0", true},
		{"[::1]:8080", true},
		{"localhost:8080", true},
		{"LocalHost:8080", true},
		{"", false},
		{":8080", false},
		{"8080", false},
		{"0.0.0.0:8080", false},
		{"[::]:8080", false},
		{"192.168.1.4:8080", false},
		{"203.0.113.7:0", false},
		{"example.com:80", false},
		{"localhost.example.com:80", false},
		{"127.1:8080", false},
		{"127.0.0.1", false},
		{"127.0.0.1:", false},
		{"127.0.0.1:http", false},
		{"127.0.0.1:65536", false},
		{"127.0.0.1:-1", false},
	}
	for _, tt := range tests {
		if err := (Loopback{tt.address}).Validate(); errors.Is(err, ErrNotLoopback) == tt.good || (err == nil) != tt.good {
			t.Errorf("Validate(%q) = %v, want good %v", tt.address, err, tt.good)
		}
	}
	notify, _ := watch()
	_, err := Loopback{"0.0.0.0:0"}.Open(t.Context(), core.TunnelOptions{}, notify)
	if !errors.Is(err, ErrNotLoopback) || !refused(err, "") {
		t.Errorf("Open of 0.0.0.0 returned %v, want ErrNotLoopback, refused", err)
	}
}

func TestLoopbackTellsOfAPortInUse(t *testing.T) {
	notify, _ := watch()
	first, err := Loopback{"127.0.0.1:0"}.Open(t.Context(), core.TunnelOptions{}, notify)
	if err != nil {
		t.Fatal(err)
	}
	defer first.Close()
	_, err = Loopback{first.Addr().String()}.Open(t.Context(), core.TunnelOptions{}, notify)
	if !refused(err, "") || !errors.Is(err, core.ErrPortInUse) {
		t.Errorf("Open of a port in use returned %v, want ErrPortInUse, refused", err)
	}
}

func TestDoorsOpenTheKindThatIsAskedFor(t *testing.T) {
	service := ngroktest.New(t)
	ngrok := service.Options(token)
	ngrok.Kind = core.TunnelNgrok
	tests := []struct {
		o    core.TunnelOptions
		want func(core.Endpoint) string
	}{
		{ngrok, func(core.Endpoint) string { return service.URL() }},
		{core.TunnelOptions{Kind: core.TunnelLoopback, Listen: "127.0.0.1:0"},
			func(e core.Endpoint) string { return "http://" + e.Addr().String() }},
		{core.TunnelOptions{Kind: core.TunnelManual, Listen: "127.0.0.1:0", URL: "https://rent.oakline.example/"},
			func(core.Endpoint) string { return "https://rent.oakline.example" }},
	}
	for _, tt := range tests {
		t.Run(string(tt.o.Kind), func(t *testing.T) {
			notify, states := watch()
			endpoint, err := Doors{}.Open(t.Context(), tt.o, notify)
			if err != nil {
				t.Fatal(err)
			}
			defer endpoint.Close()
			await(t, states, up)
			if got, want := endpoint.URL(), tt.want(endpoint); got != want {
				t.Errorf("URL() = %q, want %q", got, want)
			}
			if _, err := (Doors{}).Diagnose(t.Context(), tt.o); err != nil {
				t.Errorf("Diagnose: %v", err)
			}
		})
	}
}

func TestDoorsKnowNoOtherKind(t *testing.T) {
	notify, _ := watch()
	_, err := Doors{}.Open(t.Context(), core.TunnelOptions{Kind: "carrier pigeon"}, notify)
	if !errors.Is(err, ErrUnknownKind) || !refused(err, "") {
		t.Errorf("Open returned %v, want ErrUnknownKind, refused", err)
	}
	if _, err := (Doors{}).Diagnose(t.Context(), core.TunnelOptions{}); !errors.Is(err, ErrUnknownKind) {
		t.Errorf("Diagnose returned %v, want ErrUnknownKind", err)
	}
}

func TestManualServesAtAPortBehindTheUsersAddress(t *testing.T) {
	notify, _ := watch()
	o := core.TunnelOptions{Listen: "localhost:0", URL: "https://rent.oakline.example"}
	endpoint, err := Manual{}.Open(t.Context(), o, notify)
	if err != nil {
		t.Fatal(err)
	}
	serve(t, endpoint, echo)
	endpoint.Redial() // has nothing to do, and does not break anything
	r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, "http://"+endpoint.Addr().String()+"/webhooks/appfolio", strings.NewReader("{}"))
	if err != nil {
		t.Fatal(err)
	}
	r.Host = "rent.oakline.example"
	response, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	answer, err := io.ReadAll(response.Body)
	if want := "POST rent.oakline.example/webhooks/appfolio {}"; err != nil || string(answer) != want {
		t.Errorf("got %q, %v, want %q", answer, err, want)
	}
}

func TestManualNeedsAnAddressAndAFreeLoopbackPort(t *testing.T) {
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer taken.Close()
	tests := []struct {
		name, listen, url string
		want              error
	}{
		{"no address", "127.0.0.1:0", "", core.ErrNoAddress},
		{"plain address", "127.0.0.1:0", "http://rent.oakline.example", core.ErrBadAddress},
		{"no port", "", "https://rent.oakline.example", ErrNotLoopback},
		{"port for all", "0.0.0.0:8080", "https://rent.oakline.example", ErrNotLoopback},
		{"port in use", taken.Addr().String(), "https://rent.oakline.example", core.ErrPortInUse},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			notify, _ := watch()
			_, err := Manual{}.Open(t.Context(), core.TunnelOptions{Listen: tt.listen, URL: tt.url}, notify)
			if !errors.Is(err, tt.want) || !refused(err, "") {
				t.Errorf("Open returned %v, want %v, refused", err, tt.want)
			}
		})
	}
}
