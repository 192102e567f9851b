// Package desk is a desk's side of an office: it follows the receiver, and keeps the events
// that the receiver has kept, under the same numbers. It knows the receiver by the pin that
// it got when it joined, and believes nobody else. What it has is its own store: it begins
// where that ends, so that nothing is remembered twice and a crash costs nothing.
package desk

import (
	"context"
	"errors"
	"log/slog"
	"sync"
	"time"

	"github.com/nats-io/nkeys"

	"rentbell/core"
	"rentbell/core/office"
	"rentbell/core/office/shared"
)

// Config is what a Follower is made of.
type Config struct {
	Seat   Seat
	Key    nkeys.KeyPair
	Desk   core.FollowDesk
	Decode func(seq uint64, b []byte) (core.Event, error)
	Keep   func(Seat) error // it has changed
	Dir    string           // of the data, with a snapshot in it while that is read
	Log    *slog.Logger
	Now    func() time.Time
}

// Follower follows the receiver.
type Follower struct {
	cfg   Config
	seat  Seat
	share *shared.Share
	since time.Time // of the present connection's Following

	mu    sync.Mutex // held while the state is told, so that what is told last is the newest
	state core.OfficeStatus
}

// New makes one; Run starts it.
func New(cfg Config) *Follower {
	return &Follower{
		cfg: cfg, seat: cfg.Seat, state: core.OfficeStatus{Name: cfg.Seat.Name, Address: cfg.Seat.Address, Receiver: cfg.Seat.Receiver},
		share: shared.NewShare(cfg.Seat.Name, false, cfg.Desk, cfg.Log),
	}
}

const (
	firstPause   = time.Second / 4 // a receiver that starts anew is there within a second
	longestPause = 30 * time.Second
	// steady is how long the office must have been followed for a drop to be a new one.
	steady = 5 * time.Second
)

// Run follows until ctx ends, or the desk is removed from the office: then it returns
// office.ErrRevoked. Whatever else happens, it tries again.
func (f *Follower) Run(ctx context.Context) error {
	pauses := core.Backoff{First: firstPause, Most: longestPause}
	refused := false
	for {
		followed, err := f.try(ctx)
		if ctx.Err() != nil {
			return ctx.Err()
		}
		revoked := errors.Is(err, office.ErrRevoked)
		switch {
		case revoked && refused:
			f.lose(err, time.Time{})
			return err
		case revoked: // or the receiver changes its list at this moment: a second refusal is believed
			err = office.ErrUnreachable
		}
		refused = revoked
		if followed >= steady {
			pauses.Reset()
		}
		pause := pauses.Next()
		f.cfg.Log.Info("the office is not followed", "err", err, "again_in", pause)
		f.lose(err, f.cfg.Now().Add(pause))
		if f.rest(ctx, pause) {
			pauses.Reset()
		}
		f.tell(func(s *core.OfficeStatus) { s.Retry = time.Time{} })
	}
}

// try follows until that ends, and says for how long it went well.
func (f *Follower) try(ctx context.Context) (followed time.Duration, err error) {
	f.since = time.Time{}
	err = f.follow(ctx)
	if !f.since.IsZero() {
		followed = f.cfg.Now().Sub(f.since)
	}
	return followed, err
}

// rest waits, and reports whether somebody wants another try at once.
func (f *Follower) rest(ctx context.Context, pause time.Duration) (wanted bool) {
	timer := time.NewTimer(pause)
	defer timer.Stop()
	select {
	case <-ctx.Done():
	case <-timer.C:
	case <-f.cfg.Desk.Wake():
		return true
	}
	return false
}

// lose notes that the office is not followed, why, and when it is tried again.
func (f *Follower) lose(why error, retry time.Time) {
	f.tell(func(s *core.OfficeStatus) { s.Following, s.Loading, s.Problem, s.Retry = false, false, why, retry })
}

// note changes the state; what is told next says it.
func (f *Follower) note(change func(*core.OfficeStatus)) {
	f.mu.Lock()
	defer f.mu.Unlock()
	change(&f.state)
}

func (f *Follower) tell(change func(*core.OfficeStatus)) {
	f.mu.Lock()
	defer f.mu.Unlock()
	change(&f.state)
	f.cfg.Desk.Tell(f.state)
}
