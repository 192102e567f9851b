package export_test

import (
	"bytes"
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"math"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"rentbell/core"
	"rentbell/core/export"
	"rentbell/store/ledgertest"
)

// TestExportedFiles compares with files in testdata, which are as an accountant
// gets them.
func TestExportedFiles(t *testing.T) {
	june, pasted := ledgertest.June(t), pastedLedger(t)
	tests := []struct {
		file   string
		ledger core.Reader
		format core.Format
		want   export.Written
	}{
		{"june-quickbooks.csv", june, core.FormatQuickBooks, export.Written{Rows: 4, LeftOut: 1, Zeros: 1, Total: 149596}},
		{"june-xero.csv", june, core.FormatXero, export.Written{Rows: 5, LeftOut: 1, Total: 149596}},
		{"june-full.csv", june, core.FormatFull, export.Written{Rows: 5, LeftOut: 1, Total: 149596}},
		{"pasted-quickbooks.csv", pasted, core.FormatQuickBooks, export.Written{Rows: 13, Total: 65000}},
		{"pasted-xero.csv", pasted, core.FormatXero, export.Written{Rows: 13, Total: 65000}},
		{"pasted-full.csv", pasted, core.FormatFull, export.Written{Rows: 13, Total: 65000}},
	}
	for _, tt := range tests {
		t.Run(tt.file, func(t *testing.T) {
			var got bytes.Buffer
			done, err := export.Export(t.Context(), &got, tt.ledger, ledgertest.JuneQuery(t, tt.format))
			if err != nil {
				t.Fatal(err)
			}
			if want := ledgertest.ReadFile(t, filepath.Join("testdata", tt.file)); got.String() != want {
				t.Errorf("got:\n%s\nwant:\n%s", got.String(), want)
			}
			if tt.want.Bytes = got.Len(); done != tt.want {
				t.Errorf("exported %+v, want %+v", done, tt.want)
			}
			checkCells(t, got.String())
		})
	}
}

// pastedLedger holds texts as people paste and programs send them, $50.00 each.
func pastedLedger(t *testing.T) core.Reader {
	t.Helper()
	alder := core.Place{Tenant: "Ana Ruiz", Property: "Alder Court", Unit: "1A"}
	long := strings.TrimSpace(strings.Repeat("rent and utilities ", 13))
	payments := []core.Payment{
		{Place: alder, Memo: "June rent\nsecond line\r\nthird line"},
		{Memo: "\tRent\tJune"},
		{Place: core.Place{Tenant: "  Ana   Ruiz  "}, Memo: "  "},
		{Place: core.Place{Tenant: "   ", Property: " ", Unit: "\u200b"}, Memo: " \r\n", Reference: " "},
		{Place: alder, Memo: "Rent;=cmd|'/C calc'!A0;x"},
		{Place: alder, Memo: "Rent; June|water", Reference: "=1;@2"},
		{Place: alder, Memo: "Money order", Reference: "MO-1041"},
		{Place: alder, Memo: "Money order", Reference: "MO-1042"},
		{Place: alder, Memo: "Money order", Reference: "MO-1043"},
		{Place: alder, Memo: long, Reference: "1207"},
		{Place: core.Place{Tenant: long + "!"}, Memo: "Ana\ufffd", Reference: strings.Repeat("9", 250) + "1"},
		{Place: core.Place{Tenant: strings.Repeat("=;", 120)}, Memo: strings.Repeat("=,", 120), Reference: strings.Repeat("@|", 120)},
		{Place: core.Place{Tenant: "\u202eAna\u2066", Property: "Übung;＠home"}, Memo: `"=1";"=2"`},
	}
	var events []core.Event
	for i, p := range payments {
		p.Lease, p.Amount, p.AmountKnown, p.Method = "20931", 5000, true, "money_order"
		events = append(events, ledgertest.Paid(t, fmt.Sprintf("evt_%02d", i), fmt.Sprintf("2026-06-%02dT12:00:00Z", i+1), p))
	}
	return ledgertest.New(t, events...)
}

