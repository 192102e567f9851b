package export_test

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"rentbell/core"
	"rentbell/core/export"
	"rentbell/store/ledgertest"
)

// year2026 asks for everything ledgertest.NewYear holds, as an importer wants it.
func year2026(t testing.TB, f core.Format) export.Query {
	t.Helper()
	return export.Query{
		From: ledgertest.Date(t, "2026-01-01"), To: ledgertest.Date(t, "2026-12-31"), Location: time.UTC, Format: f,
	}
}

func TestExportedFileAppearsWhole(t *testing.T) {
	ledger := ledgertest.June(t)
	dir := t.TempDir()
	path := filepath.Join(dir, "june.csv")
	ledgertest.WriteOld(t, path)
	done, err := export.Files(t.Context(), path, ledger, ledgertest.JuneQuery(t, core.FormatQuickBooks))
	if err != nil || done.Rows != 4 {
		t.Fatalf("exported %+v, %v", done, err)
	}
	if got := ledgertest.ReadFile(t, path); got[:5] != "Date," {
		t.Errorf("file begins with %q", got[:5])
	}
	ledgertest.CheckOnly(t, dir, "june.csv")
	if mode := ledgertest.Stat(t, path).Mode().Perm(); runtime.GOOS != "windows" && mode != 0o600 {
		t.Errorf("mode is %o", mode)
	}
}

func TestCancelledExportLeavesNothing(t *testing.T) {
	year := ledgertest.NewYear(t, 2000)
	q := export.Query{From: ledgertest.Date(t, "2026-01-01"), To: ledgertest.Date(t, "2026-12-31"), Location: time.UTC, Format: core.FormatFull}
	dir := t.TempDir()
	ctx, cancel := context.WithCancel(t.Context())
	stop := func(int, int) { cancel() }
	if _, err := newExporter(t, year).Export(ctx, filepath.Join(dir, "new.csv"), q, stop); !errors.Is(err, context.Canceled) {
		t.Errorf("export: %v", err)
	}
	ledgertest.CheckOnly(t, dir)

	ctx, cancel = context.WithCancel(t.Context())
	stop = func(int, int) { cancel() }
	path := filepath.Join(dir, "old.csv")
	ledgertest.WriteOld(t, path)
	if _, err := newExporter(t, year).Export(ctx, path, q, stop); !errors.Is(err, context.Canceled) {
		t.Errorf("export: %v", err)
	}
	ledgertest.CheckOnly(t, dir, "old.csv")
	ledgertest.CheckOld(t, path)
}

func TestFilesAreSplitAtTheImportersRows(t *testing.T) {
	tests := []struct {
		format core.Format
		rows   int
		want   []int // rows of each file
	}{
		{core.FormatQuickBooks, 1000, []int{1000}},
		{core.FormatQuickBooks, 1001, []int{1000, 1}},
		{core.FormatQuickBooks, 2500, []int{1000, 1000, 500}},
		{core.FormatXero, 1000, []int{1000}},
		{core.FormatXero, 1001, []int{1000, 1}},
		{core.FormatFull, 1001, []int{1001}},
	}
	for _, tt := range tests {
		t.Run(fmt.Sprint(tt.format, " ", tt.rows), func(t *testing.T) {
			year, dir := ledgertest.NewYear(t, tt.rows), t.TempDir()
			path := filepath.Join(dir, "2026.csv")
			done, err := export.Files(t.Context(), path, year, year2026(t, tt.format))
			if err != nil || done.Rows != tt.rows || done.Files != len(tt.want) {
				t.Fatalf("exported %+v, %v", done, err)
			}
			checkParts(t, path, tt.want)
		})
	}
}

