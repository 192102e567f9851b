package export

import (
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"rentbell/core"
)

// appendASCII appends text from outside as one line of ASCII: letters lose their accents,
// and a run of characters that ASCII has nothing for becomes a question mark.
func appendASCII(b []byte, text string) []byte {
	text = core.OneLine(text)
	begin := len(b)
	for i := 0; i < len(text); i++ {
		if text[i] >= utf8.RuneSelf {
			return appendFolded(b[:begin], text)
		}
		b = append(b, text[i])
	}
	return b
}

func appendFolded(b []byte, text string) []byte {
	begin := len(b)
	var parts norm.Iter
	parts.InitString(norm.NFKD, text)
	for !parts.Done() {
		for part := parts.Next(); len(part) > 0; {
			r, size := utf8.DecodeRune(part)
			part = part[size:]
			if unicode.In(r, unicode.M, unicode.Cf) { // an accent, or a joiner
				continue
			}
			plain := plainLetter(r)
			if last := len(b) - 1; (plain == " " || plain == unknown) && last >= begin && b[last] == plain[0] {
				continue
			}
			b = append(b, plain...)
		}
	}
	for len(b) > begin && b[len(b)-1] == ' ' {
		b = b[:len(b)-1]
	}
	return b
}

// unknown stands for what ASCII has nothing for.
const unknown = "?"

// plainLetter is a character in ASCII, of those that Unicode does not decompose.
func plainLetter(r rune) string {
	switch r {
	case 'ß':
		return "ss"
	case 'ẞ':
		return "SS"
	case 'æ':
		return "ae"
	case 'Æ':
		return "AE"
	case 'œ':
		return "oe"
	case 'Œ':
		return "OE"
	case 'ø':
		return "o"
	case 'Ø':
		return "O"
	case 'ł':
		return "l"
	case 'Ł':
		return "L"
	case 'đ', 'ð':
		return "d"
	case 'Đ', 'Ð':
		return "D"
	case 'þ':
		return "th"
	case 'Þ':
		return "Th"
	case 'ı':
		return "i"
	case '‘', '’', '‚', 'ʻ', 'ʼ', '′':
		return "'"
	case '“', '”', '„', '″', '«', '»':
		return `"`
	case '‐', '–', '—', '−', '·', '•':
		return "-"
	}
	if r < utf8.RuneSelf {
		return string(r)
	}
	return unknown
}

// isLegible reports whether a person can read something of a text in ASCII.
func isLegible(b []byte) bool {
	for _, c := range b {
		if '0' <= c && c <= '9' || 'A' <= c && c <= 'Z' || 'a' <= c && c <= 'z' {
			return true
		}
	}
	return false
}
