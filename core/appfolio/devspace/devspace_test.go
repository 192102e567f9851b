package devspace

import (
	"context"
	"crypto"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"math/big"
	"net/http"
	"net/http/httptest"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"rentbell/core"
	"rentbell/core/appfolio"
)

var received = time.Date(2026, time.June, 18, 14, 40, 12, 345, time.FixedZone("", -4*3600))

const (
	clientID = "example_id"
	ring     = `{"client_id":"example_id","event_id":"evt-1","topic":"work_orders","event_type":"update","resource_id":"wo-1"}`
)

// Making keys takes long: each is made once.
var (
	ours   = sync.OnceValue(func() *rsa.PrivateKey { return newKey(2048) })
	rogue  = sync.OnceValue(func() *rsa.PrivateKey { return newKey(2048) })
	longer = sync.OnceValue(func() *rsa.PrivateKey { return newKey(3072) })
	short  = sync.OnceValue(func() *rsa.PrivateKey { return newKey(1024) })
)

func newKey(bits int) *rsa.PrivateKey {
	key, err := rsa.GenerateKey(rand.Reader, bits)
	if err != nil {
		panic(err)
	}
	return key
}

func encode(text string) string { return base64.RawURLEncoding.EncodeToString([]byte(text)) }

// jws signs by the book, without go-jose. payload is what stands for the body
// in the signing input.
func jws(t testing.TB, key *rsa.PrivateKey, protected, payload string, salt int) string {
	t.Helper()
	header := encode(protected)
	digest := sha256.Sum256([]byte(header + "." + payload))
	made, err := rsa.SignPSS(rand.Reader, key, crypto.SHA256, digest[:], &rsa.PSSOptions{SaltLength: salt})
	if err != nil {
		t.Fatal(err)
	}
	return header + ".." + base64.RawURLEncoding.EncodeToString(made)
}

func signAs(t testing.TB, key *rsa.PrivateKey, kid, body string) string {
	t.Helper()
	return jws(t, key, fmt.Sprintf(`{"alg":"PS256","kid":%q}`, kid), encode(body), 32)
}

// jwk spells a public key as AppFolio's set does.
func jwk(kid string, key *rsa.PublicKey) string {
	e := big.NewInt(int64(key.E)).Bytes()
	return fmt.Sprintf(`{"alg":"PS256","kty":"RSA","use":"sig","kid":%q,"n":%q,"e":%q}`, kid,
		encode(string(key.N.Bytes())), encode(string(e)))
}

func setOf(keys ...string) string {
	raw := make([]json.RawMessage, len(keys))
	for i, key := range keys {
		raw[i] = json.RawMessage(key)
	}
	text, err := json.Marshal(map[string]any{"keys": raw})
	if err != nil {
		panic(err)
	}
	return string(text)
}

// server is AppFolio's, as far as its keys go.
type server struct {
	*httptest.Server
	asked atomic.Int32
	reply atomic.Pointer[http.HandlerFunc]
}

func newServer(t testing.TB, set string) *server {
	t.Helper()
	s := &server{}
	s.publish(set)
	s.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method != http.MethodGet || r.URL.Path != "/.well-known/jwks.json" || r.Header.Get("Authorization") != "" {
			t.Errorf("got %s %s with %v", r.Method, r.URL, r.Header)
		}
		s.asked.Add(1)
		(*s.reply.Load())(w, r)
	}))
	t.Cleanup(s.Close)
	return s
}

func (s *server) answer(f http.HandlerFunc) { s.reply.Store(&f) }

func (s *server) publish(set string) {
	s.answer(func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte(set)) })
}

func (s *server) fail() {
	s.answer(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusBadGateway) })
}

// memory is a KeyStore.
type memory struct {
	mu    sync.Mutex
	text  []byte
	err   error
	saves int
}

func (m *memory) PublicKeys() ([]byte, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.text, m.err
}

func (m *memory) SavePublicKeys(text []byte) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.saves++
	if m.err == nil {
		m.text = text
	}
	return m.err
}

// idle is a Reader with nothing to do.
type idle struct{}

func (idle) Run(context.Context, core.Desk)                 {}
func (idle) Try(context.Context, core.Account) (_, _ error) { return nil, nil }

// clock can be moved.
type clock struct{ atomic.Int64 }

func newClock() *clock {
	c := &clock{}
	c.Store(received.UnixNano())
	return c
}

func (c *clock) now() time.Time       { return time.Unix(0, c.Load()) }
func (c *clock) pass(d time.Duration) { c.Add(int64(d)) }

// space is a Source with its surroundings.
type space struct {
	*Source
	server *server
	keys   *memory
	clock  *clock
}

func newSpace(t testing.TB, set string) *space {
	t.Helper()
	s := &space{server: newServer(t, set), keys: &memory{}, clock: newClock()}
	s.restart()
	return s
}

// restart forgets all but what is saved.
func (s *space) restart() {
	s.Source = New(Config{Reader: idle{}, Keys: s.keys, Webhook: appfolio.New(), Log: slog.New(slog.DiscardHandler), Now: s.clock.now})
}

func (s *space) account() core.Account {
	return core.Account{Kind: core.KindDeveloperSpace, Base: s.server.URL, Space: core.Space{ClientID: clientID}}
}

func (s *space) open(t testing.TB, signature, body string) error {
	t.Helper()
	_, err := s.Open(t.Context(), s.account(), http.Header{SignatureHeader: {signature}}, []byte(body), received)
	return err
}

// check opens the usual doorbell, signed with key under kid.
func (s *space) check(t testing.TB, key *rsa.PrivateKey, kid string, want error) {
	t.Helper()
	if err := s.open(t, signAs(t, key, kid, ring), ring); !errors.Is(err, want) {
		t.Errorf("signed with %s: got %v, want %v", kid, err, want)
	}
}

func (s *space) checkAsked(t testing.TB, want int) {
	t.Helper()
	if got := int(s.server.asked.Load()); got != want {
		t.Errorf("AppFolio was asked %d times for its keys, want %d", got, want)
	}
}

func TestDoorbellIsOpened(t *testing.T) {
	s := newSpace(t, setOf(jwk("a", &ours().PublicKey)))
	header := http.Header{}
	header.Set("X-JWS-Signature", signAs(t, ours(), "a", ring))
	d, err := s.Open(t.Context(), s.account(), header, []byte(ring), received)
	if err != nil || len(d.Events) != 1 || d.Strays != nil {
		t.Fatalf("got %+v, %v, want one event", d, err)
	}
	e := d.Events[0]
	want := core.Doorbell{Topic: "work_orders", Entity: "wo-1", Change: "update"}
	if e.ID != "evt-1" || e.Type != "work_orders" || e.Detail != want || string(e.Body) != ring {
		t.Errorf("got %+v", e)
	}
}

func TestForgedBodyIsNotLookedAt(t *testing.T) {
	s := newSpace(t, setOf(jwk("a", &ours().PublicKey)))
	if err := s.open(t, signAs(t, rogue(), "a", "no JSON"), "no JSON"); !errors.Is(err, core.ErrForged) {
		t.Errorf("got %v, want ErrForged, not a word about the body", err)
	}
}

func TestServerIsReachedAsInTheOtherKind(t *testing.T) {
	s := newSpace(t, "{}")
	s.server.Config.Handler = http.NotFoundHandler()
	if _, err := s.Reach(t.Context(), core.Subscription{Base: s.server.URL}); err != nil {
		t.Error(err)
	}
}
