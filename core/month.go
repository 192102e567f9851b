package core

import (
	"fmt"
	"time"
)

// Month is a calendar month, in no time zone. The zero Month stands for none.
type Month struct {
	Year  int
	Month time.Month
}

// MonthOf is the month of t in t's own location.
func MonthOf(t time.Time) Month { return DateOf(t).InMonth() }

// InMonth is the month that d is in.
func (d Date) InMonth() Month { return Month{d.Year, d.Month} }

// ParseMonth reads "2026-06". Anything else is an error.
func ParseMonth(text string) (Month, error) {
	t, err := time.Parse("2006-01", text)
	if err != nil {
		return Month{}, fmt.Errorf("parse month: %w", err)
	}
	return MonthOf(t), nil
}

// IsZero reports whether it is no month.
func (m Month) IsZero() bool { return m == Month{} }

// String is the ISO 8601 form, "2026-06"; empty for the zero Month.
func (m Month) String() string {
	if m.IsZero() {
		return ""
	}
	return fmt.Sprintf("%04d-%02d", m.Year, m.Month)
}

// MarshalText has a Month written as String does.
func (m Month) MarshalText() ([]byte, error) { return []byte(m.String()), nil }

// UnmarshalText reads what MarshalText wrote.
func (m *Month) UnmarshalText(text []byte) (err error) {
	*m = Month{}
	if len(text) > 0 {
		*m, err = ParseMonth(string(text))
	}
	return err
}

// Add moves by whole months.
func (m Month) Add(n int) Month { return m.First().AddMonths(n).InMonth() }

// First is its first day.
func (m Month) First() Date { return Date{m.Year, m.Month, 1} }

// Last is its last day.
func (m Month) Last() Date { return m.Add(1).First().AddDays(-1) }

// Day is a day of the month by its number; a number beyond its end, the last day.
func (m Month) Day(n int) Date { return Date{m.Year, m.Month, min(n, m.Last().Day)} }

// Before reports whether m is an earlier month than other.
func (m Month) Before(other Month) bool { return m.First().Before(other.First()) }
