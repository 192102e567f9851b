package ui

import (
	"strconv"
	"strings"
	"time"

	"rentbell/core"
)

// Everything the pages, the tray and the notifications write in the same way:
// amounts, counts, times and the names of things. Times are shown in the
// location of the time they are given.

// dollars is an amount for people: "$1,450.00", "-$50.00".
func dollars(c core.Cents) string {
	digits, negative := strings.CutPrefix(c.Decimal(), "-")
	whole, cents, _ := strings.Cut(digits, ".")
	text := "$" + grouped(whole) + "." + cents
	if negative {
		return "-" + text
	}
	return text
}

// count is a number with its noun: "1 payment", "1,200 payments".
func count(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return number(n) + " " + noun + "s"
}

// number is a count with thousands separators.
func number(n int) string {
	if n < 0 {
		return "-" + number(-n)
	}
	return grouped(strconv.Itoa(n))
}

func grouped(digits string) string {
	for i := len(digits) - 3; i > 0; i -= 3 {
		digits = digits[:i] + "," + digits[i:]
	}
	return digits
}

// clock is the time of day: "10:40 AM".
func clock(t time.Time) string { return t.Format("3:04 PM") }

// shortDate is a day in a list: "Jun 18", with the year where it is not now's.
func shortDate(t, now time.Time) string { return dated(t, now, "Jan 2") }

// longDate is a day in a sentence: "June 18", with the year where it is not now's.
func longDate(t, now time.Time) string { return dated(t, now, "January 2") }

func dated(t, now time.Time, layout string) string {
	if t.Year() != now.Year() {
		layout += ", 2006"
	}
	return t.Format(layout)
}

// ago says when something happened, the shorter the nearer: "2 min ago",
// "9:12 AM", "Yesterday", "Tuesday", "Jun 5".
func ago(t, now time.Time) string {
	days := core.DateOf(t).DaysUntil(core.DateOf(now))
	switch since := now.Sub(t); {
	case since < 0 && days == 0: // the sender's clock is ahead of ours
		return clock(t)
	case since >= 0 && since < time.Minute:
		return "Just now"
	case since >= 0 && since < time.Hour:
		return strconv.Itoa(int(since/time.Minute)) + " min ago"
	case days == 0:
		return clock(t)
	case days == 1:
		return "Yesterday"
	case days > 1 && days < 7:
		return t.Format("Monday")
	}
	return shortDate(t, now)
}

// at says when something happened or will, within a sentence: "at 10:31 AM",
// "yesterday at 5:05 PM", "on June 16 at 5:05 PM".
func at(t, now time.Time) string {
	switch core.DateOf(t).DaysUntil(core.DateOf(now)) {
	case 0:
		return "at " + clock(t)
	case 1:
		return "yesterday at " + clock(t)
	case -1:
		return "tomorrow at " + clock(t)
	}
	return "on " + longDate(t, now) + " at " + clock(t)
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
		return nameOr(d.Tenant, "Lease", d.Lease)
	case core.LeaseSigned:
		return nameOr(d.Tenant, "Lease", d.Lease)
	case core.LeaseExpired:
		return nameOr(d.Tenant, "Lease", d.Lease)
	case core.WorkOrder:
		return nameOr(d.Title, "Work order", d.ID)
	case core.Tenant:
		name, known = nameOr(d.Tenant, "Tenant", d.ID)
		if !known && d.Email != "" {
			return d.Email, true
		}
	}
	return name, known
}

func nameOr(name, kind, id string) (string, bool) {
	if name != "" {
		return name, true
	}
	return strings.TrimSpace(kind + " " + id), false
}
