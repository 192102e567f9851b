package readback

import (
	"fmt"
	"hash/fnv"

	"rentbell/core"
	"rentbell/core/appfolio/records"
)

// orderFacts compares a work order with what was known of it; was is nil for a new
// one. The first load tells open work orders only.
func (b *book) orderFacts(was *records.WorkOrder, is records.WorkOrder, c circumstances) []fact {
	if c.first && was == nil && !isOpen(is.Status) || was != nil && !orderDiffers(*was, is) {
		return nil
	}
	return []fact{b.orderFact(was, is, c)}
}

func (b *book) orderFact(was *records.WorkOrder, is records.WorkOrder, c circumstances) fact {
	data := fields{"assigned_vendor": nil}
	data.set("work_order_id", is.ID)
	data.set("status", is.Status)
	if is.VendorID != "" {
		data["assigned_vendor"] = b.vendor(is.VendorID)
	}
	data.set("title", is.Description)
	data.set("priority", is.Priority)
	data.set("number", is.Number)
	if was != nil && was.Status != is.Status {
		data.set("previous_status", was.Status)
	}
	data.setPlace(b.place(is.PropertyID, is.UnitID, is.OccupancyID))
	at := is.Updated
	if at.IsZero() {
		at = c.now
	}
	return fact{
		ID: orderFactID(is), Type: core.TypeWorkOrderUpdated, At: at, Data: data, Past: c.first && was == nil,
		Flaw: orderFlaw(is),
	}
}

// orderFlaw is what could not be read of a work order.
func orderFlaw(w records.WorkOrder) core.Attention {
	return unreadFlaw(w.Unread, "Status", "VendorId", "Priority", "JobDescription", "WorkOrderNumber", "PropertyId", "UnitId", "OccupancyId", "LastUpdatedAt")
}

// orderDiffers reports whether something changed that people want to hear of: the
// status, the vendor, that the work order became urgent, or came unreadable.
func orderDiffers(was, is records.WorkOrder) bool {
	flaw := orderFlaw(is)
	return !flaw.IsZero() && flaw != orderFlaw(was) || was.Status != is.Status || was.VendorID != is.VendorID || !isUrgent(was.Priority) && isUrgent(is.Priority)
}

// orderFactID identifies a state at a time. It includes the state, because
// AppFolio's times are whole seconds and two states can share one.
func orderFactID(w records.WorkOrder) string {
	state := fnv.New32a()
	_, _ = fmt.Fprintf(state, "%q %q %q", w.Status, w.VendorID, w.Priority) // a hash returns no error
	if !orderFlaw(w).IsZero() {
		_, _ = fmt.Fprintf(state, " %q", w.Unread) // as above
	}
	updated := ""
	if !w.Updated.IsZero() {
		updated = w.Updated.UTC().Format("20060102T150405Z") + "-"
	}
	return fmt.Sprintf("work_order:%s:%s%08x", w.ID, updated, state.Sum32())
}

func isOpen(status string) bool {
	return core.WorkOrderState{WorkOrder: core.WorkOrder{Status: status}}.Open()
}

func isUrgent(priority string) bool { return core.Statuses("urgent,emergency").Has(priority) }
