package export_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"rentbell/core"
	"rentbell/core/export"
	"rentbell/store/ledgertest"
)

// workbookOf exports June's payments and opens the file.
func workbookOf(t *testing.T, r core.Reader) *excelize.File {
	t.Helper()
	var file, again bytes.Buffer
	done, err := export.Export(t.Context(), &file, r, ledgertest.JuneQuery(t, core.FormatXLSX))
	if err != nil || done.Bytes != file.Len() {
		t.Fatal(done, err)
	}
	if _, err := export.Export(t.Context(), &again, r, ledgertest.JuneQuery(t, core.FormatXLSX)); err != nil || !bytes.Equal(file.Bytes(), again.Bytes()) {
		t.Errorf("the same payments give another file: %v", err)
	}
	book, err := excelize.OpenReader(&file)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = book.Close() })
	if got := book.GetSheetList(); !slices.Equal(got, []string{"Payments", "Totals"}) {
		t.Errorf("sheets %q", got)
	}
	return book
}

// checkCell compares what a cell shows and whether it is text.
func checkCell(t *testing.T, book *excelize.File, sheet, cell, want string, text bool) {
	t.Helper()
	got, err := book.GetCellValue(sheet, cell)
	if err != nil || got != want {
		t.Errorf("%s %s shows %q, want %q: %v", sheet, cell, got, want, err)
	}
	kind, err := book.GetCellType(sheet, cell)
	isText := kind == excelize.CellTypeInlineString || kind == excelize.CellTypeSharedString
	if err != nil || isText != text {
		t.Errorf("%s %s is of type %d, %v", sheet, cell, kind, err)
	}
	if formula, err := book.GetCellFormula(sheet, cell); err != nil || formula != "" {
		t.Errorf("%s %s is the formula %q, %v", sheet, cell, formula, err)
	}
}

func TestWorkbookCellsHaveTypes(t *testing.T) {
	pay := func(property string, cents core.Cents) core.Payment {
		return core.Payment{
			Place: core.Place{Tenant: "=1+1", Property: property, Unit: "1-2"}, Lease: "4400123456789012345",
			Amount: cents, AmountKnown: true, Method: "check", Memo: "two\nlines & <b> _x0041_", Reference: "0012",
		}
	}
	book := workbookOf(t, ledgertest.New(t,
		ledgertest.Paid(t, "007", "2026-06-10T19:30:01.9Z", pay("Birch", 139_500)),
		ledgertest.Paid(t, "b", "2026-06-11T00:00:00Z", pay("Alder", -10)),
		ledgertest.Paid(t, "c", "2026-06-12T00:00:00Z", pay("Alder", 999_999_999_999_999)),
		ledgertest.Paid(t, "d", "2026-06-13T00:00:00Z", pay("Alder", 1_000_000_000_000_000)),
		ledgertest.Paid(t, "e", "2026-06-14T00:00:00Z", pay("=2", math.MinInt64)),
	))
	for cell, want := range map[string]string{
		"A1": "seq", "N1": "attention", "B2": "007", "F2": "4400123456789012345", "G2": "=1+1", "I2": "1-2",
		"L2": "two lines & <b> _x0041_", "M2": "0012", "J5": "10000000000000.00", "J6": "-92233720368547758.08",
	} {
		checkCell(t, book, "Payments", cell, want, true)
	}
	at := time.Date(2026, 6, 10, 19, 30, 1, 0, time.UTC).In(ledgertest.JuneQuery(t, core.FormatXLSX).Location)
	for cell, want := range map[string]string{
		"A2": "1", "D2": at.Format(time.DateTime), "J2": "1395.00", "J3": "-0.10", "J4": "9999999999999.99",
	} {
		checkCell(t, book, "Payments", cell, want, false)
	}
	panes, err := book.GetPanes("Payments")
	if err != nil || !panes.Freeze || panes.YSplit != 1 {
		t.Errorf("panes %+v, %v", panes, err)
	}
	if width, err := book.GetColWidth("Payments", "G"); err != nil || width != 24 {
		t.Errorf("width %v, %v", width, err)
	}
}

func TestWorkbookTotals(t *testing.T) {
	pay := func(property, method string, cents core.Cents) core.Payment {
		return core.Payment{Place: core.Place{Property: property}, Lease: "1", Amount: cents, AmountKnown: true, Method: method}
	}
	book := workbookOf(t, ledgertest.New(t,
		ledgertest.Paid(t, "a", "2026-06-10T00:00:00Z", pay("Birch", "check", 139_500)),
		ledgertest.Paid(t, "b", "2026-06-11T00:00:00Z", pay("Alder", "check", 100)),
		ledgertest.Paid(t, "c", "2026-06-12T00:00:00Z", pay("Alder", "ach", 1)),
		ledgertest.Paid(t, "d", "2026-06-13T00:00:00Z", pay("Alder", "check", -350)),
	))
	rows, err := book.GetRows("Totals")
	want := "[[Property Method Payments Amount] [Alder ach 1 0.01] [Alder check 2 -2.50] [Birch check 1 1395.00] [Total  4 1392.51]]"
	if got := fmt.Sprint(rows); err != nil || got != want {
		t.Errorf("got %s, want %s: %v", got, want, err)
	}
	checkCell(t, book, "Totals", "D5", "1392.51", false)
	none, err := workbookOf(t, ledgertest.New(t)).GetRows("Totals")
	if got := fmt.Sprint(none); err != nil || got != "[[Property Method Payments Amount] [Total  0 0.00]]" {
		t.Errorf("without payments: %s, %v", got, err)
	}
}

// heapMeter is a file that looks at the memory in use while it is written.
type heapMeter struct{ peak uint64 }

func (m *heapMeter) Write(b []byte) (int, error) {
	m.peak = max(m.peak, liveHeap())
	return len(b), nil
}

// A large workbook waits in a temporary file, not in memory, and leaves none, also when it
// is given up.
func TestWorkbookOfManyRowsStaysSmallInMemory(t *testing.T) {
	const rows, most = 30_000, 28 << 20 // kept in memory, the sheet would take 41 MB; of it 16 wait there
	db, tmp := bigLedger(t, rows), t.TempDir()
	t.Setenv("TMPDIR", tmp)
	t.Setenv("TMP", tmp)
	q := export.Query{From: ledgertest.Date(t, "2026-01-01"), To: ledgertest.Date(t, "2026-12-31"), Location: time.UTC, Format: core.FormatXLSX}
	before, meter := liveHeap(), heapMeter{}
	if done, err := export.Export(t.Context(), &meter, db, q); err != nil || done.Rows != rows || meter.peak > before+most {
		t.Errorf("%d bytes before, %d while it was written: %+v, %v", before, meter.peak, done, err)
	}
	if _, err := export.Export(t.Context(), &ledgertest.SmallDisk{}, db, q); !errors.Is(err, ledgertest.ErrFull) {
		t.Errorf("on a full disk: %v", err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	waiting := 0
	_, err := newExporter(t, db).Export(ctx, filepath.Join(t.TempDir(), "2026.xlsx"), q, func(done, _ int) {
		if done > rows*9/10 {
			cancel()
			files, _ := os.ReadDir(tmp)
			waiting = len(files)
		}
	})
	if !errors.Is(err, context.Canceled) || waiting != 1 {
		t.Errorf("given up with %d temporary files: %v", waiting, err)
	}
	if left, err := os.ReadDir(tmp); err != nil || len(left) > 0 {
		t.Errorf("left %v, %v", left, err)
	}
}
