// Package store is Rentbell's memory: one bbolt file. It promises that what Add
// and Quarantine have acknowledged is synced to disk, with everything derived
// from it, in one transaction. A transaction must never call back into core.
//
// Layout, schema 2. Numbers are big-endian; times are seconds since 1970 with
// the sign bit flipped (so that bytes sort like time) and, in keys, four bytes
// of nanoseconds.
//
//	meta        "schema", "concerns", "open"      -> uint64: version, open concerns, open work orders
//	events      seq                               -> record (CBOR, record.go and spans.go); seq is dense from 1, so it is Activity's index too
//	known       seq                               -> seq of the same subject's event before it (uvarint; 0: none), event id (ids.go)
//	quarantine  seq                               -> quarantine record
//	apart       SHA-256 of a quarantined body, or 's' and that of what it is a sample of
//	            -> seq; the bucket's number is the last seq that is in it
//	payments.n, workorders.n, leases.n, tenants.n
//	            n                                 -> seq, of the first row of each run (feed.go)
//	payments    time, nanoseconds, seq            -> row: payments by when they happened, with all that is listed of them (row.go)
//	latest      kind of subject, id               -> seq of its newest event
//	workorders, leases, tenants
//	            id                                -> current state (CBOR, state.go)
//	totals      quarter of an hour since 1970     -> count, cents: every zone's days are whole quarters
//	reads       topic, 0, id                      -> what is to be looked up at AppFolio (CBOR, backlog.go)
//	records     kind, 0, id                       -> what was last read of a thing, as its reader spells it
//	concerns    n                                 -> 'e' or 'q', seq: what still needs attention
//	names       kind of thing, 0, its id          -> name, given and learned (CBOR)
//	renames     n                                 -> a name as it was before its change n (CBOR, renames.go)
//	terms       lease id                          -> what is expected of it (CBOR, radar.go)
//	duerules    property's name                   -> when its rents are late (CBOR, radar.go)
//	marks       core.FindingKey                   -> what became of a finding (CBOR, radar.go)
//	memo        "settings", "registration", "presence", "bookmark", "bookmarks", "public-keys",
//	            "exports", "statement", "backup", "radar", "rejected", "duplicates" -> JSON
//
// A delivery touches the ends of events, known and payments, and few pages besides. Whether its id is new is told by a table in memory, which the first commit
// makes of known.
//
// After a prune, meta has how many entries were deleted from the front of events,
// quarantine and every feed, under "gone." and the bucket's name. Numbers go on, so
// the first entry that is there has the next number. "gone.totals" has count and
// cents of the deleted payments. known keeps every id ever seen. payments, totals and
// concerns are those of the events that are there; known may name an earlier event that
// is not. latest has no subject without events. A state stays while its subject has
// events, and includes what the deleted ones said. Tenants, open work orders and leases
// that have not ended stay without events too. A recount begins with all of that
// (outlive.go). layout.go says which buckets it derives anew and which it carries over.
//
// Migrations, in order: a file of schema 1 is written anew when it is opened
// (upgrade.go). testdata has a file of every schema.
package store

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"
	"time"

	"go.etcd.io/bbolt"

	"rentbell/core"
	"rentbell/core/owner"
)

// FileName is the store's file in a data directory.
const FileName = "rentbell.db"

const (
	schema = 2

	// mostSchema is more than any version of Rentbell will come to: a file that says
	// more is damaged, and not a newer version's.
	mostSchema = 100

	// lockWait bounds the wait for another process that has locked the file. A
	// reading command finishes within it, and a second start still says within
	// five seconds that the data is in use.
	lockWait = 2 * time.Second
)

// DB is an open store. It implements core.Store; every method may be called
// from any goroutine.
type DB struct {
	path     string
	seen     seenFile
	pageSize int  // of the file, in bytes
	reader   bool // the file is open for reading only

	gate sync.RWMutex // held for writing while the file is reopened after a failed sync
	bolt *bbolt.DB    // nil while a reopening has not succeeded yet
	seat seat         // nobody else gets in while the file is closed for a moment

	house chan struct{} // capacity 1: full while a goroutine deletes from the file or copies it

	commits commits
	ids     knownIDs
	suspect atomic.Bool // a fault was met: see closed.go
	tallies tallies
	floods  floods
}

// Open opens or makes the store in the data directory dir, which must exist,
// and locks it. core.ErrInUse when another process holds it, core.ErrNewer when
// a later version wrote it, core.ErrDamaged when it cannot be read; then nothing
// was changed, and Repair saves what can be saved.
func Open(dir string) (*DB, error) { return OpenContext(context.Background(), dir, nil) }

// OpenContext is Open that gives up once ctx ends: to prove that a large file can be
// read takes a while. The file of an earlier version is written anew first, which takes
// longer. progress hears how far that is, and is not called otherwise; it may be nil.
func OpenContext(ctx context.Context, dir string, progress func(done, total int)) (*DB, error) {
	if err := owner.CheckDir(dir); err != nil {
		return nil, fmt.Errorf("open store: %w", err)
	}
	if err := tidyUp(dir); err != nil {
		return nil, err
	}
	db := &DB{path: filepath.Join(dir, FileName), seen: openSeen(dir), house: make(chan struct{}, 1)}
	var err error
	if db.seat, err = takeSeat(ctx, db.path); err != nil {
		return nil, err
	}
	bolt, err := openFile(ctx, db.path)
	if err != nil {
		db.seat.leave()
		return nil, err
	}
	_ = os.Remove(closedMark(db.path)) // the first write makes it useless all the same
	db.bolt, db.pageSize = bolt, bolt.Info().PageSize
	if err := guarded(func() error { return db.prepare(ctx, progress) }); err != nil {
		if db.bolt != nil {
			_ = db.bolt.Close() // the reason for giving up is err
		}
		db.seat.leave()
		return nil, fmt.Errorf("prepare store %s: %w", db.path, err)
	}
	db.loadTallies()
	clearAway(dir)
	return db, nil
}

