package space_test

import (
	"crypto"
	"crypto/rsa"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"errors"
	"io"
	"math/big"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"rentbell/core/appfolio/sandbox"
	"rentbell/core/appfolio/sandbox/space"
)

// ear takes doorbells, checks their signatures with the key set of a Space, and
// answers with the statuses it was given, then with 200.
type ear struct {
	URL      string
	arrived  chan string // bodies, whatever they were answered
	forged   chan string
	keys     string // where the key set is
	statuses chan int
}

func hear(t testing.TB, base string, statuses ...int) *ear {
	t.Helper()
	e := &ear{arrived: make(chan string, 1000), forged: make(chan string, 1000), keys: base + "/.well-known/jwks.json", statuses: make(chan int, 10)}
	for _, status := range statuses {
		e.statuses <- status
	}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		if !verify(t, keysAt(t, e.keys), r.Header.Get("X-JWS-Signature"), body) {
			e.forged <- string(body)
			w.WriteHeader(http.StatusUnauthorized)
			return
		}
		select {
		case status := <-e.statuses:
			w.WriteHeader(status)
		default:
		}
		e.arrived <- string(body)
	}))
	t.Cleanup(server.Close)
	e.URL = server.URL + "/webhooks/appfolio"
	return e
}

func (e *ear) next(t testing.TB) string {
	t.Helper()
	select {
	case body := <-e.arrived:
		return body
	case <-time.After(5 * time.Second):
		t.Fatal("no doorbell arrived")
		return ""
	}
}

// keysAt reads a key set.
func keysAt(t testing.TB, address string) map[string]*rsa.PublicKey {
	t.Helper()
	resp, err := http.Get(address)
	if err != nil {
		t.Error(err)
		return nil
	}
	defer func() { _ = resp.Body.Close() }()
	var set struct {
		Keys []struct{ Alg, E, Kid, Kty, N, Use string }
	}
	if err := json.NewDecoder(resp.Body).Decode(&set); err != nil {
		t.Error(err)
		return nil
	}
	keys := map[string]*rsa.PublicKey{}
	for _, k := range set.Keys {
		if k.Alg != "PS256" || k.Kty != "RSA" || k.Use != "sig" {
			t.Errorf("key %+v is not for PS256", k)
		}
		n, e := decode64(t, k.N), decode64(t, k.E)
		keys[k.Kid] = &rsa.PublicKey{N: new(big.Int).SetBytes(n), E: int(new(big.Int).SetBytes(e).Int64())}
	}
	return keys
}

func decode64(t testing.TB, text string) []byte {
	t.Helper()
	b, err := base64.RawURLEncoding.DecodeString(text)
	if err != nil {
		t.Errorf("%q: %v", text, err)
	}
	return b
}

// verify checks a detached signature as a receiver does.
func verify(t testing.TB, keys map[string]*rsa.PublicKey, jws string, body []byte) bool {
	t.Helper()
	header, signature, detached := strings.Cut(jws, "..")
	var protected struct {
		Alg, Kid string
		B64      *bool
		Crit     []string
	}
	if err := json.Unmarshal(decode64(t, header), &protected); err != nil || !detached || protected.Alg != "PS256" {
		t.Errorf("%s is no detached PS256 signature", jws)
		return false
	}
	payload := base64.RawURLEncoding.EncodeToString(body)
	if protected.B64 != nil && !*protected.B64 && slices.Equal(protected.Crit, []string{"b64"}) {
		payload = string(body)
	}
	key := keys[protected.Kid]
	if key == nil {
		return false
	}
	digest := sha256.Sum256([]byte(header + "." + payload))
	return rsa.VerifyPSS(key, crypto.SHA256, digest[:], decode64(t, signature), &rsa.PSSOptions{SaltLength: 32}) == nil
}

