package find

import (
	"context"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"rentbell/core"
	"rentbell/store"
	"rentbell/ui/uitest"
)

const million = 1_000_000

// millionPayments returns a store with a million payments for 2,000 leases,
// eight minutes apart, added by many goroutines at once.
func millionPayments(b *testing.B) *store.DB {
	b.Helper()
	db := uitest.OpenStore(b, b.TempDir())
	methods := []string{"echeck", "ach", "card", "check", "money_order"}
	const senders = 512
	var all sync.WaitGroup
	var sent atomic.Int64
	for range senders {
		all.Go(func() {
			for n := int(sent.Add(1)) - 1; n < million; n = int(sent.Add(1)) - 1 {
				lease := n * 7919 % 2000
				p := core.Payment{
					Place:  core.Place{Tenant: fmt.Sprintf("Tenant Number %d", lease), Property: fmt.Sprintf("%d Maple Avenue", lease/20), Unit: fmt.Sprint(lease % 20)},
					Lease:  fmt.Sprint(40_000 + lease),
					Amount: core.Cents(90_000 + n*37%120_000), AmountKnown: true, Method: methods[n%5],
					Memo: "Rent", Reference: fmt.Sprintf("PMT-%07d", n),
				}
				at := present.Add(time.Duration(n-million) * 8 * time.Minute).UTC()
				body := fmt.Sprintf(`{"id":"evt_%016x","type":"payment.received","created_at":%q,"data":{"lease_id":"%s","amount_cents":%d,"payment_method":%q,"tenant_name":%q,"property_name":%q}}`,
					n, at.Format(time.RFC3339), p.Lease, p.Amount, p.Method, p.Tenant, p.Property)
				_, _, err := db.Add(core.Event{ID: fmt.Sprintf("evt_%016x", n), Type: core.TypePaymentReceived, OccurredAt: at, ReceivedAt: at, Detail: p, Body: []byte(body)})
				if err != nil {
					b.Error(err)
					return
				}
			}
		})
	}
	all.Wait()
	return db
}

// BenchmarkFindInAMillion searches a million payments as the window does. It
// measures the time to the first rows and the time to the end.
func BenchmarkFindInAMillion(b *testing.B) {
	if testing.Short() {
		b.Skip("a million payments take a minute to make")
	}
	db := millionPayments(b)
	for _, q := range []Query{
		{Search: "number 17"},
		{Search: "t"},
		{Search: "zzz"},
		{Search: "1,450.37"},
		{Search: "maple pmt-09999", Order: Order{Column: Received}},
		{Property: "42 Maple Avenue", Method: "Card"},
		{Search: "tenant", Order: Order{Column: Amount, Falling: true}},
		{Search: "tenant", Order: Order{Column: Tenant}},
		{Month: core.DateOf(present.AddDate(-3, 0, -present.Day()+1))},
	} {
		b.Run(fmt.Sprintf("%s,%s,month %d,by %d", q.Search, q.Property, q.Month.Month, q.Order.Column), func(b *testing.B) {
			var first time.Duration
			rows := 0
			for range b.N {
				began, told := time.Now(), time.Duration(0)
				p, err := newFinder(db).Find(b.Context(), q, present, func(Answer) {
					if told == 0 {
						told = time.Since(began)
					}
				})
				if err != nil {
					b.Fatal(err)
				}
				if told == 0 {
					told = time.Since(began)
				}
				first, rows = first+told, p.Rows.Len()
			}
			b.ReportMetric(float64(first.Microseconds())/1000/float64(b.N), "first-ms")
			b.ReportMetric(float64(b.Elapsed().Microseconds())/1000/float64(b.N), "all-ms")
			b.ReportMetric(float64(rows), "rows")
		})
	}
	b.Run("the next key", func(b *testing.B) {
		var longest time.Duration
		for range b.N {
			ctx, cancel := context.WithCancel(b.Context())
			var asked time.Time
			timer := time.AfterFunc(20*time.Millisecond, func() { asked = time.Now(); cancel() })
			_, err := newFinder(db).Find(ctx, Query{Search: "zzz"}, present, nil)
			timer.Stop()
			if err == nil {
				b.Fatal("the search was over before it was given up")
			}
			longest = max(longest, time.Since(asked))
		}
		b.ReportMetric(float64(longest.Microseconds())/1000, "longest-ms")
	})
	b.Run("the same search after an arrival", func(b *testing.B) {
		f := newFinder(db)
		for i := range b.N + 1 {
			if i == 1 {
				b.ResetTimer()
			}
			if _, err := f.Find(b.Context(), Query{Search: "t"}, present, nil); err != nil {
				b.Fatal(err)
			}
			b.StopTimer()
			id := fmt.Sprint("more_", b.N, "_", i)
			if _, _, err := db.Add(uitest.Payment(id, present, uitest.LeaseOf("Priya Raman"), 1_00, "card")); err != nil {
				b.Fatal(err)
			}
			b.StartTimer()
		}
	})
	b.Run("everything", func(b *testing.B) {
		f := newFinder(db)
		for i := range b.N + 1 {
			if i == 1 {
				b.ResetTimer()
			}
			p, err := f.Find(b.Context(), Query{}, present, nil)
			if err != nil {
				b.Fatal(err)
			}
			p.Rows.At(p.Rows.Len() / 2)
		}
	})
}
