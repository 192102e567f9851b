package core

import (
	"strings"
	"unicode"
)

// ByteOrderMark at the beginning of a CSV file tells Excel that it is UTF-8.
const ByteOrderMark = "\ufeff"

// AppendCell appends text that came from outside as a cell of a CSV file, made
// Inert. It is always quoted: a program that takes commas, semicolons and tabs for
// separators at once, as LibreOffice does, then finds as many columns in every row.
func AppendCell[T string | []byte](b []byte, text T) []byte {
	b = append(b, '"')
	if IsPlain(text) {
		b = append(b, text...)
	} else {
		b = append(b, strings.ReplaceAll(Inert(string(text)), `"`, `""`)...)
	}
	return append(b, '"')
}

// IsPlain recognises most text at once: what OneLine and Inert return as it is,
// and a cell holds without doubling quotes. It is printable ASCII with single
// blanks, without quotes, in which nothing may begin a formula.
func IsPlain[T string | []byte](text T) bool {
	begins := true // a cell, to some program
	for i := range len(text) {
		c := text[i]
		if c > '@' && c <= '~' && c != '|' || '0' <= c && c <= '9' {
			begins = false
			continue
		}
		switch c {
		case ' ':
			if i == 0 || i == len(text)-1 || text[i-1] == ' ' {
				return false
			}
		case ',', ';', '|':
			if i > 0 && text[i-1] == ' ' { // a text that others follow may end here, with a blank too many
				return false
			}
			begins = true
		case '=', '+', '-', '@':
			if begins {
				return false
			}
		default:
			if c < ' ' || c > '~' || c == '"' {
				return false
			}
			begins = false
		}
	}
	return true
}

// Inert makes text that came from outside safe as a cell of a CSV file: a
// spreadsheet must show it and never run it. Where text would begin a formula an
// apostrophe comes first, which spreadsheets read as "this is text" (see
// https://owasp.org/www-community/attacks/CSV_Injection). That is so at its
// beginning, and after everything that some program may take for the border of a
// cell: not every one honours quotes. Control characters and line breaks become
// blanks. Everything else stays as it is.
func Inert(text string) string {
	text = strings.Map(blankControl, text) // and what is no UTF-8 becomes U+FFFD
	return eachCell(text, func(cell string) string {
		if StartsFormula(cell) {
			return "'" + cell
		}
		return cell
	})
}

// Meant takes the apostrophes out that Inert puts in, so that a file of ours is read
// as it was written.
func Meant(cell string) string {
	return eachCell(cell, func(cell string) string {
		if bare, marked := strings.CutPrefix(cell, "'"); marked && StartsFormula(bare) {
			return bare
		}
		return cell
	})
}

// eachCell replaces what any program may take for a cell of its own.
func eachCell(text string, replace func(string) string) string {
	cell, rest := nextCell(text)
	if rest == "" {
		return replace(cell)
	}
	var b strings.Builder
	for b.WriteString(replace(cell)); rest != ""; {
		cell, rest = nextCell(rest)
		word := strings.TrimLeft(cell, " ") // most often there is one after a comma
		b.WriteString(cell[:len(cell)-len(word)])
		b.WriteString(replace(word))
	}
	return b.String()
}

// nextCell cuts text behind the first character that may separate cells.
func nextCell(text string) (cell, rest string) {
	if i := strings.IndexAny(text, ",;|"); i >= 0 {
		return text[:i+1], text[i+1:]
	}
	return text, ""
}

// StartsFormula reports whether a spreadsheet could run text. It looks through
// white space, invisible characters and quotes in front, because programs trim them
// before they look at the first character.
func StartsFormula(text string) bool {
	for _, r := range text {
		switch r {
		case '=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠':
			return true
		}
		if r != '"' && !unicode.IsSpace(r) && !isInvisible(r) {
			return false
		}
	}
	return false
}

// brailleBlank is a symbol to Unicode and a blank to the eye.
const brailleBlank = '\u2800'

// isInvisible reports whether r leaves no mark: byte order marks, joiners,
// direction marks, blank letters and the like.
func isInvisible(r rune) bool {
	return r == ' ' || r == brailleBlank || r > unicode.MaxASCII &&
		unicode.In(r, unicode.C, unicode.Z, unicode.Other_Default_Ignorable_Code_Point, unicode.Variation_Selector)
}

// blankControl puts a blank in place of each control character and line break.
func blankControl(r rune) rune {
	if r < ' ' || 0x7f <= r && r < 0xa0 || r == '\u2028' || r == '\u2029' {
		return ' '
	}
	return r
}
