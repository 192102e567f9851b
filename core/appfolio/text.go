package appfolio

import (
	"bytes"
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// unquote decodes a valid JSON string. ok is false for half a surrogate pair
// (\ud800): no UTF-8 text can hold it, and two different ids would become the
// same replacement character.
func unquote(quoted []byte) (text string, ok bool) {
	in := quoted[1 : len(quoted)-1]
	if bytes.IndexByte(in, '\\') < 0 {
		return string(in), true
	}
	out := make([]byte, 0, len(in))
	for len(in) > 0 {
		switch {
		case in[0] != '\\':
			out = append(out, in[0])
			in = in[1:]
		case in[1] != 'u':
			out = append(out, unescaped(in[1]))
			in = in[2:]
		default:
			r, size := escapedRune(in)
			if size == 0 {
				return "", false
			}
			out = utf8.AppendRune(out, r)
			in = in[size:]
		}
	}
	return string(out), true
}

func unescaped(b byte) byte {
	switch b {
	case 'b':
		return '\b'
	case 'f':
		return '\f'
	case 'n':
		return '\n'
	case 'r':
		return '\r'
	case 't':
		return '\t'
	}
	return b // quote, slash, backslash
}

// escapedRune decodes the \u escape at the start of in, with the one after it
// where the two are a pair. A size of 0 means half a pair.
func escapedRune(in []byte) (r rune, size int) {
	const length = len(`\u0000`)
	r = hexRune(in[2:length])
	if !utf16.IsSurrogate(r) {
		return r, length
	}
	if len(in) < 2*length || in[length] != '\\' || in[length+1] != 'u' {
		return 0, 0
	}
	r = utf16.DecodeRune(r, hexRune(in[length+2:2*length]))
	if r == utf8.RuneError {
		return 0, 0
	}
	return r, 2 * length
}

func hexRune(digits []byte) rune {
	n, err := strconv.ParseUint(string(digits), 16, 16)
	if err != nil {
		return utf8.RuneError // json.Valid has seen four hex digits
	}
	return rune(n)
}

// longestShown bounds text that is only shown, in characters: room for an
// e-mail address (254), not for a body that is one long name. The whole text
// stays in the event's Body.
const longestShown = 256

// cut shortens text to what is shown.
func cut(text string) string {
	if len(text) <= longestShown {
		return text
	}
	count := 0
	for i := range text {
		if count == longestShown {
			return strings.Clone(text[:i]) // or the long text would stay in memory
		}
		count++
	}
	return text
}
