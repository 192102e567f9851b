package notify

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"rentbell/ui/kit"
)

// The longest texts that are sent, in runes. Systems show less than that.
const (
	longestTitle = 80
	longestBody  = 200
)

// inert makes a notice safe for a system, which is named as in runtime.GOOS: no
// notification service can run or parse anything in it.
//
// Fyne v2.8.1 puts the text, on Windows, into a PowerShell string in double
// quotes, where $( ) runs programs, a backtick escapes, and typographic quotes
// end the string as straight ones do. On macOS it puts it into an AppleScript
// string in double quotes, unless the app is bundled. Elsewhere it sends it
// over D-Bus, and some services read the body as markup.
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

// narrow maps full-width characters to ASCII. A later conversion might do the
// same, after lookAlikes has been applied.
func narrow(r rune) rune {
	const first, last, toASCII = '！', '～', '！' - '!'
	if r >= first && r <= last {
		return r - toASCII
	}
	return r
}

// lookAlikes replaces the characters that PowerShell, AppleScript, HTML or
// Pango markup interpret by ones that look alike. An ampersand becomes "and" or
// "+", because fonts for menus may lack another ampersand.
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
