package appfolio

import (
	"encoding/json"
	"unicode"

	"rentbell/core"
)

// Members takes a JSON object (RFC 8259) apart without decoding its values, so
// that numbers keep every digit. It returns nil when text is anything else than
// one object with space around it. Names match in their exact case only, which
// struct fields would not do; of a name that comes twice the last value counts,
// as in JSON.parse. The values are copies.
func Members(text []byte) map[string]json.RawMessage {
	var members map[string]json.RawMessage
	if json.Unmarshal(text, &members) != nil {
		return nil
	}
	return members
}

// idIn finds the id of the registration that an answer describes, alone or
// wrapped.
func idIn(answer []byte, secrets core.Secrets) string {
	members := Members(answer)
	for _, object := range []map[string]json.RawMessage{members, Members(members["data"]), Members(members["webhook"])} {
		if id := idOf(object, secrets); id != "" {
			return id
		}
	}
	return ""
}

// idOf reads a text or a number, whose digits stay as they are: a float would
// not hold them all.
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

// usableID returns id when it can be kept and be a part of a path, and nothing
// otherwise: one that repeats a secret must not reach the disk.
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