// checkCells reads a file with every separator, with and without respect for
// quotes: each row has as many cells as the header, and no cell but an amount
// begins as formulas do.
func checkCells(t *testing.T, file string) {
	t.Helper()
	rows := strings.Split(strings.TrimSuffix(strings.TrimPrefix(file, core.ByteOrderMark), "\n"), "\n")
	records, err := csv.NewReader(strings.NewReader(file)).ReadAll() // tells rows of another length
	if err != nil || len(records) != len(rows) {
		t.Errorf("%d records on %d lines, %v", len(records), len(rows), err)
	}
	amount := regexp.MustCompile(`^-\d+\.\d\d$`)
	for _, row := range rows[1:] {
		for _, separator := range ",;\t|" {
			for _, cell := range strings.Split(row, string(separator)) {
				if core.StartsFormula(strings.TrimLeft(cell, `"`)) && !amount.MatchString(cell) {
					t.Errorf("with %q there is a cell %q in %s", separator, cell, row)
				}
			}
		}
	}
	for _, record := range records {
		for _, cell := range record {
			if core.StartsFormula(cell) && !amount.MatchString(cell) {
				t.Errorf("cell %q", cell)
			}
		}
	}
}

func TestDescriptionsAreBoundedAndNeverEmpty(t *testing.T) {
	for format, columns := range map[core.Format][]int{core.FormatQuickBooks: {1}, core.FormatXero: {2, 3}} {
		p, err := export.NewPreview(t.Context(), pastedLedger(t), ledgertest.JuneQuery(t, format), 100)
		if err != nil || len(p.Rows) != 13 {
			t.Fatalf("%d rows, %v", len(p.Rows), err)
		}
		for _, row := range p.Rows {
			for _, column := range columns {
				if n := utf8.RuneCountInString(row[column]); n == 0 || n > 250 {
					t.Errorf("%s: %d characters in %q", format, n, row[column])
				}
			}
		}
		if p.Unnamed != "20931" { // the first without a name that can be read
			t.Errorf("%s: the lease without a name is %q", format, p.Unnamed)
		}
	}
}

func TestExportedAmountsReachTheEndsOfInt64(t *testing.T) {
	ledger := ledgertest.New(t,
		ledgertest.Paid(t, "a", "2026-06-10T00:00:00Z", ledgertest.Cents(math.MaxInt64)),
		ledgertest.Paid(t, "b", "2026-06-11T00:00:00Z", ledgertest.Cents(math.MaxInt64)),
		ledgertest.Paid(t, "c", "2026-06-12T00:00:00Z", ledgertest.Cents(math.MinInt64)),
	)
	q := ledgertest.JuneQuery(t, core.FormatQuickBooks)
	var got bytes.Buffer
	done, err := export.Export(t.Context(), &got, ledger, q)
	if err != nil {
		t.Fatal(err)
	}
	for _, amount := range []string{",92233720368547758.07\n", ",-92233720368547758.08\n"} {
		if !strings.Contains(got.String(), amount) {
			t.Errorf("no amount %q in:\n%s", amount, got.String())
		}
	}
	if done.Total != -1 { // the sum stopped at the upper end, it did not wrap around
		t.Errorf("total is %d", done.Total)
	}
}

