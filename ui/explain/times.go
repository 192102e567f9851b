package explain

import (
	"strconv"
	"strings"
	"time"

	"rentbell/core"
)

// Numbers and times as sentences and pages write them. Times are read in the
// location of the time they are given.

// Count is a number with its noun: "1 payment", "1,200 payments".
func Count(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return Number(n) + " " + noun + "s"
}

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

// Clock is the time of day: "10:40 AM".
func Clock(t time.Time) string { return t.Format("3:04 PM") }

// ShortDate is a day in a list: "Jun 18", with the year where it is not now's.
func ShortDate(t, now time.Time) string { return dated(t, now, "Jan 2") }

// LongDate is a day in a sentence: "June 18", with the year where it is not now's.
func LongDate(t, now time.Time) string { return dated(t, now, "January 2") }

func dated(t, now time.Time, layout string) string {
	if t.Year() != now.Year() {
		layout += ", 2006"
	}
	return t.Format(layout)
}

// At says when something happened or will, within a sentence: "at 10:31 AM",
// "yesterday at 5:05 PM", "on June 16 at 5:05 PM".
func At(t, now time.Time) string {
	switch core.DateOf(t).DaysUntil(core.DateOf(now)) {
	case 0:
		return "at " + Clock(t)
	case 1:
		return "yesterday at " + Clock(t)
	case -1:
		return "tomorrow at " + Clock(t)
	}
	return "on " + LongDate(t, now) + " at " + Clock(t)
}

// OnDay is a day within a sentence: "today", "yesterday", "on Tuesday", "on June 2".
func OnDay(t, now time.Time) string {
	switch days := core.DateOf(t).DaysUntil(core.DateOf(now)); {
	case days == 0:
		return "today"
	case days == 1:
		return "yesterday"
	case days > 1 && days < 7:
		return "on " + t.Format("Monday")
	}
	return "on " + LongDate(t, now)
}

// Since is the clock today, else the day, after "since": "10:31 AM", "yesterday".
func Since(t, now time.Time) string {
	if core.DateOf(t) == core.DateOf(now) {
		return Clock(t)
	}
	return strings.TrimPrefix(OnDay(t, now), "on ")
}

// span is how long something takes, in one unit and rather more than less:
// "12 seconds", "2 minutes", "3 hours", "2 days".
func span(d time.Duration) string {
	const day = 24 * time.Hour
	up := func(unit time.Duration) int { return int((d + unit - 1) / unit) }
	switch {
	case d < time.Minute:
		return Count(max(1, up(time.Second)), "second")
	case d < 2*time.Hour:
		return Count(up(time.Minute), "minute")
	case d < 2*day:
		return Count(up(time.Hour), "hour")
	}
	return Count(up(day), "day")
}
