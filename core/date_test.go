package core_test

import (
	"testing"
	"time"

	"rentbell/core"
)

func date(y int, m time.Month, d int) core.Date { return core.Date{Year: y, Month: m, Day: d} }

func TestOnlyCivilDatesAreDates(t *testing.T) {
	if got, err := core.ParseDate("2028-02-29"); err != nil || got != date(2028, 2, 29) {
		t.Errorf("leap day = %v, %v", got, err)
	}
	for _, text := range []string{"", "2026-02-29", "2026-6-1", "06/01/2026", "2026-06-01T00:00:00Z", " 2026-06-01", "20260601"} {
		if got, err := core.ParseDate(text); err == nil {
			t.Errorf("ParseDate(%q) = %v, want an error", text, got)
		}
	}
}

func TestDatesOfBooksAreRead(t *testing.T) {
	for _, text := range []string{
		"2026-10-31", " 2026-10-31 ", "2026-10-31T23:30:00-05:00", "2026-10-31 08:15:00", "10/31/2026", "10/31/2026 8:15 AM", "2026/10/31", "Oct 31, 2026", "October 31, 2026",
	} {
		if got, err := core.ReadDate(text); err != nil || got != date(2026, 10, 31) {
			t.Errorf("ReadDate(%q) = %v, %v", text, got, err)
		}
	}
	for _, text := range []string{"", "31/10/2026", "02/30/2026", "2026-02-30", "10/31/26", "10-31", "20261031", "T", "12:00", "yesterday"} {
		if got, err := core.ReadDate(text); err == nil {
			t.Errorf("ReadDate(%q) = %v, want an error", text, got)
		}
	}
}

func TestDatesMoveByDaysAndMonths(t *testing.T) {
	tests := []struct{ got, want core.Date }{
		{date(2026, 1, 31).AddMonths(1), date(2026, 2, 28)},
		{date(2026, 1, 31).AddMonths(13), date(2027, 2, 28)},
		{date(2026, 3, 31).AddMonths(-1), date(2026, 2, 28)},
		{date(2026, 11, 15).AddMonths(2), date(2027, 1, 15)},
		{date(2026, 12, 31).AddDays(1), date(2027, 1, 1)},
		{date(2026, 3, 8).AddDays(-8), date(2026, 2, 28)},
	}
	for _, tt := range tests {
		if tt.got != tt.want {
			t.Errorf("got %v, want %v", tt.got, tt.want)
		}
	}
	if n := date(2026, 3, 1).DaysUntil(date(2026, 4, 1)); n != 31 { // clocks change in between
		t.Errorf("%d days from March 1 to April 1", n)
	}
	if !date(2025, 12, 31).Before(date(2026, 1, 1)) || date(2026, 1, 1).Before(date(2026, 1, 1)) {
		t.Error("Before is wrong about New Year")
	}
}

func TestLeaseEndsTheDayBeforeItsTermIsOver(t *testing.T) {
	lease := core.LeaseState{MoveIn: date(2025, 7, 3), Months: 12}
	if got := lease.Ends(); got != date(2026, 7, 2) {
		t.Errorf("ends %v", got)
	}
	if today := date(2026, 6, 18); !lease.EndingSoon(today) || lease.EndingSoon(date(2026, 7, 3)) || lease.EndingSoon(date(2026, 5, 1)) {
		t.Error("ending soon is not the 60 days before the last one")
	}
	lease.Months = 0
	if got := lease.Ends(); !got.IsZero() || lease.EndingSoon(date(2026, 6, 18)) {
		t.Errorf("month to month ends %v", got)
	}
}
