package appfolio

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"reflect"
	"strings"
	"syscall"
	"testing"
	"time"

	"rentbell/core"
)

var subscription = core.Subscription{
	Address: "https://oakline.ngrok.app/webhooks/appfolio",
	Secrets: core.Secrets{
		APIKey:        core.NewSecret("key-5f1d7a84e64bd1f9"),
		WebhookSecret: core.NewSecret("whsec-c1a7e03bab3aee37"),
		Authtoken:     core.NewSecret("2token-never-sent-anywhere"),
	},
}

// appFolio answers registrations with the handler.
func appFolio(t testing.TB, handler http.HandlerFunc) core.Subscription {
	t.Helper()
	server := httptest.NewServer(handler)
	t.Cleanup(server.Close)
	sub := subscription
	sub.Base = server.URL
	return sub
}

// refusal subscribes and returns the error that must come of it.
func refusal(t testing.TB, sub core.Subscription) *core.SubscribeError {
	t.Helper()
	_, err := New().Subscribe(t.Context(), sub)
	var refused *core.SubscribeError
	if !errors.As(err, &refused) {
		t.Fatalf("got %v, want a SubscribeError", err)
	}
	return refused
}

func TestSubscribeSendsTheContractsRequest(t *testing.T) {
	var method, uri string
	var header http.Header
	var body []byte
	sub := appFolio(t, func(w http.ResponseWriter, r *http.Request) {
		method, uri, header = r.Method, r.RequestURI, r.Header
		body, _ = io.ReadAll(r.Body)
		w.WriteHeader(http.StatusCreated)
	})
	if _, err := New().Subscribe(t.Context(), sub); err != nil {
		t.Fatal(err)
	}
	if method != "POST" || uri != "/v1/webhooks" {
		t.Errorf("got %s %s", method, uri)
	}
	if got := header.Values("Authorization"); !reflect.DeepEqual(got, []string{"Bearer key-5f1d7a84e64bd1f9"}) {
		t.Errorf("Authorization: got %q", got)
	}
	if got := header.Get("Content-Type"); got != "application/json" {
		t.Errorf("Content-Type: got %q", got)
	}
	var got, want map[string]any
	contract := `{"url":"https://oakline.ngrok.app/webhooks/appfolio","secret":"whsec-c1a7e03bab3aee37",
		"events":["tenant.created","work_order.updated","payment.received","lease.signed","lease.expired"]}`
	if err := errors.Join(json.Unmarshal(body, &got), json.Unmarshal([]byte(contract), &want)); err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("body: got %s, want %s", body, contract)
	}
}

func TestAnyTwoHundredIsSuccess(t *testing.T) {
	for _, status := range []int{200, 201, 202, 204, 299} {
		sub := appFolio(t, func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(status) })
		if _, err := New().Subscribe(t.Context(), sub); err != nil {
			t.Errorf("%d: %v", status, err)
		}
	}
}

func TestRefusals(t *testing.T) {
	tests := []struct {
		name       string
		status     int
		retryAfter string
		wantWait   time.Duration
		temporary  bool
	}{
		{"wrong key", 401, "", 0, false},
		{"not understood", 422, "", 0, false},
		{"too many, no word when", 429, "", 0, true},
		{"too many, in seconds", 429, "7", 7 * time.Second, true},
		{"too many, at once", 429, "0", 0, true},
		{"too many, at a time", 429, "Thu, 18 Jun 2026 14:41:30 GMT", 90 * time.Second, true},
		{"too many, in the past", 429, "Thu, 18 Jun 2026 14:00:00 GMT", 0, true},
		{"too many, for years", 429, "Thu, 18 Jun 2099 14:00:00 GMT", longestWait, true},
		{"too many, for ever", 429, "99999999999999999999999", longestWait, true},
		{"too many, negative", 429, "-5", 0, true},
		{"too many, a fraction", 429, "1.5", 0, true},
		{"too many, nonsense", 429, "soon", 0, true},
		{"out of order", 500, "", 0, true},
		{"out of order for a while", 503, "120", 2 * time.Minute, true},
		{"not modified", 304, "", 0, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			sub := appFolio(t, func(w http.ResponseWriter, _ *http.Request) {
				w.Header().Set("Date", "Thu, 18 Jun 2026 14:40:00 GMT") // the laptop's clock is elsewhere
				if tt.retryAfter != "" {
					w.Header().Set("Retry-After", tt.retryAfter)
				}
				w.WriteHeader(tt.status)
			})
			got := refusal(t, sub)
			if got.Status != tt.status || got.RetryAfter != tt.wantWait || got.Temporary() != tt.temporary || got.Message != "" {
				t.Errorf("got %+v (temporary %v), want a wait of %v", got, got.Temporary(), tt.wantWait)
			}
		})
	}
}

