package export

import (
	"archive/zip"
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"time"

	"github.com/xuri/excelize/v2"

	"rentbell/core"
)

// The sheets of a workbook.
const (
	paymentsSheet = "Payments"
	totalsSheet   = "Totals"
)

// mostExact is the greatest amount that a spreadsheet's number holds exactly: Excel keeps 15
// digits (https://support.microsoft.com/office/excel-specifications-and-limits-1672b34d-7043-467e-8e27-269d656771c3).
const mostExact core.Cents = 999_999_999_999_999

// errSheetFull ends an export into one workbook that is too long for it.
var errSheetFull = errors.New("a workbook takes 1,048,575 payments at most: choose a shorter period, or several files")

// xlsx is full detail as an Excel workbook, whose cells have types, with a sheet of totals.
func xlsx() layout {
	return layout{
		limits:  importLimits{rows: excelize.TotalRows - 1}, // the header is one
		arrival: true,
		read:    readWorkbook,
		begin:   func(Query) page { return newWorkbook() },
	}
}

// workbook is an Excel file in the making. Its rows wait in memory, and beyond 16 MB in a
// temporary file of the user's own, until the last one is there.
type workbook struct {
	file   *excelize.File
	sheet  *excelize.StreamWriter
	cells  []any // of the row in the making
	rows   int
	totals map[totalKey]total
	styles workbookStyles
	err    error // the first one; no row follows it
}

// workbookStyles are numbers that the file gives its styles.
type workbookStyles struct{ title, moment, money int }

type totalKey struct{ property, method string }

type total struct {
	payments int
	amount   core.Cents
}

func (t total) plus(other total) total {
	return total{t.payments + other.payments, t.amount.Plus(other.amount)}
}

func newWorkbook() *workbook {
	b := &workbook{file: excelize.NewFile(), totals: map[totalKey]total{}}
	b.err = b.open()
	return b
}

// open makes the sheets, and the header of the payments.
func (b *workbook) open() error {
	err := b.file.SetSheetName("Sheet1", paymentsSheet)
	if err != nil {
		return err
	}
	if _, err = b.file.NewSheet(totalsSheet); err != nil {
		return err
	}
	if err = b.addStyles(); err != nil {
		return err
	}
	if b.sheet, err = b.file.NewStreamWriter(paymentsSheet); err != nil {
		return err
	}
	if err = b.sheet.SetPanes(frozenHeader()); err != nil {
		return err
	}
	for i, width := range []float64{8, 24, 18, 19, 19, 14, 24, 24, 10, 14, 16, 32, 20, 24} { // of full detail's columns
		if err = b.sheet.SetColWidth(i+1, i+1, width); err != nil {
			return err
		}
	}
	for _, title := range fullColumns() {
		b.cells = append(b.cells, excelize.Cell{StyleID: b.styles.title, Value: title})
	}
	return b.sheet.SetRow("A1", b.cells)
}

func (b *workbook) addStyles() (err error) {
	moment, money := "yyyy-mm-dd hh:mm:ss", "0.00"
	for _, style := range []struct {
		id   *int
		look excelize.Style
	}{
		{&b.styles.title, excelize.Style{Font: &excelize.Font{Bold: true}}},
		{&b.styles.moment, excelize.Style{CustomNumFmt: &moment}},
		{&b.styles.money, excelize.Style{CustomNumFmt: &money}},
	} {
		if *style.id, err = b.file.NewStyle(&style.look); err != nil {
			return err
		}
	}
	return nil
}

func frozenHeader() *excelize.Panes {
	return &excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"}
}

func (*workbook) head(b []byte) []byte { return b }

func (b *workbook) row(buf []byte, r *row) []byte {
	if b.err == nil {
		b.err = b.add(r)
	}
	return buf
}

