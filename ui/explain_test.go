package ui

import (
	"context"
	"crypto/x509"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"strings"
	"syscall"
	"testing"
	"time"
	"unicode"
	"unicode/utf8"

	"rentbell/core"
)

// checkWords holds words to the design's rules.
func checkWords(t *testing.T, what string, w Words) {
	t.Helper()
	if w.Title == "" || w.Cause == "" {
		t.Errorf("%s: no title or no cause: %+v", what, w)
	}
	if strings.HasSuffix(w.Title, ".") || utf8.RuneCountInString(w.Title) > 60 {
		t.Errorf("%s: title %q ends with a full stop or is long", what, w.Title)
	}
	for _, text := range []string{w.Cause, w.Fix} {
		if text != "" && !strings.HasSuffix(strings.TrimRight(text, "”"), ".") {
			t.Errorf("%s: %q does not end with a full stop", what, text)
		}
	}
	for _, text := range []string{w.Title, w.Cause, w.Fix} {
		checkStyle(t, what, text)
	}
}

// lowerFirst are names that keep their small letter at the start of a sentence.
var lowerFirst = []string{"ngrok"}

func checkStyle(t *testing.T, what, text string) {
	t.Helper()
	if strings.ContainsAny(text, "!%") || strings.Contains(text, "  ") {
		t.Errorf("%s: %q has a mark or spaces that do not belong", what, text)
	}
	for _, word := range []string{"please", "oops", "URL", "endpoint", "request", "failed", "error", "401", "deduplicat"} {
		if strings.Contains(strings.ToLower(text), strings.ToLower(word)) {
			t.Errorf("%s: %q says %q", what, text, word)
		}
	}
	for sentence := range strings.SplitSeq(text, ". ") {
		first, _ := utf8.DecodeRuneInString(sentence)
		named := false
		for _, name := range lowerFirst {
			named = named || strings.HasPrefix(sentence, name)
		}
		if unicode.IsLower(first) && !named {
			t.Errorf("%s: %q begins with a small letter", what, sentence)
		}
	}
}

// bannerLine is about what fits on the banner's line, beside two buttons.
const bannerLine = 90

// The list of appfolio.md, what users meet.
var knownCodes = []int{105, 107, 108, 121, 123, 314, 319, 320, 324, 334, 702, 725, 726, 727, 734, 8012, 9009, 4018}

func TestEveryNgrokCodeHasWordsOfItsOwn(t *testing.T) {
	fallback := Explain(&core.TunnelError{Code: "ERR_NGROK_99999", Refused: true})
	checkWords(t, "unknown code", fallback)
	if !strings.Contains(fallback.Cause, "ERR_NGROK_99999") || strings.HasPrefix(fallback.Cause, "ERR") {
		t.Errorf("unknown code: %q does not say the code to help ngrok's support, or says it alone", fallback.Cause)
	}
	codes := knownCodes
	for _, entry := range tunnelWords {
		codes = append(codes, entry.codes...)
	}
	for _, code := range codes {
		name := fmt.Sprintf("ERR_NGROK_%d", code)
		err := fmt.Errorf("open: %w", &core.TunnelError{Code: name, Refused: true, Err: errors.New("the authtoken you gave 2abc")})
		w := Explain(err)
		checkWords(t, name, w)
		if w.Title == fallback.Title {
			t.Errorf("%s has no words of its own", name)
		}
		if n := utf8.RuneCountInString(w.Text()); n > bannerLine {
			t.Errorf("%s: %d characters do not fit on the banner: %q", name, n, w.Text())
		}
		if strings.Contains(w.Title+w.Text(), "ERR_NGROK") || strings.Contains(w.Text(), "2abc") {
			t.Errorf("%s: %+v repeats the error's text", name, w)
		}
	}
}

