package export

import (
	"context"
	"fmt"
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
		if e.Format == f && !e.Begun {
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

// Store is the part of a core.Store that knows what was exported, and how far it has got
// itself.
type Store interface {
	Summary() (core.Summary, error)
	Renames() (uint64, error)
	Exports() ([]core.PastExport, error)
	SaveExports([]core.PastExport) error
	StatementAccount() (core.StatementAccount, error)
	MakeStatementAccount() (core.StatementAccount, error)
}

// History makes exports and remembers them, so that the next one can be of
// the payments that came in since. It is a Desk, the one of a process that has the
// store. Its methods may be called from any goroutine.
type History struct {
	store Store
	read  func(renames uint64) (Reader, error)
	now   func() time.Time

	office  func() core.ExportOffice // nil, or it returns nil: this computer is in no office
	changed func()                   // nil: nobody cares; else what is remembered has changed

	making chan struct{} // has room while no export is made
	mu     sync.Mutex    // held while store is read and written, so that no change undoes another
}

// NewHistory makes a history of what is exported from a store. read reads payments
// with the names as they were after so many changes; now dates the exports.
func NewHistory(store Store, read func(renames uint64) (Reader, error), now func() time.Time) *History {
	return &History{store: store, read: read, now: now, making: make(chan struct{}, 1)}
}

// InOffice has exports claimed in an office, where office returns one, and tells changed,
// which may be nil, that others are remembered. It is to be called before any other method.
func (h *History) InOffice(office func() core.ExportOffice, changed func()) {
	h.office, h.changed = office, changed
}

// AsOf reads payments with the names as they were after so many changes of names.
func (h *History) AsOf(renames uint64) (Payments, error) { return h.read(renames) }

// StatementAccount is the account that statements are of. It is made when there is none.
func (h *History) StatementAccount(context.Context) (core.StatementAccount, error) {
	if a, err := h.store.StatementAccount(); err != nil || a.Valid() {
		return a, err
	}
	return h.store.MakeStatementAccount()
}

// Past returns the exports made so far, oldest first. It reads the disk.
func (h *History) Past() ([]core.PastExport, error) {
	past, err := h.store.Exports()
	return slices.DeleteFunc(past, func(e core.PastExport) bool { return e.Begun }), err
}

// Settled is Past, with exports whose process ended as their files had appeared. Whom the next
// claim is to tell of one that is broken, it still tells. It does not wait for an export that
// is being made.
func (h *History) Settled() ([]core.PastExport, error) {
	select {
	case h.making <- struct{}{}:
		_, err := h.settle(true)
		<-h.making
		if err != nil {
			return nil, err
		}
	default: // who makes it says how it ends
	}
	return h.Past()
}

// Export is Files that keeps to what is stored when it begins, and remembers what the
// files hold. What is new is so when its turn has come: it waits for another export of
// the same data. Unless progress is nil, it is called every few hundred rows and at the
// end, with the rows written so far and those expected. After an error that comes with
// rows the files are there; the next export remembers them.
//
// In an office, what is new is claimed: the error may be a core.ClaimedError or wrap
// core.ErrOfficeAway. A period is exported in any case; where it could not be claimed it is
// NotRemembered.
func (h *History) Export(ctx context.Context, path string, q Query, progress func(done, total int)) (WrittenFiles, error) {
	claim, err := h.claim(ctx, q.Format, asked{takeOver: q.TakeOver, period: q.AfterSeq == 0})
	if err != nil {
		return WrittenFiles{}, err
	}
	defer claim.Release()
	if q.ToSeq == 0 {
		q.ToSeq = claim.start.ToSeq
	}
	if q.AfterSeq > 0 {
		if o := claim.start.Other; o != nil && (q.AfterSeq < claim.start.AfterSeq || q.ToSeq <= q.AfterSeq) {
			return WrittenFiles{}, o
		}
		q.AfterSeq = max(q.AfterSeq, claim.start.AfterSeq)
	}
	e := entry{claim: claim, to: Target{Path: path}, upTo: q.ToSeq, empty: true}
	q, expected, err := q.expect(ctx, claim.reader)
	if err != nil {
		return WrittenFiles{}, err
	}
	e.query = q
	job := job{to: e.to, query: q, meter: meter{progress, expected}, commit: e.commit}
	done, err := job.run(ctx, claim.reader)
	done.NotRemembered = claim.unclaimed && done.Rows > 0
	return done, err
}

// expect checks a query and says how many rows it may have: of one by AfterSeq, as
// many as there are events.
func (q Query) expect(ctx context.Context, r Reader) (Query, int, error) {
	q, err := q.checked()
	if err != nil {
		return q, 0, err
	}
	if q.AfterSeq == 0 {
		count, _, err := q.sums(r)
		return q, count, err
	}
	q, err = q.narrow(ctx, r)
	return q, int(max(q.ToSeq, q.AfterSeq) - q.AfterSeq), err
}

// Forget takes an export out of what is remembered: what it held counts as new
// again, in an office for all desks. Its file stays. An export that is not remembered is no
// error. The newest of a format is claimed in an office: see Export.
func (h *History) Forget(ctx context.Context, e core.PastExport) error {
	past, err := h.Past()
	if err != nil {
		return fmt.Errorf("forget an export: %w", err)
	}
	if last, _ := LastExport(past, e.Format); last == e {
		claim, err := h.claim(ctx, e.Format, asked{})
		if err != nil {
			return err
		}
		defer claim.Release()
		if err := claim.forget(past, e); err != nil {
			return err
		}
	}
	err = h.change(func(past []core.PastExport) []core.PastExport {
		return slices.DeleteFunc(past, func(p core.PastExport) bool { return p == e })
	})
	if err != nil {
		return fmt.Errorf("forget an export: %w", err)
	}
	return nil
}

// Edit lets edit say what is remembered from now on, which others of the office may have
// exported.
func (h *History) Edit(edit func([]core.PastExport) []core.PastExport) error { return h.change(edit) }

// change saves what to makes of the exports that are remembered.
func (h *History) change(to func([]core.PastExport) []core.PastExport) error {
	h.mu.Lock()
	defer h.mu.Unlock()
	past, err := h.store.Exports()
	if err != nil {
		return err
	}
	before := slices.Clone(past)
	if past = kept(to(past)); slices.Equal(past, before) {
		return nil
	}
	if err := h.store.SaveExports(past); err != nil {
		return err
	}
	if h.changed != nil {
		h.changed()
	}
	return nil
}

// kept drops the oldest exports when there are too many. The newest of each format stays:
// it says what is new.
func kept(past []core.PastExport) []core.PastExport {
	for i := 0; i < len(past) && len(past) > mostPastExports; {
		if last, _ := LastExport(past, past[i].Format); past[i].Begun || last == past[i] {
			i++
		} else {
			past = slices.Delete(past, i, i+1)
		}
	}
	return past
}
