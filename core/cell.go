package core

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// ByteOrderMark at the beginning of a CSV file tells Excel that it is UTF-8.
const ByteOrderMark = "\ufeff"

// Inert makes text that came from outside safe as a cell of a CSV file: a
// spreadsheet must show it and never run it. Text that would begin a formula
// gets an apostrophe in front, which spreadsheets read as "this is text" (see
// https://owasp.org/www-community/attacks/CSV_Injection). Control characters
// that no importer accepts are dropped. Everything else stays as it is.
func Inert(text string) string {
	if strings.IndexFunc(text, isControl) >= 0 || !utf8.ValidString(text) {
		text = strings.Map(dropControl, text) // and what is no UTF-8 becomes U+FFFD
	}
	if StartsFormula(text) {
		return "'" + text
	}
	return text
}

// StartsFormula reports whether a spreadsheet could run text. It looks through
// white space and invisible characters in front, because programs trim them
// before they look at the first character.
func StartsFormula(text string) bool {
	for _, r := range text {
		switch r {
		case '=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠':
			return true
		}
		if !unicode.IsSpace(r) && !isInvisible(r) {
			return false
		}
	}
	return false
}

// isInvisible reports whether r leaves no mark: byte order marks, joiners,
// direction marks and the like.
func isInvisible(r rune) bool {
	return r > unicode.MaxASCII &&
		unicode.In(r, unicode.C, unicode.Z, unicode.Other_Default_Ignorable_Code_Point, unicode.Variation_Selector)
}

// isControl reports the control characters that have no place in a cell: all of
// C0 but tab, CR and LF, which quoting keeps together, and DEL.
func isControl(r rune) bool {
	return r < ' ' && r != '\t' && r != '\r' && r != '\n' || r == 0x7f
}

func dropControl(r rune) rune {
	if isControl(r) {
		return -1
	}
	return r
}
