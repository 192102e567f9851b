package radar_test

import (
	"testing"
	"time"

	"rentbell/core"
	"rentbell/core/radar"
)

func TestRentIsLateFromTheDayAfterGrace(t *testing.T) {
	for _, tt := range []struct {
		name, zone string
		rule       core.DueRule
		before, at string // the last moment that is not late, and the first that is
		month      string
	}{
		{"due 1, grace 5", "America/Chicago", core.DueRule{Due: 1, Grace: 5}, "2026-06-06 23:59:59", "2026-06-07", "2026-06"},
		{"no grace", "America/Chicago", core.DueRule{Due: 1}, "2026-06-01 23:59:59", "2026-06-02", "2026-06"},
		{"grace runs on into the next month", "America/Chicago", core.DueRule{Due: 28, Grace: 5}, "2026-07-03 23:59:59", "2026-07-04", "2026-06"},
		{"due 31 in a month of 30 days", "America/Chicago", core.DueRule{Due: 31, Grace: 0}, "2026-06-30 23:59:59", "2026-07-01", "2026-06"},
		{"due 31 in February", "America/Chicago", core.DueRule{Due: 31, Grace: 1}, "2026-03-01 23:59:59", "2026-03-02", "2026-02"},
		{"due 31 in February of a leap year", "America/Chicago", core.DueRule{Due: 31, Grace: 0}, "2028-02-29 23:59:59", "2028-03-01", "2028-02"},
		{"grace over a leap day", "America/Chicago", core.DueRule{Due: 25, Grace: 4}, "2028-02-29 23:59:59", "2028-03-01", "2028-02"},
		{"the day on which clocks go forward", "America/Chicago", core.DueRule{Due: 1, Grace: 6}, "2026-03-07 23:59:59", "2026-03-08", "2026-03"},
		{"the day after clocks went back", "America/Chicago", core.DueRule{Due: 1, Grace: 0}, "2026-11-01 23:59:59", "2026-11-02", "2026-11"},
		{"half an hour at Lord Howe", "Australia/Lord_Howe", core.DueRule{Due: 1, Grace: 3}, "2026-04-04 23:59:59", "2026-04-05", "2026-04"},
		{"clocks go forward at Lord Howe", "Australia/Lord_Howe", core.DueRule{Due: 1, Grace: 2}, "2026-10-03 23:59:59", "2026-10-04", "2026-10"},
		{"clocks that never change", "America/Phoenix", core.DueRule{Due: 1, Grace: 6}, "2026-03-07 23:59:59", "2026-03-08", "2026-03"},
		{"no midnight on that day", "Asia/Beirut", core.DueRule{Due: 28, Grace: 0}, "2026-03-28 23:59:59", "2026-03-29", "2026-03"},
		{"fourteen hours ahead", "Pacific/Kiritimati", core.DueRule{Due: 1, Grace: 5}, "2026-06-06 23:59:59", "2026-06-07", "2026-06"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			l := newLedger(t, tt.zone).rent(1000)
			l.terms.Default = tt.rule
			l.add(tt.month+"-01", core.LeaseSigned{Lease: "L", MoveIn: core.DateOf(l.at(tt.month + "-01")), Months: 0})
			l.want(tt.before)
			since := core.DateOf(l.at(tt.at).Add(6 * time.Hour)).String()
			watch := radar.NewWatch(l.book(), l.terms, l.at(tt.before))
			due := watch.NextDue()
			if got := core.DateOf(due.In(l.loc)).String(); got != since || core.DateOf(due.Add(-1).In(l.loc)).String() == since {
				t.Errorf("after %s the next look is due at %s", tt.before, due.In(l.loc))
			}
			watch.Tick(due)
			if got := lines(t, watch.Findings()); len(got) != 1 || got[0] != late(tt.month, since, 1000, 0) {
				t.Errorf("on that day there is %q", got)
			}
		})
	}
}

func TestLatePartialAndEnough(t *testing.T) {
	l := newLedger(t, "America/Chicago").rent(1000)
	l.pay("2026-04-01 09:00", 1000).pay("2026-05-01 09:00", 1000)
	l.want("2026-06-07", late("2026-06", "2026-06-07", 1000, 0))
	l.pay("2026-06-08 10:00", 400)
	l.want("2026-06-08 09:59", late("2026-06", "2026-06-07", 1000, 0)) // it has not come yet
	l.want("2026-06-08 10:00", late("2026-06", "2026-06-07", 1000, 400, 3))
	l.pay("2026-06-09 10:00", 598)
	l.want("2026-06-10", late("2026-06", "2026-06-07", 1000, 998, 3, 4))
	l.pay("2026-06-10 10:00", 1)
	l.want("2026-06-11") // a dollar less is enough
	l.pay("2026-06-11 10:00", -1999)
	l.want("2026-06-12",
		`{"kind":"late","lease_id":"L","month":"2026-06","expected_cents":100000,"received_cents":-100000,"since":"2026-06-07","seqs":[3,4,5,6]}`,
		`{"kind":"refund","lease_id":"L","amount_cents":199900,"since":"2026-06-11T15:00:00Z","seqs":[6]}`)
}

