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

// Report is what a check found. It names parts of the file and counts, and
// nothing of what is in them.
type Report struct {
	Events       int          `json:"events"`
	Quarantined  int          `json:"quarantined"`
	Lost         int          `json:"lost"` // events that there must have been and that are not found
	Pages        int          `json:"pages"`
	DamagedPages int          `json:"damaged_pages"`
	Unreadable   bool         `json:"unreadable"` // so much that Rentbell does not open the file
	Faults       int          `json:"faults"`     // of bbolt's own check: pages used twice, or never
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

// scratchName is a recount's file, which is there only while it goes on.
const scratchName = "rentbell-check-*.tmp"

// Check recounts from its events everything that the store in dir derives, and
// compares. It changes nothing. core.ErrInUse while somebody receives into dir,
// core.ErrNewer when a later version wrote it, fs.ErrNotExist when nothing did.
func Check(ctx context.Context, dir string) (r Report, err error) {
	db, err := OpenReader(dir)
	switch {
	case errors.Is(err, core.ErrDamaged):
		r.Unreadable = true
	case err != nil:
		return r, err
	default:
		defer func() { err = errors.Join(err, db.Close()) }()
	}
	file, err := os.Open(filepath.Join(dir, FileName))
	if err != nil {
		return r, fmt.Errorf("check store: %w", err)
	}
	defer func() { _ = file.Close() }() // it was only read
	found, err := surveyFile(file)
	if err != nil {
		return r, err
	}
	r.count(found)
	if !r.Fine() {
		return r, nil // a recount of what is left would find nothing but that again
	}
	if r.Faults, err = db.faults(); err != nil || r.Faults > 0 {
		return r, err
	}
	r.Differences, err = db.recount(ctx, found)
	return r, err
}

func surveyFile(f *os.File) (*findings, error) {
	p, err := openPages(f)
	if err != nil {
		return nil, fmt.Errorf("look through store: %w", err)
	}
	found := survey(p)
	return found, found.checkSchema()
}

func (r *Report) count(f *findings) {
	r.Pages, r.DamagedPages = int(f.pages.count), len(f.damaged)
	r.Events, r.Quarantined = distinct(f.events), distinct(f.quarantined)
	r.Lost = max(0, int(f.newest-f.firstKept())+1-r.Events)
}

// distinct counts numbers; the commit before has most of them again.
func distinct(sorted []spot) int {
	n := 0
	for i, s := range sorted {
		if i == 0 || s.seq != sorted[i-1].seq {
			n++
		}
	}
	return n
}

// faults counts what bbolt finds wrong with its pages.
func (db *DB) faults() (n int, err error) {
	err = db.view(func(tx *bbolt.Tx) error {
		for range tx.Check() {
			n++
		}
		return nil
	})
	return n, err
}

// recount derives everything anew, in a file beside the store or, where there
// is no room for it, in the system's place for such files.
func (db *DB) recount(ctx context.Context, f *findings) ([]Difference, error) {
	differences, err := db.recountIn(ctx, filepath.Dir(db.path), f)
	if err != nil && ctx.Err() == nil {
		differences, err = db.recountIn(ctx, os.TempDir(), f)
	}
	if err != nil {
		return nil, fmt.Errorf("recount: %w", err)
	}
	return differences, nil
}

func (db *DB) recountIn(ctx context.Context, dir string, f *findings) (differences []Difference, err error) {
	path, err := freshName(dir, scratchName)
	if err != nil {
		return nil, err
	}
	defer func() { _ = os.Remove(path) }() // nobody misses it
	if _, err := rebuild(ctx, f, path, false); err != nil {
		return nil, err
	}
	bolt, err := bbolt.Open(path, 0o600, &bbolt.Options{ReadOnly: true, NoStatistics: true})
	if err != nil {
		return nil, err
	}
	err = db.view(func(kept *bbolt.Tx) error {
		return bolt.View(func(counted *bbolt.Tx) error {
			differences = compare(kept, counted)
			return ctx.Err()
		})
	})
	return differences, errors.Join(err, bolt.Close())
}

// freshName makes an empty file of its own, readable by its owner only.
func freshName(dir, pattern string) (string, error) {
	f, err := os.CreateTemp(dir, pattern)
	if err != nil {
		return "", err
	}
	return f.Name(), f.Close()
}

// compare finds the parts that differ. Records, and what is nobody's sum, are
// not among them.
func compare(kept, counted *bbolt.Tx) []Difference {
	differences := []Difference{}
	_ = counted.ForEach(func(name []byte, want *bbolt.Bucket) error { // fn returns no error
		d := Difference{Part: string(name)}
		switch got := kept.Bucket(name); {
		case bytes.Equal(name, bucketMemo), bytes.Equal(name, bucketNames), bytes.Equal(name, bucketReads), bytes.Equal(name, bucketRecords):
			return nil
		case got == nil:
			d.Missing = 1
		case bytes.Equal(name, bucketEvents), bytes.Equal(name, bucketQuarantine):
			d.compareSequence(got, want)
		default:
			d.compareEntries(got, want)
			d.compareSequence(got, want)
		}
		if d.Missing+d.Extra+d.Wrong > 0 {
			differences = append(differences, d)
		}
		return nil
	})
	return differences
}

func (d *Difference) compareSequence(got, want *bbolt.Bucket) {
	if got.Sequence() != want.Sequence() {
		d.Wrong++
	}
}

// compareEntries goes through two buckets side by side.
func (d *Difference) compareEntries(got, want *bbolt.Bucket) {
	g, w := got.Cursor(), want.Cursor()
	gk, gv := g.First()
	wk, wv := w.First()
	for gk != nil || wk != nil {
		switch order := bytes.Compare(gk, wk); {
		case wk == nil || gk != nil && order < 0:
			d.Extra++
			gk, gv = g.Next()
		case gk == nil || order > 0:
			d.Missing++
			wk, wv = w.Next()
		default:
			if !bytes.Equal(gv, wv) {
				d.Wrong++
			}
			gk, gv = g.Next()
			wk, wv = w.Next()
		}
	}
}
