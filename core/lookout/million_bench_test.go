package lookout

import (
	"context"
	"fmt"
	"runtime"
	"testing"
	"time"

	"rentbell/core"
	"rentbell/core/radar"
	"rentbell/store"
)

// BenchmarkMillion looks at a million events of 300 leases in three years, a twentieth of
// them about work orders.
func BenchmarkMillion(b *testing.B) {
	const events, leases, batch = 1_000_000, 300, 2000
	db, err := store.Open(b.TempDir())
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = db.Close() })
	end := time.Date(2026, time.June, 18, 12, 0, 0, 0, time.UTC)
	from := end.AddDate(-3, 0, 0)
	terms := radar.Terms{Leases: map[string]core.LeaseTerms{}}
	for n := 0; n < events; n += batch {
		var d core.Delivery
		for i := n; i < n+batch; i++ {
			at := from.Add(end.Sub(from) / events * time.Duration(i))
			e := core.Event{ID: fmt.Sprint("evt_", i), Type: core.TypePaymentReceived, OccurredAt: at, ReceivedAt: at, Body: []byte("{}")}
			lease := fmt.Sprint(20000 + i%leases)
			place := core.Place{Tenant: "Tenant " + lease, Property: "Alder Court", Unit: lease}
			e.Detail = core.Payment{Place: place, Lease: lease, Amount: 130000, AmountKnown: true, Method: "eCheck"}
			if i%20 == 0 {
				e.Type, e.Detail = core.TypeWorkOrderUpdated, core.WorkOrder{Place: place, ID: fmt.Sprint(i / 80), Status: []string{"New", "Assigned", "Scheduled", "Completed"}[i/20%4]}
			}
			d.Events = append(d.Events, e)
		}
		if _, err := db.AddAll(d); err != nil {
			b.Fatal(err)
		}
	}
	b.Run("a full count", func(b *testing.B) {
		for b.Loop() {
			if _, err := Find(b.Context(), db, StepsOf(db), terms, end); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("steps alone", func(b *testing.B) {
		for b.Loop() {
			_ = StepsOf(db)(b.Context(), func(core.Event) error { return nil })
		}
	})
	b.Run("payments alone", func(b *testing.B) {
		for b.Loop() {
			_ = db.Skim(context.Background(), core.Query{Payments: true, To: end}, func([]core.Skimmed) error { return nil })
		}
	})
	b.Run("the book", func(b *testing.B) {
		var before, after runtime.MemStats
		for b.Loop() {
			runtime.GC()
			runtime.ReadMemStats(&before)
			book, err := fill(b.Context(), db, StepsOf(db), terms, end, end)
			if err != nil {
				b.Fatal(err)
			}
			runtime.GC()
			runtime.ReadMemStats(&after)
			b.ReportMetric(float64(after.HeapAlloc-before.HeapAlloc)/(1<<20), "MiB")
			runtime.KeepAlive(book)
		}
	})
}
