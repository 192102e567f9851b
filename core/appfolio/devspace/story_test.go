package devspace

import (
	"bytes"
	"context"
	"crypto/rsa"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"rentbell/core"
	"rentbell/core/appfolio"
	"rentbell/core/bell"
	"rentbell/core/tunnel"
	"rentbell/store"
)

// desk is a Bell of this connection kind with its real store and server, and
// AppFolio's keys.
type desk struct {
	*bell.Bell
	store  *store.DB
	url    string // of the receiver
	disk   *disk
	keys   *server
	clock  *clock
	dir    string
	log    lines
	rested func() // closes it
}

// lines are what was logged.
type lines struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (l *lines) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.Write(p)
}

func (l *lines) count(what string) int {
	l.mu.Lock()
	defer l.mu.Unlock()
	return strings.Count(l.text.String(), what)
}

// disk is a Machine that knows how many bytes are free.
type disk struct{ free atomic.Uint64 }

func (d *disk) FreeSpace() (uint64, error)   { return d.free.Load(), nil }
func (*disk) Network() string                { return "" }
func (*disk) Notifier(context.Context) error { return nil }

// vault is empty: nothing here needs a secret.
type vault struct{}

func (vault) Kind() core.VaultKind                   { return core.VaultMemory }
func (vault) Unlock(core.Secret) error               { return core.ErrNoVault }
func (vault) Move(core.VaultKind, core.Secret) error { return core.ErrNoVault }
func (vault) Load() (core.Secrets, error)            { return core.Secrets{}, nil }
func (vault) Save(core.Secrets) error                { return nil }

func newDesk(t testing.TB) *desk {
	t.Helper()
	d := &desk{disk: new(disk), keys: newServer(t, setOf(jwk("a", &ours().PublicKey))), clock: newClock(), dir: t.TempDir()}
	d.disk.free.Store(1 << 40)
	d.start(t)
	t.Cleanup(func() { d.rested() })
	return d
}

func (d *desk) start(t testing.TB) {
	t.Helper()
	db, err := store.Open(d.dir)
	if err != nil {
		t.Fatal(err)
	}
	log, webhook := slog.New(slog.NewTextHandler(&d.log, nil)), appfolio.New()
	cfg := bell.Config{
		Store: db, Source: webhook, Tunnel: tunnel.Loopback{Address: "127.0.0.1:0"}, Vault: vault{}, Machine: d.disk, Log: log, Now: d.clock.now,
		Space: New(Config{Reader: idle{}, Keys: db, Webhook: webhook, Log: log, Now: d.clock.now}),
	}
	cfg.Override = core.Override{
		Kind: core.KindDeveloperSpace, Space: core.Space{ClientID: clientID}, AppFolioURL: d.keys.URL,
		Tunnel: core.TunnelOptions{Kind: core.TunnelLoopback},
	}
	if d.Bell, err = bell.New(cfg); err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(d.Bell)
	d.store, d.url = db, server.URL
	d.rested = sync.OnceFunc(func() {
		server.Close()
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	})
}

func (d *desk) restart(t testing.TB) {
	t.Helper()
	d.rested()
	d.start(t)
}

// deliver posts body and checks the answer.
func (d *desk) deliver(t testing.TB, body, signature string, status int, answer string) {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, d.url+core.WebhookPath, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	if signature != "" {
		req.Header.Set("X-JWS-Signature", signature)
	}
	resp, err := http.DefaultTransport.RoundTrip(req)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = resp.Body.Close() }() // it was read to its end
	text, err := io.ReadAll(resp.Body)
	if err != nil || resp.StatusCode != status || answer != "" && string(text) != answer {
		t.Errorf("%.80s: answered %d %s (%v), want %d %s", body, resp.StatusCode, text, err, status, answer)
	}
}

// rings delivers a doorbell of its own, signed with key.
func (d *desk) rings(t testing.TB, key *rsa.PrivateKey, kid, id string, status int) {
	t.Helper()
	body := bellOf(clientID, id)
	d.deliver(t, body, signAs(t, key, kid, body), status, "")
}

func bellOf(client, id string) string {
	return fmt.Sprintf(`{"client_id":%q,"event_id":%q,"topic":"work_orders","event_type":"update","resource_id":"wo-1"}`, client, id)
}