func (b *workbook) add(r *row) error {
	if b.rows == excelize.TotalRows-1 {
		return errSheetFull
	}
	b.rows++
	tidy(&r.Payment)
	key := totalKey{r.Property, r.Method}
	b.totals[key] = b.totals[key].plus(total{1, r.Amount})
	concern := core.OneLine(string(more([]byte(r.Attention.Reason), ": ", r.Attention.Field)))
	b.cells = append(b.cells[:0],
		r.Seq, r.ID, r.Type, b.moment(r.At.In(r.at.loc)), b.moment(r.ReceivedAt.In(r.at.loc)), r.Lease, r.Tenant, r.Property, r.Unit,
		excelize.Cell{StyleID: b.styles.money, Value: number(r.Amount)}, r.Method, r.Memo, r.Reference, concern)
	return b.sheet.SetRow(cellName("A", b.rows+1), b.cells)
}

// moment is a cell that shows the clock of a time's own zone: a spreadsheet knows none.
func (b *workbook) moment(t time.Time) excelize.Cell {
	return excelize.Cell{StyleID: b.styles.moment, Value: t.Truncate(time.Second)}
}

// number is an amount as a spreadsheet's number, or as text if that would change it.
func number(c core.Cents) any {
	if c > mostExact || c < -mostExact {
		return c.Decimal()
	}
	return float64(c) / 100 // the nearest there is; with 15 digits it reads as the same cents
}

func cellName(column string, row int) string { return fmt.Sprint(column, row) }

// foot writes the whole file.
func (b *workbook) foot(w io.Writer) error {
	defer b.Close()
	if b.err == nil {
		b.err = b.sheet.Flush()
	}
	if b.err == nil {
		b.err = b.writeTotals()
	}
	if b.err == nil {
		b.err = b.writeTo(w)
	}
	if b.err != nil {
		return fmt.Errorf("make a workbook: %w", b.err)
	}
	return nil
}

// writeTotals fills the second sheet. It is not streamed: the package writes streamed sheets
// in any order, and the same payments are to give the same file.
func (b *workbook) writeTotals() error {
	rows, sum := [][]any{{"Property", "Method", "Payments", "Amount"}}, total{}
	keys := slices.SortedFunc(maps.Keys(b.totals), func(a, b totalKey) int {
		return cmp.Or(cmp.Compare(a.property, b.property), cmp.Compare(a.method, b.method))
	})
	for _, key := range keys {
		t := b.totals[key]
		rows, sum = append(rows, []any{key.property, key.method, t.payments, number(t.amount)}), sum.plus(t)
	}
	rows = append(rows, []any{"Total", "", sum.payments, number(sum.amount)})
	for i := range rows {
		if err := b.file.SetSheetRow(totalsSheet, cellName("A", i+1), &rows[i]); err != nil {
			return err
		}
	}
	last := len(rows)
	return errors.Join(
		b.file.SetCellStyle(totalsSheet, "D2", cellName("D", last), b.styles.money),
		b.file.SetCellStyle(totalsSheet, "A1", "D1", b.styles.title),
		b.file.SetColWidth(totalsSheet, "A", "A", 24),
		b.file.SetColWidth(totalsSheet, "B", "D", 16),
		b.file.SetPanes(totalsSheet, frozenHeader()),
	)
}

// writeTo packs the file straight into w; by itself the package puts all of it together in
// memory first.
func (b *workbook) writeTo(w io.Writer) error {
	b.file.SetZipWriter(func(io.Writer) excelize.ZipWriter { return zip.NewWriter(w) })
	_, err := b.file.WriteToBuffer()
	return err
}

// Close removes the temporary file. It may be called more than once.
func (b *workbook) Close() error { return b.file.Close() }

// readWorkbook returns the payments as a spreadsheet shows them.
func readWorkbook(file []byte) ([][]string, error) {
	book, err := excelize.OpenReader(bytes.NewReader(file))
	if err != nil {
		return nil, err
	}
	rows, err := book.GetRows(paymentsSheet)
	return rows, errors.Join(err, book.Close())
}
