package export

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"time"

	"rentbell/core"
)

// Start says what an export can hold that begins now.
type Start struct {
	AfterSeq uint64    // the newest export of the format may have what was stored up to this event; 0: none is remembered
	ToSeq    uint64    // the newest event, or AfterSeq where no payment is new
	From, To core.Date // whatever the time zone, new payments are of these days; zero: it was not looked for
	Renames  uint64    // how many changes of names there have been
	// Broken are exports that were begun, and whose files are not there as they were
	// to be. Their payments count as new.
	Broken []core.PastExport
	// Other is the last export of the format, where another desk of the office made it;
	// else nil.
	Other *core.ClaimedError
}

// Claim is the right to export. Nobody else makes an export of the same data that is
// remembered until it is released, so no two of them hold the same payments.
type Claim interface {
	Start() Start
	// Begin remembers that the files of an export are about to appear, with the time and
	// Renames. Should this process end before Done or Drop, the next claim looks at them.
	// A core.ClaimedError says that another desk of the office has taken the claim over.
	Begin(core.PastExport) error
	// Done says that they have appeared.
	Done() error
	// Drop says that they have not.
	Drop() error
	// Release may be called more than once.
	Release()
}

// claim is one of this process.
type claim struct {
	history *History
	start   Start
	reader  Reader
	begun   core.PastExport
	release func()

	office    core.ExportClaim // nil: this computer is in no office, or the claim is of a period alone
	unclaimed bool             // of a period that the office does not know of: nothing is remembered
}

// asked is what is to be claimed, and how.
type asked struct {
	takeOver bool // also what another desk claims and has not ended for a long time
	period   bool // and not what is new: where the office cannot be asked, it is not remembered
}

// Claim waits until no other export is made. See Desk.
func (h *History) Claim(ctx context.Context, f core.Format, takeOver bool) (Claim, error) {
	return h.claim(ctx, f, asked{takeOver: takeOver})
}

func (h *History) claim(ctx context.Context, f core.Format, a asked) (*claim, error) {
	select {
	case h.making <- struct{}{}:
	case <-ctx.Done():
		return nil, fmt.Errorf("wait for another export: %w", ctx.Err())
	}
	c := &claim{history: h}
	c.release = sync.OnceFunc(func() {
		if c.office != nil {
			c.office.Release()
		}
		<-h.making
	})
	if err := c.look(ctx, f, a); err != nil {
		c.Release()
		return nil, fmt.Errorf("begin an export: %w", err)
	}
	return c, nil
}

// look finds out what there is to export.
func (c *claim) look(ctx context.Context, f core.Format, a asked) error {
	h := c.history
	broken, err := h.settle(false)
	if err != nil {
		return err
	}
	if err := c.ask(ctx, f, a); err != nil {
		return err
	}
	past, err := h.Past()
	if err != nil {
		return err
	}
	summary, err := h.store.Summary()
	if err != nil {
		return err
	}
	renames, err := h.store.Renames()
	if err != nil {
		return err
	}
	if c.reader, err = h.read(renames); err != nil {
		return err
	}
	last, _ := LastExport(past, f) // without one, everything is new
	c.start = Start{AfterSeq: last.LastSeq, ToSeq: summary.LastSeq, Renames: renames, Broken: broken}
	if c.office != nil {
		upTo, other := c.office.Last()
		if c.start.AfterSeq = max(c.start.AfterSeq, upTo); c.start.AfterSeq == upTo {
			c.start.Other = other
		}
		c.start.ToSeq = max(c.start.ToSeq, c.start.AfterSeq) // this desk may lag behind another
	}
	return c.start.narrow(ctx, c.reader)
}

// ask gets the claim of the office, where this computer is in one.
func (c *claim) ask(ctx context.Context, f core.Format, a asked) (err error) {
	if c.history.office == nil {
		return nil
	}
	o := c.history.office()
	if o == nil {
		return nil
	}
	if c.office, err = o.Claim(ctx, f, a.takeOver); err != nil {
		c.office = nil
		if c.unclaimed = a.period && ctx.Err() == nil; c.unclaimed {
			return nil
		}
	}
	return err
}

