package appfolio

import (
	"encoding/json"
	"unicode"

	"rentbell/core"
)

// membersOf takes an object of an answer apart; nil when value is none.
// Answers are rare, unlike deliveries: encoding/json serves, with a map, which
// does not match names in any case.
func membersOf(value []byte) map[string]json.RawMessage {
	var members map[string]json.RawMessage
	if json.Unmarshal(value, &members) != nil {
		return nil
	}
	return members
}

// idIn finds the id of the registration that an answer describes, alone or
// wrapped.
func idIn(answer []byte, secrets core.Secrets) string {
	members := membersOf(answer)
	for _, object := range []map[string]json.RawMessage{members, membersOf(members["data"]), membersOf(members["webhook"])} {
		if id := idOf(object, secrets); id != "" {
			return id
		}
	}
	return ""
}

// idOf reads a text or a number, whose digits stay as they are: a float would
// not hold them all.
func idOf(members map[string]json.RawMessage, secrets core.Secrets) string {
	if id, ok := textOf(members["id"], longestID); ok {
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
