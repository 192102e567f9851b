package core

import (
	"encoding/json"
	"testing"
	"time"
)

func TestMonthsKeepToTheCalendar(t *testing.T) {
	for _, test := range []struct {
		month Month
		add   int
		want  string
		day31 string // of the month that it comes to
	}{
		{Month{2026, time.January}, 1, "2026-02", "2026-02-28"},
		{Month{2024, time.January}, 1, "2024-02", "2024-02-29"},
		{Month{2026, time.January}, -1, "2025-12", "2025-12-31"},
		{Month{2026, time.June}, 0, "2026-06", "2026-06-30"},
		{Month{2026, time.June}, 18, "2027-12", "2027-12-31"},
	} {
		got := test.month.Add(test.add)
		if got.String() != test.want || got.Day(31).String() != test.day31 {
			t.Errorf("%s and %d months: %s, day 31 is %s; want %s, %s", test.month, test.add, got, got.Day(31), test.want, test.day31)
		}
	}
}

func TestMonthIsReadAsItIsWritten(t *testing.T) {
	for _, want := range []Month{{}, {2026, time.June}} {
		b, err := json.Marshal(want)
		if err != nil {
			t.Fatal(err)
		}
		got := Month{1, 1}
		if err := json.Unmarshal(b, &got); err != nil || got != want {
			t.Errorf("%s was read as %v, %v; want %v", b, got, err, want)
		}
	}
	for _, text := range []string{"2026-13", "2026-6", "06/2026", "June"} {
		if m, err := ParseMonth(text); err == nil {
			t.Errorf("%q passed for the month %s", text, m)
		}
	}
}