func TestNoCodeStandsInTwoRows(t *testing.T) {
	seen := map[int]bool{}
	for _, entry := range tunnelWords {
		for _, code := range entry.codes {
			if seen[code] {
				t.Errorf("code %d stands twice; the second is never read", code)
			}
			seen[code] = true
		}
	}
}

func TestSilenceIsTold(t *testing.T) {
	wrap := func(err error) error { return fmt.Errorf("dial: %w", &net.OpError{Op: "dial", Err: err}) }
	tests := []struct {
		err    error
		tunnel string // part of the cause
		source string
	}{
		{wrap(&net.DNSError{Err: "no such host", Name: "connect.ngrok-agent.com"}), "no way to the internet", "no way to the internet"},
		{wrap(syscall.ENETUNREACH), "no way to the internet", "no way to the internet"},
		{wrap(syscall.ECONNREFUSED), "shut", "refused"},
		{wrap(context.DeadlineExceeded), "in time", "too long"},
		{x509.UnknownAuthorityError{}, "cannot be trusted", "cannot be trusted"},
		{wrap(syscall.ECONNRESET), "no connection", "dropped"},
		{nil, "no connection", "dropped"},
	}
	for _, tt := range tests {
		for want, err := range map[string]error{
			tt.tunnel: &core.TunnelError{Err: tt.err},
			tt.source: &core.SubscribeError{Err: tt.err},
		} {
			w := Explain(err)
			checkWords(t, fmt.Sprint(tt.err), w)
			if _, tunnel := err.(*core.TunnelError); tunnel && utf8.RuneCountInString(w.Text()) > bannerLine {
				t.Errorf("%v: too long for the banner: %q", tt.err, w.Text())
			}
			if !strings.Contains(w.Cause, want) {
				t.Errorf("%v: %q does not say %q", err, w.Cause, want)
			}
		}
	}
}

func TestEveryAnswerToARegistrationHasWords(t *testing.T) {
	titles := map[string]int{}
	for _, status := range []int{401, 403, 404, 408, 422, 429, 500, 418, 302} {
		err := &core.SubscribeError{Status: status, Message: "Domain is not allowed.", RetryAfter: 90 * time.Second}
		w := Explain(err)
		checkWords(t, err.Error(), w)
		if w.Title == unexplained.Title {
			t.Errorf("%d has no words", status)
		}
		if again := strings.Contains(w.Fix, "by itself"); again != err.Temporary() {
			t.Errorf("%d: %q says that Rentbell tries again: %v, want %v", status, w.Fix, again, err.Temporary())
		}
		titles[w.Title]++
	}
	if len(titles) < 7 {
		t.Errorf("only %d different titles: %v", len(titles), titles)
	}
	if got, want := Explain(&core.SubscribeError{Status: 422, Message: "Domain is not allowed."}).Cause, "It says: “Domain is not allowed.”"; !strings.HasSuffix(got, want) {
		t.Errorf("422: %q does not quote AppFolio", got)
	}
	for d, want := range map[time.Duration]string{time.Second: "1 second.", 30 * time.Second: "30 seconds.", 61 * time.Second: "2 minutes."} {
		if got := Explain(&core.SubscribeError{Status: 429, RetryAfter: d}).Cause; !strings.HasSuffix(got, want) {
			t.Errorf("429 with %v: %q, want %q at its end", d, got, want)
		}
	}
}

func TestEverySentinelHasWords(t *testing.T) {
	for _, s := range sentinels {
		w := Explain(fmt.Errorf("do something with secret 4f2a: %w", s.err))
		checkWords(t, s.err.Error(), w)
		if w != s.words {
			t.Errorf("%v is taken for %q", s.err, w.Title)
		}
	}
	full := fmt.Errorf("%w: %w", core.ErrStorage, &fs.PathError{Op: "write", Path: "/x", Err: errDiskFull})
	if got := Explain(full); !strings.Contains(got.Cause, "full") {
		t.Errorf("full disk: %+v", got)
	}
	other := Explain(errors.New("bolt: page 7 already freed"))
	checkWords(t, "any other", other)
	if other != unexplained {
		t.Errorf("any other error: %+v", other)
	}
	if Explain(nil) != (Words{}) {
		t.Error("no error has words")
	}
}

