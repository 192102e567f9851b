// Package desk is a desk's side of an office: it follows the receiver, and keeps the events
// that the receiver has kept, under the same numbers. It knows the receiver by the pin that
// it got when it joined, and believes nobody else. What it has is its own store: it begins
// where that ends, so that nothing is remembered twice and a crash costs nothing.
package desk

import (
	"context"
	"errors"
	"log/slog"
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
	state core.OfficeStatus
	share *shared.Share
}

// New makes one; Run starts it.
func New(cfg Config) *Follower {
	return &Follower{
		cfg: cfg, seat: cfg.Seat, state: core.OfficeStatus{Name: cfg.Seat.Name, Address: cfg.Seat.Address},
		share: shared.NewShare(cfg.Seat.Name, false, cfg.Desk, cfg.Log),
	}
}

const (
	firstPause   = time.Second / 4 // a receiver that starts anew is there within a second
	longestPause = 30 * time.Second
)

// Run follows until ctx ends, or the desk is removed from the office: then it returns
// office.ErrRevoked. Whatever else happens, it tries again.
func (f *Follower) Run(ctx context.Context) error {
	pauses := core.Backoff{First: firstPause, Most: longestPause}
	for {
		began := f.cfg.Now()
		err := f.follow(ctx)
		switch {
		case ctx.Err() != nil:
			return ctx.Err()
		case errors.Is(err, office.ErrRevoked):
			f.tell(func(s *core.OfficeStatus) { s.Following, s.Loading, s.Problem = false, false, err })
			return err
		}
		f.cfg.Log.Info("the office is not followed", "err", err)
		f.tell(func(s *core.OfficeStatus) { s.Following, s.Loading, s.Problem = false, false, err })
		if f.cfg.Now().Sub(began) > longestPause {
			pauses.Reset() // it went well for a while
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(pauses.Next()):
		}
	}
}

func (f *Follower) tell(change func(*core.OfficeStatus)) {
	change(&f.state)
	f.cfg.Desk.Tell(f.state)
}
