package exports

import (
	"fmt"
	"strings"
	"time"

	"rentbell/core"
	"rentbell/ui/words"
)

// period is a range of days, both ends included, or all that came in after an
// event.
type period struct {
	name     string // name in the select
	file     string // part of the file name, such as "2026-06"
	from, to core.Date
	after    uint64           // sequence number of the event; 0: a range of days
	is       core.FirstPeriod // the setting that chooses this period by default
}

// otherDates is the name of the period with dates that the user types.
func otherDates() string { return words.Say("Other dates") }

// usualPeriods returns the periods that accountants ask for, this month first.
// It adds month unless that is zero.
func usualPeriods(now time.Time, month core.Date) []period {
	today := core.DateOf(now)
	first := core.Date{Year: today.Year, Month: today.Month, Day: 1}
	quarter := core.Date{Year: today.Year, Month: (today.Month-1)/3*3 + 1, Day: 1}
	year := core.Date{Year: today.Year, Month: time.January, Day: 1}
	periods := []period{
		monthPeriod(first).first(core.FirstMonth),
		monthPeriod(first.AddMonths(-1)).first(core.FirstLast),
		{
			name: words.Say("This quarter"), is: core.FirstQuarter, from: quarter, to: quarter.AddMonths(3).AddDays(-1),
			file: fmt.Sprintf("%d Q%d", year.Year, (quarter.Month+2)/3),
		},
		{name: words.Say("This year"), is: core.FirstYear, file: fmt.Sprint(year.Year), from: year, to: year.AddMonths(12).AddDays(-1)},
	}
	if !month.IsZero() && month != first && month != first.AddMonths(-1) {
		periods = append(periods[:2:2], append([]period{monthPeriod(month)}, periods[2:]...)...)
	}
	return periods
}

func monthPeriod(first core.Date) period {
	return period{
		name: words.MonthTitle(first), file: fmt.Sprintf("%04d-%02d", first.Year, first.Month),
		from: first, to: first.AddMonths(1).AddDays(-1),
	}
}

// first returns the period with the setting that chooses it.
func (p period) first(is core.FirstPeriod) period {
	p.is = is
	return p
}

// customPeriod returns the period between two typed dates. ok is false if a
// date cannot be read or the last is before the first.
func customPeriod(from, to string) (p period, ok bool) {
	first, firstOK := readDate(from)
	last, lastOK := readDate(to)
	if !firstOK || !lastOK || last.Before(first) {
		return period{}, false
	}
	return period{name: otherDates(), file: first.String() + " to " + last.String(), from: first, to: last}, true
}

// readDate reads a date in American or ISO notation, or with slashes as in
// Chinese.
func readDate(text string) (core.Date, bool) {
	for _, layout := range []string{"1/2/2006", "1/2/06", "2006-1-2", "2006/1/2", "Jan 2, 2006", "January 2, 2006"} {
		if t, err := time.Parse(layout, strings.TrimSpace(text)); err == nil {
			return core.DateOf(t), true
		}
	}
	return core.Date{}, false
}

// fileName returns the proposed name of a file in a format.
func (p period) fileName(f core.Format) string { return "Rentbell payments " + p.file + f.Ext() }

// periods is the list of offered periods and what decides which is chosen
// first.
type periods struct {
	begin   core.FirstPeriod  // from the settings
	month   core.Date         // month on the page behind the dialog, chosen unless something else takes precedence
	newest  core.Date         // month of the newest payment
	past    []core.PastExport // oldest first
	usual   []period          // the periods that are always offered
	offered []period          // all that are offered now
}

// first returns the name of the default period: the one in the settings, or
// what is new since the last export, or the month on the page behind.
func (s *periods) first() string {
	for _, p := range s.offered {
		if p.is == s.begin && p.is != core.FirstNew {
			return p.name
		}
	}
	if s.month.IsZero() || s.offered[0].name == newSinceLast() {
		return s.offered[0].name
	}
	return words.MonthTitle(s.month)
}

// filled returns the name of the default period. If it is later than the newest
// payment, it returns that payment's month instead, and offers it.
func (s *periods) filled() string {
	first := s.first()
	begin, ok := s.named(first)
	if !ok || begin.after > 0 || s.newest.IsZero() || !s.newest.Before(begin.from) {
		return first
	}
	month := monthPeriod(s.newest)
	if _, offered := s.named(month.name); !offered {
		s.offered = append([]period{month}, s.offered...)
	}
	return month.name
}

// named finds an offered period by its name.
func (s *periods) named(name string) (period, bool) {
	for _, p := range s.offered {
		if p.name == name {
			return p, true
		}
	}
	return period{}, false
}
