package words

import (
	"encoding/json"

	"github.com/go-text/typesetting/fontscan"
	"github.com/go-text/typesetting/language"

	"fyne.io/fyne/v2/lang"
)

// Fyne has fonts for English and Spanish, and uses the system's for other
// scripts. Windows and macOS have Chinese fonts. On a Linux system without one,
// Chinese text would be boxes, so Rentbell stays English there.

// chineseSample has characters that every Chinese font has. Japanese and symbol
// fonts lack some of them.
const chineseSample = "租户这单铃"

// canDraw reports whether the system's fonts have all characters of a text.
func canDraw(text string) bool {
	fonts := fontscan.NewFontMap(discardLog{})
	if err := fonts.UseSystemFonts(""); err != nil { // Fyne calls this too; the second call uses the first one's cache
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

// discardLog discards the log of the font search.
type discardLog struct{}

func (discardLog) Printf(string, ...any) {}

// fyneWords lists the words that Fyne itself shows, in an entry's menu.
var fyneWords = []string{"Copy", "Cut", "Paste", "Redo", "Select all", "Undo"}

// keepFyneEnglish makes Fyne show its own words in English on a Chinese system.
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
