package radar_test

import (
	"testing"
	"time"

	"rentbell/core"
)

func TestAReturnTakesBackTheLatestOfItsSize(t *testing.T) {
	l := newLedger(t, "America/Chicago")
	l.pay("2026-05-01 09:00", 1000).pay("2026-05-02 09:00", 1000).pay("2026-05-03 09:00", 999).pay("2026-05-04 09:00", -1000)
	second := `{"kind":"returned","lease_id":"L","month":"2026-05","amount_cents":100000,"since":"2026-05-04T14:00:00Z","seqs":[2,4]}`
	l.want("2026-05-05", second)
	l.pay("2026-05-05 09:00", -1000)
	first := `{"kind":"returned","lease_id":"L","month":"2026-05","amount_cents":100000,"since":"2026-05-05T14:00:00Z","seqs":[1,5]}`
	l.want("2026-05-06", second, first)
	l.pay("2026-05-06 09:00", -1000)
	l.want("2026-05-07", `{"kind":"refund","lease_id":"L","amount_cents":100000,"since":"2026-05-06T14:00:00Z","seqs":[6]}`, second, first)
}

func TestReturnsOfAnotherLeaseOrSizeOrTooLateAreRefunds(t *testing.T) {
	refund := `{"kind":"refund","lease_id":"L","amount_cents":100000,"since":"2026-06-30T14:00:00Z","seqs":[2]}`
	l := newLedger(t, "America/Chicago")
	l.add("2026-06-29", core.Payment{Lease: "M", Amount: 100000, AmountKnown: true}).pay("2026-06-30 09:00", -1000)
	l.want("2026-07-01", refund)
	l = newLedger(t, "America/Chicago").pay("2026-06-29", 1001).pay("2026-06-30 09:00", -1000)
	l.want("2026-07-01", refund)
	l = newLedger(t, "America/Chicago").pay("2026-07-02", 1000).pay("2026-06-30 09:00", -1000)
	l.want("2026-07-03", refund) // what came later is not taken back
	l = newLedger(t, "America/Chicago").pay("2026-05-01 08:59:59", 1000).pay("2026-06-30 09:00", -1000)
	l.want("2026-07-01", refund)
	l = newLedger(t, "America/Chicago").pay("2026-05-01 09:00", 1000).pay("2026-06-30 09:00", -1000)
	l.want("2026-07-01", `{"kind":"returned","lease_id":"L","month":"2026-05","amount_cents":100000,"since":"2026-06-30T14:00:00Z","seqs":[1,2]}`)
}

func TestSixtyDaysAreElapsedTime(t *testing.T) {
	for _, tt := range []struct{ zone, from, to string }{
		{"America/Chicago", "2026-03-01 12:00:00", "2026-04-30 13:00:00"}, // clocks went an hour forward
		{"America/Chicago", "2026-10-01 12:00:00", "2026-11-30 11:00:00"}, // and back
		{"Australia/Lord_Howe", "2026-03-01 12:00:00", "2026-04-30 11:30:00"},
		{"America/Phoenix", "2026-03-01 12:00:00", "2026-04-30 12:00:00"},
	} {
		l := newLedger(t, tt.zone).pay(tt.from, -5)
		last := l.at(tt.to)
		if got := len(l.book().Findings(l.terms, last)); got != 1 {
			t.Errorf("%s: 60 days after %s, at %s, %d findings", tt.zone, tt.from, tt.to, got)
		}
		if got := len(l.book().Findings(l.terms, last.Add(time.Nanosecond))); got != 0 {
			t.Errorf("%s: later than %s, %d findings", tt.zone, tt.to, got)
		}
	}
}

func TestAReturnOpensItsMonthAgain(t *testing.T) {
	l := newLedger(t, "America/Chicago").rent(1000)
	l.pay("2026-04-02", 1000).pay("2026-05-02", 1000).pay("2026-06-02", 1000).pay("2026-07-01 09:00", 1000)
	l.pay("2026-07-02 09:00", -1000) // of July's, the latest
	l.pay("2026-07-03 09:00", -1000) // of June's
	l.want("2026-07-04",
		late("2026-06", "2026-06-07", 1000, 0, 3, 6),
		`{"kind":"returned","lease_id":"L","month":"2026-07","amount_cents":100000,"since":"2026-07-02T14:00:00Z","seqs":[4,5]}`,
		`{"kind":"returned","lease_id":"L","month":"2026-06","amount_cents":100000,"since":"2026-07-03T14:00:00Z","seqs":[3,6]}`)
}