func TestOnlyThePresentMonthAndTheTwoBeforeItAreLate(t *testing.T) {
	// All that is older may have been deleted: Rentbell keeps events for as many years as it is told.
	l := newLedger(t, "America/Chicago").rent(1000)
	l.pay("2026-06-20 09:00", 1000)
	l.want("2026-06-30", late("2026-04", "2026-04-07", 1000, 0), late("2026-05", "2026-05-07", 1000, 0))
	l.want("2026-07-01", late("2026-05", "2026-05-07", 1000, 0))
	l.want("2026-09-30", late("2026-07", "2026-07-07", 1000, 0), late("2026-08", "2026-08-07", 1000, 0), late("2026-09", "2026-09-07", 1000, 0))
	for _, m := range l.book().Lease("L", core.Month{Year: 2026, Month: time.March}, 12, l.terms, l.at("2026-06-30")) {
		if m.State != core.RentOpen || m.DaysLate != 0 {
			t.Errorf("%s, long past, is %s", m.Month, m.State)
		}
	}
}

func TestALeaseCountsFromItsMoveInToItsEnd(t *testing.T) {
	signed := func(moveIn string, months int) core.LeaseSigned {
		day, _ := core.ParseDate(moveIn)
		return core.LeaseSigned{Lease: "L", MoveIn: day, Months: months}
	}
	vacated := func(on string) core.LeaseExpired {
		day, _ := core.ParseDate(on)
		return core.LeaseExpired{Lease: "L", Vacate: day}
	}
	june := late("2026-06", "2026-06-07", 1000, 0)
	may := late("2026-05", "2026-05-07", 1000, 0)
	april := late("2026-04", "2026-04-07", 1000, 0)
	for _, tt := range []struct {
		name   string
		events []core.Detail // in their order
		want   []string      // of late rent on June 20
	}{
		{"nothing is told", nil, []string{april, may, june}},
		{"moved in on the day the rent was due", []core.Detail{signed("2026-06-01", 0)}, []string{june}},
		{"moved in the day after", []core.Detail{signed("2026-05-02", 0)}, []string{june}},
		{"has yet to move in", []core.Detail{signed("2026-06-02", 12)}, nil},
		{"ended on the last day of April", []core.Detail{signed("2025-05-01", 12)}, []string{april}},
		{"ended on the first of June", []core.Detail{signed("2025-06-02", 12)}, []string{april, may, june}},
		{"vacated before the term was over", []core.Detail{signed("2025-06-02", 12), vacated("2026-05-31")}, []string{april, may}},
		{"stayed beyond the term", []core.Detail{signed("2025-04-02", 12), vacated("2026-06-15")}, []string{april, may, june}},
		{"expired, and nobody said when", []core.Detail{signed("2025-05-01", 12), core.LeaseExpired{Lease: "L"}}, []string{april}},
		{"signed again", []core.Detail{signed("2025-05-01", 12), signed("2026-05-01", 12)}, []string{april, may, june}},
		{"signed again for a shorter time", []core.Detail{signed("2025-05-01", 24), signed("2026-04-01", 1)}, []string{april, may, june}},
		{"signed again after it was vacated", []core.Detail{signed("2025-05-01", 12), vacated("2026-04-30"), signed("2026-06-01", 12)}, []string{april, may, june}},
		{"signed again from month to month", []core.Detail{signed("2025-05-01", 12), signed("2026-05-01", 0)}, []string{april, may, june}},
		{"from month to month first", []core.Detail{signed("2025-05-01", 0), signed("2026-04-10", 1)}, []string{april, may}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			l := newLedger(t, "America/Chicago").rent(1000)
			for i, d := range tt.events {
				l.add(core.Date{Year: 2025, Month: time.April, Day: 10 + i}.String(), d)
			}
			var got []string
			for _, f := range l.book().Findings(l.terms, l.at("2026-06-20")) {
				if f.Kind == core.FindLate {
					got = append(got, lines(t, []core.Finding{f})...)
				}
			}
			same(t, got, tt.want)
		})
	}
}

