package readback

import (
	"rentbell/core"
	"rentbell/core/appfolio/records"
)

// stage is how far a tenancy is.
func stage(status string) int {
	switch status {
	case "Current", "Evict", "Notice":
		return 1
	case "Past":
		return 2
	}
	return 0
}

// tenantFacts compares a tenant with what was known. What lies between two looks
// is told as well: who moved in meanwhile and out again did both.
func (b *book) tenantFacts(was *records.Tenant, is records.Tenant, c circumstances) (facts []fact) {
	var before records.Tenant
	if was == nil {
		if c.first || stage(is.Status) == 2 {
			return nil // a record of somebody who has left is no new tenant
		}
		created := fields{"tenant_id": is.ID}
		created.set("property_id", is.PropertyID)
		created.set("email", is.Email)
		facts = append(facts, b.tenantFact(core.TypeTenantCreated, "", is, c, created))
	} else {
		before = *was
	}
	tell := func(eventType string, on core.Date) {
		data := fields{"tenant_id": is.ID, "status": is.Status}
		data.set("previous_status", before.Status)
		data.setDate("move_in_date", is.MoveIn)
		data.setDate("move_out_date", is.MoveOut)
		facts = append(facts, b.tenantFact(eventType, on.String(), is, c, data))
	}
	if stage(before.Status) < 1 && stage(is.Status) >= 1 {
		tell(typeMovedIn, is.MoveIn)
	}
	gave := before.Status != "Notice" && is.Status == "Notice"
	told := before.Status == "Notice" || !before.MoveOut.IsZero()
	if gave && before.MoveOut.IsZero() || !told && !is.MoveOut.IsZero() && stage(is.Status) < 2 {
		tell(typeNotice, is.MoveOut)
	}
	if stage(before.Status) < 2 && stage(is.Status) == 2 {
		tell(typeMovedOut, is.MoveOut)
	}
	return facts
}

func (b *book) tenantFact(eventType, on string, t records.Tenant, c circumstances, data fields) fact {
	place := b.place(t.PropertyID, t.UnitID, "")
	place.Tenant = fullName(t)
	data.setPlace(place)
	id := eventType + ":" + t.ID
	if on != "" {
		id += ":" + on
	}
	at := t.Updated
	if at.IsZero() {
		at = c.now
	}
	return fact{ID: id, Type: eventType, At: at, Data: data}
}
