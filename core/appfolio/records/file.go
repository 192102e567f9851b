package records

import (
	"time"

	"rentbell/core"
)

// FileRow is a row of an income register as a file has it, in the words of its cells.
type FileRow struct{ Date, Amount, Description, Payer, Property, Unit, Reference, Type string }

// lastDay is after the end of every report: a file does not say when it was made.
var lastDay = core.Date{Year: 9998, Month: time.December, Day: 31}

// OfFile makes the receipt with an id of its rows in a file, as Receipts does of AppFolio's
// answer. Its date may be too far ahead.
func OfFile(id string, rows []FileRow) Receipt {
	cells := make([]found[receiptRow], len(rows))
	for i, row := range rows {
		cells[i].row = receiptRow{
			Date: dayOf(row.Date), Amount: dollarsOf(row.Amount), Description: text(row.Description), Payer: text(row.Payer),
			Property: text(row.Property), Unit: text(row.Unit), Reference: text(row.Reference), Type: text(row.Type),
		}
	}
	return receiptOf(id, cells, lastDay)
}

func dayOf(cell string) receiptDay {
	date, err := core.ReadDate(cell)
	if err != nil {
		return receiptDay{said: cell}
	}
	return receiptDay{date: date}
}

func dollarsOf(cell string) dollars {
	cents, err := core.ReadAmount(cell)
	if err != nil {
		return dollars{said: cell}
	}
	return dollars{cents: cents, known: true}
}
