package core_test

import (
	"encoding/csv"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"testing"
	"time"

	"rentbell/core"
	"rentbell/store"
)

// million is how many payments the largest ledgers have.
const million = 1_000_000

// millionLedger is a real store with a million payments of 2,000 leases, half a
// minute apart.
func millionLedger(b *testing.B) *store.DB {
	db := newLedger(b)
	methods := []string{"echeck", "ach", "card", "check", "money_order"}
	const group = 20_000
	for first := 0; first < million; first += group {
		d := core.Delivery{}
		for n := first; n < first+group; n++ {
			at := time.Date(2026, 1, 2, 0, 0, 0, 0, time.UTC).Add(time.Duration(n) * 30 * time.Second)
			lease := n * 7919 % 2000
			p := core.Payment{
				Place: core.Place{Tenant: fmt.Sprintf("Tenant Number %d", lease), Property: fmt.Sprintf("%d Maple Avenue", lease/20), Unit: fmt.Sprint(lease % 20)},
				Lease: fmt.Sprint(40_000 + lease), Amount: core.Cents(90_000 + n*37%120_000), AmountKnown: true,
				Method: methods[n%5], Memo: "Rent", Reference: fmt.Sprintf("PMT-%07d", n),
			}
			body := fmt.Sprintf(`{"id":"evt_%016x","type":"payment.received","created_at":%q,"data":{"lease_id":"%s","amount_cents":%d,"payment_method":%q,"tenant_name":%q,"property_name":%q}}`,
				n, at.Format(time.RFC3339), p.Lease, p.Amount, p.Method, p.Tenant, p.Property)
			d.Events = append(d.Events, core.Event{
				ID: fmt.Sprintf("evt_%016x", n), Type: core.TypePaymentReceived, OccurredAt: at, ReceivedAt: at, Detail: p, Body: []byte(body),
			})
		}
		if _, err := db.AddAll(d); err != nil {
			b.Fatal(err)
		}
	}
	return db
}

// BenchmarkExportAMillion exports from a real store into files as the window
// does, and in turns with it lets encoding/csv write the same rows, which lie ready
// as strings, into one file: what slows one down slows the other. Everything ends
// on the disk.
func BenchmarkExportAMillion(b *testing.B) {
	if testing.Short() {
		b.Skip("a million payments take half a minute to make")
	}
	db := millionLedger(b)
	for _, format := range []core.Format{core.FormatQuickBooks, core.FormatXero, core.FormatFull} {
		q := core.ExportQuery{
			From: mustDate(b, "2026-01-01"), To: mustDate(b, "2027-12-31"),
			Location: mustZone(b, "America/Los_Angeles"), Format: format,
		}
		b.Run(string(format), func(b *testing.B) {
			dir := b.TempDir()
			rows := firstRows(b, db, q)
			var bare, export time.Duration
			for range b.N {
				bare += timed(b, func() error { return writeBare(filepath.Join(dir, "bare.csv"), rows) })
				export += timed(b, func() error {
					done, err := core.ExportFiles(b.Context(), filepath.Join(dir, "export.csv"), db, q, func(int, int) {})
					if err == nil && done.Rows != million {
						err = fmt.Errorf("%d rows", done.Rows)
					}
					return err
				})
			}
			b.ReportMetric(float64(bare.Nanoseconds())/million/float64(b.N), "bare-ns/row")
			b.ReportMetric(float64(export.Nanoseconds())/million/float64(b.N), "export-ns/row")
			b.ReportMetric(bare.Seconds()/export.Seconds(), "of-bare")
		})
	}
}

func timed(b *testing.B, do func() error) time.Duration {
	b.Helper()
	runtime.GC()
	began := time.Now()
	if err := do(); err != nil {
		b.Fatal(err)
	}
	return time.Since(began)
}

// firstRows are some of the rows of an export.
func firstRows(b *testing.B, r core.Reader, q core.ExportQuery) [][]string {
	b.Helper()
	q.To = q.From.AddDays(30)
	return exportedRows(b, r, q)
}

// writeBare writes a million rows.
func writeBare(path string, rows [][]string) error {
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	w := csv.NewWriter(f)
	for i := range million {
		if err := w.Write(rows[i%len(rows)]); err != nil {
			return err
		}
	}
	w.Flush()
	return errors.Join(w.Error(), f.Sync(), f.Close())
}
