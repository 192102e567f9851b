package readback

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"rentbell/core"
	"rentbell/core/appfolio/records"
)

func TestPaymentIsReadAMinuteAfterItsCharge(t *testing.T) {
	work(t, func(w *atWork) {
		w.later(3 * time.Minute)
		w.office.questions("")
		for _, charge := range []string{"c1", "c2", "c3"} {
			w.ring("charges", charge, "update", time.Now())
			w.later(15 * time.Second)
		}
		w.office.pay("8", 900_00) // written down after the charge that it pays
		w.want()
		w.later(time.Minute)
		w.want("receipt:8 900.00")
		w.later(2 * time.Minute)
		if n := w.office.questions("receipts"); n != 2 || w.waiting() != 0 {
			t.Errorf("asked %d times, want twice; %d doorbells wait", n, w.waiting())
		}
		e := w.events()[2]
		today := time.Now()
		want := core.Payment{
			Place: core.Place{Tenant: "Dana Whitfield", Property: "Maple Court", Unit: "4B"}, Lease: "l1",
			Amount: 900_00, AmountKnown: true, Method: "eCheck", Memo: "June rent", Reference: "R-8",
		}
		if e.Detail != want || !e.Attention.IsZero() || !e.OccurredAt.Equal(noon(date(today), today.Location())) {
			t.Errorf("got %+v at %v, %v", e.Detail, e.OccurredAt, e.Attention)
		}
	})
}

func TestPaymentsNeedNoWebhook(t *testing.T) {
	work(t, func(w *atWork) {
		w.office.pay("8", 900_00)
		w.later(lookEvery)
		w.want("receipt:8 900.00")
	})
}

func TestWithoutReportsAChargeIsDoneWith(t *testing.T) {
	work(t, func(w *atWork) {
		a := account()
		a.Space.ReportsClientID = ""
		w.desk.use(a)
		w.later(time.Second)
		w.office.questions("")
		w.ring("charges", "c1", "update", time.Now())
		w.later(time.Hour)
		if n := w.office.questions("receipts"); n != 0 || w.waiting() != 0 || w.desk.reading().Receipts != nil {
			t.Errorf("asked %d times; %d doorbells wait; %+v", n, w.waiting(), w.desk.reading())
		}
	})
}

func TestChangedReceiptIsALineOfItsOwn(t *testing.T) {
	t.Parallel()
	work(t, func(w *atWork) {
		w.office.pay("8", 900_00)
		w.later(lookEvery)
		w.office.pay("8", 950_00)
		w.later(lookEvery)
		w.later(5 * 24 * time.Hour)
		w.office.pay("8", 0) // returned by the bank
		w.later(24*time.Hour + lookEvery)
		w.office.pay("8", 950_00) // and paid after all
		w.later(24*time.Hour + lookEvery)
		w.want("receipt:8 900.00", "receipt:8:2 50.00", "receipt:8:3 -950.00", "receipt:8:4 950.00")
		for i, want := range []string{"June rent", "Correction of receipt 8", "Returned: June rent", "Correction of receipt 8"} {
			e := w.events()[i+2]
			p := e.Detail.(core.Payment)
			if p.Memo != want || p.Reference != "R-8" || p.Lease != "l1" || !e.Attention.IsZero() {
				t.Errorf("line %d: %+v, %v", i, p, e.Attention)
			}
			if corrects := strings.Contains(string(e.Data()), `"corrects":"receipt:8"`); corrects != (i > 0) {
				t.Errorf("line %d: %s", i, e.Data())
			}
		}
		if returned := w.events()[4]; time.Since(returned.OccurredAt) > 3*24*time.Hour {
			t.Errorf("the return is dated %v, in books that may be closed", returned.OccurredAt)
		}
	})
}

func TestVanishedReceiptIsReturnedOnceTwoReportsAgree(t *testing.T) {
	work(t, func(w *atWork) {
		w.office.pay("8", 900_00)
		w.office.pay("9", 10_00)
		w.later(lookEvery)
		w.office.loseReceipt("8")
		w.later(lookEvery)
		w.want("receipt:8 900.00", "receipt:9 10.00")
		w.later(lookEvery)
		w.want("receipt:8 900.00", "receipt:9 10.00", "receipt:8:2 -900.00")
		w.office.fail("receipts", errors.New("cut"))
		w.office.loseReceipt("9")
		w.later(time.Hour) // no report is no report without it
		w.later(12 * time.Hour)
		w.want("receipt:8 900.00", "receipt:9 10.00", "receipt:8:2 -900.00")
	})
}

