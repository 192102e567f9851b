// Package words has the texts that pages, tray and notifications share, in the
// language of the desktop: sentences and their translations, amounts, counts,
// days, and the names of things. It formats times in their own location. Texts
// that rentbelld shows as well are in ui/explain.
package words

import (
	"strings"
	"time"

	"rentbell/core"
	"rentbell/ui/explain"
)

// Dollars formats an amount: "$1,450.00", "-$50.00". It is the same in every
// language, because the rents are paid in dollars.
func Dollars(c core.Cents) string {
	digits, negative := strings.CutPrefix(c.Decimal(), "-")
	whole, cents, _ := strings.Cut(digits, ".")
	text := "$" + explain.Grouped(whole) + "." + cents
	if negative {
		return "-" + text
	}
	return text
}

// Ago formats the time of an event, shorter the more recent it is: "2 min ago",
// "9:12 AM", "Yesterday", "Tuesday", "Jun 5".
func Ago(t, now time.Time) string {
	days := core.DateOf(t).DaysUntil(core.DateOf(now))
	switch since := now.Sub(t); {
	case since < 0 && days == 0: // the sender's clock is ahead of this computer's
		return Tongue.Clock(t)
	case since >= 0 && since < time.Minute:
		return Say("Just now")
	case since >= 0 && since < time.Hour:
		return Say("%d min ago", int(since/time.Minute))
	case days == 0:
		return Tongue.Clock(t)
	case days == 1:
		return Say("Yesterday")
	case days > 1 && days < 7:
		return Capital(Tongue.Date(t, "Monday"))
	}
	return Tongue.ShortDate(t, now)
}

// PlaceOf returns property and unit in one line: "Alder Court 2A". It is empty
// if AppFolio sent no names.
func PlaceOf(p core.Place) string {
	property, unit := core.OneLine(p.Property), core.OneLine(p.Unit)
	if property != "" {
		unit = strings.TrimPrefix(unit, "Unit ")
	}
	return strings.TrimSpace(property + " " + unit)
}

// NameOf returns whom or what an event is about. known is false if AppFolio
// sent no name; the result is then an id, such as "Lease 20931".
func NameOf(d core.Detail) (name string, known bool) {
	switch d := d.(type) {
	case core.Payment:
		return NameOr(d.Tenant, d.Lease, "Lease", "Lease %s")
	case core.LeaseSigned:
		return NameOr(d.Tenant, d.Lease, "Lease", "Lease %s")
	case core.LeaseExpired:
		return NameOr(d.Tenant, d.Lease, "Lease", "Lease %s")
	case core.WorkOrder:
		return NameOr(d.Title, d.Called(), "Work order", "Work order %s")
	case core.Move:
		return NameOr(d.Tenant, d.ID, "Tenant", "Tenant %s")
	case core.Tenant:
		name, known = NameOr(d.Tenant, d.ID, "Tenant", "Tenant %s")
		if !known && d.Email != "" {
			return d.Email, true
		}
	}
	return name, known
}

// NameOr returns name, or the format numbered with id if there is no name, or
// kind if there is neither. kind and numbered are English sources. The bool is
// false for a result without the name.
func NameOr(name, id, kind, numbered string) (string, bool) {
	name = core.OneLine(name)
	switch {
	case name != "":
		return name, true
	case id != "":
		return Say(numbered, id), false
	}
	return Say(kind), false
}

// MeaningfulID returns an id that means something to people, and nothing for others:
// the UUIDs of a Developer Space, and Rentbell's own stand-in for a lease.
func MeaningfulID(id string) string {
	if isUUID(id) || strings.HasPrefix(id, "receipt-unit:") {
		return ""
	}
	return id
}

// isUUID reports whether an id has the form
// 8a2bd6d6-8b4d-84cc-8c21-4f5e2d1b0a9c.
func isUUID(id string) bool {
	const form = "00000000-0000-0000-0000-000000000000"
	if len(id) != len(form) {
		return false
	}
	for i, r := range []byte(id) {
		if dash := form[i] == '-'; dash != (r == '-') || !dash && !strings.ContainsRune("0123456789abcdefABCDEF", rune(r)) {
			return false
		}
	}
	return true
}

// Numbered returns a thing with its id: "Lease 20931". If the id means nothing
// to people, it returns the kind alone. Both formats are English sources.
func Numbered(kind, numbered, id string) string {
	if id = MeaningfulID(id); id == "" {
		return Say(kind)
	}
	return Say(numbered, id)
}
