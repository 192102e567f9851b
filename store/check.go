package store

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"go.etcd.io/bbolt"

	"rentbell/core"
)

// Report is what a check found. It names parts of the file and counts, and quotes
// nothing of what is in them.
type Report struct {
	Events       int          `json:"events"`
	Quarantined  int          `json:"quarantined"`
	DeletedIDs   int          `json:"deleted_ids"` // ids that stay known of events that were deleted
	Lost         int          `json:"lost"`        // events that there must have been and that are not found
	Pages        int          `json:"pages"`
	DamagedPages int          `json:"damaged_pages"`
	Unreadable   bool         `json:"unreadable"` // so much that Rentbell does not open the file
	Faults       int          `json:"faults"`     // pages used twice, or in a wrong place
	Differences  []Difference `json:"differences"`
}

// Difference is a part of the file that is not what its events make of it.
type Difference struct {
	Part    string `json:"part"`    // as in the layout above Open, e.g. "totals"
	Missing int    `json:"missing"` // entries that should be there
	Extra   int    `json:"extra"`   // that should not
	Wrong   int    `json:"wrong"`   // that should say something else
}

// Fine reports whether there is nothing to repair.
func (r Report) Fine() bool {
	return r.DamagedPages == 0 && !r.Unreadable && r.Faults == 0 && r.Lost == 0 && len(r.Differences) == 0
}

// err is the report as an error, nil where there is nothing to repair.
func (r Report) err() error {
	switch {
	case r.Fine():
		return nil
	case len(r.Differences) > 0:
		return fmt.Errorf("%w: %s is not what the events make of it", core.ErrDamaged, r.Differences[0].Part)
	}
	return fmt.Errorf("%w: %d events are missing, %d pages damaged", core.ErrDamaged, r.Lost, r.DamagedPages+r.Faults)
}

// scratchName is the pattern of a recount's file, which Check deletes at its end.
const scratchName = "rentbell-check-*.tmp"

// Check looks at every page of the store in dir, derives everything anew from its
// events, and compares. It changes nothing. core.ErrInUse while somebody receives into dir,
// core.ErrNewer when a later version wrote it, fs.ErrNotExist when nothing did.
func Check(ctx context.Context, dir string) (r Report, err error) {
	db, _, err := openReader(ctx, dir)
	switch {
	case errors.Is(err, core.ErrDamaged):
		return audit(ctx, filepath.Join(dir, FileName), nil)
	case err != nil:
		return r, err
	}
	r, err = audit(ctx, db.path, db.view)
	return r, errors.Join(err, db.Close())
}

// viewer runs a function in a read transaction.
type viewer func(func(*bbolt.Tx) error) error

// audit looks a file through, page by page, and recounts it. view reads it; nil
// where it cannot be opened. Nobody may write to the file meanwhile.
func audit(ctx context.Context, path string, view viewer) (r Report, err error) {
	file, _, err := openRegular(path)
	if err != nil {
		return r, fmt.Errorf("check store: %w", err)
	}
	defer func() { _ = file.Close() }() // it was only read
	found, err := surveyFile(ctx, file)
	if err != nil {
		return r, err
	}
	r.Unreadable = view == nil
	r.count(found)
	if !r.Fine() {
		return r, nil // a recount of what is left would only find the same damage
	}
	switch _, err := found.file.Sound(); {
	case ctx.Err() != nil:
		return r, ctx.Err()
	case err != nil:
		r.Faults = 1 // the first one it met
		return r, nil
	}
	r.Differences, err = recount(ctx, filepath.Dir(path), view, found)
	return r, err
}

func (r *Report) count(f *findings) {
	r.Pages, r.DamagedPages = f.file.Pages(), f.damaged
	r.Events, r.Quarantined = f.events.distinct(), f.quarantined.distinct()
	r.DeletedIDs, r.Lost = len(f.deletedIDs), f.missing(r.Events)
}

