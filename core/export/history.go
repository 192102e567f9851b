package export

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"sync"
	"time"

	"rentbell/core"
)

// mostPastExports is how many are remembered.
const mostPastExports = 200

// LastExport returns the newest export in a format; ok is false when there is none.
func LastExport(past []core.PastExport, f core.Format) (e core.PastExport, ok bool) {
	for _, e := range slices.Backward(past) {
		if e.Format == f {
			return e, true
		}
	}
	return core.PastExport{}, false
}

// Overlap returns the newest export that may hold payments q asks for: it was in
// the same format and of some of the same days, and q does not keep to what was
// stored after it.
func Overlap(past []core.PastExport, q Query) (e core.PastExport, ok bool) {
	for _, e := range slices.Backward(past) {
		if e.Format == q.Format && q.AfterSeq < e.LastSeq && !e.To.Before(q.From) && !q.To.Before(e.From) {
			return e, true
		}
	}
	return core.PastExport{}, false
}

// Reader is what an export that is remembered, and its preview, read.
type Reader interface {
	Payments
	Each(ctx context.Context, q core.Query, fn func(core.Event) error) error
	Totals(from, to time.Time) ([]core.Total, error)
}

// Store keeps what a history remembers, oldest first, and tells the newest
// event.
type Store interface {
	Summary() (core.Summary, error)
	Exports() ([]core.PastExport, error)
	SaveExports([]core.PastExport) error
}

// History makes exports and remembers them, so that the next one can be of
// the payments that came in since. Its methods may be called from any goroutine.
type History struct {
	reader Reader
	store  Store
	now    func() time.Time

	mu sync.Mutex // held while store is read and written, so that no change undoes another
}

// NewHistory makes a history of what is exported from reader. now dates the
// exports.
func NewHistory(reader Reader, store Store, now func() time.Time) *History {
	return &History{reader: reader, store: store, now: now}
}

// Past returns the exports made so far, oldest first. It reads the disk.
func (h *History) Past() ([]core.PastExport, error) { return h.store.Exports() }

// Export is Files that keeps to what is stored when it begins, and remembers what the
// files hold. Unless progress is nil, it is called every few hundred rows and at the
// end, with the rows written so far and those expected. After an error
// wrapping ErrStorage that comes with rows the files are there, but were not
// remembered.
func (h *History) Export(ctx context.Context, path string, q Query, progress func(done, total int)) (WrittenFiles, error) {
	summary, err := h.store.Summary()
	if err != nil {
		return WrittenFiles{}, fmt.Errorf("find the newest event: %w", err)
	}
	if q.ToSeq == 0 {
		q.ToSeq = summary.LastSeq
	}
	upTo := q.ToSeq
	q, expected, err := h.expect(ctx, q)
	if err != nil {
		return WrittenFiles{}, err
	}
	done, err := exportFiles(ctx, path, h.reader, q, meter{progress, expected})
	if err != nil {
		return done, err
	}
	if done.Rows == 0 || upTo == 0 {
		return done, nil // nothing that could be in the books twice
	}
	if q.AfterSeq > 0 {
		q.From, q.To = done.First, done.Last
	}
	err = h.remember(core.PastExport{
		At: h.now().UTC(), From: q.From, To: q.To, Format: q.Format, Rows: done.Rows, Total: done.Total,
		LastSeq: upTo, File: filepath.Base(path), Dir: filepath.Dir(path),
	})
	if err != nil {
		return done, fmt.Errorf("remember the export: %w", err)
	}
	return done, nil
}

// expect checks a query and says how many rows it may have: of one by AfterSeq, as
// many as there are events.
func (h *History) expect(ctx context.Context, q Query) (Query, int, error) {
	q, err := q.checked()
	if err != nil {
		return q, 0, err
	}
	if q.AfterSeq == 0 {
		count, _, err := q.sums(h.reader)
		return q, count, err
	}
	q, err = q.narrow(ctx, h.reader)
	return q, int(max(q.ToSeq, q.AfterSeq) - q.AfterSeq), err
}

func (h *History) remember(e core.PastExport) error {
	h.mu.Lock()
	defer h.mu.Unlock()
	past, err := h.store.Exports()
	if err != nil {
		return err
	}
	past = append(past, e)
	return h.store.SaveExports(past[max(0, len(past)-mostPastExports):])
}

// Forget takes an export out of what is remembered: what it held counts as new
// again. Its file stays. An export that is not remembered is no error.
func (h *History) Forget(e core.PastExport) error {
	h.mu.Lock()
	defer h.mu.Unlock()
	past, err := h.store.Exports()
	if err != nil {
		return fmt.Errorf("read what was exported: %w", err)
	}
	i := slices.Index(past, e)
	if i < 0 {
		return nil
	}
	if err := h.store.SaveExports(slices.Delete(past, i, i+1)); err != nil {
		return fmt.Errorf("forget an export: %w", err)
	}
	return nil
}