func TestWhereRentsComeFrom(t *testing.T) {
	told, imported := core.Cents(70000), core.Cents(80000)
	june := core.Month{Year: 2026, Month: time.June}
	for _, tt := range []struct {
		name  string
		terms core.LeaseTerms
		want  core.ExpectedRent
	}{
		{"learned", core.LeaseTerms{}, core.ExpectedRent{Amount: 100000, Source: core.RentLearned, Months: 3}},
		{"AppFolio", core.LeaseTerms{Told: &told}, core.ExpectedRent{Amount: told, Source: core.RentTold}},
		{"a table", core.LeaseTerms{Told: &told, Imported: &imported}, core.ExpectedRent{Amount: imported, Source: core.RentImported}},
		{"typed", core.LeaseTerms{Told: &told, Imported: &imported, Typed: []core.TypedRent{{Amount: 90000}, {From: june, Amount: 91000}, {From: june.Add(1), Amount: 92000}}},
			core.ExpectedRent{Amount: 91000, Source: core.RentTyped}},
		{"typed from a later month on", core.LeaseTerms{Imported: &imported, Typed: []core.TypedRent{{From: june.Add(1), Amount: 92000}}},
			core.ExpectedRent{Amount: imported, Source: core.RentImported}},
		{"typed as nothing", core.LeaseTerms{Imported: &imported, Typed: []core.TypedRent{{}}}, core.ExpectedRent{Source: core.RentTyped}},
	} {
		l := newLedger(t, "America/Chicago")
		l.pay("2026-01-31 23:59", 1000).pay("2026-02-28", 1000).pay("2026-03-01", 1000)
		l.terms.Leases["L"] = tt.terms
		if got := l.book().Lease("L", june, 1, l.terms, l.at("2026-06-02"))[0].Expected; got != tt.want {
			t.Errorf("%s: got %+v, want %+v", tt.name, got, tt.want)
		}
	}
}

func TestRentIsLearnedFromSixMonths(t *testing.T) {
	type sum struct {
		at      string
		dollars int
	}
	for _, tt := range []struct {
		name   string
		came   []sum
		want   int // dollars expected in July; 0: unknown
		months int
	}{
		{"the same every month", []sum{{"2026-01-02", 900}, {"2026-02-02", 900}, {"2026-03-02", 900}, {"2026-04-02", 900}, {"2026-05-02", 900}, {"2026-06-02", 900}}, 900, 6},
		{"twice is not enough", []sum{{"2026-03-02", 900}, {"2026-04-02", 900}, {"2026-05-02", 850}}, 0, 0},
		{"several payers", []sum{{"2026-02-02", 500}, {"2026-02-20", 400}, {"2026-03-02", 900}, {"2026-04-02", 300}, {"2026-04-03", 300}, {"2026-04-04", 300}}, 900, 3},
		{"of two the latest", []sum{{"2026-01-02", 900}, {"2026-02-02", 950}, {"2026-03-02", 950}, {"2026-04-02", 900}, {"2026-05-02", 900}, {"2026-06-02", 950}}, 950, 3},
		{"more often counts more than later", []sum{{"2026-01-02", 900}, {"2026-02-02", 900}, {"2026-03-02", 900}, {"2026-04-02", 900}, {"2026-05-02", 950}, {"2026-06-02", 950}}, 900, 4},
		{"seven months ago is too old", []sum{{"2025-12-31 23:59:59", 900}, {"2026-01-01", 900}, {"2026-02-02", 900}}, 0, 0},
		{"this month does not count", []sum{{"2026-05-02", 900}, {"2026-06-02", 900}, {"2026-07-01", 900}}, 0, 0},
		{"what came back is left out with what it took back", []sum{{"2026-03-02", 900}, {"2026-04-02", 900}, {"2026-05-02", 900}, {"2026-05-05", -900}, {"2026-05-09", 900}}, 900, 3},
		{"a refund is a part of its month", []sum{{"2026-03-02", 900}, {"2026-04-02", 950}, {"2026-04-05", -50}, {"2026-05-02", 900}}, 900, 3},
		{"months below zero teach nothing", []sum{{"2026-03-02", -900}, {"2026-04-02", -900}, {"2026-05-02", -900}}, 0, 0},
		{"by the day received, whichever month it is for", []sum{{"2026-03-31", 900}, {"2026-04-30", 900}, {"2026-05-31", 900}}, 900, 3},
	} {
		l := newLedger(t, "America/Chicago")
		for _, c := range tt.came {
			l.pay(c.at, c.dollars)
		}
		want := core.ExpectedRent{}
		if tt.want != 0 {
			want = core.ExpectedRent{Amount: core.Cents(tt.want * 100), Source: core.RentLearned, Months: tt.months}
		}
		if got := l.book().Lease("L", core.Month{Year: 2026, Month: time.July}, 1, l.terms, l.at("2026-07-03"))[0].Expected; got != want {
			t.Errorf("%s: got %+v, want %+v", tt.name, got, want)
		}
	}
}

