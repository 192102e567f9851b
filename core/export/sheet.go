package export

import (
	"cmp"
	"strings"
	"unicode/utf8"

	"rentbell/core"
)

// A sheet is one layout of the accountant's file.
type sheet struct {
	start  string   // comes before the header
	header []string // of the columns
	cells  func(*csvLine, *exportRow)

	arrival bool // the rows tell how payments came
}

// head is what a file begins with.
func (s *sheet) head() []byte {
	var l csvLine
	for _, name := range s.header {
		l.plain(name)
	}
	return append([]byte(s.start), l.end()...)
}

// line makes the line of a payment. Nearly every one is a line as it comes; to find
// that out while it is written is quicker than to look at each text before.
func (s *sheet) line(l *csvLine, r *exportRow) []byte {
	l.odd = false
	s.cells(l, r)
	if l.odd {
		l.buf = l.buf[:0]
		tidy(&r.Payment)
		s.cells(l, r)
	}
	return l.end()
}

// layout returns the sheet of a format, nil for an unknown one. The first two
// follow the importers: QuickBooks Online's three-column bank file and Xero's
// statement template. The full one has every field that Rentbell keeps.
func layout(f core.Format) *sheet {
	switch f {
	case core.FormatQuickBooks:
		return &sheet{
			header: []string{"Date", "Description", "Amount"},
			cells:  quickBooksCells,
		}
	case core.FormatXero:
		return &sheet{
			header: []string{"*Date", "*Amount", "Payee", "Description", "Reference", "Check Number"},
			cells:  xeroCells, arrival: true,
		}
	case core.FormatFull:
		return &sheet{
			start: core.ByteOrderMark,
			header: []string{
				"seq", "id", "type", "occurred_at", "received_at", "lease_id", "tenant", "property", "unit",
				"amount", "payment_method", "memo", "reference", "attention",
			},
			cells: fullCells, arrival: true,
		}
	}
	return nil
}

func quickBooksCells(l *csvLine, r *exportRow) {
	l.plain(r.at.monthFirst)
	l.description(&r.Payment, payee(&r.Payment))
	l.amount(r.Amount)
}

func xeroCells(l *csvLine, r *exportRow) {
	l.plain(r.at.yearFirst)
	l.amount(r.Amount)
	l.text(bounded(cmp.Or(payee(&r.Payment), "Unknown payer"), longestText))
	l.description(&r.Payment, "")
	l.text(cmp.Or(r.Reference, r.ID)) // what finds it again in AppFolio, or else in Rentbell
	l.text(checkNumber(&r.Payment))
}

func fullCells(l *csvLine, r *exportRow) {
	l.number(r.Seq)
	l.id(r.ID)
	l.id(r.Type)
	l.moment(r.At.In(r.at.loc))
	l.moment(r.ReceivedAt.In(r.at.loc))
	l.id(r.Lease)
	l.text(r.Tenant)
	l.text(r.Property)
	l.text(r.Unit)
	l.amount(r.Amount)
	l.text(r.Method)
	l.text(r.Memo)
	l.text(r.Reference)
	l.concern(r.Attention)
}

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

// checkNumber is a check's reference; other payments have none.
func checkNumber(p *core.Payment) string {
	if strings.EqualFold(p.Method, "check") {
		return p.Reference
	}
	return ""
}

// concern writes an Attention as "missing: payment_method".
func (l *csvLine) concern(a core.Attention) {
	l.scratch = more(append(l.scratch[:0], a.Reason...), ": ", a.Field)
	l.draft()
}

// tidy makes a line of each text of a payment that people have written. Ids stay.
func tidy(p *core.Payment) {
	for _, text := range [...]*string{&p.Tenant, &p.Property, &p.Unit, &p.Method, &p.Memo, &p.Reference} {
		*text = core.OneLine(*text)
	}
}
