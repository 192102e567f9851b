package export

import (
	"cmp"
	"strings"

	"rentbell/core"
)

// xero is Xero's statement template, with the limit of https://central.xero.com.
func xero() layout {
	columns := []string{"*Date", "*Amount", "Payee", "Description", "Reference", "Check Number"}
	return layout{
		limits:  importLimits{rows: 1000},
		arrival: true,
		read:    readCSV,
		begin:   func(Query) page { return &sheet{columns: columns, cells: xeroCells} },
	}
}

func xeroCells(l *csvLine, r *row) {
	l.plain(r.at.yearFirst)
	l.amount(r.Amount)
	l.text(bounded(cmp.Or(payee(&r.Payment), "Unknown payer"), longestText))
	l.description(&r.Payment, "")
	l.text(cmp.Or(r.Reference, core.OneLine(r.ID))) // what finds it again in AppFolio, or else in Rentbell
	l.text(checkNumber(&r.Payment))
}

// checkNumber is a check's reference; other payments have none.
func checkNumber(p *core.Payment) string {
	if strings.EqualFold(p.Method, "check") {
		return p.Reference
	}
	return ""
}
