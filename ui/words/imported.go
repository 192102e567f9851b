package words

import (
	"rentbell/core"
	"rentbell/ui/explain"
)

// Imported says what an import has done.
func Imported(k core.TableKind, t core.Taken) string {
	if k == core.TableDelinquency {
		return Say("%s.", Joined(
			SayN(t.Same, "%s lease agrees", "%s leases agree", explain.Number(t.Same)),
			SayN(t.Changed+t.Added, "%s differs", "%s differ", explain.Number(t.Changed+t.Added))))
	}
	var imported, changed, same string
	if n := t.Added + t.Changed; n > 0 || t.Same == 0 {
		imported = importedCount(k, n)
	}
	if t.Changed > 0 {
		changed = Say("%s changed", explain.Number(t.Changed))
	}
	if t.Same > 0 {
		same = SayN(t.Same, "%s was there already", "%s were there already", explain.Number(t.Same))
	}
	return Say("%s.", Joined(imported, changed, same))
}

func importedCount(k core.TableKind, n int) string {
	count := explain.Number(n)
	switch k {
	case core.TableRents, core.TableRentRoll:
		return SayN(n, "%s rent imported", "%s rents imported", count)
	case core.TableIncome:
		return SayN(n, "%s payment imported", "%s payments imported", count)
	case core.TableWorkOrders:
		return SayN(n, "%s work order imported", "%s work orders imported", count)
	}
	return SayN(n, "%s name imported", "%s names imported", count)
}

// PutBack says what was put back.
func PutBack(u core.Undone) string {
	var kept string
	if u.Kept > 0 {
		kept = SayN(u.Kept, "%s was changed since then and stays.", "%s were changed since then and stay.", explain.Number(u.Kept))
	}
	return Paragraph(SayN(u.Back, "%s entry is as it was before.", "%s entries are as they were before.", explain.Number(u.Back)), kept)
}
