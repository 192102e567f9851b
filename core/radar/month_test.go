package radar_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"rentbell/core"
)

var june = core.Month{Year: 2026, Month: time.June}

func TestHowALeaseStandsInAMonth(t *testing.T) {
	start := func() *ledger {
		l := newLedger(t, "America/Chicago").rent(1000)
		return l.add("2026-05-20", core.LeaseSigned{Lease: "L", MoveIn: core.Date{Year: 2026, Month: time.May, Day: 28}, Place: core.Place{Tenant: "Ada", Property: "Alder Court", Unit: "1B"}})
	}
	for _, tt := range []struct {
		name  string
		l     *ledger
		at    string
		state core.RentState
		days  int
	}{
		{"nothing yet", start(), "2026-06-06 12:00", core.RentOpen, 0},
		{"nothing, and the time is over", start(), "2026-06-07", core.RentLate, 1},
		{"nothing for twelve days", start(), "2026-06-18", core.RentLate, 12},
		{"nothing until the month was over", start(), "2026-08-01", core.RentLate, 56},
		{"three months later", start(), "2026-09-01", core.RentOpen, 0},
		{"some", start().pay("2026-06-02", 400), "2026-06-06", core.RentOpen, 0},
		{"some, and the time is over", start().pay("2026-06-02", 400), "2026-06-09", core.RentPartial, 3},
		{"all", start().pay("2026-06-02", 1000), "2026-06-20", core.RentPaid, 0},
		{"all, late", start().pay("2026-06-12", 1000), "2026-06-20", core.RentPaid, 0},
		{"more", start().pay("2026-06-02", 1500), "2026-06-20", core.RentPaid, 0},
		{"twice", start().pay("2026-06-02", 1000).pay("2026-06-03", 1000), "2026-06-20", core.RentTwice, 0},
		{"it came back", start().pay("2026-06-02", 1000).pay("2026-06-10", -1000), "2026-06-20", core.RentReturned, 0},
		{"it came back and came again", start().pay("2026-06-02", 1000).pay("2026-06-10", -1000).pay("2026-06-12", 1000), "2026-06-20", core.RentPaid, 0},
		{"ahead of time", start().pay("2026-05-25", 1000).pay("2026-05-30", 1000), "2026-05-31", core.RentEarly, 0},
		{"ahead of time, once June is here", start().pay("2026-05-25", 1000).pay("2026-05-30", 1000), "2026-06-20", core.RentEarly, 0},
		{"half of it ahead of time", start().pay("2026-05-25", 1000).pay("2026-05-30", 500).pay("2026-06-02", 500), "2026-06-20", core.RentPaid, 0},
		{"ahead of time, and it came back", start().pay("2026-05-25", 1000).pay("2026-05-30", 1000).pay("2026-06-02", -1000), "2026-06-20", core.RentReturned, 0},
	} {
		month := tt.l.book().Month(june, tt.l.terms, tt.l.at(tt.at))
		if len(month) != 1 || month[0].State != tt.state || month[0].DaysLate != tt.days || month[0].Unit != "1B" {
			t.Errorf("%s: got %+v, want %s, %d days late", tt.name, month, tt.state, tt.days)
		}
	}
}

