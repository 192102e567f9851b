// Package wordtest holds words for people to the design's rules, for the
// tests of every package that writes some. It knows nothing of where the words
// come from.
package wordtest

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"
)

// BannerLine is about what fits on the banner's line, beside two buttons, in
// characters.
const BannerLine = 90

// longestTitle keeps a title on one line, in characters.
const longestTitle = 60

// Words checks a title, a cause and a fix; what says whose they are.
func Words(t testing.TB, what, title, cause, fix string) {
	t.Helper()
	if title == "" || cause == "" {
		t.Errorf("%s: no title or no cause: %q, %q, %q", what, title, cause, fix)
	}
	if strings.HasSuffix(title, ".") || utf8.RuneCountInString(title) > longestTitle {
		t.Errorf("%s: title %q ends with a full stop or is long", what, title)
	}
	for _, text := range []string{cause, fix} {
		if text != "" && !strings.HasSuffix(strings.TrimRight(text, "”"), ".") {
			t.Errorf("%s: %q does not end with a full stop", what, text)
		}
	}
	for _, text := range []string{title, cause, fix} {
		Style(t, what, text)
	}
}

// lowerFirst are names that keep their small letter at the start of a sentence.
var lowerFirst = []string{"ngrok", "rentbelld"}

// unwanted are words that the design replaces by plainer ones.
var unwanted = []string{"please", "oops", "URL", "endpoint", "request", "failed", "error", "401", "deduplicat"}

// Style checks the wording alone.
func Style(t testing.TB, what, text string) {
	t.Helper()
	if strings.ContainsAny(text, "!%") || strings.Contains(text, "  ") {
		t.Errorf("%s: %q has a mark or spaces that do not belong", what, text)
	}
	for _, word := range unwanted {
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
