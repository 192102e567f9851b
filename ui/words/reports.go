package words

import (
	"rentbell/core"
	"rentbell/ui/explain"
)

// reportNames are AppFolio's names of its reports.
var reportNames = map[core.TableKind]string{
	core.TableIncome:      "Income register",
	core.TableRentRoll:    "Rent roll",
	core.TableDelinquency: "Delinquency",
	core.TableWorkOrders:  "Work orders",
	core.TableRents:       "Expected rents",
}

// ReportName is what a report, or another table that came as one, is called.
func ReportName(k core.TableKind) string {
	if name, known := reportNames[k]; known {
		return Say(name)
	}
	return Say("Names")
}

// ReportRows counts what is in a report: "412 payments".
func ReportRows(k core.TableKind, n int) string {
	count := explain.Number(n)
	switch k {
	case core.TableIncome:
		return SayN(n, "%s payment", "%s payments", count)
	case core.TableRentRoll, core.TableRents:
		return SayN(n, "%s rent", "%s rents", count)
	case core.TableDelinquency:
		return SayN(n, "%s lease", "%s leases", count)
	case core.TableWorkOrders:
		return SayN(n, "%s work order", "%s work orders", count)
	}
	return SayN(n, "%s name", "%s names", count)
}
