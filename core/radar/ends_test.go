package radar_test

import (
	"fmt"
	"testing"
	"time"

	"rentbell/core"
)

func ends(days int, on string, seq int) string {
	return fmt.Sprintf(`{"kind":"lease_ends","lease_id":"L","days":%d,"ends":"%s","seqs":[%d]}`, days, on, seq)
}

func TestCountdownOfALeaseThatEnds(t *testing.T) {
	for _, zone := range []string{"America/Chicago", "Australia/Lord_Howe", "America/Phoenix"} {
		l := newLedger(t, zone)
		l.add("2025-11-01", core.LeaseSigned{Lease: "L", MoveIn: core.Date{Year: 2026, Month: time.January, Day: 12}, Months: 12})
		for _, tt := range []struct {
			at          string
			left, level int // level 0: nothing is found
		}{
			{"2026-10-12 23:59:59", 91, 0}, {"2026-10-13", 90, 90}, {"2026-11-11 23:59:59", 61, 90}, {"2026-11-12", 60, 60}, {"2026-12-11 23:59:59", 31, 60},
			{"2026-12-12", 30, 30}, {"2027-01-03 23:59:59", 8, 30}, {"2027-01-04", 7, 7}, {"2027-01-11 23:59:59", 0, 7}, {"2027-01-12", -1, 0},
		} {
			var want []string
			if tt.level > 0 {
				want = append(want, ends(tt.left, "2027-01-11", 1))
			}
			got := l.book().Findings(l.terms, l.at(tt.at))
			same(t, lines(t, got), want)
			if len(got) == 1 && got[0].Level != tt.level {
				t.Errorf("%s, at %s: level %d, want %d", zone, tt.at, got[0].Level, tt.level)
			}
		}
	}
}

func TestTheEndOfALease(t *testing.T) {
	day := func(text string) core.Date { d, _ := core.ParseDate(text); return d }
	signed := func(moveIn string, months int) core.LeaseSigned {
		return core.LeaseSigned{Lease: "L", MoveIn: day(moveIn), Months: months}
	}
	vacated := func(on string) core.LeaseExpired { return core.LeaseExpired{Lease: "L", Vacate: day(on)} }
	for _, tt := range []struct {
		name   string
		events []core.Detail
		want   []string // on June 1
	}{
		{"from a month's last day, to one that has no such day", []core.Detail{signed("2025-08-31", 10)}, []string{ends(28, "2026-06-29", 1)}},
		{"from a leap day", []core.Detail{signed("2024-02-29", 28)}, []string{ends(27, "2026-06-28", 1)}},
		{"from month to month", []core.Detail{signed("2025-06-12", 0)}, nil},
		{"a vacate date", []core.Detail{signed("2025-08-01", 12), vacated("2026-06-15")}, []string{ends(14, "2026-06-15", 2)}},
		{"a vacate date alone, put right", []core.Detail{vacated("2026-06-15"), vacated("2026-06-16")}, []string{ends(15, "2026-06-16", 2)}},
		{"signed again", []core.Detail{signed("2025-07-01", 12), signed("2026-07-01", 12)}, nil},
		{"signed again for a month", []core.Detail{signed("2025-07-01", 12), signed("2026-07-01", 1)}, []string{ends(60, "2026-07-31", 2)}},
		{"signed again with an earlier end", []core.Detail{signed("2025-07-01", 12), signed("2025-07-01", 11)}, []string{ends(29, "2026-06-30", 1)}},
		{"signed again with the same end", []core.Detail{signed("2025-07-01", 12), signed("2026-01-01", 6)}, []string{ends(29, "2026-06-30", 1)}},
		{"signed again after a vacate date", []core.Detail{signed("2025-07-01", 12), vacated("2026-06-15"), signed("2026-07-01", 12)}, nil},
		{"signed again from month to month", []core.Detail{signed("2025-07-01", 12), signed("2026-07-01", 0)}, nil},
		{"signed again, and the term could not be read", []core.Detail{signed("2025-07-01", 12), core.LeaseSigned{Lease: "L"}}, []string{ends(29, "2026-06-30", 1)}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			l := newLedger(t, "America/Chicago")
			for i, d := range tt.events {
				l.add(core.Date{Year: 2025, Month: time.April, Day: 10 + i}.String(), d)
			}
			l.want("2026-06-01 12:00", tt.want...)
		})
	}
}