func TestReceiptThatMissesOneReportIsNotReturned(t *testing.T) {
	work(t, func(w *atWork) {
		for range 3 {
			w.office.pay("8", 900_00)
			w.later(lookEvery)
			w.office.loseReceipt("8")
			w.later(lookEvery)
		}
		w.want("receipt:8 900.00")
	})
}

func TestReceiptThatCannotBeReadAnyMoreIsFlaggedAndNeitherPaidNorReturned(t *testing.T) {
	work(t, func(w *atWork) {
		sound := paid("8")
		w.office.put(sound)
		w.later(lookEvery)
		for i, tt := range []struct {
			amount, date string
			flaw         core.Attention
		}{
			{"", "", core.Attention{Reason: core.ReasonMissing, Field: "amount_cents"}},
			{"1.250,00", "", core.Attention{Reason: core.ReasonWrongKind, Field: "amount_cents"}},
			{"900.00", "31/10/2026", core.Attention{Reason: core.ReasonWrongKind, Field: "receipt_date"}},
		} {
			bad := sound
			if bad.AmountSaid, bad.DateSaid = tt.amount, tt.date; tt.date != "" {
				bad.Date = core.Date{}
			} else {
				bad.Amount, bad.Unreadable = 0, true
			}
			w.office.put(bad)
			w.later(3 * lookEvery)
			e := w.events()[len(w.events())-1]
			if e.ID != fmt.Sprint("receipt:8:", i+2) || e.Attention != tt.flaw || len(w.news()) != i+2 {
				t.Errorf("told %q; the last is %s, %v, want one line with %v", w.news(), e.ID, e.Attention, tt.flaw)
			}
		}
		w.office.put(sound)
		w.later(3 * lookEvery)
		w.want("receipt:8 900.00", "receipt:8:2 0.00", "receipt:8:3 0.00", "receipt:8:4 0.00")
	})
}

func TestReceiptThatMovesToAnotherDayCountsThere(t *testing.T) {
	work(t, func(w *atWork) {
		first, other := date(time.Now()).AddDays(-1), date(time.Now()).AddDays(-2)
		r := paid("8")
		r.Date = first
		w.office.put(r)
		w.later(lookEvery)
		r.Date = other
		w.office.put(r)
		w.later(3 * lookEvery)
		sums := map[core.Date]core.Cents{}
		for _, e := range w.events()[2:] {
			p := e.Detail.(core.Payment)
			sums[date(e.OccurredAt)] += p.Amount
			if p.Lease != "l1" || !e.Attention.IsZero() {
				t.Errorf("%s: %+v, %v", e.ID, p, e.Attention)
			}
		}
		if len(w.news()) != 3 || sums[first] != 0 || sums[other] != 900_00 {
			t.Errorf("told %q: %v", w.news(), sums)
		}
		r.Date, r.Amount = first, 0 // a return with a day of its own
		w.office.put(r)
		w.later(3 * lookEvery)
		if last := w.events()[5]; len(w.news()) != 4 || last.Detail.(core.Payment).Amount != -900_00 || date(last.OccurredAt) != date(time.Now()) {
			t.Errorf("told %q: the return is of %v", w.news(), last.OccurredAt)
		}
	})
}

func TestReceiptThatWasMissedIsFoundOnAnotherDay(t *testing.T) {
	work(t, func(w *atWork) {
		r := paid("8")
		w.office.put(r)
		w.later(lookEvery)
		w.office.loseReceipt("8")
		w.later(3 * lookEvery)
		r.Date = r.Date.AddDays(-2)
		w.office.put(r)
		w.later(3 * lookEvery)
		w.want("receipt:8 900.00", "receipt:8:2 -900.00", "receipt:8:3 900.00")
		if last := w.events()[4]; date(last.OccurredAt) != r.Date {
			t.Errorf("it counts on %v, want %v", last.OccurredAt, r.Date)
		}
	})
}

func TestCorrectionIsForTheLeaseOfItsReceipt(t *testing.T) {
	work(t, func(w *atWork) {
		w.office.pay("8", 900_00)
		w.later(lookEvery)
		now := time.Now().UTC()
		put(w.office, w.office.leases, "l2", records.Lease{ID: "l2", OccupancyID: "o1", Start: date(now), End: date(now).AddMonths(12), SignedOn: date(now), Updated: now})
		w.later(2 * lookEvery)
		w.office.pay("8", 0)
		w.later(2 * lookEvery)
		events := w.events()
		if p := events[len(events)-1].Detail.(core.Payment); p.Amount != -900_00 || p.Lease != "l1" {
			t.Errorf("got %+v, want the return on the lease that paid", p)
		}
	})
}

