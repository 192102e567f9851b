package exports

import (
	"fmt"
	"strings"
	"time"

	"rentbell/core"
	"rentbell/ui/words"
)

// period is a span of days to export, both ends included, or what came in after
// an event.
type period struct {
	name     string // in the select
	file     string // in the file's name: "2026-06"
	from, to core.Date
	after    uint64           // 0: whenever it came in
	is       core.FirstPeriod // for one that the dialog may begin with
}

// otherDates asks for a period that is none of the usual ones.
func otherDates() string { return words.Say("Other dates") }

// usualPeriods are those an accountant asks for, this month first. month, when
// it is a month, is offered too: it is what the user is looking at.
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
		name: words.MonthName(first), file: fmt.Sprintf("%04d-%02d", first.Year, first.Month),
		from: first, to: first.AddMonths(1).AddDays(-1),
	}
}

// first marks a period the dialog may begin with.
func (p period) first(is core.FirstPeriod) period {
	p.is = is
	return p
}

// customPeriod is a period of the user's own. ok is false while its dates
// cannot be read or stand the wrong way round.
func customPeriod(from, to string) (p period, ok bool) {
	first, firstOK := readDate(from)
	last, lastOK := readDate(to)
	if !firstOK || !lastOK || last.Before(first) {
		return period{}, false
	}
	return period{name: otherDates(), file: first.String() + " to " + last.String(), from: first, to: last}, true
}

// readDate reads a date as Americans write it, or as computers and Chinese do.
func readDate(text string) (core.Date, bool) {
	for _, layout := range []string{"1/2/2006", "1/2/06", "2006-1-2", "2006/1/2", "Jan 2, 2006", "January 2, 2006"} {
		if t, err := time.Parse(layout, strings.TrimSpace(text)); err == nil {
			return core.DateOf(t), true
		}
	}
	return core.Date{}, false
}

// fileName is the name a file of that period gets.
func (p period) fileName() string { return "Rentbell payments " + p.file + ".csv" }

// periods are those that the dialog offers, and what it begins with.
type periods struct {
	begin   core.FirstPeriod  // as the settings say
	month   core.Date         // chosen at first, unless something is new since the last export
	newest  core.Date         // the month of the newest payment
	past    []core.PastExport // oldest first
	usual   []period          // always offered
	offered []period          // now
}

// first is the period to begin with: the one the settings name, else what is new,
// else the month the user was looking at.
func (s *periods) first() string {
	for _, p := range s.offered {
		if p.is == s.begin && p.is != core.FirstNew {
			return p.name
		}
	}
	if s.month.IsZero() || s.offered[0].name == newSinceLast() {
		return s.offered[0].name
	}
	return words.MonthName(s.month)
}

// filled is the period to begin with, or the newest month that has payments where
// that period is later than all of them. A month that is not offered yet is from now
// on.
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

// named finds a period by its name.
func (s *periods) named(name string) (period, bool) {
	for _, p := range s.offered {
		if p.name == name {
			return p, true
		}
	}
	return period{}, false
}
