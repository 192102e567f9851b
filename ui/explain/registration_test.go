package explain

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"rentbell/core"
)

func TestEveryAnswerToARegistrationHasWords(t *testing.T) {
	titles := map[string]int{}
	for _, status := range []int{401, 403, 404, 408, 422, 429, 500, 418, 302} {
		err := &core.SubscribeError{Status: status, Message: "Domain is not allowed.", RetryAfter: 90 * time.Second}
		w := English.Error(err)
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
	if got, want := English.Error(&core.SubscribeError{Status: 422, Message: "Domain is not allowed."}).Cause, "It says: “Domain is not allowed.”"; !strings.HasSuffix(got, want) {
		t.Errorf("422: %q does not quote AppFolio", got)
	}
	for d, want := range map[time.Duration]string{time.Second: "1 second.", 30 * time.Second: "30 seconds.", 61 * time.Second: "2 minutes."} {
		if got := English.Error(&core.SubscribeError{Status: 429, RetryAfter: d}).Cause; !strings.HasSuffix(got, want) {
			t.Errorf("429 with %v: %q, want %q at its end", d, got, want)
		}
	}
}

func TestWayThatWouldShowAKeyIsToldOfARequestToo(t *testing.T) {
	for _, err := range []error{core.ErrPlainHTTP, core.ErrBadProxy, core.ErrProxyPassword} {
		want := English.Error(err)
		for _, asked := range []error{&core.SubscribeError{Err: fmt.Errorf("ask: %w", err)}, &core.Refused{Err: fmt.Errorf("ask: %w", err)}} {
			if got := English.Error(asked); got != want || !got.Known() {
				t.Errorf("%v: %+v, want %+v", asked, got, want)
			}
		}
	}
}

func TestEveryAnswerToATestEventHasWords(t *testing.T) {
	for _, status := range []int{200, 302, 404, 405, 502, 503} {
		err := &core.AnswerError{Status: status}
		w := English.Error(err)
		checkWords(t, err.Error(), w)
		if w == unexplained {
			t.Errorf("%d has no words", status)
		}
	}
	if got, want := English.Error(&core.AnswerError{Status: 502, Code: "ERR_NGROK_8012"}), English.Error(&core.TunnelError{Code: "ERR_NGROK_8012"}); got != want {
		t.Errorf("ngrok's own answer: %+v, want %+v", got, want)
	}
}
