package core

import (
	"errors"
	"fmt"
	"strings"
	"time"
)

// Date is a civil date: a day in a calendar, in no time zone. The zero Date
// stands for "not known".
type Date struct {
	Year  int
	Month time.Month
	Day   int
}

// ParseDate reads "2026-06-18". Anything else, February 30 included, is an error.
func ParseDate(text string) (Date, error) {
	t, err := time.Parse(time.DateOnly, text)
	if err != nil {
		return Date{}, fmt.Errorf("parse date: %w", err)
	}
	return DateOf(t), nil
}

// ReadDate reads a date as books and reports write it: "2026-10-31", "10/31/2026",
// "Oct 31, 2026", with or without a time of day behind it. In figures alone the year
// comes first, or the month, as in the United States. A date that no calendar has is
// an error.
func ReadDate(text string) (Date, error) {
	text = strings.TrimSpace(text)
	for _, gap := range []string{"T", " "} {
		if day, clock, found := strings.Cut(text, gap); found && strings.Contains(clock, ":") {
			text = day
		}
	}
	for _, form := range []string{time.DateOnly, "1/2/2006", "2006/1/2", "Jan 2, 2006", "January 2, 2006"} {
		if t, err := time.Parse(form, text); err == nil {
			return DateOf(t), nil
		}
	}
	return Date{}, errNoDate
}

// errNoDate quotes nothing, unlike the error of package time.
var errNoDate = errors.New("text is no date")

// DateOf is the civil date of t in t's own location.
func DateOf(t time.Time) Date {
	y, m, d := t.Date()
	return Date{y, m, d}
}

// IsZero reports whether the date is not known.
func (d Date) IsZero() bool { return d == Date{} }

// String is the ISO 8601 form, "2026-06-18"; empty for the zero Date.
func (d Date) String() string {
	if d.IsZero() {
		return ""
	}
	return fmt.Sprintf("%04d-%02d-%02d", d.Year, d.Month, d.Day)
}

// In is the first moment of the day in loc.
func (d Date) In(loc *time.Location) time.Time {
	return time.Date(d.Year, d.Month, d.Day, 0, 0, 0, 0, loc)
}

// AddDays moves by whole days.
func (d Date) AddDays(n int) Date { return DateOf(d.In(time.UTC).AddDate(0, 0, n)) }

// AddMonths moves by whole months and keeps the day, or takes the month's last
// day where it has no such day: January 31 and one month is February 28.
func (d Date) AddMonths(n int) Date {
	first := Date{d.Year, d.Month, 1}.In(time.UTC).AddDate(0, n, 0)
	last := first.AddDate(0, 1, -1).Day()
	return Date{first.Year(), first.Month(), min(d.Day, last)}
}

// DaysUntil counts the days from d to other; negative when other is earlier.
func (d Date) DaysUntil(other Date) int {
	return int(other.In(time.UTC).Sub(d.In(time.UTC)) / (24 * time.Hour))
}

// Before reports whether d is an earlier day than other.
func (d Date) Before(other Date) bool { return d.DaysUntil(other) > 0 }
