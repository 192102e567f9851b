// Package desk is a desk's side of an office: it follows the receiver, and keeps the events
// that the receiver has kept, under the same numbers. It knows the receiver by the pin that
// it got when it joined, and believes nobody else. What it has is its own store: it begins
// where that ends, so that nothing is remembered twice and a crash costs nothing.
package desk

import (
	"context"
	"crypto/sha256"
	"errors"
	"log/slog"
	"time"

	"github.com/nats-io/nkeys"

	"rentbell/core"
	"rentbell/core/office"
)

// Store is what a desk writes of its store.
type Store interface {
	Summary() (core.Summary, error)
	// Copy keeps events under the numbers that they have; an error that is no
	// core.ErrStorage says that they do not follow those that are there.
	Copy(events []core.Event) error
	// Replace goes on with a backup's records in place of all that are there.
	Replace(ctx context.Context, backup string) error
}

// Seat is what a desk keeps of the office that it has joined. None of it is secret.
type Seat struct {
	Address string            `json:"address"` // HOST:PORT
	Pin     [sha256.Size]byte `json:"pin"`
	Name    string            `json:"name"`  // of this desk
	Epoch   string            `json:"epoch"` // which file of the receiver's the events here are of; empty: none yet
}

// Config is what a Follower is made of.
type Config struct {
	Seat   Seat
	Key    nkeys.KeyPair
	Store  Store
	Decode func(seq uint64, b []byte) (core.Event, error)
	Keep   func(Seat) error // the epoch has changed
	Dir    string           // for a snapshot, while it is read
	Tell   func(State)
	Log    *slog.Logger
	Now    func() time.Time
}

// State is how following goes.
type State struct {
	Following bool
	Heard     time.Time // when the receiver last said anything
	Behind    uint64    // events that the receiver has and this desk has not yet
	Loading   bool      // everything is being fetched at once
	Problem   error     // why it is not Following
}

// Follower follows the receiver.
type Follower struct {
	cfg   Config
	epoch string
	state State
}

// New makes one; Run starts it.
func New(cfg Config) *Follower { return &Follower{cfg: cfg, epoch: cfg.Seat.Epoch} }

const (
	firstPause   = time.Second
	longestPause = 30 * time.Second
)

// Run follows until ctx ends, or the desk is removed from the office: then it returns
// office.ErrRevoked. Whatever else happens, it tries again.
func (f *Follower) Run(ctx context.Context) error {
	wait := firstPause
	for {
		began := f.cfg.Now()
		err := f.follow(ctx)
		switch {
		case ctx.Err() != nil:
			return ctx.Err()
		case errors.Is(err, office.ErrRevoked):
			f.tell(func(s *State) { *s = State{Problem: err, Heard: s.Heard} })
			return err
		}
		f.cfg.Log.Info("the office is not followed", "err", err)
		f.tell(func(s *State) { s.Following, s.Loading, s.Problem = false, false, err })
		if f.cfg.Now().Sub(began) > longestPause {
			wait = firstPause // it went well for a while
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(wait):
		}
		wait = min(2*wait, longestPause)
	}
}

func (f *Follower) tell(change func(*State)) {
	change(&f.state)
	f.cfg.Tell(f.state)
}
