package appfolio

import (
	"bytes"
	"encoding/json"
	"strings"

	"rentbell/core"
)

// Text decodes raw, which must be a JSON string of 1 to longest bytes of UTF-8.
// It returns the empty string for anything else, and for half a surrogate pair
// (\ud800), which no UTF-8 text can hold: two different ids would become the
// same one.
func Text(raw []byte, longest int) string {
	text, ok := unquoted(raw)
	if !ok || len(text) > longest || isLossy(raw, text) {
		return ""
	}
	return text
}

// prose decodes raw as text that people have written: one line, "" when nothing of it
// can be read or raw is no JSON string. Unlike Text it keeps what is sound: half a
// surrogate pair, which programs leave behind that cut text in the midst of an emoji,
// becomes U+FFFD.
func prose(raw []byte) string {
	text, ok := unquoted(raw)
	if !ok {
		return ""
	}
	return core.OneLine(text)
}

// unquoted is the text of a JSON string.
func unquoted(raw []byte) (text string, ok bool) {
	if len(raw) < 2 || raw[0] != '"' {
		return "", false
	}
	if bytes.IndexByte(raw, '\\') < 0 {
		return string(raw[1 : len(raw)-1]), true // nearly always, and several times faster
	}
	err := json.Unmarshal(raw, &text)
	return text, err == nil
}

// isLossy reports whether encoding/json has put U+FFFD into text in place of
// something in raw that it could not decode.
func isLossy(raw []byte, text string) bool {
	const replacement = "\ufffd"
	count := strings.Count(text, replacement)
	if count == 0 {
		return false
	}
	escapes := bytes.ReplaceAll(raw, []byte(`\\`), nil) // so that each backslash left begins an escape
	escaped := bytes.Count(bytes.ToLower(escapes), []byte(`\ufffd`))
	return count > bytes.Count(raw, []byte(replacement))+escaped
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
			return strings.TrimRight(strings.Clone(text[:i]), " ") // without the copy the long text would stay in memory
		}
		count++
	}
	return text
}