const (
	answeredNew         = `{"received":true}`
	answeredDuplicate   = `{"received":true,"duplicate":true}`
	answeredQuarantined = `{"received":true,"quarantined":true}`
	answeredKnownApart  = `{"received":true,"duplicate":true,"quarantined":true}`
	answeredIgnored     = `{"received":true,"ignored":true}`
	answeredForged      = `{"error":"Invalid signature"}`
)

func TestEveryDeliveryGetsTheAnswerOfTheContract(t *testing.T) {
	one, two := bellOf(clientID, "1"), bellOf(clientID, "2")
	batch := func(parts ...string) string { return `{"batch_id":"b","events":[` + strings.Join(parts, ",") + `]}` }
	tests := []struct {
		name, body, signature string // empty: a good one; "-": none
		status                int
		answer                string
	}{
		{"new", one, "", 200, answeredNew},
		{"seen before", one, "", 200, answeredDuplicate},
		{"of another account", bellOf("other", "9"), "", 200, answeredIgnored},
		{"no JSON", "ring", "", 200, answeredQuarantined},
		{"no JSON, once more", "ring", "", 200, answeredKnownApart},
		{"batch of nothing but what was quarantined", `[7]`, "", 200, answeredQuarantined},
		{"the same", `[7]`, "", 200, answeredKnownApart},
		{"nothing at all", "", "", 200, answeredQuarantined},
		{"batch of old and new", batch(one, two), "", 200, answeredNew},
		{"batch of old ones", batch(two, one), "", 200, answeredDuplicate},
		{"batch with a stranger", batch(bellOf("other", "8"), bellOf(clientID, "3")), "", 200, answeredNew},
		{"batch of strangers", batch(bellOf("other", "7"), bellOf("other", "6")), "", 200, answeredIgnored},
		{"one twice in a batch", "[" + bellOf(clientID, "4") + "," + bellOf(clientID, "4") + "]", "", 200, answeredNew},
		{"signature of another body", bellOf(clientID, "5"), signAs(t, ours(), "a", one), 401, answeredForged},
		{"signature of another key", bellOf(clientID, "5"), signAs(t, rogue(), "a", bellOf(clientID, "5")), 401, answeredForged},
		{"unknown key", bellOf(clientID, "5"), signAs(t, rogue(), "x", bellOf(clientID, "5")), 401, answeredForged},
		{"no signature", bellOf(clientID, "5"), "-", 401, answeredForged},
	}
	d := newDesk(t)
	for _, tt := range tests {
		switch tt.signature {
		case "":
			tt.signature = signAs(t, ours(), "a", tt.body)
		case "-":
			tt.signature = ""
		}
		t.Run(tt.name, func(t *testing.T) { d.deliver(t, tt.body, tt.signature, tt.status, tt.answer) })
	}
	s, err := d.store.Summary()
	if err != nil || s.Events != 4 || s.Quarantined != 4 || s.Rejected.Count != 4 {
		t.Errorf("got %+v, %v; want 4 events, 4 quarantined, 4 rejected", s, err)
	}
	reads, err := d.store.Lookups(10)
	if err != nil || len(reads) != 1 || reads[0].ID != "wo-1" {
		t.Errorf("to be read back: %+v, %v, want one work order", reads, err)
	}
	if got := d.keys.asked.Load(); got != 1 {
		t.Errorf("AppFolio was asked %d times for its keys", got)
	}
}

// TestOtherAccountsCostNothing floods the receiver with what AppFolio signed for
// somebody else: one doorbell again and again, and others of the same account.
func TestOtherAccountsCostNothing(t *testing.T) {
	d := newDesk(t)
	replayed := bellOf("other", "0")
	signature := signAs(t, ours(), "a", replayed)
	flood := func(from int) {
		for i := range 200 {
			d.deliver(t, replayed, signature, 200, answeredIgnored)
			body := bellOf("other", fmt.Sprint(from+i))
			d.deliver(t, body, signAs(t, ours(), "a", body), 200, answeredIgnored)
		}
	}
	check := func(ignored, samples int) {
		t.Helper()
		s := d.Status()
		if s.Ignored.Count != ignored || s.Summary.Quarantined != samples || s.Summary.Events != 0 || s.Summary.Attention != samples {
			t.Errorf("%d ignored and %+v kept, want %d and %d samples", s.Ignored.Count, s.Summary, ignored, samples)
		}
	}
	flood(1)
	check(400, 1)
	d.restart(t)
	flood(1000)
	check(400, 1) // counted in memory, and the sample is that of the day
	d.clock.pass(24 * time.Hour)
	flood(2000)
	check(800, 2)
	if got := d.log.count("another account"); got != 3 {
		t.Errorf("that was logged %d times", got)
	}
	body := batchOfOthers(300)
	d.deliver(t, body, signAs(t, ours(), "a", body), 200, answeredIgnored)
	if n := d.Status().Summary.Quarantined; n > 2+mostSamples {
		t.Errorf("%d kept of a batch", n)
	}
	d.rings(t, ours(), "a", "1", 200)
}