func TestATermThatCouldNotBeReadIsNotMonthToMonth(t *testing.T) {
	l := newLedger(t, "UTC")
	l.add("2025-07-01", core.LeaseSigned{Lease: "L", MoveIn: core.Date{Year: 2025, Month: time.July, Day: 1}, Months: 12})
	l.add("2026-05-01", core.LeaseSigned{Lease: "L", MoveIn: core.Date{Year: 2026, Month: time.July, Day: 1}})
	l.events[1].Attention = core.Attention{Reason: core.ReasonWrongKind, Field: "term_months"}
	l.want("2026-06-01", ends(29, "2026-06-30", 1))
}

func TestHowOftenTheEndOfALeaseHasChanged(t *testing.T) {
	day := func(text string) core.Date { d, _ := core.ParseDate(text); return d }
	signed := func(moveIn string, months int) core.LeaseSigned {
		return core.LeaseSigned{Lease: "L", MoveIn: day(moveIn), Months: months}
	}
	vacated := func(on string) core.LeaseExpired { return core.LeaseExpired{Lease: "L", Vacate: day(on)} }
	for _, tt := range []struct {
		name    string
		events  []core.Detail
		ends    string // empty: the lease never was to end
		gone    bool
		changes int
		changed int // the event that set it, from 1
	}{
		{"signed", []core.Detail{signed("2025-07-12", 12)}, "2026-07-11", false, 0, 1},
		{"to the day before a leap day", []core.Detail{signed("2027-02-28", 12)}, "2028-02-27", false, 0, 1},
		{"on a leap day", []core.Detail{signed("2027-03-01", 12)}, "2028-02-29", false, 0, 1},
		{"from month to month", []core.Detail{signed("2025-07-12", 0)}, "", false, 0, 0},
		{"no date was told", []core.Detail{vacated("")}, "", false, 0, 0},
		{"the same end again", []core.Detail{signed("2025-07-12", 12), signed("2026-01-12", 6)}, "2026-07-11", false, 0, 1},
		{"signed again", []core.Detail{signed("2025-07-12", 12), signed("2026-07-12", 12)}, "2027-07-11", false, 1, 2},
		{"a vacate date, put right", []core.Detail{signed("2025-07-12", 12), vacated("2026-05-31"), vacated("2026-06-01")}, "2026-06-01", false, 2, 3},
		{"month to month, then to an end", []core.Detail{signed("2025-07-12", 0), vacated("2026-06-01")}, "2026-06-01", false, 0, 2},
		{"gone", []core.Detail{signed("2025-07-12", 12), signed("2026-07-12", 0)}, "2026-07-11", true, 1, 2},
		{"gone for longer", []core.Detail{signed("2025-07-12", 12), signed("2026-07-12", 0), signed("2026-08-12", 0)}, "2026-07-11", true, 1, 2},
		{"gone and back on the same day", []core.Detail{signed("2025-07-12", 12), signed("2026-07-12", 0), vacated("2026-07-11")}, "2026-07-11", false, 2, 3},
	} {
		l := newLedger(t, "America/Chicago")
		for i, d := range tt.events {
			l.add(core.Date{Year: 2025, Month: time.April, Day: 10 + i}.String(), d)
		}
		l.add("2026-07-01", signed("2030-01-01", 12)) // has yet to happen
		got := l.book().Ends(l.at("2026-06-01"))
		if tt.ends == "" {
			if len(got) > 0 {
				t.Errorf("%s: got %+v", tt.name, got)
			}
			continue
		}
		want := core.LeaseEnd{Lease: "L", Ends: day(tt.ends), Gone: tt.gone, Changes: tt.changes, Changed: l.events[tt.changed-1].OccurredAt}
		if len(got) != 1 || got[0] != want {
			t.Errorf("%s: got %+v, want %+v", tt.name, got, want)
		}
	}
}