func TestSignaturesVerifyThroughARotation(t *testing.T) {
	s, base := play(t, quiet())
	address := base + "/.well-known/jwks.json"
	body := []byte(`{"topic":"leases"}`)
	first := s.Sign(body, false)
	for _, unencoded := range []bool{false, true} {
		if jws := s.Sign(body, unencoded); !verify(t, keysAt(t, address), jws, body) || verify(t, keysAt(t, address), jws, []byte(`{}`)) {
			t.Errorf("unencoded %v: signature is wrong", unencoded)
		}
	}
	kid, err := s.Rotate()
	if err != nil {
		t.Fatal(err)
	}
	keys := keysAt(t, address)
	if len(keys) != 2 || keys[kid] == nil || !verify(t, keys, first, body) || !verify(t, keys, s.Sign(body, true), body) {
		t.Errorf("after the rotation: keys %v", keys)
	}
	s.Retire()
	keys = keysAt(t, address)
	if len(keys) != 1 || verify(t, keys, first, body) || !verify(t, keys, s.Sign(body, false), body) {
		t.Errorf("after the old key was taken out: keys %v", keys)
	}
}

// bell is a doorbell with everything fixed.
func bell(id string) space.Doorbell {
	return space.Doorbell{ID: id, Topic: "work_orders", EventType: "update", Resource: "w-" + id, At: noon}
}

func TestDoorbellsInEveryForm(t *testing.T) {
	newOne := func(id string) string {
		return `{"topic":"work_orders","event_id":"` + id + `","client_id":"sandbox-client","event_type":"update","database_id":"sandbox-database",` +
			`"resource_id":"w-` + id + `","event_timestamp":"2026-06-18T16:00:00Z","message_sent_at":"2026-06-18T16:00:00Z"}`
	}
	oldOne := func(id string) string {
		return `{"client_id":"sandbox-client","id":"` + id + `","topic":"work_order_updates","entity_id":"w-` + id + `",` +
			`"update_timestamp":"2026-06-18T16:00:00Z","message_sent_at":"2026-06-18T16:00:00Z"}`
	}
	tests := []struct {
		name string
		form space.Form
		want []string
	}{
		{"2026", space.Form{}, []string{newOne("a"), newOne("b"), newOne("c")}},
		{"2023, raw", space.Form{Old: true, Unencoded: true}, []string{oldOne("a"), oldOne("b"), oldOne("c")}},
		{"array", space.Form{Batch: 2}, []string{"[" + newOne("a") + "," + newOne("b") + "]", "[" + newOne("c") + "]"}},
		{"events", space.Form{Batch: 9, Envelope: "events"}, []string{`,"events":[` + newOne("a") + "," + newOne("b") + "," + newOne("c") + "]}"}},
		{"data of 2023", space.Form{Batch: 2, Envelope: "data", Old: true}, []string{`"data":[` + oldOne("a") + "," + oldOne("b") + "]}", `"data":[` + oldOne("c") + "]}"}},
		{"batch, raw", space.Form{Batch: 3, Envelope: "batch", Unencoded: true}, []string{`{"batch":[` + newOne("a") + "," + newOne("b") + "," + newOne("c") + `],"batch_id":"`}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s, base := play(t, quiet())
			e := hear(t, base)
			if err := s.Deliver(e.URL); err != nil {
				t.Fatal(err)
			}
			if err := s.RingAs(t.Context(), tt.form, bell("a"), bell("b"), bell("c")); err != nil {
				t.Fatal(err)
			}
			for _, want := range tt.want {
				if got := e.next(t); !strings.Contains(got, want) || tt.form.Envelope == "" && got != want {
					t.Errorf("got  %s\nwant %s", got, want)
				}
			}
			if len(e.arrived)+len(e.forged) != 0 {
				t.Error("more arrived")
			}
		})
	}
}

func TestDoorbellIsTriedUntilAcknowledged(t *testing.T) {
	c := quiet()
	c.Attempts = -1
	s, base := play(t, c)
	e := hear(t, base, 503, 500, 404, 429, 503, 503)
	if err := s.Deliver(e.URL); err != nil {
		t.Fatal(err)
	}
	s.ForgeDoorbells(1)
	if err := s.Ring(t.Context(), bell("a")); err != nil {
		t.Fatal(err)
	}
	first := e.next(t)
	for range 6 {
		if got := e.next(t); got != first {
			t.Errorf("a retry says %s, before it was %s", got, first)
		}
	}
	if len(e.arrived) != 0 || len(e.forged) != 1 {
		t.Errorf("%d more arrived and %d were forged, want 0 and 1", len(e.arrived), len(e.forged))
	}
}

