package readback

import (
	"context"
	"errors"
	"log/slog"
	"time"

	"rentbell/core"
)

const (
	// gather is how long a first doorbell waits for more of its kind: a change at
	// AppFolio rings for several records, and one request reads them all.
	gather = 2 * time.Second
	// gatherCharges is how long a doorbell of a charge waits: receipts are written
	// down after the charges they pay.
	gatherCharges = time.Minute
	// shortestRest keeps a clock that jumps from making us spin.
	shortestRest = time.Second
	// askedEvery bounds how often asking counts.
	askedEvery = time.Minute
	// lateNudge is how far a nudge may be behind its doorbell, which was read in
	// the meantime: that is not asking.
	lateNudge = 2 * time.Second
	// mostReads bounds memory; those behind it get their turn.
	mostReads = 10_000
)

// Run is core.DeveloperSpace's. It reads whenever something is due, and rests
// until the next thing is, or until it is woken.
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

// session is reading with one account. It belongs to one goroutine.
type session struct {
	*Reader
	desk    core.Desk
	account core.Account
	book    *book // what is known; nil: to be taken from the store again

	database     lane // the Database API
	reports      lane
	caughtUp     bool      // since this session began, or since somebody asked
	receiptsRead bool      // likewise
	asked        time.Time // the last time that somebody did
	rang         time.Time // the last time that there were more doorbells
	queue        queue     // as found when the turn began
	told         core.Reading
	heard        time.Time // when AppFolio last answered
}

// errOtherAccount ends what was begun with an account that is no longer in force.
var errOtherAccount = errors.New("the account has changed")

// turn does what is due and returns when to come again; zero: when woken.
func (s *session) turn(ctx context.Context, woken bool) (next time.Time) {
	if a := s.desk.Account(); a != s.account {
		*s = session{Reader: s.Reader, desk: s.desk, account: a}
	}
	if s.account.Kind != core.KindDeveloperSpace || !s.account.Complete() {
		s.tell(core.Reading{Progress: core.ReadOff})
		return time.Time{}
	}
	err := s.look(woken)
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

// look takes the queue. Who is woken though nobody rang was asked by a person,
// or by a line that is back.
func (s *session) look(woken bool) error {
	reads, err := s.desk.Reads(mostReads)
	if err != nil {
		return err
	}
	before := s.queue.rings()
	s.queue = queue(reads)
	now := s.desk.Now().Round(0)
	if s.queue.rings() != before {
		s.rang = now
	} else if woken && isDue(s.rang, now, lateNudge) && isDue(s.asked, now, askedEvery) {
		s.asked = now
		s.lookAgain()
		s.database.hurry()
		s.reports.hurry()
	}
	return nil
}

// lookAgain has everything looked up, without waiting for its time.
func (s *session) lookAgain() { s.caughtUp, s.receiptsRead = false, false }

// attempt has work done unless its lane is to be left alone.
func (s *session) attempt(ctx context.Context, l *lane, work func(context.Context) error) {
	if s.desk.Now().Before(l.until) {
		return
	}
	err := work(ctx)
	if ctx.Err() != nil || errors.Is(err, errOtherAccount) {
		return
	}
	if err != nil {
		s.book = nil // it may be ahead of the store
		if l.err == nil {
			s.log.Log(ctx, levelOf(err), "reading back has stopped; trying again", "err", err)
		}
	} else if l.err != nil {
		s.log.Info("reading back goes on")
	}
	l.note(err, s.desk.Now())
}

// levelOf is an error's where a person has to act; all else mends by itself.
func levelOf(err error) slog.Level {
	if errors.Is(err, core.ErrCredentials) {
		return slog.LevelError
	}
	return slog.LevelWarn
}

// report says how reading goes, and when there is more to do.
func (s *session) report() (next time.Time) {
	reads, err := s.desk.Reads(mostReads)
	if err != nil {
		s.log.Error("what waits to be read back cannot be told", "err", err)
		return s.desk.Now().Add(firstPause)
	}
	s.queue = queue(reads)
	r := core.Reading{
		Progress: core.ReadCurrent, Waiting: len(reads), At: s.heard,
		Problem: s.database.err, RetryAt: s.database.until, Receipts: s.reports.err,
	}
	if r.Problem != nil || r.Waiting > 0 {
		r.Progress = core.ReadBehind
	}
	s.tell(r)
	return earliest(s.nextRecords(), s.nextReceipts())
}

// tell publishes what differs.
func (s *session) tell(r core.Reading) {
	if r != s.told || r.Progress == core.ReadOff {
		s.desk.Tell(r)
	}
	s.told = r
}

// answered notes that AppFolio has.
func (s *session) answered() { s.heard = s.desk.Now() }

// earliest is the one that comes first; a zero time never comes.
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
