package appfolio

import (
	"errors"
	"io"
	"net/http"
	"strings"
	"testing"

	"rentbell/core"
)

func TestSubscribeReturnsTheID(t *testing.T) {
	long := strings.Repeat("x", longestID)
	tests := []struct{ name, answer, want string }{
		{"text", `{"id":"wh_0001","url":"https://a.example/hook"}`, "wh_0001"},
		{"number", `{"id":90071992547409931}`, "90071992547409931"},
		{"under data", `{"data":{"id":"wh_0001"}}`, "wh_0001"},
		{"under webhook", `{"webhook":{"id":17}}`, "17"},
		{"at the top and below", `{"id":"top","data":{"id":"below"}}`, "top"},
		{"empty at the top", `{"id":"","data":{"id":"below"}}`, "below"},
		{"as long as it may be", `{"id":"` + long + `"}`, long},
		{"too long", `{"id":"x` + long + `"}`, ""},
		{"null", `{"id":null}`, ""},
		{"true", `{"id":true}`, ""},
		{"object", `{"id":{"id":"x"}}`, ""},
		{"another case", `{"ID":"x"}`, ""},
		{"part of a path", `{"id":".."}`, ""},
		{"control characters", `{"id":"a\u0000b"}`, ""},
		{"half a character", `{"id":"\ud800"}`, ""},
		{"the secret", `{"id":"whsec-c1a7e03bab3aee37"}`, ""},
		{"list", `[{"id":"x"}]`, ""},
		{"text for an answer", `ok`, ""},
		{"page", `<html></html>`, ""},
		{"nothing", ``, ""},
		{"endless", `{"id":"x","filler":"` + strings.Repeat("x", maxAnswer) + `"}`, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			id, err := New().Subscribe(t.Context(), listing(t, 201, tt.answer))
			if err != nil || id != tt.want {
				t.Errorf("got %q, %v, want %q", id, err, tt.want)
			}
		})
	}
}

func TestSubscribedAlthoughTheAnswerBreaksOff(t *testing.T) {
	sub := appFolio(t, func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Length", "100")
		w.WriteHeader(http.StatusCreated)
		_, _ = io.WriteString(w, `{"id":`) // then the connection is closed
	})
	if id, err := New().Subscribe(t.Context(), sub); err != nil || id != "" {
		t.Errorf("got %q, %v", id, err)
	}
}

func TestUnsubscribeDeletesByID(t *testing.T) {
	tests := []struct{ id, uri string }{
		{"wh_0001", "/v1/webhooks/wh_0001"},
		{"17", "/v1/webhooks/17"},
		{"a/b", "/v1/webhooks/a%2Fb"},
		{"../tenants/1?x=y#z", "/v1/webhooks/..%2Ftenants%2F1%3Fx=y%23z"},
		{"%2e%2e", "/v1/webhooks/%252e%252e"},
		{"Straße 1", "/v1/webhooks/Stra%C3%9Fe%201"},
	}
	for _, tt := range tests {
		var asked, authorization string
		sub := appFolio(t, func(w http.ResponseWriter, r *http.Request) {
			asked, authorization = r.Method+" "+r.RequestURI, r.Header.Get("Authorization")
			w.WriteHeader(http.StatusNoContent)
		})
		if err := New().Unsubscribe(t.Context(), sub, tt.id); err != nil {
			t.Errorf("%q: %v", tt.id, err)
		}
		if asked != "DELETE "+tt.uri || authorization != "Bearer key-5f1d7a84e64bd1f9" {
			t.Errorf("%q: got %s as %q", tt.id, asked, authorization)
		}
	}
}

func TestWhatIsNotThereNeedsNoTakingBack(t *testing.T) {
	for _, status := range []int{200, 202, 204, 404, 410} {
		if err := New().Unsubscribe(t.Context(), listing(t, status, ""), "wh_1"); err != nil {
			t.Errorf("%d: %v", status, err)
		}
	}
}

func TestUnsubscribeTellsRefusals(t *testing.T) {
	for _, status := range []int{400, 401, 405, 409, 429, 500} {
		err := New().Unsubscribe(t.Context(), listing(t, status, `{"error":"No"}`), "wh_1")
		var refused *core.SubscribeError
		if !errors.As(err, &refused) || refused.Status != status || refused.Message != "No" {
			t.Errorf("got %v, want status %d", err, status)
		}
	}
}

func TestUnusableIDIsNotSent(t *testing.T) {
	sub := appFolio(t, func(_ http.ResponseWriter, r *http.Request) { t.Errorf("got %s %s", r.Method, r.RequestURI) })
	for _, id := range []string{"", ".", "..", "a\nb", "whsec-c1a7e03bab3aee37"} {
		err := New().Unsubscribe(t.Context(), sub, id)
		if !errors.As(err, new(*core.SubscribeError)) {
			t.Errorf("%q: got %v, want a SubscribeError", id, err)
		}
		checkScrubbed(t, err.Error())
	}
}