// narrow looks for the days that new payments are of.
func (s *Start) narrow(ctx context.Context, r Reader) error {
	if s.AfterSeq == 0 {
		return nil // everything is read in any case
	}
	q, err := Query{AfterSeq: s.AfterSeq, ToSeq: s.ToSeq, Location: time.UTC}.narrow(ctx, r)
	if s.ToSeq = q.ToSeq; err == nil && !q.always() {
		s.From, s.To = q.From.AddDays(-1), q.To.AddDays(1)
	}
	return err
}

func (c *claim) Start() Start { return c.start }

func (c *claim) Release() { c.release() }

func (c *claim) Begin(e core.PastExport) error {
	if c.unclaimed {
		return nil
	}
	e.Begun, e.At, e.Renames = true, c.history.now().UTC(), c.start.Renames
	if c.office != nil {
		at, err := c.office.Begin(e)
		if err != nil {
			return err
		}
		e.At = at.UTC()
	}
	c.begun = e
	return c.change(func(past []core.PastExport) []core.PastExport { return append(past, e) })
}

func (c *claim) Done() error {
	if c.unclaimed {
		return nil
	}
	err := c.change(func(past []core.PastExport) []core.PastExport {
		if i := slices.Index(past, c.begun); i >= 0 {
			past[i].Begun = false
		}
		return past
	})
	if c.office != nil {
		c.office.Done(c.begun) // the files are there, even if this desk cannot remember that now
	}
	return err
}

func (c *claim) Drop() error {
	if c.unclaimed {
		return nil
	}
	return c.change(func(past []core.PastExport) []core.PastExport {
		return slices.DeleteFunc(past, func(e core.PastExport) bool { return e == c.begun })
	})
}

// forget has the office go back to the export before e, where e is its last one.
func (c *claim) forget(past []core.PastExport, e core.PastExport) error {
	if c.office == nil {
		return nil
	}
	if upTo, _ := c.office.Last(); upTo != e.LastSeq {
		return nil // it has a newer one that is not known here yet
	}
	before, _ := LastExport(slices.DeleteFunc(slices.Clone(past), func(p core.PastExport) bool { return p == e }), e.Format)
	if err := c.office.Forget(before.LastSeq); err != nil {
		return fmt.Errorf("forget an export: %w", err)
	}
	return nil
}

func (c *claim) change(to func([]core.PastExport) []core.PastExport) error {
	if err := c.history.change(to); err != nil {
		return fmt.Errorf("remember an export: %w", err)
	}
	return nil
}

// settle decides about exports whose process ended before it could: one whose files are
// there is remembered, and others are not, unless keep.
func (h *History) settle(keep bool) (broken []core.PastExport, err error) {
	err = h.change(func(past []core.PastExport) []core.PastExport {
		var settled []core.PastExport
		for _, e := range past {
			if e.Begun && !appeared(e) {
				if broken = append(broken, e); keep {
					settled = append(settled, e)
				}
				continue
			}
			e.Begun = false
			settled = append(settled, e)
		}
		return settled
	})
	return broken, err
}

// appeared reports whether the files of an export are there, as they were made.
func appeared(e core.PastExport) bool {
	sum := sha256.New()
	for part := range e.Files {
		if readInto(sum, PartName(filepath.Join(e.Dir, e.File), part+1, e.Files)) != nil {
			return false
		}
	}
	return e.File != core.StandardOutput && e.SHA256 == hex.EncodeToString(sum.Sum(nil))
}

// readInto copies a regular file.
func readInto(w io.Writer, path string) error {
	info, err := os.Stat(path)
	if err != nil {
		return err
	}
	if !info.Mode().IsRegular() {
		return fs.ErrInvalid
	}
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer func() { _ = f.Close() }() // it was only read
	_, err = io.Copy(w, f)
	return err
}
