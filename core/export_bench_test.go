package core_test

import (
	"bytes"
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"testing"
	"time"

	"rentbell/core"
	"rentbell/store"
)

// yearOfPayments is a ledger that hands out payments from memory: the real one
// takes too long to fill, and the benchmark is to measure the export alone.
type yearOfPayments struct {
	*store.DB
	events []core.Event
}

func (y yearOfPayments) Skim(ctx context.Context, _ core.Query, fn func([]core.Skimmed) error) error {
	batch := make([]core.Skimmed, 0, 256)
	for events := range slices.Chunk(y.events, cap(batch)) {
		batch = batch[:0]
		for _, e := range events {
			p, _ := e.Detail.(core.Payment)
			batch = append(batch, core.Skimmed{
				Seq: e.Seq, At: e.OccurredAt, Payment: p,
				Arrival: core.Arrival{ID: e.ID, Type: e.Type, ReceivedAt: e.ReceivedAt, Attention: e.Attention},
			})
		}
		if err := errors.Join(ctx.Err(), fn(batch)); err != nil {
			return err
		}
	}
	return nil
}

func (y yearOfPayments) Totals(from, _ time.Time) ([]core.Total, error) {
	return []core.Total{{Start: from.AddDate(0, 0, 2), Count: len(y.events)}}, nil
}

// newYearOfPayments spreads n payments over 2026.
func newYearOfPayments(t testing.TB, n int) yearOfPayments {
	t.Helper()
	start := time.Date(2026, 1, 1, 12, 0, 0, 0, time.UTC)
	step := 360 * 24 * time.Hour / time.Duration(n)
	y := yearOfPayments{newLedger(t), make([]core.Event, n)}
	for i := range y.events {
		at := start.Add(time.Duration(i) * step).Format(time.RFC3339Nano)
		y.events[i] = paid(t, fmt.Sprintf("evt_%08d", i), at, core.Payment{
			Place: core.Place{Tenant: "Marcus Oyelaran", Property: "Alder Court", Unit: "1A"},
			Lease: "48213", Amount: 149500, AmountKnown: true, Method: "eCheck", Memo: "June rent", Reference: "PMT-90417",
		})
	}
	return y
}

// BenchmarkExport compares an export with encoding/csv writing the same rows
// that lie ready as strings. One operation is one row.
func BenchmarkExport(b *testing.B) {
	const payments = 10_000
	year := newYearOfPayments(b, payments)
	for _, format := range []core.Format{core.FormatQuickBooks, core.FormatXero, core.FormatFull} {
		q := core.ExportQuery{
			From: mustDate(b, "2026-01-01"), To: mustDate(b, "2026-12-31"),
			Location: mustZone(b, "America/Los_Angeles"), Format: format,
		}
		rows := exportedRows(b, year, q)
		b.Run(string(format)+"/bare", func(b *testing.B) {
			w := csv.NewWriter(io.Discard)
			for i := range b.N {
				if err := w.Write(rows[i%len(rows)]); err != nil {
					b.Fatal(err)
				}
			}
		})
		b.Run(string(format)+"/export", func(b *testing.B) {
			b.ReportAllocs()
			for left := b.N; left > 0; left -= payments {
				part := yearOfPayments{year.DB, year.events[:min(left, payments)]}
				if _, err := core.Export(b.Context(), io.Discard, part, q); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func exportedRows(b *testing.B, r core.Reader, q core.ExportQuery) [][]string {
	b.Helper()
	var file bytes.Buffer
	if _, err := core.Export(b.Context(), &file, r, q); err != nil {
		b.Fatal(err)
	}
	rows, err := csv.NewReader(&file).ReadAll()
	if err != nil {
		b.Fatal(err)
	}
	return rows
}