// checkParts compares the files of an export, which each have the header.
func checkParts(t *testing.T, path string, want []int) {
	t.Helper()
	var names []string
	header := ""
	for i, rows := range want {
		part := export.PartName(path, i+1, len(want))
		names = append(names, filepath.Base(part))
		first, rest, _ := strings.Cut(ledgertest.ReadFile(t, part), "\n")
		if header == "" {
			header = first
		}
		if got := strings.Count(rest, "\n"); got != rows || first != header {
			t.Errorf("%s has %d rows under %q, want %d", part, got, first, rows)
		}
	}
	ledgertest.CheckOnly(t, filepath.Dir(path), names...)
}

func TestFilesAreSplitAt350KB(t *testing.T) {
	const header, limit, rows = len("Date,Description,Amount\n"), 350_000, 500
	const line = (limit - header) / rows                      // bytes a row, its end included
	const rest = limit - header - line*rows                   // rows that take one more
	const frame = len(`01/01/2026,", Lease 1",1.00`) + 1      // all but the memo
	for extra, want := range [][]int{{rows}, {rows - 1, 1}} { // exactly full; one byte too many
		t.Run(fmt.Sprint(extra, " bytes over"), func(t *testing.T) {
			year := ledgertest.NewYear(t, rows)
			for i := range year.Events {
				size := line - frame
				if i < rest {
					size++
				}
				if i == 0 {
					size += extra
				}
				memo := strings.Repeat("€", size/3) + strings.Repeat("m", size%3) // few enough characters
				year.Events[i].Detail = core.Payment{Lease: "1", Amount: 100, AmountKnown: true, Memo: memo}
			}
			path := filepath.Join(t.TempDir(), "2026.csv")
			if _, err := export.Files(t.Context(), path, year, year2026(t, core.FormatQuickBooks)); err != nil {
				t.Fatal(err)
			}
			checkParts(t, path, want)
			if first := ledgertest.ReadFile(t, export.PartName(path, 1, len(want))); extra == 0 && len(first) != limit {
				t.Errorf("the file has %d bytes, want %d", len(first), limit)
			}
		})
	}
}

// TestOneFileTakesEverything writes it where a link leads.
func TestOneFileTakesEverything(t *testing.T) {
	year, q := ledgertest.NewYear(t, 1001), year2026(t, core.FormatQuickBooks)
	q.OneFile = true
	dir, elsewhere := t.TempDir(), t.TempDir()
	path, link := filepath.Join(elsewhere, "all.csv"), filepath.Join(dir, "link.csv")
	ledgertest.WriteOld(t, path)
	if err := os.Symlink(path, link); err != nil {
		t.Skipf("no symbolic links here: %v", err)
	}
	done, err := export.Files(t.Context(), link, year, q)
	if err != nil || done.Files != 1 || done.Rows != 1001 || !done.Exceeds(q.Format) {
		t.Fatalf("exported %+v, %v", done, err)
	}
	checkParts(t, path, []int{1001})
	ledgertest.CheckOnly(t, dir, "link.csv")
	if _, err := export.Files(t.Context(), dir, year, q); !errors.Is(err, core.ErrNotFile) {
		t.Errorf("into a directory: %v", err)
	}
}

func TestPartsAreNamedByTheirNumber(t *testing.T) {
	path := filepath.Join("dir.d", "Rentbell payments 2026-06.csv")
	if got, want := export.PartName(path, 1, 3), filepath.Join("dir.d", "Rentbell payments 2026-06 (1 of 3).csv"); got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if got := export.PartName(path, 1, 1); got != path {
		t.Errorf("the only file is %q", got)
	}
}

