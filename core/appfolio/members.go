package appfolio

import (
	"bytes"
	"encoding/json"
	"unicode"
	"unicode/utf8"

	"rentbell/core"
)

// Members takes a JSON object (RFC 8259) apart without decoding its values, so
// that numbers keep every digit. It returns nil when text is anything else than
// one object with space around it. Names match in their exact case only, which
// struct fields would not do; of a name that comes twice the last value counts,
// as in JSON.parse. The values are parts of text.
//
// It says what json.Unmarshal into a map says, in a quarter of the time.
func Members(text []byte) map[string]json.RawMessage {
	if !json.Valid(text) {
		return nil
	}
	list := membersOf(text)
	if list == nil {
		return nil
	}
	byName := make(map[string]json.RawMessage, len(list))
	for _, m := range list {
		byName[string(m.name)] = m.value
	}
	return byName
}

// members are the parts of an object in their order. A delivery has some fifteen and
// each is looked up once or not at all, so a list costs less than a map.
type members []member

type member struct{ name, value []byte }

// of is the last value of a name; nil: there is none.
func (m members) of(name string) []byte {
	for i := len(m) - 1; i >= 0; i-- {
		if string(m[i].name) == name {
			return m[i].value
		}
	}
	return nil
}

// membersOf is Members for text that is known to be valid JSON, or empty.
func membersOf(text []byte) members {
	at := afterSpace(text, 0)
	if at == len(text) || text[at] != '{' {
		return nil
	}
	list := make(members, 0, 16)
	for at = afterSpace(text, at+1); text[at] != '}'; {
		end := valueEnd(text, at)
		name := nameIn(text[at:end])
		at = afterSpace(text, afterSpace(text, end)+1) // behind the colon
		end = valueEnd(text, at)
		list = append(list, member{name, text[at:end:end]})
		if at = afterSpace(text, end); text[at] == ',' {
			at = afterSpace(text, at+1)
		}
	}
	return list
}

// nameIn decodes the text of a member's name.
func nameIn(quoted []byte) []byte {
	name := quoted[1 : len(quoted)-1]
	if bytes.IndexByte(name, '\\') < 0 && utf8.Valid(name) {
		return name
	}
	var decoded string
	_ = json.Unmarshal(quoted, &decoded) // it is valid, as a part of what is
	return []byte(decoded)
}

// afterSpace is where the next token of valid JSON begins.
func afterSpace(text []byte, at int) int {
	for at < len(text) && (text[at] == ' ' || text[at] == '\t' || text[at] == '\n' || text[at] == '\r') {
		at++
	}
	return at
}

// valueEnd is where the value that begins at a place within a valid object ends.
func valueEnd(text []byte, at int) int {
	for depth := 0; ; at++ {
		switch text[at] {
		case '"':
			at = textEnd(text, at)
			if depth == 0 {
				return at + 1
			}
		case '{', '[':
			depth++
		case '}', ']':
			if depth--; depth < 0 {
				return at // a number or a word ends with its object
			}
			if depth == 0 {
				return at + 1
			}
		case ',', ' ', '\t', '\n', '\r':
			if depth == 0 {
				return at
			}
		}
	}
}

// textEnd is where the quotation mark stands that ends a text.
func textEnd(text []byte, at int) int {
	for at++; text[at] != '"'; at++ {
		if text[at] == '\\' {
			at++
		}
	}
	return at
}

// idIn finds the id of the registration that an answer describes, at the top of the
// answer or under "data" or "webhook".
func idIn(answer []byte, secrets core.Secrets) string {
	members := Members(answer)
	for _, object := range []map[string]json.RawMessage{members, Members(members["data"]), Members(members["webhook"])} {
		if id := idOf(object, secrets); id != "" {
			return id
		}
	}
	return ""
}

// idOf reads a text or a number. A number keeps its digits, which a float would
// not hold.
func idOf(members map[string]json.RawMessage, secrets core.Secrets) string {
	if id := Text(members["id"], longestID); id != "" {
		return usableID(id, secrets)
	}
	var number json.Number
	if json.Unmarshal(members["id"], &number) != nil {
		return ""
	}
	return usableID(number.String(), secrets)
}

// usableID returns id when it can be stored and be a part of a path, else the
// empty string. An id that contains a secret must not reach the disk.
func usableID(id string, secrets core.Secrets) string {
	if len(id) > longestID || id == "." || id == ".." || secrets.Scrub(id) != id {
		return ""
	}
	for _, r := range id {
		if !unicode.IsPrint(r) {
			return ""
		}
	}
	return id
}
