package readback

import (
	"context"
	"errors"
	"time"

	"rentbell/core"
)

const (
	// gather is how long the first doorbell of a kind waits for more: one change at
	// AppFolio rings for several records, and one request reads them all.
	gather = 2 * time.Second
	// gatherCharges is how long a doorbell of a charge waits: AppFolio writes receipts
	// after the charges they pay.
	gatherCharges = time.Minute
	// shortestRest keeps Run from spinning when the clock jumps.
	shortestRest = time.Second
	// askedEvery bounds how often a user who asks is heard.
	askedEvery = time.Minute
	// lateNudge is how long after a doorbell a wake-up still belongs to it, and not to
	// a user who asks.
	lateNudge = 2 * time.Second
	// mostReads bounds memory. Reads beyond it are taken in a later turn.
	mostReads = 10_000
)

// Run reads whenever something is due, until ctx ends. Between turns it sleeps
// until the next thing is due or d wakes it. It implements core.DeveloperSpace.
func (r *Reader) Run(ctx context.Context, d core.Desk) {
	s := &session{Reader: r, desk: d}
	rest := time.NewTimer(0)
	defer rest.Stop()
	woken := false
	for {
		select {
		case <-ctx.Done():
			return
		case <-d.Wake():
			woken = true
		case <-rest.C:
		}
		next := s.turn(ctx, woken)
		woken = false
		rest.Stop()
		if !next.IsZero() {
			rest.Reset(max(next.Sub(d.Now()), shortestRest))
		}
	}
}

// session is reading back with one account. Only the goroutine of Run uses it.
type session struct {
	*Reader
	desk    core.Desk
	account core.Account
	book    *book // nil: to be read from the store

	database     lane // the Database API
	reports      lane
	caughtUp     bool      // since the session began, or since a user asked
	receiptsRead bool      // likewise
	asked        time.Time // when a user last did
	rang         time.Time // when new doorbells last came
	queue        queue     // as it was when the turn began
	told         core.ReadStatus
	heard        time.Time // when AppFolio last answered
}

// errOtherAccount ends work that began with an account that is no longer in force.
var errOtherAccount = errors.New("the account has changed")

// turn does everything that is due. It returns when the next turn is; zero: when
// the desk wakes Run.
func (s *session) turn(ctx context.Context, woken bool) (next time.Time) {
	if a := s.desk.Account(); a != s.account {
		*s = session{Reader: s.Reader, desk: s.desk, account: a}
	}
	if s.account.Kind != core.KindDeveloperSpace || !s.account.Complete() {
		s.tell(core.ReadStatus{Progress: core.ReadOff})
		return time.Time{}
	}
	err := s.takeQueue(woken)
	if err == nil {
		err = s.dismiss()
	}
	if err != nil {
		s.log.Error("what is to be read back cannot be told", "err", err)
		return s.desk.Now().Add(firstPause)
	}
	s.attempt(ctx, &s.database, s.readRecords)
	s.attempt(ctx, &s.reports, s.readReceipts)
	if ctx.Err() != nil {
		return time.Time{}
	}
	if s.account != s.desk.Account() {
		return s.desk.Now()
	}
	return s.report()
}

// takeQueue reads the queue from the store. A wake-up without a new doorbell means
// that a user asked or that the network is back: then everything is looked at.
func (s *session) takeQueue(woken bool) error {
	reads, err := s.desk.Lookups(mostReads)
	if err != nil {
		return err
	}
	before := s.queue.rings()
	s.queue = queue(reads)
	now := s.desk.Now().Round(0)
	if s.queue.rings() != before {
		s.rang = now
	} else if woken && passed(now, s.rang, lateNudge) && passed(now, s.asked, askedEvery) {
		s.asked = now
		s.lookAgain()
		s.database.hurry()
		s.reports.hurry()
	}
	return nil
}

// lookAgain makes all kinds and receipts due.
func (s *session) lookAgain() { s.caughtUp, s.receiptsRead = false, false }

// report publishes how reading back goes and returns when more is due.
func (s *session) report() (next time.Time) {
	reads, err := s.desk.Lookups(mostReads)
	if err != nil {
		s.log.Error("what waits to be read back cannot be told", "err", err)
		return s.desk.Now().Add(firstPause)
	}
	s.queue = queue(reads)
	r := core.ReadStatus{
		Progress: core.ReadCurrent, Waiting: len(reads), At: s.heard,
		Problem: s.database.err, RetryAt: s.database.until, Receipts: s.reports.err,
	}
	if r.Problem != nil || r.Waiting > 0 {
		r.Progress = core.ReadBehind
	}
	s.tell(r)
	return earliest(s.nextRecords(), s.nextReceipts())
}

// tell publishes r when it differs from what was last published.
func (s *session) tell(r core.ReadStatus) {
	if r != s.told || r.Progress == core.ReadOff {
		s.desk.Tell(r)
	}
	s.told = r
}

// heardBack notes that AppFolio has just answered.
func (s *session) heardBack() { s.heard = s.desk.Now() }

// earliest is the earlier of two times. The zero time stands for never.
func earliest(a, b time.Time) time.Time {
	if a.IsZero() || !b.IsZero() && b.Before(a) {
		return b
	}
	return a
}

func latest(a, b time.Time) time.Time {
	if a.Before(b) {
		return b
	}
	return a
}

// passed reports whether d has gone by since then. A clock that was put back
// counts as time gone by, or we would wait for the old time.
func passed(now, then time.Time, d time.Duration) bool {
	return then.After(now) || now.Sub(then) >= d
}
