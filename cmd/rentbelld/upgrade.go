package main

import (
	"context"
	"fmt"
	"time"

	"rentbell/store"
)

// upgradeEvery is how often a command says how far the data is.
const upgradeEvery = 3 * time.Second

// upgrading says how far the file of an earlier version is written anew. Of any other
// file it says nothing.
type upgrading struct {
	say   func(line string)
	now   func() time.Time
	spoke time.Time // zero: not yet
}

// upgrading says it in lines of their own on stderr.
func (p program) upgrading() *upgrading {
	return &upgrading{say: func(line string) { fmt.Fprintf(p.err, "rentbelld: %s\n", line) }, now: time.Now}
}

// logUpgrade says it in the log.
func (p program) logUpgrade() *upgrading {
	log := p.log()
	return &upgrading{say: func(line string) { log.Info(line) }, now: time.Now}
}

func (u *upgrading) note(done, total int) {
	now := u.now()
	switch {
	case u.spoke.IsZero():
		u.say("this version writes the data anew, once; nothing is lost, also if it is stopped")
	case now.Sub(u.spoke) < upgradeEvery:
		return
	default:
		part := min(int(100*float64(done)/float64(max(1, total))), 99) // all is done only when the file is in its place
		u.say(fmt.Sprintf("writing the data anew: %d %%", part))
	}
	u.spoke = now
}

// end says that the data is ready, where anything was said before.
func (u *upgrading) end(err error) {
	if err == nil && !u.spoke.IsZero() {
		u.say("the data is ready")
	}
}

// opener opens the store of a directory.
type opener func(ctx context.Context, dir string) (*store.DB, error)

// telling is open, store.OpenContext or the like, that says how far it is.
func (p program) telling(open func(ctx context.Context, dir string, progress func(done, total int)) (*store.DB, error)) opener {
	return func(ctx context.Context, dir string) (*store.DB, error) {
		told := p.upgrading()
		db, err := open(ctx, dir, told.note)
		told.end(err)
		return db, err
	}
}
