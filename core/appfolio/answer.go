package appfolio

import (
	"encoding/json"
	"strings"
	"unicode"
	"unicode/utf8"

	"rentbell/core"
)

const (
	longestMessage = 300 // what is kept of AppFolio's words, in characters
	deepest        = 3   // how far down they are looked for: {"errors":[{"message":"…"}]}
)

// Message finds AppFolio's words in the body of a refusal: a JSON object that
// says so under one of the usual names, or plain text. JSON of another shape
// and web pages have nothing for people to read.
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

// wordsIn looks for words in a JSON value: a text, the first of a list, or what
// stands under one of the usual names, down to depth levels.
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

// Clean makes somebody else's text fit to be seen: one line, nothing invisible
// (it could hide a secret from the scrubbing, or turn the text around), no
// secret, no more than is read.
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
