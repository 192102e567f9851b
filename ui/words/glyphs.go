package words

import (
	"encoding/json"

	"github.com/go-text/typesetting/fontscan"
	"github.com/go-text/typesetting/language"

	"fyne.io/fyne/v2/lang"
)

// Fyne brings letters for English and Spanish, and takes others from the fonts
// of the system. Windows and macOS have Chinese ones; a Linux without any would
// show boxes instead of words, so there Rentbell stays English.

// chineseSample are characters that a font for Chinese has, and one for Japanese
// or an ornament has not all of them.
const chineseSample = "租户这单铃"

// writes reports whether the system has a font for all characters of a text.
func writes(text string) bool {
	fonts := fontscan.NewFontMap(quietScan{})
	if err := fonts.UseSystemFonts(""); err != nil { // Fyne asks for the same, and shares what was found
		return false
	}
	fonts.SetQuery(fontscan.Query{Families: []string{fontscan.SansSerif}})
	for _, r := range text {
		fonts.SetScript(language.LookupScript(r))
		face := fonts.ResolveFace(r)
		if face == nil {
			return false
		}
		if _, has := face.NominalGlyph(r); !has {
			return false
		}
	}
	return true
}

// quietScan drops the remarks of the search for fonts.
type quietScan struct{}

func (quietScan) Printf(string, ...any) {}

// fyneWords are those that Fyne shows by itself: in the menu of an entry.
var fyneWords = []string{"Copy", "Cut", "Paste", "Redo", "Select all", "Undo"}

// keepFyneEnglish makes Fyne say its own words in English, where it speaks
// Chinese.
func keepFyneEnglish() error {
	words := catalogue{}
	for _, word := range fyneWords {
		words[word] = word
	}
	data, err := json.Marshal(words)
	if err != nil {
		return err
	}
	return lang.AddTranslationsForLocale(data, "zh-Hans")
}
