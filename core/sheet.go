package core

import (
	"cmp"
	"strings"
)

// A sheet is one layout of the accountant's file.
type sheet struct {
	start  string   // comes before the header
	header []string // of the columns
	cells  func(*csvLine, *exportRow)
}

// head is what a file begins with.
func (s *sheet) head() []byte {
	var l csvLine
	for _, name := range s.header {
		l.plain(name)
	}
	return append([]byte(s.start), l.end()...)
}

// byteOrderMark tells Excel that a file is UTF-8.
const byteOrderMark = "\ufeff"

// layout returns the sheet of a format, nil for an unknown one. The first two
// follow the importers: QuickBooks Online's three-column bank file and Xero's
// statement template. The full one has every field that Rentbell keeps.
func layout(f Format) *sheet {
	switch f {
	case FormatQuickBooks:
		return &sheet{
			header: []string{"Date", "Description", "Amount"},
			cells:  quickBooksCells,
		}
	case FormatXero:
		return &sheet{
			header: []string{"*Date", "*Amount", "Payee", "Description", "Reference", "Check Number"},
			cells:  xeroCells,
		}
	case FormatFull:
		return &sheet{
			start: byteOrderMark,
			header: []string{
				"seq", "id", "type", "occurred_at", "received_at", "lease_id", "tenant", "property", "unit",
				"amount", "payment_method", "memo", "reference", "attention",
			},
			cells: fullCells,
		}
	}
	return nil
}

func quickBooksCells(l *csvLine, r *exportRow) {
	l.plain(r.at.monthFirst)
	l.text(describe(r.Payment, payee(r.Payment)))
	l.amount(r.Amount)
}

func xeroCells(l *csvLine, r *exportRow) {
	l.plain(r.at.yearFirst)
	l.amount(r.Amount)
	l.text(payee(r.Payment))
	l.text(describe(r.Payment, ""))
	l.text(cmp.Or(r.Reference, r.event.ID)) // what finds it again in AppFolio, or else in Rentbell
	l.text(checkNumber(r.Payment))
}

func fullCells(l *csvLine, r *exportRow) {
	l.number(r.event.Seq)
	l.text(r.event.ID)
	l.text(r.event.Type)
	l.moment(r.event.OccurredAt.In(r.at.loc))
	l.moment(r.event.ReceivedAt.In(r.at.loc))
	l.text(r.Lease)
	l.text(r.Tenant)
	l.text(r.Property)
	l.text(r.Unit)
	l.amount(r.Amount)
	l.text(r.Method)
	l.text(r.Memo)
	l.text(r.Reference)
	l.text(concern(r.event.Attention))
}

// describe says in one line what a payment was for, who made it and where they
// live, as far as that is known: "June rent, Marcus Oyelaran, Alder Court 1A" or
// "Payment, Lease 20931, eCheck". Nothing is guessed: without a memo it is a
// payment, not rent.
func describe(p Payment, who string) string {
	what := cmp.Or(p.Memo, "Payment")
	where := cmp.Or(join(p.Property, " ", p.Unit), p.Method)
	return join(join(what, ", ", who), ", ", where)
}

// join puts between between a and b if there are both.
func join(a, between, b string) string {
	if a == "" || b == "" {
		return a + b
	}
	return a + between + b
}

// payee is the tenant; where AppFolio has sent no name, the lease.
func payee(p Payment) string {
	switch {
	case p.Tenant != "":
		return p.Tenant
	case p.Lease != "":
		return "Lease " + p.Lease
	}
	return ""
}

// checkNumber is a check's reference; other payments have none.
func checkNumber(p Payment) string {
	if strings.EqualFold(p.Method, "check") {
		return p.Reference
	}
	return ""
}

// concern writes an Attention as "missing: payment_method".
func concern(a Attention) string { return join(string(a.Reason), ": ", a.Field) }
