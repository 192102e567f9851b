package core

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// OneLine makes one line of text that came from outside: every control character and
// line break becomes a blank, runs of blanks become one, and marks that turn the
// direction of what follows are gone. Text of which nothing can be read is the
// empty string, so that a name of blanks counts as none. Every room asks this one
// function, and none judges emptiness before it.
func OneLine(text string) string {
	if isLine(text) {
		return text
	}
	text = strings.Map(onLine, text) // what is no UTF-8 becomes U+FFFD
	if !blanksAreSingle(text) {
		text = strings.Join(strings.Fields(text), " ")
	}
	text = strings.Trim(text, " "+joiners)
	if strings.IndexFunc(text, isReadable) < 0 {
		return ""
	}
	return text
}

// isLine recognises most text without copying it: printable ASCII with single
// blanks.
func isLine(text string) bool {
	for i := range len(text) {
		c := text[i]
		if c > ' ' && c <= '~' {
			continue
		}
		if c != ' ' || i == 0 || i == len(text)-1 || text[i-1] == ' ' {
			return false
		}
	}
	return true
}

func blanksAreSingle(text string) bool {
	return !strings.Contains(text, "  ") && !strings.HasPrefix(text, " ") && !strings.HasSuffix(text, " ")
}

// joiners are invisible, but some scripts and emoji need them within words. At the ends
// of a line they join nothing.
const joiners = "\u200c\u200d"

// onLine is what a character becomes on a line; negative: nothing.
func onLine(r rune) rune {
	switch {
	case ' ' <= r && r <= '~':
		return r
	case strings.ContainsRune(joiners, r):
		return r
	case unicode.IsControl(r), unicode.Is(unicode.Z, r):
		return ' '
	case unicode.Is(unicode.Cf, r), unicode.Is(unicode.Co, r):
		return -1
	}
	return r
}

// isReadable reports whether a person sees something of r. U+FFFD stands for what
// was lost on the way.
func isReadable(r rune) bool { return r != unicode.ReplacementChar && !isInvisible(r) }

// Cut shortens a line to so many characters. It cuts between words where one ends
// within the last quarter, and marks the cut with "…".
func Cut(line string, longest int) string {
	if len(line) <= longest || utf8.RuneCountInString(line) <= longest {
		return line
	}
	kept := []rune(line)[:longest] // one too many, which gives way to the mark
	end := longest - 1
	for i := end; i > longest*3/4; i-- {
		if kept[i] == ' ' {
			end = i
			break
		}
	}
	return strings.TrimRight(string(kept[:end]), " ,;") + "…"
}
