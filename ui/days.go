package ui

import (
	"regexp"
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
func fullDate(d core.Date) string { return tongue.Date(d.In(time.UTC), "Jan 2, 2006") }

// dayHeading heads a day's rows: "Today", "Yesterday", "Tuesday, June 16".
func dayHeading(d core.Date, now time.Time) string {
	switch d.DaysUntil(core.DateOf(now)) {
	case 0:
		return say("Today")
	case 1:
		return say("Yesterday")
	}
	if d.Year != now.Year() {
		return capital(tongue.Date(dayOf(d, now), "Monday, January 2, 2006"))
	}
	return capital(tongue.Date(dayOf(d, now), "Monday, January 2"))
}

// moment is a time in full: "Thu, June 18 at 10:40 AM". It has to fit a line of
// the detail pane, so a year takes the weekday's place.
func moment(t, now time.Time) string {
	switch long, other := isLong(t.Month()), t.Year() != now.Year(); {
	case other && long:
		return tongue.Date(t, "Jan 2, 2006 at 3:04 PM")
	case other:
		return tongue.Date(t, "January 2, 2006 at 3:04 PM")
	case long:
		return capital(tongue.Date(t, "Mon, Jan 2 at 3:04 PM"))
	}
	return capital(tongue.Date(t, "Mon, January 2 at 3:04 PM"))
}

// age is how long something has been going on, in its largest unit: "2 hours".
func age(d time.Duration) string {
	switch {
	case d < time.Minute:
		return say("Just now")
	case d < time.Hour:
		return say("%d min", int(d/time.Minute))
	case d < 24*time.Hour:
		return tongue.Count(int(d/time.Hour), "hour")
	}
	return tongue.Count(int(d/(24*time.Hour)), "day")
}

// monthName is "June 2026".
func monthName(d core.Date) string { return tongue.Date(d.In(time.UTC), "January 2006") }

// monthLabel is a month where there is little room: "June 2026", "Nov 2026".
func monthLabel(d core.Date) string {
	if isLong(d.Month) {
		return capital(tongue.Date(d.In(time.UTC), "Jan 2006"))
	}
	return capital(monthName(d))
}

// monthOf is the first day of the month that a label names.
func monthOf(label string) (first core.Date, ok bool) {
	year, err := strconv.Atoi(yearIn.FindString(label))
	if err != nil {
		return core.Date{}, false
	}
	for month := time.January; month <= time.December; month++ {
		first = core.Date{Year: year, Month: month, Day: 1}
		if monthLabel(first) == label {
			return first, true
		}
	}
	return core.Date{}, false
}

// yearIn finds the year of a month's label.
var yearIn = regexp.MustCompile(`[0-9]{4}`)

// shortMonth is a month's name where there is little room: "June", but "Nov".
func shortMonth(m time.Month) string {
	day := time.Date(2000, m, 1, 0, 0, 0, 0, time.UTC)
	if isLong(m) {
		return tongue.Date(day, "Jan")
	}
	return tongue.Date(day, "January")
}

// isLong reports whether a month's name needs more than a little room.
func isLong(m time.Month) bool { return len(m.String()) > len("April") }

// greeting suits the hour.
func greeting(now time.Time) string {
	switch hour := now.Hour(); {
	case hour >= 5 && hour < 12:
		return say("Good morning")
	case hour >= 12 && hour < 18:
		return say("Good afternoon")
	}
	return say("Good evening")
}

// spelled is a small number as a word that begins a sentence, others in digits.
func spelled(n int) string {
	if n >= 0 && n < len(smallNumbers) {
		return say(smallNumbers[n])
	}
	return explain.Number(n)
}

var smallNumbers = [...]string{"No", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten", "Eleven", "Twelve"}

// monthWord is a month's name alone, within a sentence.
func monthWord(d core.Date) string { return tongue.Date(d.In(time.UTC), "January") }