func TestRetryAfterDateWithoutServerClock(t *testing.T) {
	header := http.Header{"Retry-After": {time.Now().Add(time.Hour).UTC().Format(http.TimeFormat)}}
	if got := RetryAfter(header); got < 50*time.Minute || got > time.Hour {
		t.Errorf("got %v, want about an hour", got)
	}
}

func TestEndlessAnswerIsReadToItsLimit(t *testing.T) {
	sub := appFolio(t, func(w http.ResponseWriter, r *http.Request) {
		w.WriteHeader(http.StatusBadRequest)
		for r.Context().Err() == nil {
			if _, err := io.WriteString(w, strings.Repeat("no ", 1000)); err != nil {
				return
			}
		}
	})
	if got := refusal(t, sub); got.Status != 400 || !strings.HasPrefix(got.Message, "no no no") {
		t.Errorf("got %+v", got)
	}
}

func TestBrokenAnswerStillHasItsStatus(t *testing.T) {
	sub := appFolio(t, func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Length", "100")
		w.WriteHeader(http.StatusUnprocessableEntity)
		_, _ = io.WriteString(w, "short") // then the connection is closed
	})
	if got := refusal(t, sub); got.Status != 422 || got.Message != "" {
		t.Errorf("got %+v", got)
	}
}

func TestRefusedConnection(t *testing.T) {
	sub := appFolio(t, func(http.ResponseWriter, *http.Request) {})
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	sub.Base = "http://" + listener.Addr().String()
	if err := listener.Close(); err != nil {
		t.Fatal(err)
	}
	got := refusal(t, sub)
	if got.Status != 0 || !got.Temporary() || !errors.Is(got, syscall.ECONNREFUSED) {
		t.Errorf("got %v, want a refused connection", got)
	}
}

func TestTimeOutIsRecognised(t *testing.T) {
	release := make(chan struct{})
	sub := appFolio(t, func(http.ResponseWriter, *http.Request) { <-release })
	t.Cleanup(func() { close(release) }) // before the server closes
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Millisecond)
	defer cancel()
	_, err := New().Subscribe(ctx, sub)
	var timeout net.Error
	if !errors.Is(err, context.DeadlineExceeded) || !errors.As(err, &timeout) || !timeout.Timeout() {
		t.Errorf("got %v, want a time-out", err)
	}
}

func TestCancelledSubscribeSaysSo(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := New().Subscribe(ctx, subscription); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}

func TestUnusableBase(t *testing.T) {
	for _, base := range []string{"::", "ftp://example.com", "http://127.0.0.1:0/\x7f", "nonsense"} {
		sub := subscription
		sub.Base = base
		if got := refusal(t, sub); got.Status != 0 || got.Err == nil {
			t.Errorf("%q: got %+v", base, got)
		}
	}
}

func TestTransportErrorLeaksNothing(t *testing.T) {
	// What is no HTTP is quoted by net/http's error: here, both secrets.
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = listener.Close() })
	done := make(chan struct{})
	go func() {
		defer close(done)
		conn, err := listener.Accept()
		if err != nil {
			return
		}
		defer func() { _ = conn.Close() }()
		if _, err := http.ReadRequest(bufio.NewReader(conn)); err == nil {
			_, _ = io.WriteString(conn, "refused:key-5f1d7a84e64bd1f9:whsec-c1a7e03bab3aee37\r\n\r\n")
		}
	}()
	sub := subscription
	sub.Base = "http://" + listener.Addr().String()
	got := refusal(t, sub)
	<-done
	text := got.Error()
	for err := error(got); err != nil; err = errors.Unwrap(err) {
		text += "\n" + err.Error()
	}
	if !strings.Contains(text, "refused:") {
		t.Errorf("got %q, want what the server said", text)
	}
	checkScrubbed(t, text)
}

func TestKeyThatIsNoHeaderLeaksNothing(t *testing.T) {
	sub := appFolio(t, func(http.ResponseWriter, *http.Request) { t.Error("a request arrived") })
	sub.Secrets.APIKey = core.NewSecret("key-5f1d7a84\ne64bd1f9")
	checkScrubbed(t, refusal(t, sub).Error())
}

func checkScrubbed(t testing.TB, text string) {
	t.Helper()
	for _, piece := range []string{"5f1d7a", "64bd1f9", "c1a7e0", "3aee37", "never-sent"} {
		if strings.Contains(text, piece) {
			t.Errorf("%q holds %q, a piece of a secret", text, piece)
		}
	}
}
