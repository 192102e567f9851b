package appfolio

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"net/http"
	"testing"
	"time"

	"rentbell/core"
)

var received = time.Date(2026, time.June, 18, 14, 40, 12, 345, time.FixedZone("", -4*3600))

const secret = "whsec_0123456789abcdef"

// sign makes the header of a delivery, independently of the code under test.
func sign(secret string, body []byte) http.Header {
	mac := hmac.New(sha256.New, []byte(secret))
	mac.Write(body)
	h := http.Header{}
	h.Set("X-AppFolio-Signature", hex.EncodeToString(mac.Sum(nil)))
	return h
}

func account(secret string) core.Account {
	return core.Account{Secrets: core.Secrets{WebhookSecret: core.NewSecret(secret)}}
}

func open(t testing.TB, body string) core.Delivery {
	t.Helper()
	raw := []byte(body)
	d, err := New().Open(t.Context(), account(secret), sign(secret, raw), raw, received)
	if err != nil {
		t.Fatalf("Open(%.80s): %v", body, err)
	}
	return d
}

// mustOpen is for bodies that are events.
func mustOpen(t testing.TB, body string) core.Event {
	t.Helper()
	d := open(t, body)
	if len(d.Events) != 1 || d.Strays != nil {
		t.Fatalf("Open(%s): got %+v, want one event", body, d)
	}
	return d.Events[0]
}

func reasonOf(t testing.TB, body string) core.Reason {
	t.Helper()
	d := open(t, body)
	if d.Events != nil || len(d.Strays) != 1 || string(d.Strays[0].Body) != body || !d.Strays[0].ReceivedAt.Equal(received) {
		t.Fatalf("Open(%.80s): got %+v, want it whole as a stray", body, d)
	}
	return d.Strays[0].Reason
}

func BenchmarkOpen(b *testing.B) {
	body := []byte(`{"id":"evt_01J0XH6Q3ZK8","type":"payment.received","created_at":"2026-06-18T14:40:11Z",` +
		`"data":{"lease_id":"48213","amount_cents":145000,"payment_method":"eCheck","tenant_name":"Dana Whitfield",` +
		`"property_name":"Alder Court","unit_name":"Unit 2A","description":"June rent","reference":"PMT-90417",` +
		`"bank":{"name":"First \"National\"","last4":"0417"},"tags":["rent","online"],"batch":1234567890123456789}}`)
	header, key, source := sign(secret, body), account(secret), New()
	b.SetBytes(int64(len(body)))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := source.Open(b.Context(), key, header, body, received); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkOpenForged(b *testing.B) {
	body := []byte(`{"id":"evt_1","type":"payment.received","data":{}}`)
	header, key, source := sign("another secret", body), account(secret), New()
	b.ReportAllocs()
	for b.Loop() {
		if _, err := source.Open(b.Context(), key, header, body, received); !errors.Is(err, core.ErrForged) {
			b.Fatal(err)
		}
	}
}

// BenchmarkOpenWhileRetiring holds a delivery that neither secret has signed
// against both, as core does while one replaces the other.
func BenchmarkOpenWhileRetiring(b *testing.B) {
	body := []byte(`{"id":"evt_1","type":"payment.received","data":{}}`)
	header, source := sign("another secret", body), New()
	current, retiring := account(secret), account("retiring")
	b.ReportAllocs()
	for b.Loop() {
		for _, key := range []core.Account{current, retiring} {
			if _, err := source.Open(b.Context(), key, header, body, received); !errors.Is(err, core.ErrForged) {
				b.Fatal(err)
			}
		}
	}
}
