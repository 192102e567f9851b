package store

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"rentbell/core"
)

// million is how many payments the benchmarks read: those of 300 units in 250
// years, or of all a program of this size can meet.
const million = 1_000_000

// millionStore is a store with a million payments of 2,000 leases, eight minutes
// apart.
func millionStore(b *testing.B) *DB {
	db := open(b, b.TempDir())
	methods := []string{"echeck", "ach", "card", "check", "money_order"}
	const group = 20_000
	for first := 0; first < million; first += group {
		events := make([]core.Event, group)
		for i := range events {
			n := first + i
			at := june18.Add(time.Duration(n-million) * 8 * time.Minute)
			lease := n * 7919 % 2000
			p := core.Payment{
				Place:  core.Place{Tenant: fmt.Sprintf("Tenant Number %d", lease), Property: fmt.Sprintf("%d Maple Avenue", lease/20), Unit: fmt.Sprint(lease % 20)},
				Lease:  fmt.Sprint(40_000 + lease),
				Amount: core.Cents(90_000 + n*37%120_000), AmountKnown: true, Method: methods[n%5],
				Memo: "Rent", Reference: fmt.Sprintf("PMT-%07d", n),
			}
			body := fmt.Sprintf(`{"id":"evt_%016x","type":"payment.received","created_at":%q,"data":{"lease_id":"%s","amount_cents":%d,"payment_method":%q,"tenant_name":%q,"property_name":%q}}`,
				n, at.Format(time.RFC3339), p.Lease, p.Amount, p.Method, p.Tenant, p.Property)
			events[i] = core.Event{ID: fmt.Sprintf("evt_%016x", n), Type: core.TypePaymentReceived, OccurredAt: at, ReceivedAt: at, Detail: p, Body: []byte(body)}
		}
		addAll(b, db, events)
	}
	return db
}

// BenchmarkAMillionPayments reads a store of a million as the window does.
func BenchmarkAMillionPayments(b *testing.B) {
	if testing.Short() {
		b.Skip("a million payments take half a minute to make")
	}
	db := millionStore(b)
	for _, place := range []struct {
		name   string
		offset int
	}{{"newest", 0}, {"middle", million / 2}, {"oldest", million - 64}} {
		for _, feed := range []core.Feed{core.FeedPayments, core.FeedActivity} {
			b.Run(fmt.Sprintf("page of 64/%s/%s", feed, place.name), func(b *testing.B) {
				for range b.N {
					if page, err := db.Page(feed, place.offset, 64); err != nil || len(page) != 64 {
						b.Fatal(len(page), err)
					}
				}
			})
		}
	}
	b.Run("skim all", func(b *testing.B) {
		for range b.N {
			if n := len(skimCount(b, db, core.Query{Newest: true})); n != million {
				b.Fatal(n)
			}
		}
	})
	b.Run("skim a month", func(b *testing.B) {
		q := core.Query{Newest: true, From: june18.AddDate(-5, 0, 0), To: june18.AddDate(-5, 1, 0)}
		for range b.N {
			if n := len(skimCount(b, db, q)); n < 5000 {
				b.Fatal(n)
			}
		}
	})
	b.Run("totals of all time", func(b *testing.B) {
		for range b.N {
			if _, err := db.Totals(time.Time{}, june18.AddDate(1, 0, 0)); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("totals of two months", func(b *testing.B) {
		for range b.N {
			if _, err := db.Totals(june18.AddDate(0, -2, 0), june18); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("summary", func(b *testing.B) {
		for range b.N {
			if _, err := db.Summary(); err != nil {
				b.Fatal(err)
			}
		}
	})
}

// BenchmarkUpgradeAMillion writes a file of schema 1 with a million payments anew.
func BenchmarkUpgradeAMillion(b *testing.B) {
	if testing.Short() {
		b.Skip("a million payments take half a minute to make")
	}
	db := millionStore(b)
	dir := filepath.Dir(db.path)
	if err := db.Close(); err != nil {
		b.Fatal(err)
	}
	asSchema1(b, dir)
	old, err := os.ReadFile(filepath.Join(dir, FileName))
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		b.StopTimer()
		dir := stored(b, old)
		b.StartTimer()
		db := open(b, dir)
		b.StopTimer()
		if n, err := db.Holdings(); err != nil || n.Events != million {
			b.Fatal(n, err)
		}
		b.ReportMetric(float64(sizeOf(db.path))/float64(len(old)), "new-by-old")
		if err := db.Close(); err != nil {
			b.Fatal(err)
		}
		b.StartTimer()
	}
	b.ReportMetric(b.Elapsed().Seconds()/float64(b.N), "s-anew")
}

// skimCount skims and keeps the numbers only, as a search does.
func skimCount(b *testing.B, db *DB, q core.Query) []uint64 {
	var seqs []uint64
	if err := db.Skim(b.Context(), q, func(batch []core.Skimmed) error {
		for i := range batch {
			seqs = append(seqs, batch[i].Seq)
		}
		return nil
	}); err != nil {
		b.Fatal(err)
	}
	return seqs
}
