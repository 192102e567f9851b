package readback

import (
	"context"

	"rentbell/core"
	"rentbell/core/appfolio/records"
	"rentbell/core/appfolio/reports"
)

// filedOrder is what the store keeps of a row of a work order report.
type filedOrder struct {
	records.WorkOrder
	AsOf core.Date // of the report
}

// takeOrders compares the rows of a work order report with what was told of them. They go
// by their numbers; one that AppFolio's records have under another id is told by those. An
// older file says nothing of those that are known.
func (f *filing) takeOrders(ctx context.Context, k Known, r reports.Report) error {
	var known map[string]filedOrder
	if err := fill(ctx, k, storedOrder, &known); err != nil {
		return err
	}
	elsewhere := map[string]bool{}
	for id, w := range known {
		if w.Number != id {
			elsewhere[w.Number] = true
		}
	}
	for _, w := range r.Orders {
		was, isKnown := known[w.Number]
		if elsewhere[w.Number] || isKnown && isOlderFile(r.AsOf, was.AsOf) {
			f.count(true, true)
			continue
		}
		f.at.first = !isKnown && (len(known) == 0 || f.isStale(w.Created))
		f.takeFiledOrder(was, isKnown, filedOrder{WorkOrder: records.WorkOrder{
			ID: w.Number, Number: w.Number, Description: w.Description, Status: w.Status, Priority: w.Priority, VendorID: w.Vendor,
		}, AsOf: r.AsOf}, w)
	}
	return nil
}

func (f *filing) takeFiledOrder(was filedOrder, known bool, is filedOrder, w reports.WorkOrder) {
	before := &was.WorkOrder
	is.Updated = f.at.now.UTC()
	if !known {
		before, is.Updated = nil, f.noonOf(w.Created).UTC()
	}
	facts := f.session.book.orderFacts(before, is.WorkOrder, f.at)
	for _, fact := range facts {
		fact.Data.setPlace(core.Place{Tenant: w.Tenant, Property: w.Property, Unit: w.Unit})
		fact.Data.setDate("scheduled_start", w.Scheduled)
	}
	f.tell(facts)
	f.count(known, len(facts) == 0)
	if !known || len(facts) > 0 || is.AsOf != was.AsOf {
		f.remember(storedOrder, is.ID, is)
	}
}
