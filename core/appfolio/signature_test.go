package appfolio

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"os"
	"strings"
	"sync"
	"testing"

	"rentbell/core"
)

type vector struct {
	Name   string `json:"name"`
	Secret string `json:"secret"`
	Body   []byte `json:"body_base64"`
	Header string `json:"header"`
	Valid  bool   `json:"valid"`
}

// vectors reads signatures made with Node.js' crypto.
func vectors(t testing.TB) []vector {
	t.Helper()
	text, err := os.ReadFile("testdata/hmac.json")
	if err != nil {
		t.Fatal(err)
	}
	var file struct {
		Cases []vector `json:"cases"`
	}
	if err := json.Unmarshal(text, &file); err != nil {
		t.Fatal(err)
	}
	if len(file.Cases) != 480 {
		t.Fatalf("got %d vectors, want all 480", len(file.Cases))
	}
	return file.Cases
}

func TestSignatureVectors(t *testing.T) {
	source := New()
	for i, v := range vectors(t) {
		t.Run(fmt.Sprintf("%d %s", i, v.Name), func(t *testing.T) {
			header := http.Header{}
			header.Set("X-AppFolio-Signature", v.Header)
			_, err := source.Open(t.Context(), account(v.Secret), header, v.Body, received)
			if got := !errors.Is(err, core.ErrForged); got != v.Valid {
				t.Errorf("secret %q, body %q: got valid %v (%v), want %v", v.Secret, v.Body, got, err, v.Valid)
			}
		})
	}
}

func TestOddSignatureHeadersAreForged(t *testing.T) {
	body := []byte(`{"id":"evt_1","type":"x"}`)
	good := sign(secret, body).Get("X-AppFolio-Signature")
	tests := []struct {
		name   string
		values []string
		want   error
	}{
		{"as sent", []string{good}, nil},
		{"upper case", []string{strings.ToUpper(good)}, nil},
		{"mixed case", []string{strings.ToUpper(good[:31]) + good[31:]}, nil},
		{"missing", nil, core.ErrForged},
		{"empty", []string{""}, core.ErrForged},
		{"twice the same", []string{good, good}, core.ErrForged},
		{"good and bad", []string{good, "bad"}, core.ErrForged},
		{"good and empty", []string{good, ""}, core.ErrForged},
		{"two in a line", []string{good + ", " + good}, core.ErrForged},
		{"space before", []string{" " + good}, core.ErrForged},
		{"space after", []string{good + " "}, core.ErrForged},
		{"space for a digit", []string{" " + good[1:]}, core.ErrForged},
		{"nul for a digit", []string{good[:63] + "\x00"}, core.ErrForged},
		{"0x", []string{"0x" + good[2:]}, core.ErrForged},
		{"full-width digits", []string{strings.Repeat("\uff10", 64)}, core.ErrForged},
		{"64 bytes of full-width digits", []string{strings.Repeat("\uff10", 21) + "0"}, core.ErrForged},
		{"huge", []string{strings.Repeat(good, 1000)}, core.ErrForged},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			header := http.Header{"X-Appfolio-Signature": tt.values}
			if _, err := New().Open(t.Context(), account(secret), header, body, received); !errors.Is(err, tt.want) {
				t.Errorf("got %v, want %v", err, tt.want)
			}
		})
	}
}

func TestEmptySecretVerifiesNothing(t *testing.T) {
	body := []byte(`{"id":"evt_1","type":"x"}`)
	if _, err := New().Open(t.Context(), core.Account{}, sign("", body), body, received); !errors.Is(err, core.ErrForged) {
		t.Errorf("got %v, want ErrForged", err)
	}
}

func TestForgedBodyIsNotLookedAt(t *testing.T) {
	body := []byte(`no object at all`)
	if _, err := New().Open(t.Context(), account(secret), sign("guess", body), body, received); !errors.Is(err, core.ErrForged) {
		t.Errorf("got %v, want ErrForged, not a word about the body", err)
	}
}

func TestChangedSecretCountsAtOnce(t *testing.T) {
	body := []byte(`{"id":"evt_1","type":"x"}`)
	source := New()
	for _, s := range []string{"old secret", "new secret", "old secret"} {
		if _, err := source.Open(t.Context(), account(s), sign(s, body), body, received); err != nil {
			t.Errorf("secret %q: %v", s, err)
		}
		if _, err := source.Open(t.Context(), account(s+"!"), sign(s, body), body, received); !errors.Is(err, core.ErrForged) {
			t.Errorf("secret %q for %q: got %v, want ErrForged", s+"!", s, err)
		}
	}
}

func TestTwoSecretsInUseAreBothRemembered(t *testing.T) {
	source := New()
	retiring, current := core.NewSecret("retiring"), core.NewSecret("current")
	first, second := source.keyFor(retiring), source.keyFor(current)
	for range 3 {
		if source.keyFor(current) != second || source.keyFor(retiring) != first {
			t.Fatal("a key was made again")
		}
	}
	source.keyFor(core.NewSecret("newest"))
	if source.keyFor(current) != second {
		t.Error("the newest secret pushed out the last but one")
	}
	if source.keyFor(retiring) == first {
		t.Error("three secrets are remembered")
	}
}

func TestSignedDeliveryIsOpened(t *testing.T) {
	body := []byte(`{"id":"evt_1","type":"x"}`)
	source := New()
	header := source.Sign(core.NewSecret(secret), body)
	if _, err := source.Open(t.Context(), account(secret), header, body, received); err != nil {
		t.Error(err)
	}
	if got, want := header.Get("X-AppFolio-Signature"), sign(secret, body).Get("X-AppFolio-Signature"); got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

func TestDeliveriesAreOpenedAtTheSameTime(t *testing.T) {
	source := New()
	var wg sync.WaitGroup
	for i := range 8 {
		wg.Go(func() {
			own := fmt.Sprintf("secret %d", i%3)
			body := fmt.Appendf(nil, `{"id":"evt_%d","type":"x"}`, i)
			for range 200 {
				if _, err := source.Open(t.Context(), account(own), sign(own, body), body, received); err != nil {
					t.Errorf("own secret: %v", err)
				}
				if _, err := source.Open(t.Context(), account(own), sign("guess", body), body, received); !errors.Is(err, core.ErrForged) {
					t.Errorf("another secret: got %v, want ErrForged", err)
				}
			}
		})
	}
	wg.Wait()
}

func FuzzSignature(f *testing.F) {
	for _, v := range vectors(f)[:24] {
		f.Add(v.Secret, v.Body, v.Header)
	}
	source := New()
	f.Fuzz(func(t *testing.T, secret string, body []byte, sent string) {
		key := core.NewSecret(secret)
		want := sign(key.Reveal(), body).Get("X-AppFolio-Signature")
		_, err := source.Open(t.Context(), core.Account{Secrets: core.Secrets{WebhookSecret: key}}, http.Header{SignatureHeader: {sent}}, body, received)
		valid := key.Reveal() != "" && strings.EqualFold(sent, want) && len(sent) == len(want)
		if got := !errors.Is(err, core.ErrForged); got != valid {
			t.Errorf("secret %q, body %q, header %q: got valid %v, want %v", secret, body, sent, got, valid)
		}
	})
}
