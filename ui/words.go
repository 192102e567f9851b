package ui

import (
	"strings"
	"time"

	"rentbell/core"
	"rentbell/ui/explain"
)

// Everything the pages, the tray and the notifications write in the same way:
// amounts, counts, times and the names of things. Times are shown in the
// location of the time they are given.

// dollars is an amount for people: "$1,450.00", "-$50.00". Rents are paid in
// dollars, and written alike in every language of the window.
func dollars(c core.Cents) string {
	digits, negative := strings.CutPrefix(c.Decimal(), "-")
	whole, cents, _ := strings.Cut(digits, ".")
	text := "$" + explain.Grouped(whole) + "." + cents
	if negative {
		return "-" + text
	}
	return text
}

// ago says when something happened, the shorter the nearer: "2 min ago",
// "9:12 AM", "Yesterday", "Tuesday", "Jun 5".
func ago(t, now time.Time) string {
	days := core.DateOf(t).DaysUntil(core.DateOf(now))
	switch since := now.Sub(t); {
	case since < 0 && days == 0: // the sender's clock is ahead of ours
		return tongue.Clock(t)
	case since >= 0 && since < time.Minute:
		return say("Just now")
	case since >= 0 && since < time.Hour:
		return say("%d min ago", int(since/time.Minute))
	case days == 0:
		return tongue.Clock(t)
	case days == 1:
		return say("Yesterday")
	case days > 1 && days < 7:
		return capital(tongue.Date(t, "Monday"))
	}
	return tongue.ShortDate(t, now)
}

// placeOf is where something is, in one line: "Alder Court 2A". It is empty
// when AppFolio sent no names.
func placeOf(p core.Place) string {
	unit := p.Unit
	if p.Property != "" {
		unit = strings.TrimPrefix(unit, "Unit ")
	}
	return strings.TrimSpace(p.Property + " " + unit)
}

// nameOf is who or what a detail is about. known is false when AppFolio sent no
// name and the number stands in: "Lease 20931".
func nameOf(d core.Detail) (name string, known bool) {
	switch d := d.(type) {
	case core.Payment:
		return nameOr(d.Tenant, d.Lease, "Lease", "Lease %s")
	case core.LeaseSigned:
		return nameOr(d.Tenant, d.Lease, "Lease", "Lease %s")
	case core.LeaseExpired:
		return nameOr(d.Tenant, d.Lease, "Lease", "Lease %s")
	case core.WorkOrder:
		return nameOr(d.Title, d.ID, "Work order", "Work order %s")
	case core.Tenant:
		name, known = nameOr(d.Tenant, d.ID, "Tenant", "Tenant %s")
		if !known && d.Email != "" {
			return d.Email, true
		}
	}
	return name, known
}

// nameOr is a name, or else a kind with the number that stands in, or else the
// kind alone.
func nameOr(name, id, kind, numbered string) (string, bool) {
	switch {
	case name != "":
		return name, true
	case id != "":
		return say(numbered, id), false
	}
	return say(kind), false
}
