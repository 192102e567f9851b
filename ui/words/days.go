package words

import (
	"regexp"
	"strconv"
	"strings"
	"time"

	"rentbell/core"
	"rentbell/ui/explain"
)

// DayOf converts a date to a time, for functions that take one. It is noon, so
// that no change of the clocks moves it to another day.
func DayOf(d core.Date, now time.Time) time.Time { return d.In(now.Location()).Add(12 * time.Hour) }

// FullDate formats a date for a table: "Jun 18, 2026".
func FullDate(d core.Date) string { return Tongue.Date(d.In(time.UTC), "Jan 2, 2006") }

// DayHeading returns the heading above a day's rows: "Today", "Yesterday",
// "Tuesday, June 16".
func DayHeading(d core.Date, now time.Time) string {
	switch d.DaysUntil(core.DateOf(now)) {
	case 0:
		return Say("Today")
	case 1:
		return Say("Yesterday")
	}
	if d.Year != now.Year() {
		return Capital(Tongue.Date(DayOf(d, now), "Monday, January 2, 2006"))
	}
	return Capital(Tongue.Date(DayOf(d, now), "Monday, January 2"))
}

// Moment formats a time in full: "Thu, June 18 at 10:40 AM". It has to fit a
// line of the detail pane, so a date of another year has the year instead of
// the weekday.
func Moment(t, now time.Time) string {
	switch long, other := isLong(t.Month()), t.Year() != now.Year(); {
	case other && long:
		return Tongue.Date(t, "Jan 2, 2006 at 3:04 PM")
	case other:
		return Tongue.Date(t, "January 2, 2006 at 3:04 PM")
	case long:
		return Capital(Tongue.Date(t, "Mon, Jan 2 at 3:04 PM"))
	}
	return Capital(Tongue.Date(t, "Mon, January 2 at 3:04 PM"))
}

// Age formats a duration in its largest unit: "2 hours".
func Age(d time.Duration) string {
	switch {
	case d < time.Minute:
		return Say("Just now")
	case d < time.Hour:
		return Say("%d min", int(d/time.Minute))
	case d < 24*time.Hour:
		return Tongue.Count(int(d/time.Hour), "hour")
	}
	return Tongue.Count(int(d/(24*time.Hour)), "day")
}

// MonthName formats a month for use within a sentence: "June 2026".
func MonthName(d core.Date) string { return Tongue.Date(d.In(time.UTC), "January 2006") }

// MonthTitle formats a month for a list of months: "June 2026". In Spanish it is
// "Junio 2026", without the preposition.
func MonthTitle(d core.Date) string { return Capital(strings.Replace(MonthName(d), " de ", " ", 1)) }

// MonthLabel is MonthTitle for narrow places: "June 2026", but "Nov 2026".
func MonthLabel(d core.Date) string {
	if isLong(d.Month) {
		return Capital(Tongue.Date(d.In(time.UTC), "Jan 2006"))
	}
	return MonthTitle(d)
}

// MonthOf returns the first day of the month with a label that MonthLabel has
// returned. ok is false for any other text.
func MonthOf(label string) (first core.Date, ok bool) {
	year, err := strconv.Atoi(yearIn.FindString(label))
	if err != nil {
		return core.Date{}, false
	}
	for month := time.January; month <= time.December; month++ {
		first = core.Date{Year: year, Month: month, Day: 1}
		if MonthLabel(first) == label {
			return first, true
		}
	}
	return core.Date{}, false
}

// yearIn finds the year in a month's label.
var yearIn = regexp.MustCompile(`[0-9]{4}`)

// ListDate formats a day for the captions of a list: "June 18", but "Nov 18".
func ListDate(t, now time.Time) string {
	if isLong(t.Month()) {
		return Tongue.ShortDate(t, now)
	}
	return Tongue.LongDate(t, now)
}

// ShortMonth formats a month's name for narrow places: "June", but "Nov".
func ShortMonth(m time.Month) string {
	day := time.Date(2000, m, 1, 0, 0, 0, 0, time.UTC)
	if isLong(m) {
		return Tongue.Date(day, "Jan")
	}
	return Tongue.Date(day, "January")
}

// isLong reports whether a month's name is abbreviated in narrow places.
func isLong(m time.Month) bool { return len(m.String()) > len("April") }

// Greeting returns a greeting for the time of day: "Good morning".
func Greeting(now time.Time) string {
	switch hour := now.Hour(); {
	case hour >= 5 && hour < 12:
		return Say("Good morning")
	case hour >= 12 && hour < 18:
		return Say("Good afternoon")
	}
	return Say("Good evening")
}

// Spelled formats a count for the beginning of a sentence: a word up to twelve,
// digits above.
func Spelled(n int) string {
	if n >= 0 && n < len(smallNumbers) {
		return Say(smallNumbers[n])
	}
	return explain.Number(n)
}

var smallNumbers = [...]string{"No", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten", "Eleven", "Twelve"}

// MonthWord formats a month's name without the year, for use within a sentence.
func MonthWord(d core.Date) string { return Tongue.Date(d.In(time.UTC), "January") }
