package appfolio

import (
	"encoding/json"
	"strings"
	"unicode"
	"unicode/utf8"

	"rentbell/core"
)

const (
	longestMessage = 300 // characters of what AppFolio says
	deepest        = 3   // levels that are searched: {"errors":[{"message":"…"}]}
)

// Message finds what AppFolio says in the body of a refusal: a text under one of
// the usual names of a JSON object, or plain text. It returns the empty string for
// JSON of another shape and for web pages. The result went through Clean.
func Message(answer []byte, secrets core.Secrets) string {
	text := strings.TrimSpace(string(answer))
	switch {
	case text == "" || text[0] == '<':
		return ""
	case text[0] == '{' || text[0] == '[' || json.Valid([]byte(text)):
		return Clean(wordsIn([]byte(text), deepest), secrets)
	}
	return Clean(text, secrets)
}

// wordsIn looks for words in a JSON value, down to depth levels: a text, the first
// element of a list, or a member with one of the usual names.
func wordsIn(value []byte, depth int) string {
	var text string
	if json.Unmarshal(value, &text) == nil {
		return text
	}
	if depth == 0 {
		return ""
	}
	var list []json.RawMessage
	if json.Unmarshal(value, &list) == nil && len(list) > 0 {
		return wordsIn(list[0], depth-1)
	}
	var members map[string]json.RawMessage
	if json.Unmarshal(value, &members) != nil {
		return ""
	}
	for _, name := range []string{"error", "message", "errors", "detail", "code"} {
		if words := wordsIn(members[name], depth-1); words != "" {
			return words
		}
	}
	return ""
}

// Clean makes text from a server fit to be shown: it is put on one line, scrubbed
// of secrets and shortened to 300 characters. Invisible characters go, because they
// could hide a secret from the scrubbing or change the direction of the text.
func Clean(text string, secrets core.Secrets) string {
	text = strings.Map(visible, strings.ToValidUTF8(text, ""))
	text = secrets.Scrub(strings.Join(strings.Fields(text), " "))
	if utf8.RuneCountInString(text) <= longestMessage {
		return text
	}
	return string([]rune(text)[:longestMessage-1]) + "…"
}

func visible(r rune) rune {
	switch {
	case unicode.IsSpace(r):
		return ' '
	case unicode.IsPrint(r):
		return r
	}
	return -1
}
