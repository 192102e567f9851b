package words

import (
	"embed"
	"encoding/json"
	"fmt"
	"io/fs"
	"maps"
	"strings"
	"sync/atomic"

	"fyne.io/fyne/v2"
)

// The languages of the window beside English: each has a file per part of the
// texts, translations/<part>.<language>.json, from the English sentence to its
// translation. A test holds the files to what the sources say.
const (
	spanish = "es"
	chinese = "zh_Hans"
)

//go:embed translations
var translations embed.FS

// catalogue is what a language says for each English sentence.
type catalogue map[string]string

// speaking is the catalogue of the language on screen. English has none.
var speaking atomic.Pointer[catalogue]

// Speak makes what is on screen speak the language of the desktop's locale, where
// Rentbell knows it. Call it before the window is made; without it, and in every
// other language, there is English. Exports and rentbelld stay English anywhere.
//
// Fyne tells the language and translates its own menus. Rentbell looks its
// sentences up itself: Fyne takes some words for instructions, "Description" is
// one, and logs an error for each sentence of a language that it speaks and
// Rentbell does not.
func Speak(locale fyne.Locale) error {
	language := languageOf(locale)
	if language == chinese && !writes(chineseSample) {
		language = ""
		if err := keepFyneEnglish(); err != nil {
			return fmt.Errorf("say in English what no font can write: %w", err)
		}
	}
	c, err := catalogueOf(language)
	if err != nil {
		return fmt.Errorf("speak the language of the desktop: %w", err)
	}
	speaking.Store(c)
	return nil
}

// languageOf is the language for a desktop's locale, and empty for English.
// Traditional Chinese is nearer to Simplified Chinese than to English.
func languageOf(l fyne.Locale) string {
	base, _, _ := strings.Cut(l.LanguageString(), "-")
	switch base {
	case "es":
		return spanish
	case "zh":
		return chinese
	}
	return ""
}

// catalogueOf puts the parts of a language together; it is nil for English.
func catalogueOf(language string) (*catalogue, error) {
	if language == "" {
		return nil, nil
	}
	names, err := fs.Glob(translations, "translations/*."+language+".json")
	if err != nil {
		return nil, err
	}
	whole := catalogue{}
	for _, name := range names {
		data, err := translations.ReadFile(name)
		if err != nil {
			return nil, err
		}
		var part catalogue
		if err := json.Unmarshal(data, &part); err != nil {
			return nil, fmt.Errorf("read %s: %w", name, err)
		}
		maps.Copy(whole, part)
	}
	return &whole, nil
}
