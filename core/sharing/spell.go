package sharing

import (
	"encoding/base32"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"rentbell/core"
)

// Keys begin with the bucket that has the value.
const (
	inNames   = "names/" // and the kind, a point, and the id in base32
	inLeases  = "terms/lease."
	inRules   = "terms/property."
	inHandled = "handled/"       // and the finding's key in base32
	inEvents  = "handled/event." // and the number of a block
	inExports = "exports/past."

	mostTyped = 100 // rents of one lease
)

// ids are spelled in base32, because a key of NATS takes few characters.
var ids = base32.StdEncoding.WithPadding(base32.NoPadding)

func spelledID(id string) string { return ids.EncodeToString([]byte(id)) }

func readID(text string) (string, bool) {
	id, err := ids.DecodeString(text)
	return string(id), err == nil && len(id) > 0 && len(id) <= core.MaxNameID && spelledID(string(id)) == text
}

type nameValue struct {
	Given   string `json:"given,omitempty"`
	Learned string `json:"learned,omitempty"`
}

type termsValue struct {
	Typed     []typedValue  `json:"typed,omitempty"`
	Imported  *core.Cents   `json:"imported,omitempty"`
	Told      *core.Cents   `json:"told,omitempty"`
	Rule      *core.DueRule `json:"rule,omitempty"`
	PaysAhead bool          `json:"pays_ahead,omitempty"`
	Notice    time.Time     `json:"notice,omitzero"`
	NoticeOn  string        `json:"notice_on,omitempty"`
}

type typedValue struct {
	From   core.Month `json:"from,omitzero"`
	Amount core.Cents `json:"amount"`
}

type markValue struct {
	Snoozed time.Time `json:"snoozed,omitzero"`
	Handled time.Time `json:"handled,omitzero"`
}

// spell writes a value; one that says nothing is empty.
func spell[V any](v V) string {
	b, err := json.Marshal(v)
	if err != nil || string(b) == "{}" {
		return "" // what is not JSON, such as a time of the year 10000, stays here
	}
	return string(b)
}

func nameKey(k core.NameKey) string { return inNames + string(k.Kind) + "." + spelledID(k.ID) }

func spellName(n core.Name) string { return spell(nameValue(n)) }

func spellTerms(t core.LeaseTerms) string {
	v := termsValue{Imported: t.Imported, Told: t.Told, Rule: t.Rule, PaysAhead: t.PaysAhead, Notice: t.Notice.UTC(), NoticeOn: t.NoticeOn.String()}
	for _, r := range t.Typed {
		v.Typed = append(v.Typed, typedValue(r))
	}
	return spell(v)
}

func spellMark(m core.Mark) string { return spell(markValue{m.Snoozed.UTC(), m.Handled.UTC()}) }

func exportKey(e core.PastExport) string {
	return fmt.Sprintf("%s%s.%d", inExports, e.Format, e.At.UnixNano())
}

// spellExport leaves out what counts on one computer alone: the folder, and the number of
// changes of names.
func spellExport(e core.PastExport, me string) string {
	if e.By == "" {
		e.By = me
	}
	e.Dir, e.Renames = "", 0
	return spell(e)
}

// value is one that the office has, with what it is about. One member is set.
type value struct {
	name   *core.NameKey
	lease  string
	rule   string // a property
	mark   core.FindingKey
	export bool
	events *eventBlock

	named    core.Name
	terms    core.LeaseTerms
	due      core.DueRule
	marked   core.Mark
	exported core.PastExport
}

// read reads a value that a desk has written, and bounds it; ok is false for one that
// cannot be used, of which nothing is taken. An empty value says that there is nothing.
func read(key, text string) (v value, ok bool) {
	if rest, is := strings.CutPrefix(key, inEvents); is {
		b, ok := readBlock(rest, text)
		return value{events: &b}, ok
	}
	if text == "" {
		text = "{}"
	}
	switch {
	case strings.HasPrefix(key, inNames):
		return readName(strings.TrimPrefix(key, inNames), text)
	case strings.HasPrefix(key, inLeases):
		v.lease, ok = readID(strings.TrimPrefix(key, inLeases))
		var t termsValue
		if !ok || json.Unmarshal([]byte(text), &t) != nil {
			return v, false
		}
		v.terms, ok = t.core()
		return v, ok
	case strings.HasPrefix(key, inRules):
		v.rule, ok = readID(strings.TrimPrefix(key, inRules))
		ok = ok && json.Unmarshal([]byte(text), &v.due) == nil && (v.due == core.DueRule{} || v.due.Valid())
		return v, ok
	case strings.HasPrefix(key, inHandled):
		id, ok := readID(strings.TrimPrefix(key, inHandled))
		var m markValue
		ok = ok && json.Unmarshal([]byte(text), &m) == nil
		v.mark, v.marked = core.FindingKey(id), core.Mark{Snoozed: m.Snoozed, Handled: m.Handled}
		return v, ok
	case strings.HasPrefix(key, inExports):
		e := core.PastExport{}
		if json.Unmarshal([]byte(text), &e) != nil {
			return v, false
		}
		e.Dir, e.Begun, e.Renames = "", false, 0
		e.By, e.File = core.CleanName(e.By), core.CleanName(e.File)
		v.export, v.exported = true, e
		return v, text == "{}" || exportKey(e) == key && e.Rows >= 0 && e.Files >= 0
	}
	return v, false
}

func readName(rest, text string) (v value, ok bool) {
	kind, id, _ := strings.Cut(rest, ".")
	key := core.NameKey{Kind: core.NameKind(kind)}
	if key.ID, ok = readID(id); !ok || !known(key.Kind) {
		return v, false
	}
	var n nameValue
	if json.Unmarshal([]byte(text), &n) != nil {
		return v, false
	}
	v.name, v.named = &key, core.Name{Given: core.CleanName(n.Given), Learned: core.CleanName(n.Learned)}
	return v, true
}

func known(kind core.NameKind) bool {
	for _, k := range core.NameKinds() {
		if k == kind {
			return true
		}
	}
	return false
}

// core returns the terms, where they can be.
func (v termsValue) core() (t core.LeaseTerms, ok bool) {
	t = core.LeaseTerms{Imported: v.Imported, Told: v.Told, Rule: v.Rule, PaysAhead: v.PaysAhead, Notice: v.Notice}
	if v.NoticeOn != "" {
		on, err := core.ParseDate(v.NoticeOn)
		if err != nil {
			return t, false
		}
		t.NoticeOn = on
	}
	for _, rent := range []*core.Cents{v.Imported, v.Told} {
		if rent != nil && *rent < 0 {
			return t, false
		}
	}
	if len(v.Typed) > mostTyped || v.Rule != nil && !v.Rule.Valid() {
		return t, false
	}
	for _, r := range v.Typed {
		if r.Amount < 0 {
			return t, false
		}
		t.Typed = append(t.Typed, core.TypedRent(r))
	}
	return t, true
}

// again spells a value as it is spelled here, so that equal ones are the same text.
func (v value) again() string {
	switch {
	case v.name != nil:
		return spellName(v.named)
	case v.lease != "":
		return spellTerms(v.terms)
	case v.rule != "":
		return spellRule(v.due)
	case v.mark != "":
		return spellMark(v.marked)
	case v.events != nil:
		return v.events.spell()
	case v.exported.At.IsZero():
		return ""
	}
	return spellExport(v.exported, "")
}

func spellRule(r core.DueRule) string {
	if r == (core.DueRule{}) {
		return ""
	}
	return spell(r)
}
