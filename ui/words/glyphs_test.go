package words

import (
	"runtime"
	"testing"

	"fyne.io/fyne/v2/lang"
)

func TestNoFontWritesWhatNobodyHasDrawn(t *testing.T) {
	if canDraw("\U000F1234") { // a private-use character, which no font has
		t.Error("a font for every character is said to be there")
	}
	if !canDraw("") {
		t.Error("nothing needs a font")
	}
}

// TestWithoutAFontForChineseThereIsEnglish checks Fyne's words. For ours it is
// enough that no catalogue is loaded.
func TestWithoutAFontForChineseThereIsEnglish(t *testing.T) {
	if runtime.GOOS == "windows" || runtime.GOOS == "darwin" {
		t.Skip("only here the environment tells the language")
	}
	t.Cleanup(func() { // at the end, let Fyne choose its language again
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
