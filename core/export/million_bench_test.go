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
	"slices"
	"syscall"
	"testing"
	"time"

	"rentbell/core"
	"rentbell/core/export"
	"rentbell/store/ledgertest"
)

// million is how many payments the largest ledgers have.
const million = 1_000_000

// BenchmarkExportAMillion exports from a real store into files as the window does,
// which is many of them for QuickBooks and Xero, and into one file as rentbelld does.
// In turns with these, encoding/csv writes as many of the same rows, which lie ready
// as strings: into one file, and into as many files as the window. Everything ends
// on the disk. encoding/csv quotes only what has to be quoted, so it writes two bytes
// less for nearly every text. No file is replaced and none is removed before the end,
// because ext4 makes new files slowly in the minutes after it has lost many. With -short
// there are a tenth of a million.
func BenchmarkExportAMillion(b *testing.B) {
	payments := million
	if testing.Short() {
		payments /= 10
	}
	db, dir := bigLedger(b, payments), b.TempDir()
	for _, format := range []core.Format{core.FormatQuickBooks, core.FormatXero, core.FormatFull} {
		q := export.Query{
			From: ledgertest.Date(b, "2026-01-01"), To: ledgertest.Date(b, "2027-12-31"),
			Location: ledgertest.Zone(b, "America/Los_Angeles"), Format: format,
		}
		b.Run(string(format), func(b *testing.B) {
			rows := firstRows(b, db, q)
			var bare, bareFiles, files, file spent
			for range b.N {
				bare.on(b, func() error { return writeBare(newPath(b, dir), rows, payments) })
				if limit := export.RowLimit(format); limit > 0 {
					bareFiles.on(b, func() error { return writeBareFiles(newPath(b, dir), rows, payments, limit) })
				}
				files.on(b, func() error {
					done, err := newExporter(b, db).Export(b.Context(), newPath(b, dir), q, func(int, int) {})
					return errors.Join(err, checkRows(done.Rows, payments))
				})
				one := q
				one.OneFile = true
				file.on(b, func() error {
					done, err := export.Files(b.Context(), newPath(b, dir), db, one)
					return errors.Join(err, checkRows(done.Rows, payments))
				})
			}
			b.ReportMetric(float64(bare.median().Nanoseconds())/float64(payments), "bare-ns/row")
			b.ReportMetric(files.speed(bare), "speed-of-bare")
			b.ReportMetric(file.speed(bare), "one-file-of-bare")
			if len(bareFiles.times) > 0 {
				b.ReportMetric(files.speed(bareFiles), "speed-of-bare-files")
			}
			b.ReportMetric(files.cpu.Seconds()/bare.cpu.Seconds(), "cpu-of-bare")
		})
	}
}

// newPath is a path in a directory of its own.
func newPath(b *testing.B, parent string) string {
	b.Helper()
	dir, err := os.MkdirTemp(parent, "")
	if err != nil {
		b.Fatal(err)
	}
	return filepath.Join(dir, "export.csv")
}

func checkRows(rows, want int) error {
	if rows != want {
		return fmt.Errorf("%d rows", rows)
	}
	return nil
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

// spent is what something took: by the clock, each time, and of the processors' time,
// which says more where others keep the computer busy.
type spent struct {
	times []time.Duration
	cpu   time.Duration
}

func (s *spent) on(b *testing.B, do func() error) {
	b.Helper()
	runtime.GC()
	began, used := time.Now(), cpuTime(b)
	if err := do(); err != nil {
		b.Fatal(err)
	}
	s.times = append(s.times, time.Since(began))
	s.cpu += cpuTime(b) - used
}

func (s *spent) median() time.Duration {
	return slices.Sorted(slices.Values(s.times))[len(s.times)/2]
}

// speed is how fast it was, relative to another.
func (s *spent) speed(other spent) float64 { return other.median().Seconds() / s.median().Seconds() }

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

// writeBare writes some rows again and again until there are so many.
func writeBare(path string, rows [][]string, lines int) error {
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	w := csv.NewWriter(f)
	for i := range lines {
		if err := w.Write(rows[i%len(rows)]); err != nil {
			return err
		}
	}
	w.Flush()
	return errors.Join(w.Error(), f.Sync(), f.Close())
}

// writeBareFiles writes so many rows, and so many of them in a file.
func writeBareFiles(path string, rows [][]string, lines, limit int) error {
	for part := range lines / limit {
		if err := writeBare(export.PartName(path, part+1, lines/limit), rows, limit); err != nil {
			return err
		}
	}
	return nil
}
