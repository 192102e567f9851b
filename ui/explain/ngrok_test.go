package explain

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"unicode/utf8"

	"rentbell/core"
	"rentbell/ui/explain/wordtest"
)

// knownCodes is what users meet.
var knownCodes = []int{105, 107, 108, 121, 123, 314, 319, 320, 324, 334, 702, 725, 726, 727, 734, 8012, 9009, 4018}

func TestEveryNgrokCodeHasWordsOfItsOwn(t *testing.T) {
	fallback := English.Error(&core.TunnelError{Code: "ERR_NGROK_99999", Refused: true})
	checkWords(t, "unknown code", fallback)
	if !strings.Contains(fallback.Cause, "ERR_NGROK_99999") || strings.HasPrefix(fallback.Cause, "ERR") {
		t.Errorf("unknown code: %q does not say the code to help ngrok's support, or says it alone", fallback.Cause)
	}
	codes := knownCodes
	for _, entry := range ngrokAnswers {
		codes = append(codes, entry.codes...)
	}
	for _, code := range codes {
		name := fmt.Sprintf("ERR_NGROK_%d", code)
		err := fmt.Errorf("open: %w", &core.TunnelError{Code: name, Refused: true, Err: errors.New("the authtoken you gave 2abc")})
		w := English.Error(err)
		checkWords(t, name, w)
		if w.Title == fallback.Title {
			t.Errorf("%s has no words of its own", name)
		}
		if n := utf8.RuneCountInString(w.Text()); n > wordtest.BannerLine {
			t.Errorf("%s: %d characters do not fit on the banner: %q", name, n, w.Text())
		}
		if strings.Contains(w.Title+w.Text(), "ERR_NGROK") || strings.Contains(w.Text(), "2abc") {
			t.Errorf("%s: %+v repeats the error's text", name, w)
		}
	}
}

func TestNoCodeStandsInTwoRows(t *testing.T) {
	seen := map[int]bool{}
	for _, entry := range ngrokAnswers {
		for _, code := range entry.codes {
			if seen[code] {
				t.Errorf("code %d stands twice; the second is never read", code)
			}
			seen[code] = true
		}
	}
}

func TestOnlyNgroksOwnCodesAreRepeated(t *testing.T) {
	for _, code := range []string{"dana@example.com", "ERR_NGROK_1 of oakline", "ERR_NGROK_12345678"} {
		w := English.Error(&core.TunnelError{Code: code, Refused: true})
		checkWords(t, code, w)
		if strings.Contains(w.Title+w.Text(), code) {
			t.Errorf("%q is repeated: %+v", code, w)
		}
	}
}

func TestEveryStepOfADiagnosisHasWords(t *testing.T) {
	causes := map[string]bool{}
	for _, step := range []core.Step{core.StepTCP, core.StepTLS, core.StepMuxado} {
		w := English.Error(&core.TunnelError{Step: step, Err: errors.New("EOF from 203.0.113.7:443")})
		checkWords(t, string(step), w)
		causes[w.Cause] = true
	}
	if len(causes) != 3 {
		t.Errorf("steps share words: %v", causes)
	}
}
