package ui

import (
	"strconv"
	"time"

	"rentbell/core"
	"rentbell/ui/explain"
)

// Words for days and spans, for pages. As in words.go, times are read in the
// location of the time they are given.

// dayOf is a date as a time at noon of that day, for functions that take one.
func dayOf(d core.Date, now time.Time) time.Time { return d.In(now.Location()).Add(12 * time.Hour) }

// fullDate is a date in a table: "Jun 18, 2026".
func fullDate(d core.Date) string { return d.In(time.UTC).Format("Jan 2, 2006") }

// dayHeading heads a day's rows: "Today", "Yesterday", "Tuesday, June 16".
func dayHeading(d core.Date, now time.Time) string {
	switch d.DaysUntil(core.DateOf(now)) {
	case 0:
		return "Today"
	case 1:
		return "Yesterday"
	}
	day := dayOf(d, now)
	return day.Format("Monday, ") + tongue.LongDate(day, now)
}

// moment is a time in full: "Thu, June 18 at 10:40 AM". It has to fit a line of
// the detail pane, so a year takes the weekday's place.
func moment(t, now time.Time) string {
	day := shortMonth(t.Month()) + t.Format(" 2")
	if t.Year() != now.Year() {
		return day + t.Format(", 2006 at ") + tongue.Clock(t)
	}
	return t.Format("Mon, ") + day + " at " + tongue.Clock(t)
}

// age is how long something has been going on, in its largest unit: "2 hours".
func age(d time.Duration) string {
	switch {
	case d < time.Minute:
		return "Just now"
	case d < time.Hour:
		return strconv.Itoa(int(d/time.Minute)) + " min"
	case d < 24*time.Hour:
		return tongue.Count(int(d/time.Hour), "hour")
	}
	return tongue.Count(int(d/(24*time.Hour)), "day")
}

// monthName is "June 2026".
func monthName(d core.Date) string { return d.In(time.UTC).Format("January 2006") }

// monthLabel is a month where there is little room: "June 2026", "Nov 2026".
func monthLabel(d core.Date) string { return shortMonth(d.Month) + " " + strconv.Itoa(d.Year) }

// monthOf is the first day of the month that a label names.
func monthOf(label string) (first core.Date, ok bool) {
	for _, layout := range []string{"January 2006", "Jan 2006"} {
		if t, err := time.Parse(layout, label); err == nil {
			return core.DateOf(t), true
		}
	}
	return core.Date{}, false
}

// shortMonth is a month's name where there is little room: "June", but "Nov".
func shortMonth(m time.Month) string {
	const longest = 5
	if name := m.String(); len(name) > longest {
		return name[:3]
	}
	return m.String()
}

// greeting suits the hour.
func greeting(now time.Time) string {
	switch hour := now.Hour(); {
	case hour >= 5 && hour < 12:
		return "Good morning"
	case hour >= 12 && hour < 18:
		return "Good afternoon"
	}
	return "Good evening"
}

// spelled is a small number as a word that begins a sentence, others in digits.
func spelled(n int) string {
	words := [...]string{"No", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten", "Eleven", "Twelve"}
	if n >= 0 && n < len(words) {
		return words[n]
	}
	return explain.Number(n)
}