func TestReceiptWithoutANumberIsFlaggedAndCounts(t *testing.T) {
	work(t, func(w *atWork) {
		none, odd := paid(core.NoNumber+"a1"), paid(core.NoNumber+"b2")
		none.Reference, odd.Unread = "", "receipt_id"
		payer := paid("9")
		payer.Payer, payer.Unread = "", "payer,unit"
		w.office.put(none)
		w.office.put(odd)
		w.office.put(payer)
		w.later(2 * lookEvery)
		w.want("receipt:?a1 900.00", "receipt:?b2 900.00", "receipt:9 900.00")
		for i, want := range []core.Attention{
			{Reason: core.ReasonMissing, Field: "receipt_id"}, {Reason: core.ReasonWrongKind, Field: "receipt_id"}, {Reason: core.ReasonWrongKind, Field: "payer"},
		} {
			e := w.events()[i+2]
			if e.Attention != want || i < 2 && core.ReceiptNumber(e.ID) != "" || i < 2 && strings.Contains(string(e.Body), "receipt_id") {
				t.Errorf("%s: %v, want %v", e.Body, e.Attention, want)
			}
		}
		w.office.loseReceipt(none.ID) // AppFolio has given it a number
		w.office.pay("7", 900_00)
		w.later(2 * lookEvery)
		last := w.events()[len(w.events())-1]
		if p := last.Detail.(core.Payment); p.Amount != -900_00 || strings.Contains(p.Memo+p.Reference, core.NoNumber) {
			t.Errorf("got %+v, want what was told without a number taken back", p)
		}
	})
}

func TestOtherCompanysReceiptsHaveNotVanished(t *testing.T) {
	work(t, func(w *atWork) {
		w.office.pay("8", 900_00)
		w.later(lookEvery)
		w.office.loseReceipt("8")
		a := account()
		a.Space.ClientID, a.Space.Company = "another", "elm"
		w.desk.use(a)
		w.later(3 * lookEvery)
		w.want("receipt:8 900.00")
	})
}

func TestReceiptFindsItsLease(t *testing.T) {
	b := &book{
		properties: map[string]records.Property{"p": {ID: "p", Name: "Maple Court"}},
		units:      map[string]records.Unit{"u": {ID: "u", PropertyID: "p", Name: "4B", OccupancyID: "new"}},
		tenants: map[string]records.Tenant{
			"t1": {ID: "t1", FirstName: "Dana", LastName: "Whitfield", UnitID: "u", OccupancyID: "old"},
			"t2": {ID: "t2", FirstName: "Pat", LastName: "Reyes", UnitID: "u", OccupancyID: "new"},
		},
		leases: map[string]records.Lease{
			"l1": {ID: "l1", OccupancyID: "old", Start: core.Date{Year: 2024, Month: 1, Day: 1}},
			"l2": {ID: "l2", OccupancyID: "old", Start: core.Date{Year: 2025, Month: 1, Day: 1}},
			"l3": {ID: "l3", OccupancyID: "new"},
		},
	}
	for _, tt := range []struct{ property, unit, payer, want string }{
		{"Maple Court", "4B", "Pat Reyes", "l3"},
		{"maple court ", "4b", "DANA WHITFIELD", "l2"}, // who still pays
		{"Maple Court", "4B", "Whitfield, Dana", "l2"},
		{"Maple Court", "4B", "Housing Authority", "l3"},
		{"Maple Court", "5B", "Pat Reyes", "receipt-unit:Maple Court/5B"},
		{"", "", "Somebody", "receipt-unit:/"},
	} {
		r := receipt{Receipt: records.Receipt{ID: "1", Property: tt.property, Unit: tt.unit, Payer: tt.payer}, Events: 1}
		if got := b.receiptFact(&r, 1, circumstances{now: time.Unix(0, 0)}).Data["lease_id"]; got != tt.want {
			t.Errorf("%s, %s of %s: lease %v, want %s", tt.unit, tt.property, tt.payer, got, tt.want)
		}
	}
}

func TestOnlyAKnownTenantsNameIsTurnedRound(t *testing.T) {
	b := &book{tenants: map[string]records.Tenant{
		"t1": {FirstName: "Dana", LastName: "Whitfield"}, "t2": {FirstName: "María José", LastName: "de la Cruz"},
		"t3": {FirstName: "N.A.", LastName: ""}, "t4": {LastName: "Oak Line"},
	}}
	for name, want := range map[string]string{
		"Whitfield, Dana": "Dana Whitfield", "WHITFIELD,dana": "dana WHITFIELD", "de la Cruz, María José": "María José de la Cruz",
		"Dana, Whitfield": "Dana, Whitfield", "Whitfield, Dana, Jr.": "Whitfield, Dana, Jr.", "Reyes, Pat": "Reyes, Pat",
		"Wells Fargo Bank, N.A.": "Wells Fargo Bank, N.A.", "Cedar Dental, DDS": "Cedar Dental, DDS",
		"Housing Authority of Springfield, IL": "Housing Authority of Springfield, IL", "Oak Line,": "Oak Line,", ", Dana": ", Dana", ",": ",", "": "",
	} {
		if got := b.payer(name); got != want {
			t.Errorf("%q: got %q, want %q", name, got, want)
		}
	}
}

