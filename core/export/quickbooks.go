package export

// quickBooks is the three-column bank file of QuickBooks Online. Its limits are those
// of https://quickbooks.intuit.com/learn-support; 350 KB is read in the stricter of
// its two meanings.
func quickBooks() layout {
	return layout{
		limits:  importLimits{rows: 1000, bytes: 350_000},
		noZeros: true,
		read:    readCSV,
		begin: func(Query) page {
			return &sheet{columns: []string{"Date", "Description", "Amount"}, cells: quickBooksCells}
		},
	}
}

func quickBooksCells(l *csvLine, r *row) {
	l.plain(r.at.monthFirst)
	l.description(&r.Payment, payee(&r.Payment))
	l.amount(r.Amount)
}
