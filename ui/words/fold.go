package words

import (
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Folded returns a text as searches compare it: in lower case and without
// accents, so that "nunez" finds Núñez.
func Folded(text string) string { return string(AppendFolded(nil, text)) }

// AppendFolded appends Folded(text) to dst without allocating more.
func AppendFolded(dst []byte, text string) []byte {
	for i := 0; i < len(text); i++ {
		c := text[i]
		if c >= utf8.RuneSelf {
			return appendUnmarked(dst, text[i:])
		}
		if 'A' <= c && c <= 'Z' {
			c += 'a' - 'A'
		}
		dst = append(dst, c)
	}
	return dst
}

// appendUnmarked folds text that is not ASCII. It decomposes letters and leaves
// out the combining marks (category Mn).
func appendUnmarked(dst []byte, text string) []byte {
	var parts norm.Iter
	parts.InitString(norm.NFKD, text)
	for !parts.Done() {
		for part := parts.Next(); len(part) > 0; {
			r, size := utf8.DecodeRune(part)
			part = part[size:]
			switch r = unicode.ToLower(r); {
			case unicode.Is(unicode.Mn, r):
			case r == 'ß':
				dst = append(dst, "ss"...)
			case r == 'æ':
				dst = append(dst, "ae"...)
			case r == 'œ':
				dst = append(dst, "oe"...)
			default:
				dst = utf8.AppendRune(dst, basicLetter(r))
			}
		}
	}
	return dst
}

// basicLetter returns the basic letter of one that Unicode does not decompose.
func basicLetter(r rune) rune {
	switch r {
	case 'ø':
		return 'o'
	case 'ł':
		return 'l'
	case 'đ':
		return 'd'
	case 'ı':
		return 'i'
	}
	return r
}
