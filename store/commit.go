package store

import (
	"errors"
	"fmt"
	"os"
	"sync"
	"time"

	"go.etcd.io/bbolt"

	"rentbell/core"
)

const (
	// maxGroup bounds one transaction: enough for every connection that waits,
	// and a bound on what one commit holds in memory.
	maxGroup = 512

	// A commit waits for those that are expected no longer than a quarter of
	// what the last one took, which is what senders who do not come back cost,
	// and never long enough to be felt on a disk that has stalled.
	patienceShare = 4
	maxPatience   = 2 * time.Millisecond
)

// commits lets concurrent writers share one sync. Whoever finds nobody at work
// leads: it takes everything that waits, commits it in one transaction, tells
// the others, and hands the lead to the first of those that came meanwhile. So
// no goroutine of our own has to live and die with the store.
type commits struct {
	mu       sync.Mutex
	waiting  []*write
	leading  bool
	expected int           // writes that the next group is likely to hold
	took     time.Duration // by the last commit
	complete chan struct{} // closed once all that are expected wait; nil unless the leader waits for that

	totals totals // of the running group; the leader's

	doubt int // transaction whose meta page was written but not synced; 0: none. Guarded by the gate, and written by one leader at a time.
}

type write struct {
	apply func(*bbolt.Tx) error // errUnchanged, or fails when the store itself does
	turn  chan turn             // capacity 1: exactly one message ever comes
}

type turn struct {
	lead bool // commit the next group yourself
	err  error
}

// update runs apply in a write transaction, together with those of other
// callers, and returns once it is synced. Every error wraps core.ErrStorage and
// means that nothing of apply was kept.
func (db *DB) update(apply func(*bbolt.Tx) error) error {
	c := &db.commits
	own := &write{apply: apply, turn: make(chan turn, 1)}

	if leads := c.queue(own); !leads {
		if t := <-own.turn; !t.lead {
			return t.err
		}
	}
	group := c.gather()
	began := time.Now()
	err := db.commit(group)
	took := time.Since(began)
	for _, w := range group {
		if w != own {
			w.turn <- turn{err: err}
		}
	}
	c.passOn(len(group), took)
	return err
}

// queue puts a write behind those that wait, and reports whether it leads.
func (c *commits) queue(w *write) (leads bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.waiting = append(c.waiting, w)
	if c.complete != nil && len(c.waiting) >= c.expected {
		close(c.complete)
		c.complete = nil
	}
	leads, c.leading = !c.leading, true
	return leads
}

// gather takes the writes that wait, once those that are likely to come are
// there or patience is at an end. The senders of the last group have just been
// answered: those that go on sending come back within a fraction of what a
// commit takes, and without them two cohorts alternate, each with half the group.
func (c *commits) gather() []*write {
	c.mu.Lock()
	defer c.mu.Unlock()
	if len(c.waiting) < c.expected {
		c.await(min(c.took/patienceShare, maxPatience))
	}
	n := min(len(c.waiting), maxGroup)
	group := c.waiting[:n:n]
	c.waiting = c.waiting[n:]
	return group
}

// await lets go of mu until all that are expected wait, but for no longer than
// patience.
func (c *commits) await(patience time.Duration) {
	complete := make(chan struct{})
	c.complete = complete
	c.mu.Unlock()
	timer := time.NewTimer(patience)
	select {
	case <-complete:
	case <-timer.C:
	}
	timer.Stop()
	c.mu.Lock()
	c.complete = nil
}

// passOn ends the lead over a group of n writes, whose commit took that long. A
// sender that is alone finds its own last write expected, and nobody to wait for.
func (c *commits) passOn(n int, took time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.took = took
	c.expected = min(n+len(c.waiting), maxGroup)
	if len(c.waiting) == 0 {
		c.leading = false
		return
	}
	c.waiting[0].turn <- turn{lead: true}
}

// commit runs a group in one transaction. Only the leader calls it.
func (db *DB) commit(group []*write) error {
	if err := db.settleDoubt(); err != nil {
		return fmt.Errorf("%w: %w", core.ErrStorage, err)
	}
	db.gate.RLock()
	defer db.gate.RUnlock()
	if db.bolt == nil {
		return errClosed
	}
	tallies := db.tallies.take()
	db.commits.totals = totals{}
	var id int
	err := guarded(func() error {
		return db.bolt.Update(func(tx *bbolt.Tx) error {
			id = tx.ID()
			unchanged := 0
			for _, w := range group {
				switch err := w.apply(tx); {
				case errors.Is(err, errUnchanged):
					unchanged++
				case err != nil:
					return err
				}
			}
			if unchanged == len(group) {
				return errUnchanged
			}
			return errors.Join(db.commits.totals.save(tx), tallies.save(tx))
		})
	})
	if err == nil {
		db.confirmed.Store(int64(id))
		return nil
	}
	db.tallies.giveBack(tallies)
	if errors.Is(err, errUnchanged) {
		return nil // what was read is confirmed: a commit begins without a doubt
	}
	if db.visible(id) {
		db.commits.doubt = id
	}
	return fmt.Errorf("%w: %w", core.ErrStorage, err)
}

// errUnchanged is what a write says that found nothing to change, such as one that
// brought a duplicate. A group of nothing else is taken back without a sync.
var errUnchanged = errors.New("nothing was written")

// visible reports whether readers see transaction id. bbolt writes the meta page
// last and syncs it then: when only that sync fails, the transaction can be read
// although the disk has never confirmed it.
func (db *DB) visible(id int) bool {
	seen := false
	err := db.bolt.View(func(tx *bbolt.Tx) error { // touches no page
		seen = id > 0 && tx.ID() >= id
		return nil
	})
	return err != nil || seen
}

// settleDoubt takes back a transaction that can be read but was never confirmed
// by the disk. Its senders were told to try again: were it left, their next try
// would be answered as a duplicate of something that a power cut may still take
// away (Linux reports a failed sync once and then forgets it).
func (db *DB) settleDoubt() error {
	db.gate.RLock()
	sure := db.commits.doubt == 0
	db.gate.RUnlock()
	if sure {
		return nil
	}
	db.gate.Lock()
	defer db.gate.Unlock()
	return db.settle()
}

// settle is settleDoubt for who holds the gate.
func (db *DB) settle() error {
	if db.commits.doubt == 0 {
		return nil
	}
	if db.bolt != nil {
		if err := db.bolt.Close(); err != nil {
			return fmt.Errorf("close store: %w", err)
		}
		db.bolt = nil
	}
	if err := eraseMeta(db.path, db.commits.doubt, db.pageSize); err != nil {
		return fmt.Errorf("take back an unconfirmed commit: %w", err)
	}
	bolt, err := openFile(db.path)
	if err != nil {
		return err
	}
	db.bolt = bolt
	db.commits.doubt = 0
	return nil
}

// eraseMeta makes bbolt fall back to the transaction before id. bbolt's file has
// two meta pages, used in turn (page id modulo 2); with the newer one invalid it
// opens at the older, whose pages a later transaction has not touched.
func eraseMeta(path string, id, pageSize int) error {
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		return err
	}
	_, err = f.WriteAt(make([]byte, pageSize), int64(id%2)*int64(pageSize))
	return errors.Join(err, f.Sync(), f.Close())
}
