package notify

import (
	"strings"
	"unicode/utf8"

	"rentbell/ui/kit"
)

// The longest texts that are sent, in runes. Systems show less than that.
const (
	longestTitle = 80
	longestBody  = 200
)

// inert makes a notice safe for every system: no notification service can run or
// parse anything in it. Windows and D-Bus get it as a text, but some services of
// D-Bus read the body as markup, and on macOS Fyne v2.8.1 may put it into an
// AppleScript string in double quotes.
func (n Notice) inert() Notice {
	return Notice{inert(n.Title, longestTitle), inert(n.Body, longestBody)}
}

func inert(text string, longest int) string {
	text = kit.Plain(text)
	text = strings.Map(narrow, text)
	text = lookAlikes.Replace(text)
	if utf8.RuneCountInString(text) > longest {
		text = strings.TrimRight(string([]rune(text)[:longest-1]), " ,") + "…"
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

// lookAlikes replaces the characters that shells, AppleScript, HTML or Pango
// markup interpret by ones that look alike. An ampersand becomes "and" or
// "+", because fonts for menus may lack another ampersand.
var lookAlikes = strings.NewReplacer(
	"`", "", "\\", "/",
	`"`, "″", "“", "″", "”", "″", "„", "″", "‟", "″",
	"'", "ʼ", "‘", "ʼ", "’", "ʼ", "‚", "ʼ", "‛", "ʼ",
	"<", "‹", ">", "›", " & ", " and ", "&", "+",
)
