package bell_test

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"rentbell/core"
	"rentbell/core/appfolio"
	"rentbell/core/bell"
	"rentbell/core/door"
	"rentbell/core/tunnel"
	"rentbell/store"
)

const secret = "whsec_of_the_tests"

// vault keeps secrets in memory, as --demo does.
type vault struct {
	secrets core.Secrets
	err     error
}

func (v *vault) Kind() core.VaultKind                   { return core.VaultMemory }
func (v *vault) Unlock(core.Secret) error               { return core.ErrNoVault }
func (v *vault) Move(core.VaultKind, core.Secret) error { return core.ErrNoVault }
func (v *vault) Load() (core.Secrets, error)            { return v.secrets, v.err }
func (v *vault) Save(s core.Secrets) error {
	if v.err == nil {
		v.secrets = s
	}
	return v.err
}

// desk is a Bell with its real store, source and server.
type desk struct {
	*bell.Bell
	store *store.DB
	url   string // of the receiver
}

// newDesk opens a store in dir and serves its Bell's receiver. Nothing is
// announced until the test calls Run.
func newDesk(t testing.TB, dir string, change ...func(*bell.Config)) *desk {
	t.Helper()
	db, err := store.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() }) // a test may have closed it already
	cfg := bell.Config{
		Store: db, Source: appfolio.New(), Tunnel: tunnel.Loopback{Address: "127.0.0.1:0"},
		Vault: &vault{secrets: core.Secrets{WebhookSecret: core.NewSecret(secret)}},
		Log:   slog.New(slog.DiscardHandler),
	}
	cfg.Override.Tunnel.Kind = core.TunnelLoopback
	for _, f := range change {
		f(&cfg)
	}
	b, err := bell.New(cfg)
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(b)
	t.Cleanup(server.Close)
	return &desk{Bell: b, store: db, url: server.URL}
}

// run runs the Bell until the test ends or stop is called.
func (d *desk) run(t testing.TB) (stop func()) {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	var wg sync.WaitGroup
	wg.Go(func() { d.Run(ctx) })
	stop = sync.OnceFunc(func() { cancel(); wg.Wait() })
	t.Cleanup(stop)
	return stop
}

// watch passes on what pick takes from each change, until the test ends: one
// that has failed must not hold up the Bell.
func watch[T any](t testing.TB, d *desk, pick func(core.Change) T) <-chan T {
	t.Helper()
	seen := make(chan T)
	d.Watch(func(c core.Change) {
		select {
		case seen <- pick(c):
		case <-t.Context().Done():
		}
	})
	return seen
}

func sign(body string) string { return signAs(secret, body) }

func signAs(key, body string) string {
	mac := hmac.New(sha256.New, []byte(key))
	mac.Write([]byte(body))
	return hex.EncodeToString(mac.Sum(nil))
}

// post sends one delivery and returns status, body and header of the answer.
func post(t testing.TB, url, body, signature string) (int, string, http.Header) {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, url+core.WebhookPath, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("X-AppFolio-Signature", signature)
	return do(t, req)
}

func do(t testing.TB, req *http.Request) (int, string, http.Header) {
	t.Helper()
	resp, err := http.DefaultTransport.RoundTrip(req)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = resp.Body.Close() }() // it was read to its end
	answer, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return resp.StatusCode, string(answer), resp.Header
}

func rent(id string, cents int) string {
	return fmt.Sprintf(`{"id":%q,"type":"payment.received","data":{"lease_id":"20931","amount_cents":%d,"payment_method":"eCheck"}}`, id, cents)
}

// rentAt is a payment that happened at a time.
func rentAt(id string, at time.Time) string {
	return fmt.Sprintf(`{"id":%q,"type":"payment.received","created_at":%q,"data":{"lease_id":"1","amount_cents":1,"payment_method":"eCheck"}}`,
		id, at.UTC().Format(time.RFC3339))
}

// receive hands a signed delivery to a Bell without a network.
func receive(t testing.TB, b *bell.Bell, body string) {
	t.Helper()
	receiveSigned(t, b, body, sign(body), http.StatusOK)
}

func receiveSigned(t testing.TB, b *bell.Bell, body, signature string, want int) {
	t.Helper()
	r := httptest.NewRequest(http.MethodPost, core.WebhookPath, strings.NewReader(body))
	r.Header.Set("X-AppFolio-Signature", signature)
	w := httptest.NewRecorder()
	b.ServeHTTP(w, r)
	if w.Code != want {
		t.Fatalf("delivery was answered %d %s, want %d", w.Code, w.Body, want)
	}
}

const (
	received    = `{"received":true}`
	duplicate   = `{"received":true,"duplicate":true}`
	quarantined = `{"received":true,"quarantined":true}`
	forged      = `{"error":"Invalid signature"}`
)

