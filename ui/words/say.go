package words

import (
	"fmt"

	"rentbell/ui/explain"
)

// Say puts an English sentence into the language that Speak has chosen, with
// values in place of its verbs, as fmt.Sprintf does. What has no translation stays
// English.
func Say(english string, args ...any) string {
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

// SayN says one where n is 1, and else other. Both are sentences of their own, with
// the same verbs: the languages Rentbell speaks know no third form.
func SayN(n int, one, other string, args ...any) string {
	if n == 1 {
		return Say(one, args...)
	}
	return Say(other, args...)
}

// Tongue lets package explain speak the language of the window.
var Tongue explain.Tongue = Say