func TestQuickBooksGetsNoZeros(t *testing.T) {
	ledger := ledgertest.June(t)
	for format, zeros := range map[core.Format]int{core.FormatQuickBooks: 1, core.FormatXero: 0, core.FormatFull: 0} {
		q := ledgertest.JuneQuery(t, format)
		path := filepath.Join(t.TempDir(), "june.csv")
		done, err := export.Files(t.Context(), path, ledger, q)
		if err != nil || done.Zeros != zeros || done.Rows != 5-zeros || done.LeftOut != 1 {
			t.Errorf("%s: %+v, %v", format, done, err)
		}
		if strings.Contains(ledgertest.ReadFile(t, path), ",0.00") != (zeros == 0) {
			t.Errorf("%s: %s", format, ledgertest.ReadFile(t, path))
		}
		p, err := export.NewPreview(t.Context(), ledger, q, 2)
		if err != nil || p.Count != 5-zeros || p.Zeros != zeros || len(p.Rows) != 2 {
			t.Errorf("%s: preview %+v, %v", format, p, err)
		}
	}
}

func TestCancelledPartsLeaveNothing(t *testing.T) {
	year, dir := ledgertest.NewYear(t, 2500), t.TempDir()
	old := filepath.Join(dir, "2026 (1 of 3).csv")
	ledgertest.WriteOld(t, old)
	for _, at := range []int{512, 1536, 2500} { // in the first file, in the second, after the last row
		ctx, cancel := context.WithCancel(t.Context())
		stop := func(done, _ int) {
			if done == at {
				cancel()
			}
		}
		_, err := newExporter(t, year).Export(ctx, filepath.Join(dir, "2026.csv"), year2026(t, core.FormatQuickBooks), stop)
		if !errors.Is(err, context.Canceled) {
			t.Errorf("cancelled at row %d: %v", at, err)
		}
		ledgertest.CheckOld(t, old)
		ledgertest.CheckOnly(t, dir, filepath.Base(old))
	}
}

func TestPartThatCannotBeNamedLeavesNothing(t *testing.T) {
	year, dir := ledgertest.NewYear(t, 1001), t.TempDir()
	if err := os.Mkdir(filepath.Join(dir, "2026 (2 of 2).csv"), 0o700); err != nil {
		t.Fatal(err)
	}
	_, err := export.Files(t.Context(), filepath.Join(dir, "2026.csv"), year, year2026(t, core.FormatXero))
	if !errors.Is(err, core.ErrNotFile) {
		t.Errorf("export: %v", err)
	}
	ledgertest.CheckOnly(t, dir, "2026 (2 of 2).csv")
}

// TestPartsThatFailHalfWayLeaveTheEarlierFiles takes the last draft away before the
// drafts get their names, so that the last of the files cannot get its own.
func TestPartsThatFailHalfWayLeaveTheEarlierFiles(t *testing.T) {
	year, dir := ledgertest.NewYear(t, 2500), t.TempDir()
	first, last := filepath.Join(dir, "2026 (1 of 3).csv"), filepath.Join(dir, "2026 (3 of 3).csv")
	ledgertest.WriteOld(t, first)
	ledgertest.WriteOld(t, last)
	lose := func(done, total int) {
		if done == total {
			removeSmallestDraft(t, dir)
		}
	}
	_, err := newExporter(t, year).Export(t.Context(), filepath.Join(dir, "2026.csv"), year2026(t, core.FormatQuickBooks), lose)
	if !errors.Is(err, os.ErrNotExist) {
		t.Errorf("export: %v", err)
	}
	ledgertest.CheckOld(t, first)
	ledgertest.CheckOld(t, last)
	ledgertest.CheckOnly(t, dir, filepath.Base(first), filepath.Base(last))
}

// removeSmallestDraft removes the last draft of an export: it has the fewest rows.
func removeSmallestDraft(t *testing.T, dir string) {
	t.Helper()
	drafts, err := filepath.Glob(filepath.Join(dir, ".rentbell-*"))
	if err != nil || len(drafts) == 0 {
		t.Fatalf("drafts %v, %v", drafts, err)
	}
	smallest := slices.MinFunc(drafts, func(a, b string) int { return cmp.Compare(ledgertest.Stat(t, a).Size(), ledgertest.Stat(t, b).Size()) })
	if err := os.Remove(smallest); err != nil {
		t.Fatal(err)
	}
}