func TestEveryDeliveryGetsTheAnswerOfTheContract(t *testing.T) {
	atLimit := rent("big", 1)
	atLimit += strings.Repeat(" ", door.MaxBody-len(atLimit))
	tests := []struct {
		name, body, signature string
		status                int
		answer                string
	}{
		{"new", rent("evt_1", 145000), "", 200, received},
		{"seen before", rent("evt_1", 145000), "", 200, duplicate},
		{"seen before, other content", rent("evt_1", 99), "", 200, duplicate},
		{"of a type we do not know", `{"id":"evt_2","type":"unit.painted"}`, "", 200, received},
		{"amount as text", `{"id":"evt_3","type":"payment.received","data":{"lease_id":"1","amount_cents":"5","payment_method":"x"}}`, "", 200, received},
		{"no JSON", `rent`, "", 200, quarantined},
		{"nothing at all", ``, "", 200, quarantined},
		{"no id", `{"type":"payment.received"}`, "", 200, quarantined},
		{"two objects", `{"id":"evt_4","type":"t"}{"id":"evt_5","type":"t"}`, "", 200, quarantined},
		{"as large as allowed", atLimit, "", 200, received},
		{"too large", atLimit + " ", "", 413, ""},
		{"signature of another body", rent("evt_6", 1), sign(rent("evt_6", 2)), 401, forged},
		{"signature cut short", rent("evt_6", 1), sign(rent("evt_6", 1))[:62], 401, forged},
		{"no signature", rent("evt_6", 1), "-", 401, forged},
	}
	d := newDesk(t, t.TempDir())
	for _, tt := range tests {
		signature := tt.signature
		if signature == "" {
			signature = sign(tt.body)
		}
		status, answer, header := post(t, d.url, tt.body, signature)
		if status != tt.status || (tt.answer != "" && answer != tt.answer) {
			t.Errorf("%s: %d %s, want %d %s", tt.name, status, answer, tt.status, tt.answer)
		}
		if got := header.Get("Content-Type"); got != "application/json" {
			t.Errorf("%s: Content-Type %q", tt.name, got)
		}
	}
	s := d.Status().Summary
	if s.Events != 4 || s.Quarantined != 4 || s.Attention != 5 || s.Rejected.Count != 3 || s.Duplicates.Count != 2 {
		t.Errorf("summary = %+v; want 4 events, 4 quarantined, 5 for attention, 3 rejected, 2 duplicates", s)
	}
}

func TestOnlyThePathOfTheContractAnswers(t *testing.T) {
	d := newDesk(t, t.TempDir())
	tests := []struct {
		method, target string
		status         int
	}{
		{http.MethodPost, "/webhooks/appfolio?try=2", 200},
		{http.MethodGet, "/webhooks/appfolio", 405},
		{http.MethodOptions, "/webhooks/appfolio", 405},
		{http.MethodPost, "//webhooks/appfolio", 404},
		{http.MethodPost, "/webhooks/appfolio/", 404},
		{http.MethodGet, "/webhooks/appfolio/", 404},
		{http.MethodPost, "/webhooks/%61ppfolio", 404},
		{http.MethodPost, "/webhooks/./appfolio", 404},
		{http.MethodPost, "/%2e/webhooks/appfolio", 404},
		{http.MethodPost, "/Webhooks/appfolio", 404},
		{http.MethodGet, "/", 404},
	}
	for i, tt := range tests {
		body := rent(fmt.Sprint("evt_", i), 1)
		req, err := http.NewRequestWithContext(t.Context(), tt.method, d.url, strings.NewReader(body))
		if err != nil {
			t.Fatal(err)
		}
		req.URL.Opaque = tt.target // as it is, past the client's own cleaning
		req.Header.Set("X-AppFolio-Signature", sign(body))
		status, answer, header := do(t, req)
		if status != tt.status {
			t.Errorf("%s %s: %d %s, want %d", tt.method, tt.target, status, answer, tt.status)
		}
		if allow := header.Get("Allow"); (status == 405) != (allow == http.MethodPost) {
			t.Errorf("%s %s: %d with Allow %q", tt.method, tt.target, status, allow)
		}
	}
}

func TestDeliveredTwiceRingsOnce(t *testing.T) {
	t.Parallel() // it waits in real time
	d := newDesk(t, t.TempDir())
	changes := watch(t, d, func(c core.Change) core.Change { return c })
	nextRing := func() core.Ring {
		for {
			if c := <-changes; c.Ring != nil {
				return *c.Ring
			}
		}
	}
	d.run(t)
	for range 3 {
		post(t, d.url, rent("evt_1", 145000), sign(rent("evt_1", 145000)))
	}
	ring := nextRing()
	if ring.Count != 1 || ring.Event == nil || ring.Event.ID != "evt_1" || ring.Received != 145000 {
		t.Errorf("ring = %+v, want one for evt_1", ring)
	}
	post(t, d.url, rent("evt_2", 5), sign(rent("evt_2", 5)))
	if ring = nextRing(); ring.Count != 1 || ring.Event.ID != "evt_2" {
		t.Errorf("next ring = %+v, want one for evt_2 alone", ring)
	}
}