func TestDoorbellIsGivenUp(t *testing.T) {
	s, base := play(t, quiet())
	e := hear(t, base, 503, 503, 503, 503)
	if err := s.Deliver(e.URL); err != nil {
		t.Fatal(err)
	}
	if err := s.Ring(t.Context(), bell("a")); !errors.Is(err, sandbox.ErrNotDelivered) {
		t.Errorf("got %v, want ErrNotDelivered", err)
	}
}

func TestDuplicatesDisorderAndStrangers(t *testing.T) {
	c := quiet()
	c.RepeatEvery, c.Disorder, c.StrangerEvery = 1, 8, 1
	s, base := play(t, c)
	e := hear(t, base)
	if err := s.Deliver(e.URL); err != nil {
		t.Fatal(err)
	}
	ids := []string{"a", "b", "c", "d", "e", "f", "g", "h"}
	var bells []space.Doorbell
	for _, id := range ids {
		bells = append(bells, bell(id))
	}
	if err := s.Ring(t.Context(), bells...); err != nil {
		t.Fatal(err)
	}
	var order []string
	seen, strangers := map[string]int{}, 0
	for range 4 * len(ids) {
		var got struct {
			ID     string `json:"event_id"`
			Client string `json:"client_id"`
		}
		if err := json.Unmarshal([]byte(e.next(t)), &got); err != nil {
			t.Fatal(err)
		}
		if seen[got.ID]++; got.Client != "sandbox-client" {
			strangers++
		} else if seen[got.ID] == 1 {
			order = append(order, got.ID)
		}
	}
	if len(seen) != 2*len(ids) || strangers != 2*len(ids) || len(e.arrived) != 0 {
		t.Errorf("got %v with %d of strangers, want each twice and a stranger's for each", seen, strangers)
	}
	if slices.IsSorted(order) {
		t.Errorf("they came in order: %v", order)
	}
}

func TestTestEventAndAddress(t *testing.T) {
	s, base := play(t, quiet())
	e := hear(t, base)
	if err := s.SendTestEvent(t.Context()); err != nil {
		t.Errorf("without an address: %v", err)
	}
	if err := s.Deliver("https://example.com/webhooks/appfolio"); !errors.Is(err, space.ErrElsewhere) {
		t.Errorf("got %v, want ErrElsewhere", err)
	}
	if err := s.Deliver(e.URL); err != nil {
		t.Fatal(err)
	}
	if err := s.SendTestEvent(t.Context()); err != nil {
		t.Fatal(err)
	}
	if got := e.next(t); !strings.Contains(got, `"event_type":"test"`) {
		t.Errorf("got %s", got)
	}
}

func TestRunRingsForALiveStory(t *testing.T) {
	c := quiet()
	c.Interval = time.Millisecond
	c.Form = space.Form{Batch: 5, Envelope: "events"}
	s, base := play(t, c)
	e := hear(t, base)
	if err := s.Deliver(e.URL); err != nil {
		t.Fatal(err)
	}
	until(t, s)
	seen := map[string]bool{}
	for range 10 {
		var got struct {
			Events []struct {
				ID string `json:"event_id"`
			}
		}
		if err := json.Unmarshal([]byte(e.next(t)), &got); err != nil || len(got.Events) == 0 {
			t.Fatalf("got %+v, %v", got, err)
		}
		for _, d := range got.Events {
			if seen[d.ID] {
				t.Errorf("%s came twice", d.ID)
			}
			seen[d.ID] = true
		}
	}
}

func TestStoryFollowsAFakeClock(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := space.Config{Seed: 3, Interval: time.Minute}
		s := space.New(c)
		before := len(s.Truth().Receipts) + len(s.Truth().WorkOrders)
		until(t, s)
		time.Sleep(24 * time.Hour)
		synctest.Wait()
		truth := s.Truth()
		if after := len(truth.Receipts) + len(truth.WorkOrders); after < before+200 {
			t.Errorf("a day brought %d receipts and work orders", after-before)
		}
	})
}