// paid is a receipt of Dana's, as it should be.
func paid(id string) records.Receipt {
	return records.Receipt{ID: id, Date: date(time.Now()), Amount: 900_00, Description: "June rent", Payer: "Whitfield, Dana", Property: "Maple Court", Unit: "4B", Type: "eCheck"}
}

func TestReceiptWithoutAnAmountIsFlaggedAndCountsOnceItHasOne(t *testing.T) {
	work(t, func(w *atWork) {
		day := date(time.Now())
		none, unreadable := paid("8"), paid("9")
		none.Amount, none.Unreadable = 0, true
		unreadable.Amount, unreadable.Unreadable, unreadable.AmountSaid = 0, true, "1.250,00"
		w.office.put(none)
		w.office.put(unreadable)
		w.later(2 * lookEvery)
		w.want("receipt:8 0.00", "receipt:9 0.00")
		for i, want := range []core.Reason{core.ReasonMissing, core.ReasonWrongKind} {
			e := w.events()[i+2]
			if p := e.Detail.(core.Payment); p.AmountKnown || e.Attention != (core.Attention{Reason: want, Field: "amount_cents"}) || date(e.OccurredAt) != day {
				t.Errorf("got %+v at %v, %v, want no amount and %s", p, e.OccurredAt, e.Attention, want)
			}
		}
		w.later(2 * 24 * time.Hour)
		none.Amount, none.Unreadable = 900_00, false
		w.office.put(none)
		w.later(lookEvery)
		w.want("receipt:8 0.00", "receipt:9 0.00", "receipt:8:2 900.00")
		e := w.events()[4]
		if p := e.Detail.(core.Payment); p.Memo != "June rent" || p.Lease != "l1" || date(e.OccurredAt) != day || !e.Attention.IsZero() {
			t.Errorf("got %+v at %v, %v, want the rent on its day", p, e.OccurredAt, e.Attention)
		}
		w.later(2 * lookEvery)
		w.office.loseReceipt("8")
		w.office.loseReceipt("9")
		w.later(3 * lookEvery)
		w.want("receipt:8 0.00", "receipt:9 0.00", "receipt:8:2 900.00", "receipt:8:3 -900.00")
	})
}

func TestReceiptWithoutADateIsFlaggedAndMovesOnceItHasOne(t *testing.T) {
	work(t, func(w *atWork) {
		before := date(time.Now()).AddDays(-2)
		none, impossible := paid("8"), paid("9")
		none.Date = core.Date{}
		impossible.Date, impossible.DateSaid = core.Date{}, "02/30/2026"
		w.office.put(none)
		w.office.put(impossible)
		w.later(lookEvery)
		counted := date(time.Now())
		w.later(lookEvery)
		w.want("receipt:8 900.00", "receipt:9 900.00")
		for i, want := range []core.Reason{core.ReasonMissing, core.ReasonWrongKind} {
			if e := w.events()[i+2]; e.Attention != (core.Attention{Reason: want, Field: "receipt_date"}) || date(e.OccurredAt) != counted {
				t.Errorf("got %v at %v, want %s on the day of receipt", e.Attention, e.OccurredAt, want)
			}
		}
		w.later(24 * time.Hour)
		none.Date, impossible.Date, impossible.DateSaid = before, counted, ""
		w.office.put(none)
		w.office.put(impossible)
		w.later(2 * lookEvery)
		w.want("receipt:8 900.00", "receipt:9 900.00", "receipt:8:3 900.00", "receipt:8:2 -900.00")
		for i, want := range []core.Date{before, counted} {
			if e := w.events()[i+4]; date(e.OccurredAt) != want || !e.Attention.IsZero() {
				t.Errorf("%s is of %v, %v, want %v", e.ID, e.OccurredAt, e.Attention, want)
			}
		}
		none.Date = core.Date{}
		w.office.put(none)
		w.later(2 * lookEvery)
		if n := len(w.news()); n != 4 {
			t.Errorf("%d lines: a date that was known is known", n)
		}
	})
}
