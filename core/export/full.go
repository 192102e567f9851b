package export

import "rentbell/core"

// full has every field that Rentbell keeps, for a person with a spreadsheet.
func full() layout {
	columns := fullColumns()
	return layout{
		arrival: true,
		read:    readCSV,
		begin:   func(Query) page { return &sheet{start: core.ByteOrderMark, columns: columns, cells: fullCells} },
	}
}

func fullColumns() []string {
	return []string{
		"seq", "id", "type", "occurred_at", "received_at", "lease_id", "tenant", "property", "unit",
		"amount", "payment_method", "memo", "reference", "attention",
	}
}

func fullCells(l *csvLine, r *row) {
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

// concern writes an Attention as "missing: payment_method".
func (l *csvLine) concern(a core.Attention) {
	l.scratch = more(append(l.scratch[:0], a.Reason...), ": ", a.Field)
	l.draft()
}
