package readback

import (
	"rentbell/core"
	"rentbell/core/appfolio/records"
	"rentbell/core/appfolio/reports"
)

// takeOrders compares the rows of a work order report with what was told of them. They go
// by their numbers; one that AppFolio's records have under another id is told by those.
func (f *filing) takeOrders(list []reports.WorkOrder) {
	known := f.session.book.orders
	elsewhere := map[string]bool{}
	for id, w := range known {
		if w.Number != id {
			elsewhere[w.Number] = true
		}
	}
	first := len(known) == 0
	for _, w := range list {
		before, isKnown := known[w.Number]
		var was *records.WorkOrder
		if isKnown {
			was = &before
		}
		if elsewhere[w.Number] {
			f.count(true, true)
			continue
		}
		is := records.WorkOrder{
			ID: w.Number, Number: w.Number, Description: w.Description, Status: w.Status, Priority: w.Priority, VendorID: w.Vendor, Updated: f.at.now.UTC(),
		}
		if !isKnown {
			is.Updated = f.noonOf(w.Created).UTC()
		}
		f.at.first = !isKnown && (first || f.isStale(w.Created))
		facts := f.session.book.orderFacts(was, is, f.at)
		for _, fact := range facts {
			fact.Data.setPlace(core.Place{Tenant: w.Tenant, Property: w.Property, Unit: w.Unit})
			fact.Data.setDate("scheduled_start", w.Scheduled)
		}
		f.tell(facts)
		f.count(isKnown, len(facts) == 0)
		if !isKnown || len(facts) > 0 {
			f.remember(storedOrder, is.ID, is)
		}
	}
}
