package kit

import (
	"strings"
	"unicode"
)

// longestShown bounds a text on one line, in runes: whatever comes from
// outside, drawing it stays quick.
const longestShown = 300

// Plain makes text from outside fit for one line of screen: without control,
// formatting and bidirectional characters, which could hide or reorder what
// stands beside them, with single spaces, and not endless. Text does it by
// itself; window titles, menus and notifications have to ask.
func Plain(text string) string {
	if len(text) <= longestShown && isPlain(text) {
		return text
	}
	var b strings.Builder
	length, space := 0, false
	for _, r := range text {
		switch {
		case unicode.IsSpace(r):
			space = b.Len() > 0
			continue
		case !showable(r):
			continue
		}
		if space {
			b.WriteByte(' ')
			length, space = length+1, false
		}
		if length++; length > longestShown {
			b.WriteRune('…')
			break
		}
		b.WriteRune(r)
	}
	return b.String()
}

// isPlain recognises the usual case without copying: printable ASCII with no
// two spaces in a row.
func isPlain(text string) bool {
	last := byte(' ')
	for i := range len(text) {
		c := text[i]
		if c < ' ' || c > '~' || c == ' ' && last == ' ' {
			return false
		}
		last = c
	}
	return text == "" || last != ' '
}

// plainLines is Plain for text that may have lines and indents.
func plainLines(text string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n', r == ' ', showable(r):
			return r
		case r == '\t':
			return ' '
		}
		return -1
	}, text)
}

// showable reports whether a character may be drawn: no control (Cc), format
// (Cf, the bidirectional ones among them), private-use or unassigned one.
func showable(r rune) bool { return r != unicode.ReplacementChar && unicode.IsPrint(r) }
