package export

import (
	"cmp"
	"strings"

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
	l.text(payee(&r.Payment))
	l.description(&r.Payment, "")
	l.text(cmp.Or(r.Reference, r.ID)) // what finds it again in AppFolio, or else in Rentbell
	l.text(checkNumber(&r.Payment))
}

func fullCells(l *csvLine, r *exportRow) {
	l.number(r.Seq)
	l.text(r.ID)
	l.text(r.Type)
	l.moment(r.At.In(r.at.loc))
	l.moment(r.ReceivedAt.In(r.at.loc))
	l.text(r.Lease)
	l.text(r.Tenant)
	l.text(r.Property)
	l.text(r.Unit)
	l.amount(r.Amount)
	l.text(r.Method)
	l.text(r.Memo)
	l.text(r.Reference)
	l.concern(r.Attention)
}

// description says in one line what a payment was for, who made it and where they
// live, as far as that is known: "June rent, Marcus Oyelaran, Alder Court 1A" or
// "Payment, Lease 20931, eCheck". Nothing is guessed: without a memo it is a
// payment, not rent.
func (l *csvLine) description(p *core.Payment, who string) {
	at := len(l.buf)
	l.buf = append(l.buf, cmp.Or(p.Memo, "Payment")...)
	l.more(at, ", ", who)
	where := len(l.buf)
	l.more(at, ", ", cmp.Or(p.Property, p.Unit, p.Method))
	if p.Property != "" {
		l.more(where, " ", p.Unit)
	}
	l.closeText(at)
}

// more goes on in a cell that began at, if there is something to say, with
// between where something was said already.
func (l *csvLine) more(at int, between, text string) {
	if text == "" {
		return
	}
	if len(l.buf) > at {
		l.buf = append(l.buf, between...)
	}
	l.buf = append(l.buf, text...)
}

// payee is the tenant; where AppFolio has sent no name, the lease.
func payee(p *core.Payment) string {
	switch {
	case p.Tenant != "":
		return p.Tenant
	case p.Lease != "":
		return "Lease " + p.Lease
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
	at := len(l.buf)
	l.more(at, "", string(a.Reason))
	l.more(at, ": ", a.Field)
	l.closeText(at)
}
