package words

import "rentbell/core"

// findingNames are what kinds of findings are called, in English.
var findingNames = map[core.FindingKind]string{
	core.FindNotice:    "Payment although notice was served",
	core.FindReturned:  "Payment came back",
	core.FindRefund:    "Refund",
	core.FindLate:      "Rent is late",
	core.FindPartial:   "Rent paid in part",
	core.FindTwice:     "Perhaps paid twice",
	core.FindNoVendor:  "No vendor yet",
	core.FindUntouched: "Work order untouched",
	core.FindLeaseEnds: "Lease ends soon",
}

// FindingName is what a kind of finding is called, without figures.
func FindingName(kind core.FindingKind) string { return Say(findingNames[kind]) }