// OpenReader opens an existing store for reading only, together with other
// readers. core.ErrInUse when a receiver holds it; fs.ErrNotExist when there is
// none, and nothing is created then.
func OpenReader(dir string) (*DB, error) { return OpenReaderContext(context.Background(), dir, nil) }

// OpenReaderContext is OpenReader that gives up once ctx ends. progress is that of
// OpenContext.
func OpenReaderContext(ctx context.Context, dir string, progress func(done, total int)) (*DB, error) {
	db, old, err := openReader(ctx, dir)
	if err != nil || !old {
		return db, err
	}
	if err := db.Close(); err != nil {
		return nil, err
	}
	if db, err = OpenContext(ctx, dir, progress); err == nil { // for writing, which writes it anew
		err = db.Close()
	}
	if err != nil {
		return nil, err
	}
	db, _, err = openReader(ctx, dir)
	return db, err
}

// openReader opens a store for reading as it is. old: it is of an earlier schema.
func openReader(ctx context.Context, dir string) (db *DB, old bool, err error) {
	if err := owner.CheckDir(dir); err != nil {
		return nil, false, fmt.Errorf("open store: %w", err)
	}
	path := filepath.Join(dir, FileName)
	if _, err := os.Stat(path); err != nil {
		return nil, false, fmt.Errorf("open store: %w", err)
	}
	if seatTaken(path) {
		return nil, false, fmt.Errorf("open store %s: %w", path, core.ErrInUse)
	}
	bolt, err := openLocked(ctx, path, bbolt.Options{Timeout: lockWait / 4, ReadOnly: true, NoStatistics: true})
	if err != nil {
		return nil, false, err
	}
	if err := guarded(func() error {
		return bolt.View(func(tx *bbolt.Tx) error {
			old = schemaOf(tx) < schema
			return checkSchema(tx)
		})
	}); err != nil {
		_ = bolt.Close() // the reason for giving up is err
		return nil, false, fmt.Errorf("read store %s: %w", path, err)
	}
	db = &DB{path: path, bolt: bolt, reader: true, house: make(chan struct{}, 1)}
	db.loadTallies()
	return db, old, nil
}

// Close saves the tallies that are only in memory and unlocks the file. It waits
// for running reads and commits.
func (db *DB) Close() error {
	flushed := db.flushTallies()
	db.gate.Lock()
	defer db.gate.Unlock()
	defer db.seat.leave()
	if db.bolt == nil {
		return flushed
	}
	db.markClosed()
	err := db.bolt.Close()
	db.bolt = nil
	return errors.Join(flushed, err)
}

// prepare makes the buckets of a new file, and those that an older version's file
// lacks. It refuses a later version's file. A file that lacks nothing stays as it is;
// it is synced, because the process before may have ended between a write and its sync.
func (db *DB) prepare(ctx context.Context, progress func(done, total int)) error {
	if err := db.upgrade(ctx, progress); err != nil {
		return err
	}
	whole := false
	if err := db.bolt.View(func(tx *bbolt.Tx) error {
		whole = complete(tx)
		return nil
	}); err != nil {
		return err
	}
	if whole {
		return db.bolt.Sync()
	}
	return db.bolt.Update(createBuckets)
}

// empty reports that no bucket was ever made in a file.
func empty(tx *bbolt.Tx) bool {
	first, _ := tx.Cursor().First()
	return first == nil
}

func checkSchema(tx *bbolt.Tx) error {
	meta := tx.Bucket(bucketMeta)
	if meta == nil && empty(tx) {
		return errors.New("the file holds no Rentbell data")
	}
	var found uint64
	if meta != nil {
		found = toNumber(meta.Get(keySchema))
	}
	switch {
	case found == 0 || found > mostSchema:
		return fmt.Errorf("%w: it does not say its schema", core.ErrDamaged)
	case found > schema:
		return newer(found)
	case len(misnamed(namesOf(tx))) > 0: // an empty bucket would be made in its place
		return fmt.Errorf("%w: the name of a bucket is", core.ErrDamaged)
	}
	return nil
}

func namesOf(tx *bbolt.Tx) (names []string) {
	c := tx.Cursor()
	for name, _ := c.First(); name != nil; name, _ = c.Next() {
		names = append(names, string(name))
	}
	return names
}

// errClosed: the store is closed, or could not be opened again.
var errClosed = fmt.Errorf("%w: store is closed", core.ErrStorage)

// view runs fn in a read transaction.
func (db *DB) view(fn func(*bbolt.Tx) error) error {
	db.gate.RLock()
	defer db.gate.RUnlock()
	if db.bolt == nil {
		return errClosed
	}
	return db.heed(guarded(func() error { return db.bolt.View(fn) }))
}

// newer is the error for a file of a version that this one does not know.
func newer(version uint64) error {
	return fmt.Errorf("%w: schema %d, this version knows %d", core.ErrNewer, version, schema)
}
