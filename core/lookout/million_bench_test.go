package lookout

import (
	"fmt"
	"log/slog"
	"runtime"
	"testing"
	"time"

	"rentbell/core"
	"rentbell/core/board"
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
	b.Run("a delivery", func(b *testing.B) {
		l, err := New(Config{
			Store: db, Reader: db, Settings: core.DefaultSettings, Board: board.New(core.Status{}, db.Summary), Log: slog.New(slog.DiscardHandler),
			Now: func() time.Time { return end }, Named: func(d core.Detail) core.Detail { return d },
		})
		if err != nil {
			b.Fatal(err)
		}
		if err := l.Load(b.Context()); err != nil {
			b.Fatal(err)
		}
		seq := uint64(events)
		for b.Loop() {
			seq++
			p := core.Payment{Lease: fmt.Sprint(20000 + seq%leases), Amount: 130000, AmountKnown: true, Method: "eCheck"}
			if err := l.take([]core.Event{{Seq: seq, OccurredAt: end, ReceivedAt: end, Detail: p}}); err != nil {
				b.Fatal(err)
			}
			l.tell(end)
		}
	})
}
