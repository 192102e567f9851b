//go:build unix

package export_test

import (
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"syscall"
	"testing"
	"time"

	"rentbell/core"
	"rentbell/core/export"
	"rentbell/store"
	"rentbell/store/ledgertest"
)

// million is how many payments the largest ledgers have.
const million = 1_000_000

// bigLedger is a real store with many payments of 2,000 leases, half a minute apart.
func bigLedger(t testing.TB, payments int) *store.DB {
	t.Helper()
	db := ledgertest.New(t)
	methods := []string{"echeck", "ach", "card", "check", "money_order"}
	const group = 20_000
	for first := 0; first < payments; first += group {
		d := core.Delivery{}
		for n := first; n < min(first+group, payments); n++ {
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
			t.Fatal(err)
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
	db := bigLedger(b, million)
	for _, format := range []core.Format{core.FormatQuickBooks, core.FormatXero, core.FormatFull} {
		q := export.Query{
			From: ledgertest.Date(b, "2026-01-01"), To: ledgertest.Date(b, "2027-12-31"),
			Location: ledgertest.Zone(b, "America/Los_Angeles"), Format: format,
		}
		b.Run(string(format), func(b *testing.B) {
			dir := b.TempDir()
			rows := firstRows(b, db, q)
			var bare, export spent
			for range b.N {
				bare.on(b, func() error { return writeBare(filepath.Join(dir, "bare.csv"), rows) })
				export.on(b, func() error {
					done, err := newExporter(b, db).Export(b.Context(), filepath.Join(dir, "export.csv"), q, func(int, int) {})
					if err == nil && done.Rows != million {
						err = fmt.Errorf("%d rows", done.Rows)
					}
					return err
				})
			}
			b.ReportMetric(float64(bare.time.Nanoseconds())/million/float64(b.N), "bare-ns/row")
			b.ReportMetric(float64(export.time.Nanoseconds())/million/float64(b.N), "export-ns/row")
			b.ReportMetric(bare.time.Seconds()/export.time.Seconds(), "speed-of-bare")
			b.ReportMetric(export.cpu.Seconds()/bare.cpu.Seconds(), "cpu-of-bare")
		})
	}
}

// BenchmarkGiveUpExport cancels exports in their midst.
func BenchmarkGiveUpExport(b *testing.B) {
	db := bigLedger(b, million/4)
	q := export.Query{From: ledgertest.Date(b, "2026-01-01"), To: ledgertest.Date(b, "2027-12-31"), Location: time.UTC, Format: core.FormatFull}
	var longest time.Duration
	for i := range b.N {
		ctx, cancel := context.WithCancel(b.Context())
		var asked time.Time
		_, err := newExporter(b, db).Export(ctx, filepath.Join(b.TempDir(), "export.csv"), q, func(done, total int) {
			if asked.IsZero() && done > (i%10+1)*total/12 {
				asked = time.Now()
				cancel()
			}
		})
		longest = max(longest, time.Since(asked))
		if !errors.Is(err, context.Canceled) {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(longest.Microseconds())/1000, "longest-ms")
}

// How much an export allocates does not depend on its rows but for what their texts
// are read into, many at a time.
func TestExportAllocatesLittlePerRow(t *testing.T) {
	const rows, perRow = 10_000, 0.25
	db, path := bigLedger(t, rows), filepath.Join(t.TempDir(), "export.csv")
	for _, format := range []core.Format{core.FormatQuickBooks, core.FormatXero, core.FormatFull} {
		q := export.Query{From: ledgertest.Date(t, "2026-01-01"), To: ledgertest.Date(t, "2026-12-31"), Location: time.UTC, Format: format}
		got := testing.AllocsPerRun(3, func() {
			if done, err := export.Files(t.Context(), path, db, q); err != nil || done.Rows != rows {
				t.Fatal(done, err)
			}
		})
		if got/rows > perRow {
			t.Errorf("%s: %.2f allocations a row, want %.2f at most", format, got/rows, perRow)
		}
	}
}

// spent is what something took: by the clock, and of the processors' time, which
// says more where others keep the computer busy.
type spent struct{ time, cpu time.Duration }

func (s *spent) on(b *testing.B, do func() error) {
	b.Helper()
	runtime.GC()
	began, used := time.Now(), cpuTime(b)
	if err := do(); err != nil {
		b.Fatal(err)
	}
	s.time += time.Since(began)
	s.cpu += cpuTime(b) - used
}

func cpuTime(b *testing.B) time.Duration {
	b.Helper()
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		b.Fatal(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// firstRows are some of the rows of an export.
func firstRows(b *testing.B, r core.Reader, q export.Query) [][]string {
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