func TestAMonthHasTheLeasesOfWhichRentIsExpected(t *testing.T) {
	l := newLedger(t, "America/Chicago").rent(1000)
	l.add("2026-05-01", core.LeaseSigned{Lease: "signed", MoveIn: core.Date{Year: 2026, Month: time.June, Day: 1}, Months: 12})
	l.add("2026-05-01", core.LeaseSigned{Lease: "begins in July", MoveIn: core.Date{Year: 2026, Month: time.July, Day: 1}, Months: 12})
	l.add("2026-05-01", core.LeaseExpired{Lease: "ended", Vacate: core.Date{Year: 2026, Month: time.May, Day: 31}})
	l.add("2025-12-02", core.Payment{Lease: "paid in December", Amount: 1, AmountKnown: true})
	l.add("2025-11-30", core.Payment{Lease: "not heard of since November", Amount: 1, AmountKnown: true})
	var got []string
	for _, m := range l.book().Month(june, l.terms, l.at("2026-06-20")) {
		got = append(got, fmt.Sprint(m.Lease, ": ", m.State))
	}
	if want := []string{"L: late", "paid in December: not-known", "signed: not-known"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestMonthsToComeAndLongPast(t *testing.T) {
	l := newLedger(t, "America/Chicago").rent(1000)
	l.pay("2024-02-29", 1000).pay("2026-06-02", 1000).pay("2026-06-29", 1000)
	now := l.at("2026-06-30")
	july := l.book().Month(june.Add(1), l.terms, now)[0]
	if july.State != core.RentEarly || july.Received != 100000 || !slices.Equal(july.Seqs, []uint64{3}) {
		t.Errorf("July is %+v", july)
	}
	if past := l.book().Month(core.Month{Year: 2024, Month: time.February}, l.terms, now)[0]; past.State != core.RentPaid {
		t.Errorf("February two years ago is %+v", past)
	}
	if past := l.book().Month(core.Month{Year: 1, Month: time.January}, l.terms, now)[0]; past.State != core.RentOpen {
		t.Errorf("a month in antiquity is %+v", past)
	}
}

func TestTheLastSixMonthsOfALease(t *testing.T) {
	l := newLedger(t, "America/Chicago").rent(1000)
	l.add("2026-02-20", core.LeaseSigned{Lease: "L", MoveIn: core.Date{Year: 2026, Month: time.March, Day: 1}})
	l.pay("2026-03-02", 1000).pay("2026-04-02", 995).pay("2026-05-02", 1000)
	l.edit(func(t *core.LeaseTerms) { t.Notice = l.at("2026-06-12 23:00").UTC() })
	var got []string
	for _, m := range l.book().Lease("L", june, 6, l.terms, l.at("2026-06-20")) {
		got = append(got, fmt.Sprint(m.Month, " ", m.Received, " of ", m.Expected.Amount, " ", m.State, " ", m.Notice))
	}
	same(t, got, []string{
		"2026-01 0 of 0 not-known 2026-06-12", "2026-02 0 of 0 not-known 2026-06-12", "2026-03 100000 of 100000 paid 2026-06-12",
		"2026-04 99500 of 100000 partial 2026-06-12", "2026-05 100000 of 100000 paid 2026-06-12", "2026-06 0 of 100000 late 2026-06-12"})
}

func TestNamesAreTheLastThatWereTold(t *testing.T) {
	l := newLedger(t, "UTC")
	pay := func(at string, p core.Place) {
		l.add(at, core.Payment{Place: p, Lease: "L", AmountKnown: true, Amount: 1})
	}
	pay("2026-06-03", core.Place{Tenant: "Ada Byron"})
	pay("2026-06-01", core.Place{Tenant: "A. Byron", Property: "Alder Court", Unit: "1B"})
	l.add("2026-06-02", core.LeaseSigned{Lease: "L", Place: core.Place{Unit: "1 B"}})
	pay("2026-07-01", core.Place{Tenant: "Grace"})
	if got, want := l.book().Month(june, l.terms, l.at("2026-06-20"))[0].Place, (core.Place{Tenant: "Ada Byron", Property: "Alder Court", Unit: "1 B"}); got != want {
		t.Errorf("got %+v, want %+v", got, want)
	}
}

func TestForgettingKeepsNamesAndBoundsMemory(t *testing.T) {
	l := newLedger(t, "UTC").rent(1000)
	l.add("2020-01-01", core.Payment{Place: core.Place{Tenant: "Ada", Property: "Alder Court"}, Lease: "L", AmountKnown: true, Amount: 1})
	b := l.book()
	if !b.Whole().IsZero() {
		t.Error("it says that something is forgotten")
	}
	b.Forget(l.terms, l.at("2026-06-20"))
	if got, want := b.Whole().String(), "2025-12"; got != want {
		t.Errorf("months are whole from %s on, want %s", got, want)
	}
	if got := b.Month(june, l.terms, l.at("2026-06-20"))[0]; got.Tenant != "Ada" {
		t.Errorf("the name is gone: %+v", got)
	}
	if b.AddPayment(core.Skimmed{Seq: 2, At: l.at("2025-05-31"), Payment: core.Payment{Lease: "L", AmountKnown: true}}) {
		t.Error("a payment of a forgotten month was taken in")
	}
}

// Somebody who paid twice two years ago, and at the end of each month since, has always
// paid ahead. What is deleted or forgotten of that must not make the present month late.
func TestForgettingKeepsWhoPaysAtTheEndOfTheMonthBefore(t *testing.T) {
	l := newLedger(t, "America/Chicago").rent(1000).pay("2024-01-02", 1000)
	b := l.book()
	for m := (core.Month{Year: 2024, Month: time.January}); m.Before(june); m = m.Add(1) {
		day := m.Day(28)
		l.pay(day.String(), 1000)
		b.Add(l.events[len(l.events)-1])
		b.Forget(l.terms, l.at(day.String()))
	}
	if got := b.Findings(l.terms, l.at("2026-06-20")); len(got) != 0 {
		t.Errorf("got %+v", got)
	}
	l.want("2026-06-20")
}

func TestForgettingKeepsBothOfAPair(t *testing.T) {
	l := newLedger(t, "America/Chicago").pay("2025-05-28", 500).pay("2025-06-05", -500)
	l.pay("2025-06-06", 1000).pay("2025-07-06", 1000).pay("2025-08-06", 1000)
	b, now := l.book(), l.at("2026-06-20")
	b.Forget(l.terms, now)
	want := core.ExpectedRent{Amount: 100000, Source: core.RentLearned, Months: 3}
	if got := b.Lease("L", b.Whole(), 1, l.terms, now)[0]; got.Month.String() != "2025-12" || got.Expected != want {
		t.Errorf("got %+v, want %+v", got, want)
	}
}
