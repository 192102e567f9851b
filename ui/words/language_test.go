package words

import (
	"testing"

	"fyne.io/fyne/v2"
)

// speak sets the language until the test ends.
func speak(t testing.TB, language string) {
	t.Helper()
	c, err := catalogueOf(language)
	if err != nil {
		t.Fatal(err)
	}
	before := current.Swap(c)
	t.Cleanup(func() { current.Store(before) })
}

func TestTheDesktopsLocaleTellsTheLanguage(t *testing.T) {
	tests := map[fyne.Locale]string{
		"en-US": "", "fr-FR": "", "": "", "C": "",
		"es": spanish, "es-MX": spanish, "zh-CN": chinese, "zh-CN-Hans": chinese, "zh-TW-Hant": chinese,
	}
	for locale, want := range tests {
		if got := languageOf(locale); got != want {
			t.Errorf("%q speaks %q, want %q", locale, got, want)
		}
	}
}

func TestWhatHasNoTranslationStaysEnglish(t *testing.T) {
	speak(t, spanish)
	if got := Say("No such %s", "sentence"); got != "No such sentence" {
		t.Errorf("%q", got)
	}
}

func TestOneAndMoreAreSaidApart(t *testing.T) {
	for n, want := range map[int]string{0: "0 lines", 1: "1 line", 2: "2 lines"} {
		if got := SayN(n, "%d line", "%d lines", n); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}
