package ui

import (
	"fmt"

	"rentbell/ui/explain"
)

// say puts an English sentence into the language of the desktop; see
// explain.Tongue. What has no translation stays English.
func say(english string, args ...any) string {
	text := english
	if c := speaking.Load(); c != nil {
		if translation, known := (*c)[english]; known {
			text = translation
		}
	}
	if len(args) == 0 {
		return text
	}
	return fmt.Sprintf(text, args...)
}

// sayN says the one or the other, by n. Both are sentences of their own, with
// the same verbs: the languages Rentbell speaks know no third form.
func sayN(n int, one, other string, args ...any) string {
	if n == 1 {
		return say(one, args...)
	}
	return say(other, args...)
}

// tongue is say for package explain.
var tongue explain.Tongue = say
