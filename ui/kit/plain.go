package kit

import (
	"strings"
	"unicode"
)

// longestShown limits a line of text, in runes. Text from outside may be of any
// length, and drawing it has to stay fast.
const longestShown = 300

// Plain prepares text from outside for one line on screen. It removes control,
// format and bidirectional characters, which could hide or reorder the text
// beside them, joins runs of spaces, and cuts the text after 300 runes. NewText
// calls it; callers of window titles, menus and notifications have to do so
// themselves.
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

// isPlain recognises the usual case without copying: printable ASCII in which
// no space needs to be removed.
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

// plainLines is Plain for text with several lines. It keeps line breaks and
// runs of spaces, and does not limit the length.
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

// showable reports whether a character may be drawn. Control characters (Cc),
// format characters (Cf, which include the bidirectional ones), private use and
// unassigned characters may not.
func showable(r rune) bool { return r != unicode.ReplacementChar && unicode.IsPrint(r) }
