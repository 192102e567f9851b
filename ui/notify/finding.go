package notify

import (
	"rentbell/core"
	"rentbell/ui/explain"
	"rentbell/ui/words"
)

// noticeOfFinding describes one finding. It leaves out what says does not allow.
func noticeOfFinding(f core.Found, says core.Says) Notice {
	n := Notice{titleOfFinding(f.Finding, says), words.Joined(subjectOf(f, says), placeIf(f.Place, says))}
	if f.Kind == core.FindNotice {
		if n.Body != "" {
			n.Body += "."
		}
		n.Body = words.Paragraph(n.Body, words.Say("Look before you accept it."))
	}
	return n
}

func titleOfFinding(f core.Finding, says core.Says) string {
	switch f.Kind {
	case core.FindNoVendor:
		return words.SayN(f.Hours, "No vendor for %s hour", "No vendor for %s hours", explain.Number(f.Hours))
	case core.FindUntouched:
		return words.SayN(f.Days, "Work order untouched for %s day", "Work order untouched for %s days", explain.Number(f.Days))
	case core.FindLeaseEnds:
		return words.SayN(f.Days, "Lease ends in %s day", "Lease ends in %s days", explain.Number(f.Days))
	}
	title := words.FindingName(f.Kind)
	switch {
	case !says.Amount:
		return title
	case f.Kind == core.FindLate, f.Kind == core.FindPartial:
		return words.Say("%s: %s still due", title, words.Dollars(f.StillDue()))
	}
	return words.Say("%s: %s", title, words.Dollars(f.Amount))
}

// subjectOf returns whom or what a finding is about, as far as says allows.
func subjectOf(f core.Found, says core.Says) string {
	if f.WorkOrder != "" {
		return spoken(core.WorkOrder{ID: f.WorkOrder, Number: f.Number, Title: f.Title}, says)
	}
	return spoken(core.Payment{Lease: f.Lease, Place: f.Place}, says)
}

func placeIf(p core.Place, says core.Says) string {
	if !says.Place {
		return ""
	}
	return words.PlaceOf(p)
}

// findingsTitle is about findings of one kind.
func findingsTitle(kind core.FindingKind, n int) string {
	number := explain.Number(n)
	switch kind {
	case core.FindNotice:
		return words.SayN(n, "%s payment although notice was served", "%s payments although notice was served", number)
	case core.FindReturned:
		return words.SayN(n, "%s payment came back", "%s payments came back", number)
	case core.FindLate:
		return words.SayN(n, "%s lease is late", "%s leases are late", number)
	case core.FindPartial:
		return words.SayN(n, "%s lease paid in part", "%s leases paid in part", number)
	case core.FindTwice:
		return words.SayN(n, "%s lease may have paid twice", "%s leases may have paid twice", number)
	case core.FindNoVendor:
		return words.SayN(n, "%s work order without a vendor", "%s work orders without a vendor", number)
	case core.FindUntouched:
		return words.SayN(n, "%s untouched work order", "%s untouched work orders", number)
	case core.FindLeaseEnds:
		return words.SayN(n, "%s lease ends soon", "%s leases end soon", number)
	}
	return words.SayN(n, "%s event", "%s events", number)
}
