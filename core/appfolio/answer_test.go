package appfolio

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"unicode/utf8"

	"rentbell/core"
)

func TestMessage(t *testing.T) {
	tests := []struct{ name, answer, want string }{
		{"error", `{"error":"Invalid API key"}`, "Invalid API key"},
		{"error before message", `{"message":"Unauthorized","error":"Invalid API key"}`, "Invalid API key"},
		{"message", `{"code":"bad_url","message":"url is not reachable"}`, "url is not reachable"},
		{"code alone", `{"code":"bad_url"}`, "bad_url"},
		{"number for a code", `{"code":42}`, ""},
		{"wrapped", `{"error":{"code":"bad_url","message":"url is not reachable"}}`, "url is not reachable"},
		{"list of texts", `{"errors":["url is not reachable","and more"]}`, "url is not reachable"},
		{"list of objects", `{"errors":[{"detail":"url is not reachable"}]}`, "url is not reachable"},
		{"list at the top", `[{"message":"no"}]`, "no"},
		{"wrapped too deep", `{"error":{"error":{"error":{"error":"no"}}}}`, ""},
		{"text in JSON", `"no"`, "no"},
		{"empty error, message", `{"error":"","message":"no"}`, "no"},
		{"null", `null`, ""},
		{"number", `17`, ""},
		{"other JSON", `{"status":"\u0077hsec-c1a7e03bab3aee37"}`, ""},
		{"broken JSON", `{"error":"\u0077hsec-c1a7e03bab3aee37`, ""},
		{"plain text", "Forbidden\n", "Forbidden"},
		{"page", "<html><body>502 Bad Gateway</body></html>", ""},
		{"nothing", "", ""},
		{"space", " \r\n", ""},
		{"several lines", "one\r\n\ttwo\u2028three", "one two three"},
		{"control characters", "a\x00b\x1b[31mc\x7f\u0085d", "ab[31mc d"},
		{"turned around", "a\u202eb\u200bc\ufeffd", "abcd"},
		{"no UTF-8", "a\xffb", "ab"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := Message([]byte(tt.answer), subscription.Secrets); got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}

func TestMessageIsShort(t *testing.T) {
	got := Message([]byte(strings.Repeat("né ", 1000)), core.Secrets{})
	if n := utf8.RuneCountInString(got); n != longestMessage || !strings.HasSuffix(got, "…") {
		t.Errorf("got %d characters: %q", n, got)
	}
	exact := strings.Repeat("é", longestMessage)
	if got := Message([]byte(exact), core.Secrets{}); got != exact {
		t.Errorf("%d characters were cut: %q", longestMessage, got)
	}
}

func TestRefusalLeaksNoSecret(t *testing.T) {
	secrets := subscription.Secrets
	key, hook := secrets.APIKey.Reveal(), secrets.WebhookSecret.Reveal()
	answers := []string{
		`{"error":"key ` + key + ` is not valid for secret ` + hook + `"}`,
		`{"error":"` + strings.ReplaceAll(key, "-", `\u002d`) + `"}`,
		`{"message":"Bearer ` + strings.ToUpper(key) + `"}`,
		`{"error":"` + key[:12] + `\u200b` + key[12:] + `"}`,
		"refused: " + hook[:4] + "\x00" + hook[4:],
		strings.Repeat("x", longestMessage-8) + " " + key, // the cut goes through the key
		strings.Repeat(" "+hook, 1000),
	}
	for i, answer := range answers {
		t.Run(fmt.Sprint(i), func(t *testing.T) {
			sub := appFolio(t, func(w http.ResponseWriter, _ *http.Request) {
				w.WriteHeader(http.StatusUnauthorized)
				_, _ = w.Write([]byte(answer))
			})
			got := refusal(t, sub)
			if got.Status != 401 || got.Message == "" {
				t.Errorf("got %+v, want some words", got)
			}
			checkScrubbed(t, strings.ToLower(got.Error()))
		})
	}
}

func FuzzMessage(f *testing.F) {
	f.Add(`{"error":"Invalid API key"}`)
	f.Add(`[[[["a"]]]]`)
	f.Add("plain \x00 text")
	f.Fuzz(func(t *testing.T, answer string) {
		got := Message([]byte(answer), subscription.Secrets)
		if !utf8.ValidString(got) || utf8.RuneCountInString(got) > longestMessage || strings.ContainsAny(got, "\r\n\t\x00\x1b") {
			t.Errorf("%q: got %q", answer, got)
		}
		checkScrubbed(t, got)
	})
}