func TestAnUnknownRentIsNeverLate(t *testing.T) {
	l := newLedger(t, "America/Chicago").pay("2026-05-02", 900).pay("2026-05-03", 900)
	l.want("2026-06-20")
}

func TestFromThe25thOnPaymentsMayBeForTheNextMonth(t *testing.T) {
	l := newLedger(t, "America/Chicago").rent(1000)
	l.pay("2026-05-02", 1000).pay("2026-05-24 23:59:59", 1000).pay("2026-05-25", 1000)
	months(t, l, "2026-06-02", 200000, 100000)

	// What has not got its rent takes what comes, to the last day.
	l = newLedger(t, "America/Chicago").rent(1000)
	l.pay("2026-05-25", 998).pay("2026-05-26", 1).pay("2026-05-31 23:59:59", 1000)
	months(t, l, "2026-06-02", 99900, 100000)

	// An unknown rent leaves it in its month, and a lease that pays ahead never does.
	l = newLedger(t, "America/Chicago").pay("2026-05-02", 1000).pay("2026-05-25", 1000)
	months(t, l, "2026-06-02", 200000, 0)
	l.edit(func(t *core.LeaseTerms) { t.PaysAhead = true })
	months(t, l, "2026-06-02", 100000, 100000)

	// A return goes where the payment went, a lone negative stays.
	l = newLedger(t, "America/Chicago").rent(1000)
	l.pay("2026-05-02", 1000).pay("2026-05-26", 1000).pay("2026-06-03", -1000).pay("2026-05-27", -20)
	months(t, l, "2026-06-02", 98000, 100000)
	months(t, l, "2026-06-04", 98000, 0)

	// The day is a local one.
	l = newLedger(t, "America/Chicago").rent(1000).pay("2026-05-02", 1000).pay("2026-05-25T04:59:59Z", 1000).pay("2026-05-25T05:00:00Z", 1000)
	months(t, l, "2026-06-02", 200000, 100000)
}

// months checks what May and June have received.
func months(t *testing.T, l *ledger, at string, may, june core.Cents) {
	t.Helper()
	got := l.book().Lease("L", core.Month{Year: 2026, Month: time.June}, 2, l.terms, l.at(at))
	if got[0].Received != may || got[1].Received != june {
		t.Errorf("at %s May has %d and June %d, want %d and %d", at, got[0].Received, got[1].Received, may, june)
	}
}

func TestTheRuleIsTheLeasesThePropertysOrTheDefault(t *testing.T) {
	l := newLedger(t, "America/Chicago").rent(1000)
	l.add("2026-05-01", core.LeaseSigned{Lease: "L", Place: core.Place{Property: "Alder Court"}, MoveIn: core.Date{Year: 2026, Month: time.June, Day: 1}})
	l.terms.Properties = map[string]core.DueRule{"Alder Court": {Due: 3, Grace: 5}}
	l.want("2026-06-10", late("2026-06", "2026-06-09", 1000, 0))
	l.add("2026-05-02", core.Payment{Lease: "L", Place: core.Place{Property: "Linden House"}, AmountKnown: true}) // renamed
	l.want("2026-06-10", late("2026-06", "2026-06-07", 1000, 0))
	own := core.DueRule{Due: 2, Grace: 0}
	l.edit(func(t *core.LeaseTerms) { t.Rule = &own })
	l.want("2026-06-10", late("2026-06", "2026-06-03", 1000, 0))
	own = core.DueRule{Due: 0, Grace: -1} // cannot be used
	l.terms.Default = core.DueRule{}
	l.want("2026-06-10", late("2026-06", "2026-06-07", 1000, 0))
}

func TestARentThatIsKnownIsExpectedBeforeAnythingCame(t *testing.T) {
	l := newLedger(t, "America/Chicago").rent(1000)
	l.want("2026-06-07", late("2026-04", "2026-04-07", 1000, 0), late("2026-05", "2026-05-07", 1000, 0), late("2026-06", "2026-06-07", 1000, 0))
}
