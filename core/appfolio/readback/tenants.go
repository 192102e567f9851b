package readback

import (
	"time"

	"rentbell/core"
	"rentbell/core/appfolio/records"
)

// stage is how far a tenancy is: 0 before it, 1 while it lasts, 2 after it.
func stage(status string) int {
	switch status {
	case "Current", "Evict", "Notice":
		return 1
	case "Past":
		return 2
	}
	return 0
}

// tenantFacts compares a tenant with what was known. It also tells the steps that
// lie between two looks: a tenant who moved in and out meanwhile did both.
func (b *book) tenantFacts(was *records.Tenant, is records.Tenant, c circumstances) (facts []fact) {
	if was == nil {
		if stage(is.Status) == 2 {
			return nil // a tenant who has left is not new
		}
		data := fields{"tenant_id": is.ID}
		data.set("property_id", is.PropertyID)
		data.set("email", is.Email)
		created := b.tenantFact(core.TypeTenantCreated, "", is, c, data)
		if c.first {
			created.Past, created.Settled = true, true // many have no e-mail address, and lived well without
			if !is.MoveIn.IsZero() && is.MoveIn.Before(c.today) {
				created.At = noon(is.MoveIn, c.now.Location())
			}
			return []fact{created}
		}
		facts, was = append(facts, created), &records.Tenant{}
	}
	for _, step := range steps(*was, is) {
		data := fields{"tenant_id": is.ID, "status": is.Status}
		data.set("previous_status", was.Status)
		data.set("property_id", is.PropertyID)
		data.setDate("move_in_date", is.MoveIn)
		data.setDate("move_out_date", is.MoveOut)
		on := is.MoveOut
		if step == core.TypeMovedIn {
			on = is.MoveIn
		}
		facts = append(facts, b.tenantFact(step, on.String(), is, c, data))
	}
	if flaw := tenantFlaw(is); len(facts) == 0 && !flaw.IsZero() && flaw != tenantFlaw(*was) {
		facts = append(facts, b.tenantFact(core.TypeTenantUpdated, is.Unread+":"+is.Updated.UTC().Format(time.RFC3339), is, c, fields{"tenant_id": is.ID}))
	}
	return facts
}

// tenantFlaw is what could not be read of a tenant.
func tenantFlaw(t records.Tenant) core.Attention {
	return unreadFlaw(t.Unread, "Status", "FirstName", "LastName", "Email", "PropertyId", "UnitId", "OccupancyId", "MoveInOn", "MoveOutOn", "LastUpdatedAt")
}

// steps returns the types of the steps of a tenancy between two looks.
func steps(was, is records.Tenant) (types []string) {
	if stage(was.Status) < 1 && stage(is.Status) >= 1 {
		types = append(types, core.TypeMovedIn)
	}
	if !leaves(was) && leaves(is) && stage(is.Status) < 2 {
		types = append(types, core.TypeNotice)
	}
	if stage(was.Status) < 2 && stage(is.Status) == 2 {
		types = append(types, core.TypeMovedOut)
	}
	return types
}

// leaves reports whether a tenant has given or got notice.
func leaves(t records.Tenant) bool { return t.Status == "Notice" || !t.MoveOut.IsZero() }

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
	return fact{ID: id, Type: eventType, At: at, Data: data, Flaw: tenantFlaw(t)}
}