func TestEveryReasonHasWords(t *testing.T) {
	for _, reason := range []core.Reason{core.ReasonNotObject, core.ReasonNoID, core.ReasonNoType} {
		checkWords(t, string(reason), Explain(&core.MalformedError{Reason: reason}))
	}
	details := []core.Detail{core.Payment{}, core.WorkOrder{}, core.LeaseSigned{}, core.LeaseExpired{}, core.Tenant{}, nil}
	for _, detail := range details {
		for field := range fieldNames {
			for _, reason := range []core.Reason{core.ReasonMissing, core.ReasonWrongKind, core.ReasonNoProperty, "new-one"} {
				e := core.Event{Detail: detail, Attention: core.Attention{Reason: reason, Field: field}}
				checkWords(t, fmt.Sprint(reason, " ", field), explainAttention(e))
			}
		}
	}
	noAmount := core.Event{Detail: core.Payment{}, Attention: core.Attention{Reason: core.ReasonMissing, Field: "amount_cents"}}
	want := Words{"Payment without an amount", "AppFolio did not send the amount.", "Look it up in AppFolio. Until then it is left out of totals and exports."}
	if got := explainAttention(noAmount); got != want {
		t.Errorf("payment without an amount: %+v, want %+v", got, want)
	}
	if got := explainAttention(core.Event{}); got != (Words{}) {
		t.Errorf("nothing wrong, yet %+v", got)
	}
}

func TestBannerOnlyWhenDeliveriesStop(t *testing.T) {
	now := time.Date(2026, 6, 18, 10, 42, 0, 0, newYork)
	since := now.Add(-11 * time.Minute)
	offline := &core.TunnelError{Err: &net.DNSError{}}
	tests := []struct {
		name   string
		status core.Status
		text   string // empty: no banner
	}{
		{"listening", core.Status{Connection: core.Listening}, ""},
		{"connecting", core.Status{Connection: core.Connecting, Problem: offline}, ""},
		{"not set up", core.Status{Connection: core.ConnectionOff}, ""},
		{"internet dropped", core.Status{Connection: core.Unreachable, Since: since, Address: "https://a.ngrok.app", Problem: offline},
			"The internet dropped at 10:31 AM. Check your Wi-Fi. Rentbell keeps trying."},
		{"never was there", core.Status{Connection: core.Unreachable, Since: since, Problem: offline},
			"This computer has no way to the internet. Check your Wi-Fi. Rentbell keeps trying."},
		{"no reason known", core.Status{Connection: core.Unreachable, Since: since, Address: "https://a.ngrok.app"},
			"The connection dropped at 10:31 AM. Check your Wi-Fi. Rentbell keeps trying."},
		{"in use elsewhere", core.Status{Connection: core.Unreachable, Problem: &core.TunnelError{Code: "ERR_NGROK_334"}},
			"Another program has it open, perhaps on another computer. Close it there."},
		{"refused", core.Status{Connection: core.ConnectionRefused, Problem: &core.TunnelError{Code: "ERR_NGROK_121", Refused: true}},
			"ngrok no longer serves this version. Install the newest Rentbell."},
		{"disk full", core.Status{Connection: core.Listening, Storage: fmt.Errorf("%w: %w", core.ErrStorage, errDiskFull)},
			"The disk of this computer is full. Free some space. AppFolio sends again what was not kept."},
	}
	for _, tt := range tests {
		w, shown := explainStatus(tt.status, now)
		if shown != (tt.text != "") || w.Text() != tt.text {
			t.Errorf("%s: %v %q, want %q", tt.name, shown, w.Text(), tt.text)
		}
		if shown {
			checkWords(t, tt.name, w)
		}
	}
}
