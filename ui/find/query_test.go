package find

import (
	"context"
	"errors"
	"testing"
	"time"

	"rentbell/core"
	"rentbell/ui/uitest"
	"rentbell/ui/words"
)

func TestPaymentsAreFound(t *testing.T) {
	db := uitest.Office(t)
	june, may := uitest.On(2026, time.June, 1), uitest.On(2026, time.May, 1)
	tests := []struct {
		name  string
		query Query
		count int
		total core.Cents
	}{
		{"a month", Query{Month: june}, 42, 58310_00},
		{"another", Query{Month: may}, 51, 68255_00},
		{"an empty one", Query{Month: uitest.On(2026, time.January, 1)}, 0, 0},
		{"all time", Query{}, 94, 128015_00},
		{"a method", Query{Month: june, Method: "Money order"}, 1, 1120_00},
		{"a name", Query{Search: "WHITFIELD"}, 3, 4350_00},
		{"words in any order", Query{Month: june, Search: "2a dana"}, 1, 1450_00},
		{"a memo", Query{Search: "june rent"}, 1, 1450_00},
		{"an amount", Query{Search: "1312.50"}, 1, 1312_50},
		{"an amount with its comma", Query{Search: "$1,312.50"}, 1, 1312_50},
		{"a lease", Query{Search: "20931"}, 1, 640_00},
		{"both", Query{Month: may, Method: "Check", Search: "dana"}, 0, 0},
	}
	for _, tt := range tests {
		p, err := newFinder(db).Find(t.Context(), tt.query, present, nil)
		if err != nil {
			t.Fatalf("%s: %v", tt.name, err)
		}
		if p.Rows.Len() != tt.count || p.Total != tt.total || !p.Any {
			t.Errorf("%s: %d payments of %s, want %d of %s", tt.name, p.Rows.Len(), words.Dollars(p.Total), tt.count, words.Dollars(tt.total))
		}
	}
}

func TestMonthsBeginAtTheReadersMidnight(t *testing.T) {
	db := uitest.OpenStore(t, t.TempDir())
	uitest.Add(t, db, uitest.Payment("may", time.Date(2026, time.June, 1, 3, 59, 0, 0, time.UTC), uitest.LeaseOf("Priya Raman"), 1_00, "card"))  // 11:59 PM on May 31 in New York
	uitest.Add(t, db, uitest.Payment("june", time.Date(2026, time.June, 1, 4, 0, 0, 0, time.UTC), uitest.LeaseOf("Priya Raman"), 10_00, "card")) // midnight in New York
	p, err := newFinder(db).Find(t.Context(), Query{Month: uitest.On(2026, time.June, 1)}, present, nil)
	if err != nil || p.Total != 10_00 {
		t.Errorf("June has %s, %v", words.Dollars(p.Total), err)
	}
}

func TestAPaymentWithoutAmountIsListedAndNotSummed(t *testing.T) {
	db := uitest.OpenStore(t, t.TempDir())
	uitest.Add(t, db, uitest.Payment("good", present, uitest.LeaseOf("Priya Raman"), 10_00, "card"))
	bad := uitest.Event("bad", present, core.Payment{Lease: "7", Amount: 99_00}, core.Attention{Reason: core.ReasonMissing, Field: "amount_cents"})
	uitest.Add(t, db, bad)
	p, err := newFinder(db).Find(t.Context(), Query{Month: uitest.On(2026, time.June, 1)}, present, nil)
	if err != nil || p.Rows.Len() != 2 || p.Total != 10_00 {
		t.Errorf("%d payments of %s, %v; want 2 of $10.00", p.Rows.Len(), words.Dollars(p.Total), err)
	}
}

func TestAGivenUpReadEnds(t *testing.T) {
	db := uitest.Office(t)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := newFinder(db).Find(ctx, Query{Month: uitest.On(2026, time.June, 1)}, present, nil); !errors.Is(err, context.Canceled) {
		t.Errorf("a read nobody waits for ended with %v", err)
	}
}

func TestAFinderPassesTheStoresErrorsOn(t *testing.T) {
	bad := uitest.Broken{Reader: uitest.Office(t)}
	if _, err := newFinder(bad).Find(t.Context(), Query{}, present, nil); !errors.Is(err, core.ErrStorage) {
		t.Errorf("a store that cannot be read: %v", err)
	}
}