// TestExportKeepsToLocalDays asks for one day in zones whose clocks change on
// it: at two in the morning, or at midnight, which is then missing, comes twice,
// or is not where the day begins.
func TestExportKeepsToLocalDays(t *testing.T) {
	tests := []struct {
		zone, day     string
		before, first string // the last moment before the day, its first moment
		last, after   string
	}{
		{"UTC", "2026-02-28", "2026-02-27T23:59:59.999999999Z", "2026-02-28T00:00:00Z", "2026-02-28T23:59:59.999999999Z", "2026-03-01T00:00:00Z"},
		{"America/Los_Angeles", "2026-03-08", "2026-03-08T07:59:59Z", "2026-03-08T08:00:00Z", "2026-03-09T06:59:59Z", "2026-03-09T07:00:00Z"}, // 23 hours
		{"America/Los_Angeles", "2026-11-01", "2026-11-01T06:59:59Z", "2026-11-01T07:00:00Z", "2026-11-02T07:59:59Z", "2026-11-02T08:00:00Z"}, // 25 hours
		{"America/Santiago", "2024-09-08", "2024-09-08T03:59:59Z", "2024-09-08T04:00:00Z", "2024-09-09T02:59:59Z", "2024-09-09T03:00:00Z"},    // begins at one
		{"America/Santiago", "2024-04-06", "2024-04-06T02:59:59Z", "2024-04-06T03:00:00Z", "2024-04-07T03:59:59Z", "2024-04-07T04:00:00Z"},    // its last hour comes twice
		{"Asia/Beirut", "2022-03-27", "2022-03-26T21:59:59Z", "2022-03-26T22:00:00Z", "2022-03-27T20:59:59Z", "2022-03-27T21:00:00Z"},         // begins at one
		{"America/Havana", "2024-11-03", "2024-11-03T03:59:59Z", "2024-11-03T04:00:00Z", "2024-11-04T04:59:59Z", "2024-11-04T05:00:00Z"},      // its first hour comes twice
		{"America/Los_Angeles", "2040-12-31", "2040-12-31T07:59:59Z", "2040-12-31T08:00:00Z", "2041-01-01T07:59:59Z", "2041-01-01T08:00:00Z"},
		{"Pacific/Kiritimati", "2026-06-01", "2026-05-31T09:59:59Z", "2026-05-31T10:00:00Z", "2026-06-01T09:59:59Z", "2026-06-01T10:00:00Z"},
		{"Pacific/Pago_Pago", "2026-06-01", "2026-06-01T10:59:59Z", "2026-06-01T11:00:00Z", "2026-06-02T10:59:59Z", "2026-06-02T11:00:00Z"},
		{"Asia/Kathmandu", "2026-06-01", "2026-05-31T18:14:59Z", "2026-05-31T18:15:00Z", "2026-06-01T18:14:59Z", "2026-06-01T18:15:00Z"},
	}
	for _, tt := range tests {
		t.Run(tt.zone+" "+tt.day, func(t *testing.T) {
			ledger := ledgertest.New(t,
				ledgertest.Paid(t, "before", tt.before, ledgertest.Cents(1)), ledgertest.Paid(t, "first", tt.first, ledgertest.Cents(2)),
				ledgertest.Paid(t, "last", tt.last, ledgertest.Cents(3)), ledgertest.Paid(t, "after", tt.after, ledgertest.Cents(4)),
			)
			q := export.Query{From: ledgertest.Date(t, tt.day), To: ledgertest.Date(t, tt.day), Location: ledgertest.Zone(t, tt.zone), Format: core.FormatXero}
			var got bytes.Buffer
			if _, err := export.Export(t.Context(), &got, ledger, q); err != nil {
				t.Fatal(err)
			}
			_, rows, _ := strings.Cut(got.String(), "\n")
			want := fmt.Sprintf("%[1]s,0.02,\"Lease 20931\",\"Payment, ach\",\"first\",\"\"\n%[1]s,0.03,\"Lease 20931\",\"Payment, ach\",\"last\",\"\"\n", tt.day)
			if rows != want {
				t.Errorf("got:\n%s\nwant:\n%s", rows, want)
			}
			checkPreview(t, ledger, q, 2, 5)
		})
	}
}

// checkPreview compares the sums of a preview with what an export would say.
func checkPreview(t *testing.T, r core.Reader, q export.Query, count int, total core.Cents) {
	t.Helper()
	p, err := export.NewPreview(t.Context(), r, q, 1)
	if err != nil {
		t.Fatal(err)
	}
	if p.Count != count || p.Total != total {
		t.Errorf("preview counts %d payments of %d ledgertest.Cents, want %d of %d", p.Count, p.Total, count, total)
	}
}

func TestExportTakesTheWidestPeriod(t *testing.T) {
	ledger := ledgertest.New(t,
		ledgertest.Paid(t, "old", "0001-01-02T00:00:00Z", ledgertest.Cents(1)),
		ledgertest.Paid(t, "now", "2026-06-01T00:00:00Z", ledgertest.Cents(2)),
		ledgertest.Paid(t, "far", "9999-12-31T23:59:59Z", ledgertest.Cents(3)),
	)
	for _, zone := range []string{"UTC", "America/Los_Angeles"} {
		q := export.Query{From: ledgertest.Date(t, "0001-01-01"), To: ledgertest.Date(t, "9999-12-31"), Location: ledgertest.Zone(t, zone), Format: core.FormatQuickBooks}
		done, err := export.Export(t.Context(), io.Discard, ledger, q)
		if err != nil || done.Rows != 3 {
			t.Errorf("%s: exported %+v, %v", zone, done, err)
		}
	}
}

