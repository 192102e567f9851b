package ui

import (
	"fmt"

	"fyne.io/fyne/v2/lang"
)

// say puts an English sentence into the language of the desktop; see
// explain.Tongue. What has no translation stays English.
func say(english string, args ...any) string {
	text := lang.L(english)
	if len(args) == 0 {
		return text
	}
	return fmt.Sprintf(text, args...)
}

// sayN says the one or the other, by n. Both are sentences of their own: the
// languages Rentbell speaks know no third form.
func sayN(n int, one, other string, args ...any) string {
	if n == 1 {
		return say(one, args...)
	}
	return say(other, args...)
}
