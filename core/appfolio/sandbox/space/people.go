package space

import (
	"time"

	"rentbell/core"
	"rentbell/core/appfolio/sandbox/story"
)

// What AppFolio sends of every tenant and nobody may keep. They are the same for
// all and cannot be anybody's, so that a test can look for them in what was kept.
const (
	SocialSecurityNumber = "000-12-3456" // no number begins with 000
	BirthDate            = "1899-12-31"
)

// The states of a tenant.
const (
	tenantFuture  = "Future"
	tenantCurrent = "Current"
	tenantNotice  = "Notice"
	tenantPast    = "Past"
)

// announce writes down a tenant who is going to sign, unless the tenant is in the
// books already.
func (b *books) announce(h *home, at time.Time) {
	if h.status != "" {
		return
	}
	h.status = tenantFuture
	first, last := h.Person()
	b.change(topicTenants, h.tenant, at, fields{
		"FirstName": first, "LastName": last, "Email": h.Email(), "PhoneNumber": "", "Status": h.status,
		"OccupancyId": h.occupancy, "PropertyId": h.property, "UnitId": h.unit,
		"MoveInOn": day(h.movesIn), "MoveOutOn": nil,
		"LeaseStartDate": day(h.movesIn), "LeaseEndDate": nil, "LeaseSignedDate": nil,
		"CurrentRent": h.Rent.Decimal(), "PrimaryTenant": true, "HiddenAt": nil,
		"SocialSecurityNumber": SocialSecurityNumber, "BirthDate": BirthDate,
	})
	b.change(topicLeases, h.lease, at, fields{
		"OccupancyId": h.occupancy, "PropertyId": h.property, "UnitId": h.unit, "Status": "Out for Signature",
		"StartOn": day(h.movesIn), "EndOn": nil, "SignedOn": nil, "RenewedOn": nil, "IsMtm": h.Months == 0,
	})
}

// sign writes down that a lease was signed or, if it was signed before, renewed.
func (b *books) sign(h *home, d story.LeaseSigned, at time.Time) {
	b.announce(h, at)
	start, end := day(d.Start), day(core.LeaseState{MoveIn: d.Start, Months: d.Months}.Ends())
	lease := fields{"Status": "Fully Executed", "StartOn": start, "EndOn": end, "IsMtm": d.Months == 0}
	tenant := fields{"LeaseStartDate": start, "LeaseEndDate": end}
	signed := day(core.DateOf(at))
	if before, _ := b.shelves[topicLeases].last(h.lease); before["SignedOn"] != nil {
		lease["RenewedOn"] = signed
	} else {
		lease["SignedOn"], tenant["LeaseSignedDate"] = signed, signed
		if h.status == tenantFuture {
			h.movesIn = d.Start
			tenant["MoveInOn"] = start
		}
	}
	b.change(topicLeases, h.lease, at, lease)
	b.change(topicTenants, h.tenant, at, tenant)
}

func (b *books) moveIn(h *home, at time.Time) {
	h.status = tenantCurrent
	b.change(topicTenants, h.tenant, at, fields{"Status": h.status, "MoveInOn": day(core.DateOf(at))})
	b.change(topicUnits, h.unit, at, fields{"Status": "Occupied", "CurrentOccupancyId": h.occupancy})
}

func (b *books) giveNotice(h *home, at time.Time) {
	h.status = tenantNotice
	lease, _ := b.shelves[topicLeases].last(h.lease)
	b.change(topicTenants, h.tenant, at, fields{"Status": h.status, "MoveOutOn": lease["EndOn"]})
}

// moveOut ends a lease today, whatever end was planned: a live story is ahead of
// the calendar.
func (b *books) moveOut(h *home, at time.Time) {
	b.announce(h, at)
	h.status = tenantPast
	today := day(core.DateOf(at))
	b.change(topicTenants, h.tenant, at, fields{"Status": h.status, "MoveOutOn": today})
	b.change(topicLeases, h.lease, at, fields{"EndOn": today})
	b.change(topicUnits, h.unit, at, fields{"Status": "Vacant", "CurrentOccupancyId": nil})
}

// catchUp writes down what no fact tells: who moved in by now, and who has said
// that they will leave. Both happen in the morning.
func (b *books) catchUp(now time.Time) {
	morning := func(d core.Date) time.Time {
		if at := d.In(now.Location()).Add(9 * time.Hour); at.Before(now) {
			return at
		}
		return now
	}
	today := core.DateOf(now)
	for _, t := range b.story.Tenancies {
		h := b.home(t)
		if h.status == tenantFuture && !today.Before(h.movesIn) {
			b.moveIn(h, morning(h.movesIn))
		}
		if t.Leaving && h.status == tenantCurrent && !today.Before(t.Notice()) {
			b.giveNotice(h, morning(t.Notice()))
		}
	}
}

// hurry has one tenant who will leave give notice now: a live story does not wait
// for the day.
func (b *books) hurry(now time.Time) {
	for _, t := range b.story.Tenancies {
		if h := b.home(t); t.Leaving && h.status == tenantCurrent {
			b.giveNotice(h, now)
			return
		}
	}
}

// strip takes away what many an office never wrote down.
func (b *books) strip(at time.Time) {
	for topic, field := range map[string]string{topicProperties: "Name", topicTenants: "Email"} {
		for id := range b.shelves[topic].all() {
			b.change(topic, id, at, fields{field: nil})
		}
	}
}
