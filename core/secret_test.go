package core_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"log/slog"
	"strings"
	"testing"

	"rentbell/core"
)

func TestNoWayOfPrintingShowsASecret(t *testing.T) {
	const value = "whsec_7f41c09e55"
	s := core.NewSecret("  " + value + "\n")
	if s.Reveal() != value {
		t.Fatalf("revealed %q", s.Reveal())
	}
	var log bytes.Buffer
	slog.New(slog.NewTextHandler(&log, nil)).Info("x", "s", s, "all", core.Secrets{APIKey: s})
	slog.New(slog.NewJSONHandler(&log, nil)).Info("x", "s", s, "all", core.Secrets{APIKey: s})
	_, jsonErr := json.Marshal(core.Secrets{APIKey: s})
	for _, printed := range []string{
		fmt.Sprint(s), fmt.Sprintf("%v %+v %#v %s %q %x %d", s, s, s, s, s, s, s),
		fmt.Sprintf("%v %+v %#v", core.Secrets{Authtoken: s}, core.TunnelOptions{Authtoken: s}, &core.Subscription{Secrets: core.Secrets{APIKey: s}}),
		log.String(), fmt.Sprint(jsonErr),
	} {
		if strings.Contains(printed, value) || strings.Contains(printed, fmt.Sprintf("%x", value)) {
			t.Errorf("shown: %s", printed)
		}
	}
	if jsonErr == nil {
		t.Error("a secret can be written as JSON")
	}
	if got := s.Hint(); got != "9e55" {
		t.Errorf("hint %q, want the last four characters", got)
	}
	if got := core.NewSecret("short").Hint(); got != "" {
		t.Errorf("hint of a short secret: %q", got)
	}
}

func TestScrubMasksEveryTraceAndLeavesTheRest(t *testing.T) {
	secrets := core.Secrets{APIKey: core.NewSecret("key/with space+9"), WebhookSecret: core.NewSecret(`wh"sec_abcdef`), Authtoken: core.NewSecret("tok1")}
	tests := []struct{ text, want string }{
		{"nothing here", "nothing here"},
		{"the key/with space+9 is wrong", "the •••••• is wrong"},
		{"KEY/WITH SPACE+9", "••••••"},
		{"q=key%2Fwith+space%2B9", "q=••••••"},
		{`{"secret":"wh\"sec_abcdef"}`, `{"secret":"••••••"}`},
		{"begins: sec_abc", "begins: ••••••"},
		{"a2V5L3dpdGggc3BhY2UrOQ==", "••••••"},
		{"token tok1.", "token ••••••."},
		{"", ""},
	}
	for _, tt := range tests {
		if got := secrets.Scrub(tt.text); got != tt.want {
			t.Errorf("Scrub(%q) = %q, want %q", tt.text, got, tt.want)
		}
	}
}

func FuzzScrub(f *testing.F) {
	f.Add("the secret is whsec_1 and more", "whsec_1")
	f.Add("K\u0130elvin \u212a", "\u212aelvin-secret")
	f.Fuzz(func(t *testing.T, text, secret string) {
		s := core.NewSecret(secret)
		got := core.Secrets{APIKey: s}.Scrub(text)
		if !s.IsZero() && !strings.Contains("••••••", s.Reveal()) && strings.Contains(got, s.Reveal()) {
			t.Errorf("Scrub(%q) = %q still holds %q", text, got, secret)
		}
	})
}