func TestExportRefusesQueriesWithoutAnswer(t *testing.T) {
	june := ledgertest.JuneQuery(t, core.FormatXero)
	tests := []struct {
		name   string
		change func(*export.Query)
		want   error
	}{
		{"unknown format", func(q *export.Query) { q.Format = "pdf" }, core.ErrFormat},
		{"no format", func(q *export.Query) { q.Format = "" }, core.ErrFormat},
		{"ends before it starts", func(q *export.Query) { q.From, q.To = q.To, q.From }, core.ErrPeriod},
		{"no first day", func(q *export.Query) { q.From = core.Date{} }, core.ErrPeriod},
		{"no last day", func(q *export.Query) { q.To = core.Date{} }, core.ErrPeriod},
	}
	ledger := ledgertest.New(t)
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			q := june
			tt.change(&q)
			var got bytes.Buffer
			if _, err := export.Export(t.Context(), &got, ledger, q); !errors.Is(err, tt.want) || got.Len() > 0 {
				t.Errorf("export: %v and %d bytes, want %v", err, got.Len(), tt.want)
			}
			if _, err := export.NewPreview(t.Context(), ledger, q, 5); !errors.Is(err, tt.want) {
				t.Errorf("preview: %v, want %v", err, tt.want)
			}
		})
	}
}

func TestExportWithoutPaymentsIsAHeader(t *testing.T) {
	q := ledgertest.JuneQuery(t, core.FormatQuickBooks)
	q.Location = nil // the computer's
	var got bytes.Buffer
	done, err := export.Export(t.Context(), &got, ledgertest.New(t), q)
	if err != nil || done != (export.Written{Bytes: got.Len()}) || got.String() != "Date,Description,Amount\n" {
		t.Errorf("exported %+v, %v: %q", done, err, got.String())
	}
}

func TestExportTellsItsProgress(t *testing.T) {
	year := ledgertest.NewYear(t, 1200)
	q := export.Query{From: ledgertest.Date(t, "2026-01-01"), To: ledgertest.Date(t, "2026-12-31"), Location: time.UTC, Format: core.FormatQuickBooks}
	var told []string
	_, err := newExporter(t, year).Export(t.Context(), filepath.Join(t.TempDir(), "2026.csv"), q, func(done, total int) {
		told = append(told, fmt.Sprintf("%d of %d", done, total))
	})
	if err != nil {
		t.Fatal(err)
	}
	if got, want := strings.Join(told, ", "), "512 of 1200, 1024 of 1200, 1200 of 1200"; got != want {
		t.Errorf("told %s, want %s", got, want)
	}
}

func TestExportStopsWhenCancelled(t *testing.T) {
	year := ledgertest.NewYear(t, 2000)
	q := export.Query{From: ledgertest.Date(t, "2026-01-01"), To: ledgertest.Date(t, "2026-12-31"), Location: time.UTC, Format: core.FormatFull}
	ctx, cancel := context.WithCancel(t.Context())
	rows := 0
	_, err := newExporter(t, year).Export(ctx, filepath.Join(t.TempDir(), "2026.csv"), q, func(done, _ int) {
		rows = done
		cancel()
	})
	if !errors.Is(err, context.Canceled) || rows != 512 {
		t.Errorf("after %d rows: %v", rows, err)
	}
}

func TestExportTellsOfAFullDisk(t *testing.T) {
	year := ledgertest.NewYear(t, 2000)
	q := export.Query{From: ledgertest.Date(t, "2026-01-01"), To: ledgertest.Date(t, "2026-12-31"), Location: time.UTC, Format: core.FormatQuickBooks}
	for _, room := range []int{0, 64 << 10} { // at the last row, and on the way
		if _, err := export.Export(t.Context(), &ledgertest.SmallDisk{Left: room}, year, q); !errors.Is(err, ledgertest.ErrFull) {
			t.Errorf("room for %d bytes: %v", room, err)
		}
	}
}

func TestPreviewIsTheBeginningOfTheFile(t *testing.T) {
	ledger := ledgertest.June(t)
	p, err := export.NewPreview(t.Context(), ledger, ledgertest.JuneQuery(t, core.FormatFull), 3)
	if err != nil {
		t.Fatal(err)
	}
	if p.Header[0] != "seq" || len(p.Rows) != 3 || p.Rows[0][1] != "evt_full" || p.Rows[2][5] != "'=1+1" {
		t.Errorf("preview is %q, %q", p.Header, p.Rows)
	}
	if p.Unnamed != "=1+1" || p.Count != 5 || p.Total != 149596 {
		t.Errorf("unnamed %q, %d payments, %d cents", p.Unnamed, p.Count, p.Total)
	}

	all, err := export.NewPreview(t.Context(), ledger, ledgertest.JuneQuery(t, core.FormatQuickBooks), 100)
	if err != nil || len(all.Rows) != 4 || all.Count != 4 || all.Zeros != 1 {
		t.Errorf("rows %q, %v", all.Rows, err)
	}
}
