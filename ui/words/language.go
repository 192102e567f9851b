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

// The languages besides English. Each has several files,
// translations/<part>.<language>.json, that map English sentences to
// translations. A test checks that they translate exactly the sentences in the
// sources.
const (
	spanish = "es"
	chinese = "zh_Hans"
)

//go:embed translations
var translations embed.FS

// catalogue maps English sentences to a language.
type catalogue map[string]string

// current is the catalogue of the language on screen, or nil for English.
var current atomic.Pointer[catalogue]

// Speak sets the language of Say to that of a locale, or to English if Rentbell
// does not know the language. Call it before the window is made. Exports and
// rentbelld do not depend on it: they are always English.
//
// Fyne's lang package finds the locale and translates Fyne's own menus.
// Rentbell does not look its sentences up there, because lang treats some texts
// as template names ("Description" is one) and logs an error for each sentence
// it cannot translate into a language that it knows.
func Speak(locale fyne.Locale) error {
	language := languageOf(locale)
	if language == chinese && !canDraw(chineseSample) {
		language = ""
		if err := keepFyneEnglish(); err != nil {
			return fmt.Errorf("say in English what no font can write: %w", err)
		}
	}
	c, err := catalogueOf(language)
	if err != nil {
		return fmt.Errorf("speak the language of the desktop: %w", err)
	}
	current.Store(c)
	return nil
}

// languageOf returns the language for a locale, or nothing for English.
// Traditional Chinese gets Simplified Chinese, which its readers understand
// better than English.
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

// catalogueOf merges the files of a language. It returns nil for English.
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
