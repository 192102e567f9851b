package appfolio

import (
	"errors"
	"io"
	"net/http"
	"reflect"
	"strings"
	"testing"
	"time"

	"rentbell/core"
)

func TestListIsReadHoweverItIsWrapped(t *testing.T) {
	two := []core.Subscribed{{ID: "wh_1", Address: "https://a.ngrok.app/webhooks/appfolio", Events: []string{"payment.received"}}, {ID: "2", Address: "https://b"}}
	items := `[{"id":"wh_1","url":"https://a.ngrok.app/webhooks/appfolio","events":["payment.received"]},{"id":2,"address":"https://b"}]`
	tests := []struct {
		name, answer string
		status       int
		want         []core.Subscribed
		err          error
	}{
		{"array", items, 200, two, nil},
		{"under data", `{"data":` + items + `}`, 200, two, nil},
		{"under webhooks", `{"webhooks":` + items + `,"next":null}`, 200, two, nil},
		{"under results", `{"results":` + items + `}`, 200, two, nil},
		{"empty", `{"data":[]}`, 200, []core.Subscribed{}, nil},
		{"ids of other kinds", `[{"id":{"x":1},"url":"https://c"},{"id":1.5},{"id":null}]`, 200, []core.Subscribed{{Address: "https://c"}, {}, {}}, nil},
		{"an object of another kind", `{"id":"wh_1"}`, 200, nil, core.ErrNoList},
		{"a web page", `<html>`, 200, nil, core.ErrNoList},
		{"nothing", ``, 204, nil, core.ErrNoList},
		{"no such thing", `{}`, 404, nil, core.ErrNoList},
		{"only POST", `{}`, 405, nil, core.ErrNoList},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var method, path, key string
			sub := appFolio(t, func(w http.ResponseWriter, r *http.Request) {
				method, path, key = r.Method, r.URL.Path, r.Header.Get("Authorization")
				w.WriteHeader(tt.status)
				_, _ = io.WriteString(w, tt.answer)
			})
			got, err := New().Subscriptions(t.Context(), sub)
			if !reflect.DeepEqual(got, tt.want) || !errors.Is(err, tt.err) {
				t.Errorf("got %+v, %v; want %+v, %v", got, err, tt.want, tt.err)
			}
			if method != http.MethodGet || path != "/v1/webhooks" || key != "Bearer "+sub.Secrets.APIKey.Reveal() {
				t.Errorf("asked with %s %s as %q", method, path, key)
			}
		})
	}
}

func TestListThatIsRefusedSaysSoWithoutTheKey(t *testing.T) {
	sub := appFolio(t, func(w http.ResponseWriter, r *http.Request) {
		w.WriteHeader(http.StatusUnauthorized)
		_, _ = io.WriteString(w, `{"error":"no `+r.Header.Get("Authorization")+`"}`)
	})
	_, err := New().Subscriptions(t.Context(), sub)
	refused := new(core.SubscribeError)
	if !errors.As(err, &refused) || refused.Status != 401 || strings.Contains(err.Error(), sub.Secrets.APIKey.Reveal()) {
		t.Errorf("got %v", err)
	}
}

func TestIDOfARegistrationIsFound(t *testing.T) {
	for answer, want := range map[string]string{
		`{"id":"wh_7"}`: "wh_7", `{"id":7,"url":"x"}`: "7", `{"data":{"id":"wh_8"}}`: "wh_8", `{"webhook":{"id":9}}`: "9",
		`{"ok":true}`: "", `[]`: "", `created`: "", ``: "", `{"id":true}`: "", `{"data":"wh_1"}`: "",
	} {
		sub := appFolio(t, func(w http.ResponseWriter, _ *http.Request) {
			w.WriteHeader(http.StatusCreated)
			_, _ = io.WriteString(w, answer)
		})
		if id, err := New().Subscribe(t.Context(), sub); id != want || err != nil {
			t.Errorf("%s: id %q, %v; want %q", answer, id, err, want)
		}
	}
}

func TestTakingBackWhatIsGoneIsNoError(t *testing.T) {
	for _, status := range []int{204, 200, 404, 410} {
		var path string
		sub := appFolio(t, func(w http.ResponseWriter, r *http.Request) {
			path = r.Method + " " + r.URL.EscapedPath()
			w.WriteHeader(status)
		})
		if err := New().Unsubscribe(t.Context(), sub, "wh/1?x"); err != nil || path != "DELETE /v1/webhooks/wh%2F1%3Fx" {
			t.Errorf("%d to %s: %v", status, path, err)
		}
	}
	for status, temporary := range map[int]bool{401: false, 405: false, 500: true, 429: true} {
		sub := appFolio(t, func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(status) })
		refused := new(core.SubscribeError)
		if err := New().Unsubscribe(t.Context(), sub, "1"); !errors.As(err, &refused) || refused.Temporary() != temporary {
			t.Errorf("%d: %v, want an error, temporary %v", status, err, temporary)
		}
	}
}

func TestProxyOfTheSettingsIsUsed(t *testing.T) {
	var asked string
	proxy := appFolio(t, func(w http.ResponseWriter, r *http.Request) {
		asked = r.URL.String()
		_, _ = io.WriteString(w, `[]`)
	})
	sub := subscription
	sub.Base, sub.Proxy = "http://appfolio.example", proxy.Base
	if _, err := New().Subscriptions(t.Context(), sub); err != nil || asked != "http://appfolio.example/v1/webhooks" {
		t.Errorf("the proxy was asked for %q: %v", asked, err)
	}
}

func TestSignedIsWhatOpens(t *testing.T) {
	body := []byte(`{"id":"e1","type":"t"}`)
	s := New()
	for _, key := range []string{"one", "two", "one", "three", "one"} {
		secret := core.NewSecret(key)
		if _, err := s.Open(secret, s.Sign(secret, body), body, time.Now()); err != nil {
			t.Errorf("%s does not open what it signed: %v", key, err)
		}
		if _, err := s.Open(core.NewSecret(key+"x"), s.Sign(secret, body), body, time.Now()); !errors.Is(err, core.ErrForged) {
			t.Errorf("%sx opens what %s signed: %v", key, key, err)
		}
	}
}

func TestTwoSecretsInTurnCostNoKeying(t *testing.T) {
	s := New()
	body := []byte(`{}`)
	first, second := core.NewSecret("one"), core.NewSecret("two")
	header := s.Sign(second, body)
	s.keyFor(first)
	if n := testing.AllocsPerRun(100, func() {
		for _, secret := range []core.Secret{first, second} {
			s.keyFor(secret).signed(header[SignatureHeader], body)
		}
	}); n > 0 {
		t.Errorf("%v allocations for two checks", n)
	}
}