func TestEventsStayAcrossARestart(t *testing.T) {
	dir := t.TempDir()
	d := newDesk(t, dir)
	post(t, d.url, rent("evt_1", 145000), sign(rent("evt_1", 145000)))
	post(t, d.url, `nonsense`, sign(`nonsense`))
	post(t, d.url, `nonsense`, "0")
	if err := d.store.Close(); err != nil {
		t.Fatal(err)
	}
	d = newDesk(t, dir)
	if _, answer, _ := post(t, d.url, rent("evt_1", 145000), sign(rent("evt_1", 145000))); answer != duplicate {
		t.Errorf("after a restart the same id is answered %s", answer)
	}
	s := d.Status().Summary
	if s.Events != 1 || s.Quarantined != 1 || s.Rejected.Count != 1 {
		t.Errorf("summary after restart = %+v", s)
	}
}

func TestStoreThatCannotCommitIsSaidAndAsksForARetry(t *testing.T) {
	d := newDesk(t, t.TempDir())
	if err := d.store.Close(); err != nil {
		t.Fatal(err)
	}
	for _, body := range []string{rent("evt_1", 1), `nonsense`} {
		status, _, header := post(t, d.url, body, sign(body))
		if status != http.StatusServiceUnavailable || header.Get("Retry-After") == "" {
			t.Errorf("%s: %d, Retry-After %q; want 503 with one", body, status, header.Get("Retry-After"))
		}
	}
	if d.Status().Storage == nil {
		t.Error("the status does not say that storage failed")
	}
}

func TestWatcherHearsEveryEventInOrderAfterItIsStored(t *testing.T) {
	d := newDesk(t, t.TempDir())
	const n = 700 // more than one batch
	var heard []string
	all := make(chan struct{})
	complete := sync.OnceFunc(func() { close(all) })
	d.Watch(func(c core.Change) {
		for _, e := range c.Fresh {
			if _, err := d.Event(e.Seq); err != nil {
				t.Errorf("announced before it is stored: %v", err)
			}
			heard = append(heard, e.ID)
		}
		if len(heard) == n {
			complete()
		}
	})
	var wg sync.WaitGroup
	for w := range 10 {
		wg.Go(func() {
			for i := range n / 10 {
				body := rent(fmt.Sprintf("evt_%d_%d", w, i), 1)
				post(t, d.url, body, sign(body))
			}
		})
	}
	d.run(t)
	wg.Wait()
	<-all
	want, err := d.Page(core.FeedActivity, 0, n)
	if err != nil {
		t.Fatal(err)
	}
	for i, e := range want {
		if heard[n-1-i] != e.ID {
			t.Fatalf("event %d was announced as %s, stored as %s", n-i, heard[n-1-i], e.ID)
		}
	}
}

// listening runs the Bell and returns its public address.
func (d *desk) listening(t testing.TB) (address string, stop func()) {
	t.Helper()
	up := make(chan string, 1)
	unwatch := d.Watch(func(c core.Change) {
		if c.Status.Connection == core.Listening {
			select {
			case up <- c.Status.Address:
			default:
			}
		}
	})
	defer unwatch()
	stop = d.run(t)
	return <-up, stop
}

func TestServerItselfAnswersNoPath(t *testing.T) {
	address, _ := newDesk(t, t.TempDir()).listening(t)
	req, err := http.NewRequestWithContext(t.Context(), http.MethodOptions, address, nil)
	if err != nil {
		t.Fatal(err)
	}
	req.URL.Opaque = "*"
	if status, _, _ := do(t, req); status != http.StatusNotFound {
		t.Errorf("OPTIONS * is answered %d, want 404", status)
	}
}

func TestRunOpensTheDoorAndFinishesRequestsInFlight(t *testing.T) {
	d := newDesk(t, t.TempDir())
	address, stop := d.listening(t)

	body, wire := io.Pipe()
	req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, address+core.WebhookPath, body)
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("X-AppFolio-Signature", sign(rent("slow", 1)))
	req.Header.Set("Expect", "100-continue") // so that the body begins when the handler reads it
	transport := &http.Transport{ExpectContinueTimeout: time.Minute}
	defer transport.CloseIdleConnections()
	answered := make(chan int, 1)
	var wg sync.WaitGroup
	defer wg.Wait()
	wg.Go(func() {
		defer close(answered)
		resp, err := transport.RoundTrip(req)
		_ = body.CloseWithError(err) // never fails; ends a writer that waits for a request that failed
		if err != nil {
			t.Error(err)
			return
		}
		_ = resp.Body.Close() // the status is all we want
		answered <- resp.StatusCode
	})
	fmt.Fprint(wire, rent("slow", 1)[:10])
	stopped := make(chan struct{})
	wg.Go(func() { stop(); close(stopped) })
	select {
	case <-stopped:
		t.Error("Run returned with a request in flight")
	case <-time.After(200 * time.Millisecond): // a chance to do it wrong
	}
	fmt.Fprint(wire, rent("slow", 1)[10:])
	_ = wire.Close() // a pipe's Close never fails
	if status := <-answered; status != http.StatusOK {
		t.Errorf("request in flight was answered %d", status)
	}
	<-stopped
}
