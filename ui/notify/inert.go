package notify

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"rentbell/ui/kit"
)

// How much of a notification systems show, and more than anyone reads, in runes.
const (
	longestTitle = 80
	longestBody  = 200
)

// inert makes a notice that no notification service can run or parse, on a
// system named as runtime.GOOS names it.
//
// What happens to the text there was read in Fyne v2.8.1: on Windows it becomes
// a PowerShell string in double quotes, in which $( ) runs programs, a backtick
// escapes, and typographic quotes end the string as straight ones do; on macOS
// an AppleScript string in double quotes, unless the app is bundled; elsewhere
// it goes over D-Bus to services of which some read the body as markup.
func (n Notice) inert(system string) Notice {
	return Notice{inert(n.Title, system, longestTitle), inert(n.Body, system, longestBody)}
}

func inert(text, system string, longest int) string {
	text = kit.Plain(text)
	text = strings.Map(narrow, text)
	text = lookAlikes.Replace(text)
	if utf8.RuneCountInString(text) > longest {
		text = strings.TrimRight(string([]rune(text)[:longest-1]), " ,") + "…"
	}
	if system == "windows" {
		return escapeDollars(text)
	}
	return text
}

// narrow turns full-width forms into the ASCII they stand for, so that what a
// later conversion might do to them is done here, where it is looked at.
func narrow(r rune) rune {
	const first, last, toASCII = '！', '～', '！' - '!'
	if r >= first && r <= last {
		return r - toASCII
	}
	return r
}

// lookAlikes replaces what means something to PowerShell, AppleScript, HTML or
// Pango markup by what only looks like it. "and" and "+" rather than another
// ampersand: fonts for menus may have none.
var lookAlikes = strings.NewReplacer(
	"`", "", "\\", "/",
	`"`, "″", "“", "″", "”", "″", "„", "″", "‟", "″",
	"'", "ʼ", "‘", "ʼ", "’", "ʼ", "‚", "ʼ", "‛", "ʼ",
	"<", "‹", ">", "›", " & ", " and ", "&", "+",
)

// escapeDollars keeps amounts readable in a PowerShell string: "`$1,450.00" is
// shown as "$1,450.00". A dollar before anything but a digit is dropped, so
// that not even an unescaped one could start a name or a command.
func escapeDollars(text string) string {
	var b strings.Builder
	for i, r := range text {
		next, _ := utf8.DecodeRuneInString(text[i+utf8.RuneLen(r):])
		switch {
		case r != '$':
			b.WriteRune(r)
		case next <= unicode.MaxASCII && unicode.IsDigit(next):
			b.WriteString("`$")
		}
	}
	return b.String()
}
