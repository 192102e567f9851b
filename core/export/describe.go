package export

import (
	"cmp"
	"unicode/utf8"

	"rentbell/core"
)

const (
	// longestText is how many characters of a text importers take: the least that is
	// stated, for a description in Xero.
	longestText = 250
	// longestReference leaves room in a description for what it was for.
	longestReference = 100
)

// description says in one line what a payment was for, who made it, where they
// live, and its reference, as far as that is known: "June rent, Marcus Oyelaran,
// Alder Court 1A, 1207" or "Payment, Lease 20931, eCheck". Nothing is guessed:
// without a memo it is a payment, not rent. The reference tells money orders apart
// that are of one day, lease and amount, so it outlives a cut.
func (l *csvLine) description(p *core.Payment, who string) {
	text := append(l.scratch[:0], cmp.Or(p.Memo, "Payment")...)
	text = more(text, ", ", who)
	text = more(text, ", ", cmp.Or(p.Property, p.Unit, p.Method))
	if p.Property != "" {
		text = more(text, " ", p.Unit)
	}
	if len(text)+len(p.Reference) < longestText/2 { // too short to be cut, whatever AppendCell adds
		text = more(text, ", ", p.Reference)
	} else {
		text = cutFor(text, p.Reference)
	}
	l.scratch = text
	l.draft()
}

// more goes on in a text, if there is something to say.
func more(text []byte, between, with string) []byte {
	if with == "" {
		return text
	}
	return append(append(text, between...), with...)
}

// cutFor shortens a description until its reference fits behind it. Of a long
// reference the end counts, where numbers differ.
func cutFor(text []byte, reference string) []byte {
	reference = core.Inert(reference)
	if runes := []rune(reference); len(runes) > longestReference {
		reference = "…" + string(runes[len(runes)-longestReference+1:])
	}
	room := longestText
	if reference != "" {
		room -= len(", ") + utf8.RuneCountInString(reference)
	}
	return more([]byte(bounded(string(text), room)), ", ", reference)
}

// bounded cuts a text so that it is short enough as a cell, apostrophes included.
func bounded(text string, longest int) string {
	if len(text) <= longest/2 {
		return text
	}
	return core.Cut(core.Inert(text), longest)
}

// payee is the tenant; where AppFolio has sent no name, the lease; else nothing.
func payee(p *core.Payment) string {
	if p.Tenant != "" {
		return p.Tenant
	}
	if lease := core.OneLine(p.Lease); lease != "" {
		return "Lease " + lease
	}
	return ""
}
