package paper_test

import (
	"testing"
	"time"

	"rentbell/core"
	"rentbell/core/appfolio/readback"
	"rentbell/core/appfolio/sandbox/paper"
	"rentbell/store"
)

// TestWhatIsKeptIsWhatReportsTell takes in each report twice. The money that is
// kept is that of all receipts as they were printed last, and work orders stand as they were
// printed last, but for those that were closed when they first came.
func TestWhatIsKeptIsWhatReportsTell(t *testing.T) {
	db, err := store.Open(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = db.Close() }() // of a test
	now := noon
	p := paper.New(paper.Config{Seed: seed, Now: func() time.Time { return now }, Past: past})
	amounts, statuses := map[string]core.Cents{}, map[string]string{}
	take := func(f paper.File) {
		report := read(t, f)
		for _, r := range report.Receipts {
			amounts[r.ID] = r.Amount
		}
		for _, o := range report.Orders {
			statuses[o.Number] = o.Status
		}
		if _, err := readback.Take(t.Context(), db, report, core.PastImport{File: f.Name, At: now, Kind: f.Kind}, now); err != nil {
			t.Fatal(f.Name, err)
		}
	}
	for _, f := range p.Past() {
		take(f)
		take(f)
	}
	for range 45 {
		now = now.Add(17 * time.Minute)
		f := p.Next()
		take(f)
		take(f)
	}
	want, kept, orders := core.Cents(0), core.Cents(0), map[string]string{}
	for _, amount := range amounts {
		want += amount
	}
	err = db.Each(t.Context(), core.Query{}, func(e core.Event) error {
		if !e.Attention.IsZero() {
			t.Errorf("%s needs attention: %+v", e.ID, e.Attention)
		}
		switch d := e.Detail.(type) {
		case core.Payment:
			kept += d.Amount
		case core.WorkOrder:
			orders[d.ID] = d.Status
		}
		return nil
	})
	if err != nil || kept != want {
		t.Errorf("%s are kept, want %s; %v", kept.Decimal(), want.Decimal(), err)
	}
	for number, status := range statuses {
		closed := status == "Completed" || status == "Canceled"
		if kept, known := orders[number]; kept != status && (known || !closed) {
			t.Errorf("work order %s is kept as %q, want %q", number, kept, status)
		}
	}
}
