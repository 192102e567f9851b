// Package ledgertest gives tests of core's rooms a real store with payments in it.
package ledgertest

import (
	"errors"
	"testing"
	"time"

	"rentbell/core"
	"rentbell/core/export"
	"rentbell/store"
)

// New is a store of the test's own that holds events.
func New(t testing.TB, events ...core.Event) *store.DB {
	t.Helper()
	db, err := store.Open(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	})
	Add(t, db, events...)
	return db
}

// Add keeps events, one after the other.
func Add(t testing.TB, db *store.DB, events ...core.Event) {
	t.Helper()
	for _, e := range events {
		if _, _, err := db.Add(e); err != nil {
			t.Fatal(err)
		}
	}
}

// Paid is a payment that happened at a time in RFC 3339 and arrived a second later.
func Paid(t testing.TB, id, at string, p core.Payment) core.Event {
	t.Helper()
	when, err := time.Parse(time.RFC3339Nano, at)
	if err != nil {
		t.Fatal(err)
	}
	return core.Event{
		ID: id, Type: core.TypePaymentReceived,
		OccurredAt: when.UTC(), ReceivedAt: when.Add(time.Second).UTC(), Detail: p, Body: []byte(`{}`),
	}
}

// Cents is a payment of an amount for a lease without a name.
func Cents(amount core.Cents) core.Payment {
	return core.Payment{Lease: "20931", Amount: amount, AmountKnown: true, Method: "ach"}
}

// Zone is a time zone by its name.
func Zone(t testing.TB, name string) *time.Location {
	t.Helper()
	loc, err := time.LoadLocation(name)
	if err != nil {
		t.Fatal(err)
	}
	return loc
}

// Date is a day as core.ParseDate reads it.
func Date(t testing.TB, text string) core.Date {
	t.Helper()
	d, err := core.ParseDate(text)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// JuneQuery asks for June 2026 as a manager in New York has it.
func JuneQuery(t testing.TB, f core.Format) export.Query {
	t.Helper()
	return export.Query{
		From: Date(t, "2026-06-01"), To: Date(t, "2026-06-30"),
		Location: Zone(t, "America/New_York"), Format: f,
	}
}

// June is a store with what the formats of an export have to tell apart, around
// the borders of June 2026 in New York.
func June(t testing.TB) *store.DB {
	t.Helper()
	full := core.Payment{
		Place: core.Place{Tenant: "Oyelaran, Marcus", Property: "Alder Court", Unit: "1A"},
		Lease: "48213", Amount: 149500, AmountKnown: true, Method: "check", Memo: `June "rent"`, Reference: "1207",
	}
	refund := core.Payment{Place: core.Place{Tenant: "Joan Petrakis"}, Lease: "48214", Amount: -5, AmountKnown: true, Method: "eCheck", Reference: "PMT-2"}
	odd := core.Payment{Place: core.Place{Property: "＠home"}, Lease: "=1+1", AmountKnown: true, Method: "Check", Memo: "@SUM(A1)"}
	unusable := core.Payment{Lease: "48215", Method: "ach"}
	flagged := Paid(t, "evt_bare", "2026-06-03T12:00:00.25Z", core.Payment{Amount: 100, AmountKnown: true})
	flagged.Attention = core.Attention{Reason: core.ReasonMissing, Field: "lease_id"}
	return New(t,
		Paid(t, "evt_late", "2026-07-01T03:59:59.999999999Z", Cents(1)),
		Paid(t, "evt_refund", "2026-06-02T16:00:00Z", refund),
		Paid(t, "evt_full", "2026-06-01T04:00:00Z", full),
		Paid(t, "-evt_odd", "2026-06-02T17:00:00Z", odd),
		Paid(t, "evt_unusable", "2026-06-02T18:00:00Z", unusable),
		flagged,
		Paid(t, "evt_before", "2026-06-01T03:59:59.999Z", Cents(2)),
		Paid(t, "evt_after", "2026-07-01T04:00:00Z", Cents(3)),
		Paid(t, "evt_unusable_after", "2026-07-01T04:00:00Z", unusable),
	)
}

// ErrFull is what a SmallDisk says when it is full.
var ErrFull = errors.New("no space left")

// SmallDisk takes Left bytes and then fails as a full disk does.
type SmallDisk struct{ Left int }

func (d *SmallDisk) Write(b []byte) (int, error) {
	if d.Left -= len(b); d.Left < 0 {
		return 0, ErrFull
	}
	return len(b), nil
}
