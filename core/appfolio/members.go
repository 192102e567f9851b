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