func TestTheSamePaymentTwice(t *testing.T) {
	line := func(since, received, seqs string) string {
		return `{"kind":"twice","lease_id":"L","month":"2026-06","amount_cents":100000,"expected_cents":100000,"received_cents":` + received + `,"since":"` + since + `","seqs":[` + seqs + `]}`
	}
	start := func() *ledger {
		l := newLedger(t, "America/Chicago").rent(1000)
		l.add("2026-05-20", core.LeaseSigned{Lease: "L", MoveIn: core.Date{Year: 2026, Month: time.June, Day: 1}})
		return l.pay("2026-06-02 09:00", 1000)
	}
	start().pay("2026-06-05 09:00:00", 1000).want("2026-06-20", line("2026-06-05T14:00:00Z", "200000", "2,3"))
	start().pay("2026-06-05 09:00:01", 1000).want("2026-06-20") // after 72 hours
	start().pay("2026-06-03 09:00", 1000).pay("2026-06-04 09:00", 1000).want("2026-06-20",
		line("2026-06-03T14:00:00Z", "300000", "2,3"), line("2026-06-04T14:00:00Z", "300000", "3,4"))
	start().add("2026-06-03", core.Payment{Lease: "L", Amount: 100000, AmountKnown: true, Method: "Check"}).want("2026-06-20")
	start().pay("2026-06-03", 1001).want("2026-06-20") // of another size

	// Half the rent twice is the rent.
	half := newLedger(t, "America/Chicago").rent(1000).add("2026-05-20", core.LeaseSigned{Lease: "L", MoveIn: core.Date{Year: 2026, Month: time.June, Day: 1}})
	half.pay("2026-06-02", 500).pay("2026-06-02 10:00", 500).want("2026-06-20")

	// One of them came back, and its month has its rent.
	start().pay("2026-06-03 09:00", 1000).pay("2026-06-04 09:00", -1000).want("2026-06-20",
		`{"kind":"returned","lease_id":"L","month":"2026-06","amount_cents":100000,"since":"2026-06-04T14:00:00Z","seqs":[3,4]}`)

	// With an unknown rent, for different months, or of a lease that has ended: never.
	unknown := start().pay("2026-06-03", 1000)
	unknown.terms.Leases = nil
	unknown.want("2026-06-20")
	start().pay("2026-06-24 23:00", 1000).pay("2026-06-25", 1000).want("2026-06-26")
	start().pay("2026-06-03", 1000).add("2026-05-21", core.LeaseExpired{Lease: "L", Vacate: core.Date{Year: 2026, Month: time.May, Day: 31}}).want("2026-06-20")

	// 60 days later it is past.
	start().pay("2026-06-03 09:00", 1000).pay("2026-07-02", 1000).want("2026-08-02 09:00", line("2026-06-03T14:00:00Z", "200000", "2,3"))
	start().pay("2026-06-03 09:00", 1000).pay("2026-07-02", 1000).want("2026-08-02 09:00:01")
}

func TestNoticeLooksAtWhatCameAfterTheSwitch(t *testing.T) {
	l := newLedger(t, "America/Chicago")
	l.pay("2026-06-12 08:59", 100).pay("2026-06-12 09:01", 200).pay("2026-06-13 09:00", 300).pay("2026-06-14 09:00", -300)
	l.add("2026-06-15", core.Payment{Lease: "L"}) // nobody knows how much
	returned := `{"kind":"returned","lease_id":"L","month":"2026-06","amount_cents":30000,"since":"2026-06-14T14:00:00Z","seqs":[3,4]}`
	l.want("2026-06-20", returned)
	l.edit(func(t *core.LeaseTerms) { t.Notice = l.at("2026-06-12 09:00").UTC() })
	l.want("2026-06-20",
		`{"kind":"notice","lease_id":"L","amount_cents":20000,"since":"2026-06-12T14:01:00Z","seqs":[2]}`,
		`{"kind":"notice","lease_id":"L","amount_cents":30000,"since":"2026-06-13T14:00:00Z","seqs":[3]}`,
		returned)
	l.want("2026-08-12 09:00", `{"kind":"notice","lease_id":"L","amount_cents":30000,"since":"2026-06-13T14:00:00Z","seqs":[3]}`, returned)
}

func TestAmountsAtTheEndsOfWhatCanBeCounted(t *testing.T) {
	l := newLedger(t, "UTC").rent(1000)
	for _, amount := range []core.Cents{1<<63 - 1, 1<<63 - 1, -1 << 63} {
		l.add("2026-06-02", core.Payment{Lease: "L", Amount: amount, AmountKnown: true})
	}
	for _, f := range l.book().Findings(l.terms, l.at("2026-06-20")) {
		if f.Amount < 0 {
			t.Errorf("the sign was lost: %+v", f)
		}
	}
}
