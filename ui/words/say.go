package words

import (
	"fmt"

	"rentbell/ui/explain"
)

// Say translates an English format into the language that Speak has set, and
// formats it as fmt.Sprintf does. A sentence without a translation stays
// English. A test checks that every sentence in the sources has its
// translations.
func Say(english string, args ...any) string {
	text := english
	if c := current.Load(); c != nil {
		if translation, known := (*c)[english]; known {
			text = translation
		}
	}
	if len(args) == 0 {
		return text
	}
	return fmt.Sprintf(text, args...)
}

// SayN is Say with the format one if n is 1, and other if not. Both have the
// same verbs. None of Rentbell's languages has a third form.
func SayN(n int, one, other string, args ...any) string {
	if n == 1 {
		return Say(one, args...)
	}
	return Say(other, args...)
}

// Tongue is package explain in the language of the window.
var Tongue explain.Tongue = Say
