package sharing

import (
	"encoding/json"
	"strings"

	"rentbell/core"
)

// weigh says what a value is from now on: seen is what the office had when this computer
// saw it last, mine what is here, and theirs what the office has now. A change that one
// side made counts. Where both did, handled things stay handled, of several fields each
// counts for itself, and of one the office's counts; offer is then a name that was given
// here.
func weigh(key, seen, mine, theirs string) (now, offer string) {
	switch {
	case strings.HasPrefix(key, inEvents):
		return together(key, mine, theirs), ""
	case strings.HasPrefix(key, inExports) && mine != "" && theirs != "":
		return theirs, "" // an export does not change; only the name of its desk may have
	case mine == theirs, theirs == seen:
		return mine, ""
	case mine == seen:
		return theirs, ""
	case strings.HasPrefix(key, inHandled):
		return both(mine, theirs), ""
	}
	now = fields(seen, mine, theirs)
	if strings.HasPrefix(key, inNames) {
		var was, here, there nameValue
		for text, v := range map[string]*nameValue{seen: &was, mine: &here, theirs: &there} {
			_ = json.Unmarshal([]byte(text), v) // an empty one says nothing
		}
		if here.Given != was.Given && here.Given != there.Given && there.Given != was.Given {
			offer = here.Given
		}
	}
	return now, offer
}

// both is a mark with what two say.
func both(mine, theirs string) string {
	var a, b markValue
	_ = json.Unmarshal([]byte(mine), &a)   // an empty one says nothing
	_ = json.Unmarshal([]byte(theirs), &b) // as above
	if b.Snoozed.After(a.Snoozed) {
		a.Snoozed = b.Snoozed
	}
	if a.Handled.IsZero() || !b.Handled.IsZero() && b.Handled.Before(a.Handled) {
		a.Handled = b.Handled
	}
	return spellMark(core.Mark{Snoozed: a.Snoozed, Handled: a.Handled})
}

// fields takes theirs, with the fields that changed here alone.
func fields(seen, mine, theirs string) string {
	parts := func(text string) map[string]json.RawMessage {
		m := map[string]json.RawMessage{}
		_ = json.Unmarshal([]byte(text), &m) // an empty one says nothing
		return m
	}
	was, here, there := parts(seen), parts(mine), parts(theirs)
	for name := range was {
		if _, is := here[name]; !is && string(there[name]) == string(was[name]) {
			delete(there, name)
		}
	}
	for name, v := range here {
		if string(v) != string(was[name]) && string(there[name]) == string(was[name]) {
			there[name] = v
		}
	}
	return spell(there)
}