// recount derives everything anew in a scratch file beside the store. Where that
// fails, as on a full disk, it tries in the system's temporary directory.
func recount(ctx context.Context, dir string, view viewer, f *findings) ([]Difference, error) {
	differences, err := recountIn(ctx, dir, view, f)
	if err != nil && ctx.Err() == nil {
		differences, err = recountIn(ctx, os.TempDir(), view, f)
	}
	if err != nil {
		return nil, fmt.Errorf("recount: %w", err)
	}
	return differences, nil
}

func recountIn(ctx context.Context, dir string, view viewer, f *findings) (differences []Difference, err error) {
	path, err := freshName(dir, scratchName)
	if err != nil {
		return nil, err
	}
	defer func() { _ = os.Remove(path) }() // what is left is deleted by the next Open
	if _, err := rebuild(ctx, f, path, false); err != nil {
		return nil, err
	}
	bolt, err := bbolt.Open(path, 0o600, &bbolt.Options{ReadOnly: true, NoStatistics: true})
	if err != nil {
		return nil, err
	}
	err = view(func(kept *bbolt.Tx) error {
		return bolt.View(func(counted *bbolt.Tx) error {
			differences = compare(ctx, kept, counted)
			return ctx.Err()
		})
	})
	return differences, errors.Join(err, bolt.Close())
}

// compare finds the parts that differ. It passes over carried buckets, and of
// records it compares only how many there are. What a file of an earlier schema has
// otherwise is held to its records when it is written anew.
func compare(ctx context.Context, kept, counted *bbolt.Tx) []Difference {
	differences := []Difference{}
	older := copying{old: schemaOf(kept) < schema}
	for _, p := range layout() {
		if p.nature == carried || !older.copies(p.name) || ctx.Err() != nil {
			continue
		}
		d := Difference{Part: string(p.name)}
		switch got, want := kept.Bucket(p.name), counted.Bucket(p.name); {
		case got == nil:
			d.Missing = 1
		case p.nature == recorded:
			d.compareSequence(got, want)
		default:
			d.compareEntries(got, want, allowed(kept, p.name))
			d.compareSequence(got, want)
		}
		if d.Missing+d.Extra+d.Wrong > 0 {
			differences = append(differences, d)
		}
	}
	return differences
}

// allowed says which values of a bucket may differ from those that a recount makes (nil:
// none): links of known ids to deleted events, and in meta counts that are down to 0, and
// an earlier schema.
func allowed(kept *bbolt.Tx, name []byte) func(got, want []byte) bool {
	last := gone(kept, bucketEvents)
	switch string(name) {
	case string(bucketKnown):
		return func(got, want []byte) bool {
			earlier, id := decodeID(got)
			link, counted := decodeID(want)
			return want != nil && earlier <= last && link == 0 && bytes.Equal(id, counted)
		}
	case string(bucketMeta):
		old := number(schemaOf(kept))
		return func(got, want []byte) bool {
			return want == nil && bytes.Equal(got, number(0)) || bytes.Equal(got, old) && bytes.Equal(want, number(schema))
		}
	}
	return func(_, _ []byte) bool { return false }
}

func (d *Difference) compareSequence(got, want *bbolt.Bucket) {
	if got.Sequence() != want.Sequence() {
		d.Wrong++
	}
}

// compareEntries goes through two buckets side by side.
func (d *Difference) compareEntries(got, want *bbolt.Bucket, allowed func(got, want []byte) bool) {
	g, w := got.Cursor(), want.Cursor()
	gk, gv := g.First()
	wk, wv := w.First()
	for gk != nil || wk != nil {
		switch order := bytes.Compare(gk, wk); {
		case wk == nil || gk != nil && order < 0:
			if !allowed(gv, nil) {
				d.Extra++
			}
			gk, gv = g.Next()
		case gk == nil || order > 0:
			d.Missing++
			wk, wv = w.Next()
		default:
			if !bytes.Equal(gv, wv) && !allowed(gv, wv) {
				d.Wrong++
			}
			gk, gv = g.Next()
			wk, wv = w.Next()
		}
	}
}
