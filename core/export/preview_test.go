package export_test

import (
	"bytes"
	"strings"
	"testing"

	"rentbell/core"
	"rentbell/core/export"
	"rentbell/store/ledgertest"
)

func TestPreviewOfEachFormatIsTheBeginningOfItsFile(t *testing.T) {
	const noon = "2026-06-18T12:00:00Z"
	ledger := ledgertest.June(t)
	for _, id := range []string{"c", "a", "d", "b"} { // a statement has those of one moment in order of their ids
		ledgertest.Add(t, ledger, ledgertest.Paid(t, id, noon, core.Payment{Lease: "7", Amount: core.Cents(id[0]), AmountKnown: true, Memo: "a & <b>"}))
	}
	for _, format := range []core.Format{core.FormatQuickBooks, core.FormatXero, core.FormatFull, core.FormatXLSX, core.FormatOFX, core.FormatQBO} {
		q := juneStatement(t, format)
		var file bytes.Buffer
		done, err := export.Export(t.Context(), &file, ledger, q)
		if err != nil {
			t.Fatal(err)
		}
		rows := ledgertest.ReadRows(t, format, file.Bytes())
		q.Account = core.StatementAccount{} // made at the first export
		for limit := range done.Rows + 2 {
			p, err := export.NewPreview(t.Context(), ledger, q, limit)
			if err != nil || p.Count != done.Rows || p.Total != done.Total || p.Zeros != done.Zeros || len(p.Rows) != min(limit, done.Rows) {
				t.Fatalf("%s: preview of %d rows: %+v, %v; exported %+v", format, limit, p, err, done)
			}
			for i, row := range p.Rows {
				if strings.Join(row, "|") != strings.Join(rows[i], "|") || len(row) > len(p.Header) {
					t.Errorf("%s: row %d of %d is %q, in the file %q", format, i, limit, row, rows[i])
				}
			}
		}
	}
}

func TestPreviewOfWhatIsNewIsForEachFormat(t *testing.T) {
	db := ledgertest.New(t, ledgertest.Paid(t, "before", "2026-06-10T12:00:00Z", ledgertest.Cents(1)), ledgertest.Paid(t, "since", "2026-06-09T12:00:00Z", ledgertest.Cents(2)))
	for _, format := range []core.Format{core.FormatQuickBooks, core.FormatXero, core.FormatFull, core.FormatXLSX, core.FormatOFX, core.FormatQBO} {
		for after, want := range map[uint64]int{1: 1, 2: 0} {
			p, err := export.NewPreview(t.Context(), db, export.Query{Format: format, AfterSeq: after}, 3)
			if err != nil || p.Count != want || len(p.Rows) != want {
				t.Errorf("%s: after %d: %+v, %v", format, after, p, err)
			}
		}
	}
}
