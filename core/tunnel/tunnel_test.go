package tunnel

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"rentbell/core"
	"rentbell/core/tunnel/ngroktest"
)

const token = "2fJd83kQpLmNvXz7ForTestsOnly_4rWqY9bHs"

// patience is how long a test waits for what must happen.
const patience = 10 * time.Second

// watch returns a notify function and the states it was given.
func watch() (func(core.TunnelState), chan core.TunnelState) {
	states := make(chan core.TunnelState, 100) // notify must not block
	return func(s core.TunnelState) { states <- s }, states
}

// await returns the next state that is as wanted.
func await(t *testing.T, states <-chan core.TunnelState, wanted func(core.TunnelState) bool) core.TunnelState {
	t.Helper()
	deadline := time.After(patience)
	var seen []core.TunnelState
	for {
		select {
		case s := <-states:
			if wanted(s) {
				return s
			}
			seen = append(seen, s)
		case <-deadline:
			t.Fatalf("the state waited for did not come; got %v", seen)
		}
	}
}

func up(s core.TunnelState) bool   { return s.Up && s.Err == nil }
func down(s core.TunnelState) bool { return !s.Up && s.Err != nil }

// open opens a door that is closed when the test ends.
func open(t *testing.T, o core.TunnelOptions) (core.Endpoint, chan core.TunnelState) {
	t.Helper()
	notify, states := watch()
	endpoint, err := Ngrok{}.Open(t.Context(), o, notify)
	if err != nil {
		t.Fatalf("Open: %v", err)
	}
	t.Cleanup(func() { _ = endpoint.Close() })
	return endpoint, states
}

// serve answers requests at the endpoint until it is closed.
func serve(t *testing.T, endpoint core.Endpoint, h http.HandlerFunc) *http.Server {
	t.Helper()
	server := &http.Server{Handler: h}
	done := make(chan error, 1)
	go func() { done <- server.Serve(endpoint) }()
	t.Cleanup(func() {
		_ = server.Close()
		if err := <-done; !errors.Is(err, http.ErrServerClosed) && !errors.Is(err, net.ErrClosed) {
			t.Errorf("Serve returned %v", err)
		}
	})
	return server
}

// deliver posts body to address through the stand-in's edge.
func deliver(t *testing.T, service *ngroktest.Service, address, body string) (int, string) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	if err := service.WaitOnline(ctx, address); err != nil {
		t.Fatalf("%s is not online: %v", address, err)
	}
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, address+"/webhooks/appfolio", strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	response, err := service.RoundTrip(r)
	if err != nil {
		t.Fatalf("deliver: %v", err)
	}
	defer response.Body.Close()
	answer, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatalf("read answer: %v", err)
	}
	return response.StatusCode, string(answer)
}

// echo answers with what it got.
func echo(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	_, _ = io.WriteString(w, r.Method+" "+r.Host+r.URL.Path+" "+string(body))
}

func TestDeliveriesArriveAndAreAnswered(t *testing.T) {
	service := ngroktest.New(t)
	endpoint, states := open(t, service.Options(token))
	if got, want := endpoint.URL(), service.URL(); got != want {
		t.Errorf("URL() = %q, want the account's own, %q", got, want)
	}
	await(t, states, up)
	serve(t, endpoint, echo)

	code, answer := deliver(t, service, endpoint.URL(), `{"id":"evt_1"}`)
	host := strings.TrimPrefix(endpoint.URL(), "https://")
	if want := "POST " + host + `/webhooks/appfolio {"id":"evt_1"}`; code != http.StatusOK || answer != want {
		t.Errorf("delivery got %d %q, want 200 %q", code, answer, want)
	}
	if got := service.Authtokens(); !reflect.DeepEqual(got, []string{token}) {
		t.Errorf("signed in with %q, want the authtoken once", got)
	}
}

func TestReservedAddressIsAskedFor(t *testing.T) {
	service := ngroktest.New(t)
	o := service.Options(token)
	o.URL = "https://oakline.ngrok.app"
	endpoint, _ := open(t, o)
	if got := endpoint.URL(); got != o.URL {
		t.Errorf("URL() = %q, want %q", got, o.URL)
	}
	if got := service.Binds(); len(got) != 1 || got[0].Asked != o.URL {
		t.Errorf("asked for %+v, want %s", got, o.URL)
	}
}

func TestEdgeLetsOnlyDeliveriesThrough(t *testing.T) {
	service := ngroktest.New(t)
	open(t, service.Options(token))
	type action struct {
		Type   string
		Config map[string]any
	}
	type rule struct {
		Expressions []string
		Actions     []action
	}
	var got map[string][]rule
	if err := json.Unmarshal([]byte(service.Binds()[0].Policy), &got); err != nil {
		t.Fatalf("the policy that reached ngrok is no JSON: %v", err)
	}
	want := map[string][]rule{"on_http_request": {{
		Expressions: []string{"!(req.method == 'POST' && req.url.path == '/webhooks/appfolio')"},
		Actions:     []action{{Type: "deny", Config: map[string]any{"status_code": 404.0}}},
	}}}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("policy = %+v, want %+v", got, want)
	}
}

