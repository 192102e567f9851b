package export_test

import (
	"fmt"
	"path/filepath"
	"runtime"
	"testing"
	"time"

	"rentbell/core"
	"rentbell/core/export"
	"rentbell/store"
	"rentbell/store/ledgertest"
)

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

// How much an export allocates does not depend on its rows but for what their texts
// are read into, many at a time.
func TestExportAllocatesLittlePerRow(t *testing.T) {
	const rows, perRow = 10_000, 0.25
	db, path := bigLedger(t, rows), filepath.Join(t.TempDir(), "export.csv")
	for _, format := range []core.Format{core.FormatQuickBooks, core.FormatXero, core.FormatFull, core.FormatOFX} {
		q := export.Query{From: ledgertest.Date(t, "2026-01-01"), To: ledgertest.Date(t, "2026-12-31"), Location: time.UTC, Format: format}
		q.Account = account
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

// What an export holds at a time does not depend on how many rows it has written.
func TestExportKeepsNothingOfItsRows(t *testing.T) {
	const rows, most = 20_000, 2 << 20 // kept, the rows would be twice as much
	db := bigLedger(t, rows)
	for _, format := range []core.Format{core.FormatQuickBooks, core.FormatFull} {
		q := export.Query{From: ledgertest.Date(t, "2026-01-01"), To: ledgertest.Date(t, "2026-12-31"), Location: time.UTC, Format: format}
		before, peak := liveHeap(), uint64(0)
		_, err := newExporter(t, db).Export(t.Context(), filepath.Join(t.TempDir(), "export.csv"), q, func(done, _ int) {
			if done > rows*9/10 {
				peak = max(peak, liveHeap())
			}
		})
		if err != nil || peak == 0 || peak > before+most {
			t.Errorf("%s: %d bytes before, %d at the end, %v", format, before, peak, err)
		}
	}
}

// liveHeap is how many bytes are in use.
func liveHeap() uint64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}
