package sandbox

import (
	"strconv"
	"strings"
	"time"

	"rentbell/core"
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

// announce writes a tenant down who is going to sign. One who came in another
// way is there already.
func (b *books) announce(h *home, at time.Time) {
	if h.status != "" {
		return
	}
	h.status = tenantFuture
	first, last := h.person()
	b.change(topicTenants, h.tenantID, at, fields{
		"FirstName": first, "LastName": last, "Email": h.email(), "PhoneNumber": "", "Status": h.status,
		"OccupancyId": h.occupancyID, "PropertyId": h.propertyID, "UnitId": h.unitID,
		"MoveInOn": day(h.movesIn), "MoveOutOn": nil,
		"LeaseStartDate": day(h.movesIn), "LeaseEndDate": nil, "LeaseSignedDate": nil,
		"CurrentRent": h.rent.Decimal(), "PrimaryTenant": true, "HiddenAt": nil,
		"SocialSecurityNumber": SocialSecurityNumber, "BirthDate": BirthDate,
	})
	b.change(topicLeases, h.leaseID, at, fields{
		"OccupancyId": h.occupancyID, "PropertyId": h.propertyID, "UnitId": h.unitID, "Status": "Out for Signature",
		"StartOn": day(h.movesIn), "EndOn": nil, "SignedOn": nil, "RenewedOn": nil, "IsMtm": h.months == 0,
	})
}

// sign writes down that a lease was signed or, if it was before, renewed.
func (b *books) sign(d leaseSignedData, at time.Time) {
	h := b.home(d.of)
	b.announce(h, at)
	start, err := core.ParseDate(d.MoveIn)
	if err != nil {
		panic("parse a date of the story: " + err.Error()) // our own
	}
	end := core.LeaseState{MoveIn: start, Months: d.Months}.Ends()
	lease := fields{"Status": "Fully Executed", "StartOn": day(start), "EndOn": day(end), "IsMtm": d.Months == 0}
	tenant := fields{"LeaseStartDate": day(start), "LeaseEndDate": day(end)}
	signed := day(core.DateOf(at))
	before, _ := b.shelves[topicLeases].last(h.leaseID)
	if before.value["SignedOn"] != nil {
		lease["RenewedOn"] = signed
	} else {
		lease["SignedOn"] = signed
		tenant["LeaseSignedDate"] = signed
		if h.status == tenantFuture {
			h.movesIn = start
			tenant["MoveInOn"] = day(start)
		}
	}
	b.change(topicLeases, h.leaseID, at, lease)
	b.change(topicTenants, h.tenantID, at, tenant)
}

func (b *books) moveIn(h *home, at time.Time) {
	h.status = tenantCurrent
	b.change(topicTenants, h.tenantID, at, fields{"Status": h.status, "MoveInOn": day(core.DateOf(at))})
	b.change(topicUnits, h.unitID, at, fields{"Status": "Occupied", "CurrentOccupancyId": h.occupancyID})
}

func (b *books) giveNotice(h *home, at time.Time) {
	h.status = tenantNotice
	lease, _ := b.shelves[topicLeases].last(h.leaseID)
	b.change(topicTenants, h.tenantID, at, fields{"Status": h.status, "MoveOutOn": lease.value["EndOn"]})
}

// moveOut ends a lease today, whatever end was planned: a live story is ahead of
// the calendar.
func (b *books) moveOut(h *home, at time.Time) {
	b.announce(h, at)
	h.status = tenantPast
	today := day(core.DateOf(at))
	b.change(topicTenants, h.tenantID, at, fields{"Status": h.status, "MoveOutOn": today})
	b.change(topicLeases, h.leaseID, at, fields{"EndOn": today})
	b.change(topicUnits, h.unitID, at, fields{"Status": "Vacant", "CurrentOccupancyId": nil})
}

// catchUp writes down what no beat tells: who moved in by now, and who has said
// that they will leave.
func (b *books) catchUp(tenancies []*tenancy, now time.Time) {
	today := core.DateOf(now)
	for _, t := range tenancies {
		h := b.home(t)
		if h.status == tenantFuture && !today.Before(h.movesIn) {
			b.moveIn(h, earliest(now, morning(h.movesIn, now)))
		}
		if notice := t.ends.AddDays(-decideAhead); t.leaving && h.status == tenantCurrent && !today.Before(notice) {
			b.giveNotice(h, earliest(now, morning(notice, now)))
		}
	}
}

// hurry lets one of those who will leave say so, in a live story that does not
// wait for the day.
func (b *books) hurry(tenancies []*tenancy, now time.Time) {
	for _, t := range tenancies {
		if h := b.home(t); t.leaving && h.status == tenantCurrent {
			b.giveNotice(h, now)
			return
		}
	}
}

func morning(d core.Date, like time.Time) time.Time {
	return d.In(like.Location()).Add(9 * time.Hour)
}

func earliest(a, b time.Time) time.Time {
	if b.Before(a) {
		return b
	}
	return a
}

// person is who lives there. Here even those have names whom the other kind of
// connection tells nothing of.
func (t *tenancy) person() (first, last string) {
	name := t.tenant
	if name == "" {
		n, _ := strconv.Atoi(t.lease) // all digits
		name = given[n%len(given)] + " " + family[n%len(family)]
	}
	i := strings.LastIndex(name, " ")
	return name[:i], name[i+1:]
}
