package export_test

import (
	"bytes"
	"encoding/csv"
	"io"
	"testing"

	"rentbell/core"
	"rentbell/core/export"
	"rentbell/store/ledgertest"
)

// BenchmarkExport compares an export with encoding/csv writing the same rows
// that lie ready as strings. One operation is one row.
func BenchmarkExport(b *testing.B) {
	const payments = 10_000
	year := ledgertest.NewYear(b, payments)
	for _, format := range []core.Format{core.FormatQuickBooks, core.FormatXero, core.FormatFull} {
		q := export.Query{
			From: ledgertest.Date(b, "2026-01-01"), To: ledgertest.Date(b, "2026-12-31"),
			Location: ledgertest.Zone(b, "America/Los_Angeles"), Format: format,
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
				part := ledgertest.Year{DB: year.DB, Events: year.Events[:min(left, payments)]}
				if _, err := export.Export(b.Context(), io.Discard, part, q); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func exportedRows(b *testing.B, r core.Reader, q export.Query) [][]string {
	b.Helper()
	var file bytes.Buffer
	if _, err := export.Export(b.Context(), &file, r, q); err != nil {
		b.Fatal(err)
	}
	rows, err := csv.NewReader(&file).ReadAll()
	if err != nil {
		b.Fatal(err)
	}
	return rows
}