func TestDroppedSessionComesBack(t *testing.T) {
	service := ngroktest.New(t)
	endpoint, states := open(t, service.Options(token))
	await(t, states, up)
	serve(t, endpoint, echo)
	deliver(t, service, endpoint.URL(), "before")

	service.Drop()
	lost := await(t, states, down)
	var why *core.TunnelError
	if !errors.As(lost.Err, &why) || why.Refused {
		t.Errorf("a drop was reported as %v, want a temporary *TunnelError", lost.Err)
	}
	await(t, states, up)
	if code, answer := deliver(t, service, endpoint.URL(), "after"); code != http.StatusOK || !strings.HasSuffix(answer, "after") {
		t.Errorf("delivery after the drop got %d %q", code, answer)
	}
	binds := service.Binds()
	if len(binds) != 2 || binds[1].URL != binds[0].URL || binds[1].Policy != policy {
		t.Errorf("binds = %+v, want the same address and policy twice", binds)
	}
}

func TestLongAnswersAndRefusedBodiesPass(t *testing.T) {
	service := ngroktest.New(t)
	endpoint, _ := open(t, service.Options(token))
	serve(t, endpoint, func(w http.ResponseWriter, r *http.Request) {
		if r.ContentLength > 1<<20 {
			http.Error(w, "too large", http.StatusRequestEntityTooLarge)
			return
		}
		echo(w, r)
	})
	if code, _ := deliver(t, service, endpoint.URL(), strings.Repeat("x", 4<<20)); code != http.StatusRequestEntityTooLarge {
		t.Errorf("a body that is not read got %d, want 413", code)
	}
	long := strings.Repeat("y", 1<<20)
	if code, answer := deliver(t, service, endpoint.URL(), long); code != http.StatusOK || !strings.HasSuffix(answer, long) {
		t.Errorf("a body of 1 MiB got %d and %d bytes back", code, len(answer))
	}
}

func TestOpenNeedsUsableOptions(t *testing.T) {
	empty := filepath.Join(t.TempDir(), "empty.pem")
	if err := os.WriteFile(empty, []byte("no certificate"), 0o600); err != nil {
		t.Fatal(err)
	}
	sparse := filepath.Join(t.TempDir(), "sparse.pem")
	if err := errors.Join(os.WriteFile(sparse, nil, 0o600), os.Truncate(sparse, 200<<30)); err != nil {
		t.Fatal(err)
	}
	tests := []struct {
		name string
		o    core.TunnelOptions
		want error
	}{
		{"no authtoken", core.TunnelOptions{}, ErrNoAuthtoken},
		{"plain address", core.TunnelOptions{Authtoken: core.NewSecret(token), URL: "http://oakline.ngrok.app"}, core.ErrBadAddress},
		{"no port", core.TunnelOptions{Authtoken: core.NewSecret(token), ConnectURL: "localhost"}, ErrBadConnectURL},
		{"no host", core.TunnelOptions{Authtoken: core.NewSecret(token), ConnectURL: ":443"}, ErrBadConnectURL},
		{"no file", core.TunnelOptions{Authtoken: core.NewSecret(token), ConnectCAs: empty + ".not"}, os.ErrNotExist},
		{"a device", core.TunnelOptions{Authtoken: core.NewSecret(token), ConnectCAs: os.DevNull}, core.ErrNotFile},
		{"a directory", core.TunnelOptions{Authtoken: core.NewSecret(token), ConnectCAs: filepath.Dir(empty)}, core.ErrNotFile},
		{"no end", core.TunnelOptions{Authtoken: core.NewSecret(token), ConnectCAs: sparse}, ErrBadConnectCAs},
		{"no certificate", core.TunnelOptions{Authtoken: core.NewSecret(token), ConnectCAs: empty}, ErrBadConnectCAs},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			notify, _ := watch()
			_, err := Ngrok{}.Open(t.Context(), tt.o, notify)
			var why *core.TunnelError
			if !errors.Is(err, tt.want) || !errors.As(err, &why) || !why.Refused {
				t.Errorf("Open returned %v, want %v, refused", err, tt.want)
			}
		})
	}
}

func BenchmarkOpen(b *testing.B) {
	service := ngroktest.New(b)
	o := service.Options(token)
	for n := 0; b.Loop(); n++ {
		o.URL = fmt.Sprintf("https://n%d.ngrok.app", n) // the last one may still be online
		endpoint, err := Ngrok{}.Open(b.Context(), o, func(core.TunnelState) {})
		if err != nil {
			b.Fatal(err)
		}
		b.StopTimer()
		_ = endpoint.Close()
		b.StartTimer()
	}
}
