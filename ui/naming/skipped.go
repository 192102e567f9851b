package naming

import (
	"rentbell/core/names"
	"rentbell/core/rents"
	"rentbell/core/table"
	"rentbell/ui/explain"
	"rentbell/ui/words"
)

// skippedWords returns a line for each reason why rows were skipped.
func skippedWords(skipped []table.Skipped) []string {
	counts, first := map[table.Fault]int{}, map[table.Fault]int{}
	var faults []table.Fault
	for _, s := range skipped {
		if counts[s.Fault]++; counts[s.Fault] == 1 {
			faults = append(faults, s.Fault)
			first[s.Fault] = s.Line
		}
	}
	var lines []string
	for _, f := range faults {
		lines = append(lines, faultWords(f, counts[f], first[f]))
	}
	return lines
}

// faultWords says why n rows of a file were skipped, and where the first of
// them is.
func faultWords(f table.Fault, n, line int) string {
	rows, first := explain.Number(n), explain.Number(line)
	switch f {
	case names.FaultNoID:
		return words.SayN(n, "Skipped %s row without an id, first in line %s.", "Skipped %s rows without an id, first in line %s.", rows, first)
	case names.FaultLongID:
		return words.SayN(n, "Skipped %s row with an id that is too long, first in line %s.", "Skipped %s rows with an id that is too long, first in line %s.", rows, first)
	case names.FaultNoName:
		return words.SayN(n, "Skipped %s row without a name, first in line %s.", "Skipped %s rows without a name, first in line %s.", rows, first)
	case names.FaultLongName:
		return words.SayN(n, "Skipped %s row with a name of more than 200 characters, first in line %s.", "Skipped %s rows with a name of more than 200 characters, first in line %s.", rows, first)
	case names.FaultNotText:
		return words.SayN(n, "Skipped %s row with letters that cannot be read, first in line %s. Save the file as CSV UTF-8.", "Skipped %s rows with letters that cannot be read, first in line %s. Save the file as CSV UTF-8.", rows, first)
	case names.FaultKind:
		return words.SayN(n, "Skipped %s row of a kind that has no names, first in line %s. Kinds are lease, tenant, property, unit and vendor.", "Skipped %s rows of a kind that has no names, first in line %s. Kinds are lease, tenant, property, unit and vendor.", rows, first)
	case names.FaultTwice:
		return words.SayN(n, "Skipped %s row with an id that an earlier line names, first in line %s.", "Skipped %s rows with an id that an earlier line names, first in line %s.", rows, first)
	case names.FaultChanged:
		return words.SayN(n, "Skipped %s row with an id that a spreadsheet has changed, first in line %s. Give the column of ids the format Text.", "Skipped %s rows with an id that a spreadsheet has changed, first in line %s. Give the column of ids the format Text.", rows, first)
	case table.FaultWide:
		return words.SayN(n, "Skipped %s row with more cells than there are titles, first in line %s.", "Skipped %s rows with more cells than there are titles, first in line %s.", rows, first)
	case table.FaultQuote:
		return words.SayN(n, "Skipped %s row with a quotation mark that does not close, first in line %s.", "Skipped %s rows with a quotation mark that does not close, first in line %s.", rows, first)
	case rents.FaultNoRent:
		return words.SayN(n, "Skipped %s row without a rent, first in line %s.", "Skipped %s rows without a rent, first in line %s.", rows, first)
	case rents.FaultAmount:
		return words.SayN(n, "Skipped %s row with a rent that is no amount, first in line %s.", "Skipped %s rows with a rent that is no amount, first in line %s.", rows, first)
	case rents.FaultBelow:
		return words.SayN(n, "Skipped %s row with a rent below zero, first in line %s.", "Skipped %s rows with a rent below zero, first in line %s.", rows, first)
	case table.FaultSize:
		return words.SayN(n, "Skipped %s row that is too long, first in line %s.", "Skipped %s rows that are too long, first in line %s.", rows, first)
	}
	return ""
}
