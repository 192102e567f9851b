package appfolio

import (
	"encoding/json"
	"iter"
	"time"
	"unicode/utf8"
)

// Deliveries of the other connection kind are JSON too. What follows is for its
// package: a walk over raw text that copies no value.

// IsJSON reports whether text is one JSON value in UTF-8 (RFC 8259) with
// nothing but space around it.
func IsJSON(text []byte) bool { return utf8.Valid(text) && json.Valid(text) }

// Members yields the raw values of an object by their names, in order; a name
// may come twice. object begins with the brace and leans on IsJSON having
// seen it: anything else would lead the walk astray.
func Members(object []byte) iter.Seq2[[]byte, []byte] {
	return func(yield func(name, value []byte) bool) {
		for at := skipSpace(object, 1); object[at] != '}'; {
			start := at
			at = skipValue(object, at)
			name := unquotedName(object[start:at])
			at = skipSpace(object, skipSpace(object, at)+1) // past the colon
			start, at = at, skipValue(object, at)
			if !yield(name, object[start:at:at]) {
				return
			}
			at = pastComma(object, at)
		}
	}
}

// Elements yields the raw values of an array, which begins with the bracket and
// which IsJSON has seen.
func Elements(array []byte) iter.Seq[[]byte] {
	return func(yield func(value []byte) bool) {
		for at := skipSpace(array, 1); array[at] != ']'; {
			start := at
			at = skipValue(array, at)
			if !yield(array[start:at:at]) {
				return
			}
			at = pastComma(array, at)
		}
	}
}

// Text decodes raw; empty: it is no string of 1 to longest bytes. Half a
// surrogate pair makes it none.
func Text(raw []byte, longest int) string {
	if text, ok := textOf(raw, longest); ok {
		return text
	}
	return ""
}

// Time reads an RFC 3339 time, as AppFolio spells those.
func Time(text string) (t time.Time, ok bool) { return parseTime(text) }

// pastComma is where the next member or element begins, or the closing brace
// or bracket stands.
func pastComma(text []byte, at int) int {
	at = skipSpace(text, at)
	if text[at] == ',' {
		at = skipSpace(text, at+1)
	}
	return at
}

// unquotedName is what a member's name says. An ordinary one is not copied; one
// that no UTF-8 text can hold stays in its quotes, and so is nobody's name.
func unquotedName(quoted []byte) []byte {
	for _, b := range quoted {
		if b != '\\' {
			continue
		}
		if name, ok := unquote(quoted); ok {
			return []byte(name)
		}
		return quoted
	}
	return quoted[1 : len(quoted)-1]
}
