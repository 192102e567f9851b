package explain

import (
	"strconv"
	"strings"
	"time"

	"rentbell/core"
)

// Numbers and times as sentences and pages write them. Times are read in the
// location of the time they are given. Numbers and amounts are written alike in
// the languages that Rentbell speaks, as property managers in the United States
// write them: 1,200.50.

// Number is a count with thousands separators.
func Number(n int) string {
	if n < 0 {
		return "-" + Number(-n)
	}
	return Grouped(strconv.Itoa(n))
}

// Grouped puts thousands separators between digits.
func Grouped(digits string) string {
	for i := len(digits) - 3; i > 0; i -= 3 {
		digits = digits[:i] + "," + digits[i:]
	}
	return digits
}

// counted are the things that are counted, one and more.
var counted = map[string]struct{ one, more string }{
	"day":               {"%s day", "%s days"},
	"event":             {"%s event", "%s events"},
	"hour":              {"%s hour", "%s hours"},
	"item":              {"%s item", "%s items"},
	"lease":             {"%s lease", "%s leases"},
	"minute":            {"%s minute", "%s minutes"},
	"lease change":      {"%s lease change", "%s lease changes"},
	"new tenant":        {"%s new tenant", "%s new tenants"},
	"work order change": {"%s work order change", "%s work order changes"},
	"property":          {"%s property", "%s properties"},
	"unit":              {"%s unit", "%s units"},
	"vendor":            {"%s vendor", "%s vendors"},
	"month":             {"%s month", "%s months"},
	"other event":       {"%s other event", "%s other events"},
	"payment":           {"%s payment", "%s payments"},
	"row":               {"%s row", "%s rows"},
	"second":            {"%s second", "%s seconds"},
	"tenant":            {"%s tenant", "%s tenants"},
	"work order":        {"%s work order", "%s work orders"},
}

// Count is a number with one of the nouns that are counted: "1 payment",
// "1,200 payments".
func (t Tongue) Count(n int, noun string) string {
	of := counted[noun]
	if n == 1 {
		return t(of.one, Number(n))
	}
	return t(of.more, Number(n))
}

// Clock is the time of day: "10:40 AM".
func (t Tongue) Clock(at time.Time) string { return at.Format(t("3:04 PM")) }

// Date writes a time in a layout as of package time. The layout is a sentence to
// translate like any other, and so are the names of months and weekdays in it.
func (t Tongue) Date(at time.Time, layout string) string {
	month, day := at.Month().String(), at.Weekday().String()
	switch layout { // a name alone is a sentence of its own already
	case "January":
		return t(month)
	case "Jan":
		return t(month[:3])
	case "Monday":
		return t(day)
	}
	names := strings.NewReplacer(month, t(month), day, t(day), month[:3], t(month[:3]), day[:3], t(day[:3]))
	return names.Replace(at.Format(t(layout)))
}

// ShortDate is a day in a list: "Jun 18", with the year where it is not now's.
func (t Tongue) ShortDate(at, now time.Time) string {
	if at.Year() != now.Year() {
		return t.Date(at, "Jan 2, 2006")
	}
	return t.Date(at, "Jan 2")
}

// LongDate is a day in a sentence: "June 18", with the year where it is not now's.
func (t Tongue) LongDate(at, now time.Time) string {
	if at.Year() != now.Year() {
		return t.Date(at, "January 2, 2006")
	}
	return t.Date(at, "January 2")
}

// At says when something happened or will, within a sentence: "at 10:31 AM",
// "yesterday at 5:05 PM", "on June 16 at 5:05 PM".
func (t Tongue) At(at, now time.Time) string {
	switch core.DateOf(at).DaysUntil(core.DateOf(now)) {
	case 0:
		return t("at %s", t.Clock(at))
	case 1:
		return t("yesterday at %s", t.Clock(at))
	case -1:
		return t("tomorrow at %s", t.Clock(at))
	}
	return t("on %s at %s", t.LongDate(at, now), t.Clock(at))
}

// OnDay is a day within a sentence: "today", "yesterday", "on Tuesday", "on June 2".
func (t Tongue) OnDay(at, now time.Time) string {
	switch days := core.DateOf(at).DaysUntil(core.DateOf(now)); {
	case days == 0:
		return t("today")
	case days == 1:
		return t("yesterday")
	case days > 1 && days < 7:
		return t("on %s", t.Date(at, "Monday"))
	}
	return t("on %s", t.LongDate(at, now))
}

// Since is the clock today, else the day, after "since": "10:31 AM", "yesterday",
// "Tuesday".
func (t Tongue) Since(at, now time.Time) string {
	switch days := core.DateOf(at).DaysUntil(core.DateOf(now)); {
	case days == 0:
		return t.Clock(at)
	case days == 1:
		return t("yesterday")
	case days > 1 && days < 7:
		return t.Date(at, "Monday")
	}
	return t.LongDate(at, now)
}

// span is how long something takes, in one unit and rather more than less:
// "12 seconds", "2 minutes", "3 hours", "2 days".
func (t Tongue) span(d time.Duration) string {
	const day = 24 * time.Hour
	up := func(unit time.Duration) int { return int((d + unit - 1) / unit) }
	switch {
	case d < time.Minute:
		return t.Count(max(1, up(time.Second)), "second")
	case d < 2*time.Hour:
		return t.Count(up(time.Minute), "minute")
	case d < 2*day:
		return t.Count(up(time.Hour), "hour")
	}
	return t.Count(up(day), "day")
}
