package sandbox

import (
	"strings"
	"time"

	"rentbell/core"
)

// repair writes down a step of a work order.
func (b *books) repair(d workOrderData, at time.Time) {
	h := b.home(d.of)
	order := fields{"Status": d.Status}
	id := uuid("work order", b.prefix, d.ID)
	if _, found := b.shelves[topicWorkOrders].last(id); !found {
		order = b.newOrder(d, h)
	}
	if d.Vendor != nil {
		words := strings.Fields(*d.Vendor)
		order["VendorId"] = uuid("vendor", *d.Vendor)
		order["VendorTrade"] = words[len(words)-1]
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

// newOrder is a work order with all its fields. Where the story tells of a
// common place, it has no unit.
func (b *books) newOrder(d workOrderData, h *home) fields {
	order := fields{
		"WorkOrderNumber": d.ID, "JobDescription": d.Title, "Status": d.Status, "Priority": d.Priority,
		"PropertyId": h.propertyID, "UnitId": h.unitID, "OccupancyId": h.occupancyID,
		"VendorId": nil, "VendorTrade": nil, "AssignedUsers": []string{},
		"ScheduledStart": nil, "ScheduledEnd": nil, "WorkCompletedOn": nil, "CompletedOn": nil, "CanceledOn": nil,
		"Link":          "https://sandbox.invalid/maintenance/service_requests/" + d.ID,
		"TenantRemarks": "",
	}
	if d.Unit != "" && d.Unit != h.unit {
		order["UnitId"], order["OccupancyId"] = nil, nil
	}
	return order
}
