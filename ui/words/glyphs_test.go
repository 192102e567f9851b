package words

import (
	"runtime"
	"testing"

	"fyne.io/fyne/v2/lang"
)

func TestNoFontWritesWhatNobodyHasDrawn(t *testing.T) {
	if writes("\U000F1234") { // for private use
		t.Error("a font for every character is said to be there")
	}
	if !writes("") {
		t.Error("nothing needs a font")
	}
}

// TestWithoutAFontForChineseThereIsEnglish is about Fyne's words: ours need but
// no catalogue.
func TestWithoutAFontForChineseThereIsEnglish(t *testing.T) {
	if runtime.GOOS == "windows" || runtime.GOOS == "darwin" {
		t.Skip("only here the environment tells the language")
	}
	t.Cleanup(func() { // last: Fyne asks for the language again
		if err := lang.AddTranslationsForLocale([]byte("{}"), "en"); err != nil {
			t.Error(err)
		}
	})
	t.Setenv("LC_ALL", "zh_CN.UTF-8")
	t.Setenv("LANGUAGE", "")
	if err := keepFyneEnglish(); err != nil {
		t.Fatal(err)
	}
	for _, word := range fyneWords {
		if got := lang.L(word); got != word {
			t.Errorf("%q is %q", word, got)
		}
	}
}
