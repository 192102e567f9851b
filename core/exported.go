package core

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"time"
)

// PastExport is an export made from the window, as it is remembered.
type PastExport struct {
	At       time.Time // UTC
	From, To Date      // the days it held payments for, both inclusive
	Format   Format
	Rows     int
	Total    Cents
	LastSeq  uint64 // the newest event it could have seen
	File     string // base name, without "(1 of 3)"
	Dir      string // the folder it went to; empty: not remembered
}

// mostPastExports is how many are remembered.
const mostPastExports = 200

// LastExport returns the newest export in a format.
func LastExport(past []PastExport, f Format) (e PastExport, ok bool) {
	return lastWhere(past, func(e PastExport) bool { return e.Format == f })
}

// Overlap returns the newest export that may hold payments q asks for: it was in
// the same format and of some of the same days, and q does not keep to what was
// stored after it.
func Overlap(past []PastExport, q ExportQuery) (e PastExport, ok bool) {
	return lastWhere(past, func(e PastExport) bool {
		return e.Format == q.Format && q.AfterSeq < e.LastSeq && !e.To.Before(q.From) && !q.To.Before(e.From)
	})
}

func lastWhere(past []PastExport, is func(PastExport) bool) (PastExport, bool) {
	for _, e := range slices.Backward(past) {
		if is(e) {
			return e, true
		}
	}
	return PastExport{}, false
}

// PastExports returns the exports made from the window, oldest first. It reads
// the disk.
func (b *Bell) PastExports() ([]PastExport, error) { return b.cfg.Store.Exports() }

// Export is ExportFiles for the window: it keeps to what is stored when it
// begins, and remembers what the files hold, so that the next export can be of
// the payments that came in since. After an error wrapping ErrStorage that comes
// with rows the files are there, but were not remembered.
func (b *Bell) Export(ctx context.Context, path string, q ExportQuery, progress func(done, total int)) (Exported, error) {
	newest, err := b.Page(FeedActivity, 0, 1)
	if err != nil {
		return Exported{}, fmt.Errorf("find the newest event: %w", err)
	}
	if len(newest) > 0 && q.ToSeq == 0 {
		q.ToSeq = newest[0].Seq
	}
	done, err := ExportFiles(ctx, path, b, q, progress)
	if err != nil {
		return done, err
	}
	if done.Rows == 0 || q.ToSeq == 0 {
		return done, nil // nothing that could be in the books twice
	}
	if err := b.rememberExport(path, q, done); err != nil {
		return done, fmt.Errorf("remember the export: %w", err)
	}
	return done, nil
}

func (b *Bell) rememberExport(path string, q ExportQuery, done Exported) error {
	b.exporting.Lock()
	defer b.exporting.Unlock()
	past, err := b.cfg.Store.Exports()
	if err != nil {
		return err
	}
	past = append(past, PastExport{
		At: b.cfg.Now().UTC(), From: done.From, To: done.To, Format: q.Format, Rows: done.Rows, Total: done.Total,
		LastSeq: q.ToSeq, File: filepath.Base(path), Dir: filepath.Dir(path),
	})
	return b.cfg.Store.SaveExports(past[max(0, len(past)-mostPastExports):])
}

// ForgetExport takes an export out of what is remembered: what it held counts as
// new again. Its file stays. An export that is not remembered is no error.
func (b *Bell) ForgetExport(e PastExport) error {
	b.exporting.Lock()
	defer b.exporting.Unlock()
	past, err := b.cfg.Store.Exports()
	if err != nil {
		return fmt.Errorf("read what was exported: %w", err)
	}
	i := slices.Index(past, e)
	if i < 0 {
		return nil
	}
	if err := b.cfg.Store.SaveExports(slices.Delete(past, i, i+1)); err != nil {
		return fmt.Errorf("forget an export: %w", err)
	}
	return nil
}