func TestSampleComesOnceTheDiskHasRoom(t *testing.T) {
	d := newDesk(t)
	arrive := func(i, kept int) {
		t.Helper()
		body := bellOf("other", fmt.Sprint(i))
		d.deliver(t, body, signAs(t, ours(), "a", body), 200, answeredIgnored)
		if n := d.Status().Summary.Quarantined; n != kept {
			t.Errorf("%d samples, want %d", n, kept)
		}
	}
	d.disk.free.Store(1)
	arrive(1, 0)
	d.disk.free.Store(1 << 40)
	arrive(2, 1)
	arrive(3, 1)
}

func batchOfOthers(n int) string {
	parts := make([]string, n)
	for i := range parts {
		parts[i] = bellOf(fmt.Sprint("other ", i), "1")
	}
	return "[" + strings.Join(parts, ",") + "]"
}

func TestRotationCostsOneFetch(t *testing.T) {
	d := newDesk(t)
	d.rings(t, ours(), "a", "1", 200)
	d.clock.pass(rest)
	d.keys.publish(setOf(jwk("a", &ours().PublicKey), jwk("b", &longer().PublicKey)))
	for i := range 5 {
		d.rings(t, longer(), "b", fmt.Sprint("b", i), 200)
		d.rings(t, ours(), "a", fmt.Sprint("a", i), 200)
	}
	if got := d.keys.asked.Load(); got != 2 {
		t.Errorf("AppFolio was asked %d times for its keys, want twice", got)
	}
}

func TestRestartWhileAppFolioIsDownLosesNothing(t *testing.T) {
	d := newDesk(t)
	d.rings(t, ours(), "a", "1", 200)
	d.keys.fail()
	d.restart(t)
	d.rings(t, ours(), "a", "2", 200)
	d.deliver(t, bellOf(clientID, "1"), signAs(t, ours(), "a", bellOf(clientID, "1")), 200, answeredDuplicate)
	for i := range 20 {
		d.rings(t, longer(), "b", fmt.Sprint("b", i), 503)
	}
	if got := d.log.count("cannot be checked"); got != 1 {
		t.Errorf("that was logged %d times", got)
	}
	d.keys.publish(setOf(jwk("b", &longer().PublicKey)))
	d.clock.pass(rest)
	d.rings(t, longer(), "b", "b1", 200)
	d.rings(t, ours(), "a", "3", 401)
}

func TestAnswerSaysThatKeysAreMissing(t *testing.T) {
	d := newDesk(t)
	d.keys.fail()
	body := bellOf(clientID, "1")
	d.deliver(t, body, signAs(t, ours(), "a", body), 503, `{"error":"Signature keys unavailable"}`)
}

func TestThousandUnknownKeysAreOneFetchAMinute(t *testing.T) {
	d := newDesk(t)
	body := bellOf(clientID, "1")
	_, made, _ := strings.Cut(signAs(t, rogue(), "?", body), "..")
	for i := range 1000 {
		status, answer := 503, "" // it may be AppFolio's new one
		if i == 0 {
			status, answer = 401, answeredForged
		}
		d.deliver(t, body, encode(fmt.Sprintf(`{"alg":"PS256","kid":"%d"}`, i))+".."+made, status, answer)
	}
	if got := d.keys.asked.Load(); got != 1 {
		t.Errorf("AppFolio was asked %d times for its keys, want once", got)
	}
	d.rings(t, ours(), "a", "1", 200)
}
