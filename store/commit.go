package store

import (
	"context"
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

	// A commit waits for expected writes at most half of the time that the
	// last one took: that is the cost of senders who do not come back. The limit
	// keeps the wait short on a disk that has stalled.
	patienceShare = 2
	maxPatience   = 2 * time.Millisecond
)

// commits lets concurrent writers share one sync. bbolt's own db.Batch waits a
// fixed time for company, and so gives one writer 93 commits a second.
//
// A writer that finds no other at work leads: it takes all writes that wait,
// commits them in one transaction, tells their writers, and hands the lead to
// the first that came meanwhile. So the store needs no goroutine of its own.
type commits struct {
	mu       sync.Mutex
	waiting  []*write
	leading  bool
	expected int           // writes that the next group is likely to hold
	took     time.Duration // by the last commit
	complete chan struct{} // closed once all expected writes wait; nil unless the leader waits for them

	additions *additions // of the running group; the leader's

	// doubt is a transaction whose meta page was written but not synced; 0: none.
	// The gate guards it, and only the leader writes it.
	doubt int
}

type write struct {
	apply func(*bbolt.Tx) error // returns errUnchanged, or the store's own failure
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

// queue puts a write behind the others, and reports whether its writer leads.
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

// gather takes the writes that wait. It waits for the expected ones first, but
// not for long. The senders of the last group have just been answered, and those
// that have more to send come back within a fraction of a commit's time. Without
// them two cohorts would alternate, each with half the group.
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

// await unlocks mu until all expected writes wait, or patience is over.
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

// passOn ends the lead over a group of n writes whose commit took that long. A
// single sender is expected to come back, and so waits for nobody else.
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
	added := newAdditions(&db.ids)
	db.commits.additions = added
	var id int
	err := guarded(func() error {
		return db.bolt.Update(func(tx *bbolt.Tx) error {
			id = tx.ID()
			db.ids.fill(tx)
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
			return errors.Join(added.totals.save(tx), tallies.save(tx))
		})
	})
	if err == nil {
		added.keep()
		return nil
	}
	db.tallies.giveBack(tallies)
	if errors.Is(err, errUnchanged) {
		return nil // what was read is confirmed: a commit begins without a doubt
	}
	db.suspect.Store(true)
	if db.visible(id) {
		db.commits.doubt = id
	}
	return fmt.Errorf("%w: %w", core.ErrStorage, err)
}

// errUnchanged is returned by a write that found nothing to change, such as a
// duplicate. A group of nothing but these is rolled back without a sync.
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

// settleDoubt takes back a transaction that can be read but that the disk never
// confirmed. Its senders were told to try again. If it stayed, their next try
// would count as a duplicate of something that a power cut may still take away:
// Linux reports a failed sync once and then forgets it.
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

// settle is settleDoubt for a caller that holds the gate.
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
	bolt, err := openFile(context.Background(), db.path)
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
