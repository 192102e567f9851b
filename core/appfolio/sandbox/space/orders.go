package space

import (
	"strings"
	"time"

	"rentbell/core"
	"rentbell/core/appfolio/sandbox/story"
)

// repair writes down a step of a work order.
func (b *books) repair(h *home, d story.WorkOrder, at time.Time) {
	order := fields{"Status": d.Status}
	id := uuid("work order", b.story.Name, d.ID)
	if _, found := b.shelves[topicWorkOrders].last(id); !found {
		order = newOrder(h, d)
	}
	if d.Vendor != nil {
		order["VendorId"] = uuid("vendor", *d.Vendor)
		order["VendorTrade"] = (*d.Vendor)[strings.LastIndex(*d.Vendor, " ")+1:]
	}
	today := day(core.DateOf(at))
	switch d.Status {
	case "Scheduled":
		start := at.Add(24 * time.Hour)
		order["ScheduledStart"], order["ScheduledEnd"] = stamp(start), stamp(start.Add(2*time.Hour))
	case "Work Done":
		order["WorkCompletedOn"] = today
	case "Completed":
		order["CompletedOn"] = today
	case "Canceled":
		order["CanceledOn"] = today
	}
	b.change(topicWorkOrders, id, at, order)
}

// newOrder is a work order with all its fields. One about a common place has no
// unit.
func newOrder(h *home, d story.WorkOrder) fields {
	order := fields{
		"WorkOrderNumber": d.ID, "JobDescription": d.Title, "Status": d.Status, "Priority": d.Priority,
		"PropertyId": h.property, "UnitId": h.unit, "OccupancyId": h.occupancy,
		"VendorId": nil, "VendorTrade": nil, "AssignedUsers": []string{},
		"ScheduledStart": nil, "ScheduledEnd": nil, "WorkCompletedOn": nil, "CompletedOn": nil, "CanceledOn": nil,
		"Link":          "https://sandbox.invalid/maintenance/service_requests/" + d.ID,
		"TenantRemarks": "",
	}
	if d.Unit != "" && d.Unit != h.Unit {
		order["UnitId"], order["OccupancyId"] = nil, nil
	}
	return order
}
