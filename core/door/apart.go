package door

import (
	"log/slog"
	"sync"
	"time"

	"rentbell/core"
)

// What is signed and yet no event of this account costs room and lines in the log,
// and whoever can have it signed decides how much of it comes. This file bounds both.

const (
	// spareRoom is what quarantine leaves free on the disk, in bytes: events need it.
	spareRoom = 500 << 20

	// mostSamples is how many doorbells of other accounts are kept in a day.
	mostSamples = 20

	tellEvery = 10 * time.Second
)

// apart watches over the room that quarantine takes, and tells of it in the log.
type apart struct {
	free func() (uint64, error)
	log  *slog.Logger
	told seldom // of deliveries that are kept
	full seldom // of deliveries that are not
}

func newApart(c ReceiverConfig) *apart { return &apart{free: c.FreeSpace, log: c.Log} }

// hasRoom reports whether quarantine may take more of the disk. A disk that cannot be
// asked says at the commit whether there is room.
func (a *apart) hasRoom() bool {
	if a.free == nil {
		return true
	}
	free, err := a.free()
	return err != nil || free >= spareRoom
}

// refused says that there was no room for a delivery.
func (a *apart) refused(now time.Time) {
	if n := a.full.tell(1, now); n > 0 {
		a.log.Error("the disk has no room for quarantine; such deliveries are refused", "count", n, "spare", spareRoom)
	}
}

// kept says that deliveries were put into quarantine.
func (a *apart) kept(n int, reason core.Reason, now time.Time) {
	if n = a.told.tell(n, now); n > 0 {
		a.log.Warn("authentic deliveries are no events; kept in quarantine", "count", n, "reason", reason)
	}
}

// ignore counts doorbells of other accounts in memory, and keeps a sample now and
// then. It is no trouble when a sample cannot be kept.
func (r *Receiver) ignore(o core.Others, received time.Time) {
	r.board.Set(func(s *core.Status) { s.Ignored = s.Ignored.Plus(o.Count, received) })
	if n := r.ignored.tell(o.Count, r.now()); n > 0 {
		r.log.Warn("doorbells of another account ignored", "count", n)
	}
	for _, q := range o.Samples {
		if !r.apart.hasRoom() || !r.samples.wants(q.SampleOf, received) {
			continue
		}
		if _, _, err := r.ledger.Quarantine(q); err != nil {
			r.storageTrouble(err)
		}
	}
}

// samples remembers what there is a sample of, and bounds how many a day brings.
type samples struct {
	mu    sync.Mutex
	day   string
	taken map[string]bool
}

// wants reports whether a sample is missing, and takes it as kept.
func (s *samples) wants(of string, at time.Time) bool {
	day := at.Format(time.DateOnly)
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.day != day {
		s.day, s.taken = day, map[string]bool{}
	}
	if s.taken[of] || len(s.taken) >= mostSamples {
		return false
	}
	s.taken[of] = true
	return true
}

// seldom counts what happens and lets it be told every ten seconds at most.
type seldom struct {
	mu    sync.Mutex
	last  time.Time
	count int
}

// tell adds n and returns how many are to be told now; 0: none.
func (s *seldom) tell(n int, now time.Time) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.count += n
	if age := now.Sub(s.last); !s.last.IsZero() && age >= 0 && age < tellEvery {
		return 0
	}
	n, s.last, s.count = s.count, now, 0
	return n
}
