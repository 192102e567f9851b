package devspace

import (
	"cmp"
	"context"
	"crypto/rsa"
	"fmt"
	"sync"
	"time"

	"rentbell/core"
)

const (
	defaultBase = "https://api.appfolio.com"
	rest        = time.Minute      // between two fetches
	recent      = 10 * time.Second // age up to which a set says what AppFolio signs with
	stale       = 24 * time.Hour   // age at which a set is fetched again, beside the deliveries it still serves
)

// keyring holds the keys of one server. The goroutine of the delivery that needs a
// fetch makes it; others wait for it, or use the keys that are there.
type keyring struct {
	base string

	mu     sync.Mutex
	keys   map[string]*rsa.PublicKey // by kid; replaced whole
	at     time.Time                 // when they were fetched; zero: never
	tried  time.Time                 // when the last fetch began; zero: none in this run
	err    error                     // of the last fetch; nil: it brought keys
	under  chan struct{}             // closed when the fetch under way ends; nil: there is none
	absent string                    // a kid that the set does not have; see find
}

// errNotAsked: the set lacks a key, and AppFolio cannot be asked again yet. It may
// have begun to sign with that key since.
var errNotAsked = fmt.Errorf("%w: asked less than a minute ago", core.ErrNoKeys)

// key finds AppFolio's key by its name. For an unknown name it asks AppFolio, once a
// minute at most; a known one waits for no other delivery's fetch. It returns
// core.ErrForged when AppFolio has no such key, and core.ErrNoKeys when the keys
// could not be fetched, or cannot be asked for yet.
func (s *Source) key(ctx context.Context, a core.Account, kid string) (*rsa.PublicKey, error) {
	r := s.ringOf(cmp.Or(a.Base, defaultBase))
	fetch, under := r.begin(kid, s.now())
	switch {
	case fetch:
		s.refresh(ctx, r, a, kid)
	case under != nil:
		if err := await(ctx, under); err != nil {
			return nil, fmt.Errorf("%w: %w", core.ErrNoKeys, err)
		}
	}
	return r.find(kid, s.now())
}

// ringOf returns the keyring of base. It forgets the keys of any other base: a
// sandbox's keys must not count for AppFolio.
func (s *Source) ringOf(base string) *keyring {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.ring.base != base {
		s.ring = &keyring{base: base}
	}
	return s.ring
}

// begin decides what a delivery signed by kid does first: fetch the keys, wait for
// the fetch under way, or neither. A caller that is told to fetch must call end.
func (r *keyring) begin(kid string, now time.Time) (fetch bool, under <-chan struct{}) {
	r.mu.Lock()
	defer r.mu.Unlock()
	known := r.keys[kid] != nil
	switch {
	case known && within(stale, r.at, now):
		return false, nil
	case r.under != nil && known:
		return false, nil // the old set serves until there is a new one
	case r.under != nil:
		return false, r.under
	case within(rest, r.tried, now):
		return false, nil
	}
	r.tried, r.under = now, make(chan struct{})
	return true, nil
}

// within reports whether now is less than d after then. The zero time and a clock
// that was put back count as time gone by.
func within(d time.Duration, then, now time.Time) bool {
	age := now.Sub(then)
	return !then.IsZero() && age >= 0 && age < d
}

// end takes in what a fetch for kid brought. After an error the old keys stay.
func (r *keyring) end(kid string, keys map[string]*rsa.PublicKey, err error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.err = err
	if err == nil {
		r.keys, r.at, r.absent = keys, r.tried, ""
		if keys[kid] == nil {
			r.absent = kid
		}
	}
	close(r.under)
	r.under = nil
}

// find looks a key up. Of the names that a set lacks it refuses one: the name that
// AppFolio was asked for or, where a genuine delivery has just had the set fetched, the
// first that comes. A stranger may have brought that one, and used up the fetch of the
// minute. So any other may be a key that AppFolio signs with since, and its delivery
// has to come again once AppFolio could be asked.
func (r *keyring) find(kid string, now time.Time) (*rsa.PublicKey, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	switch key := r.keys[kid]; {
	case key != nil:
		return key, nil
	case r.err != nil:
		return nil, r.err
	case r.absent == "" && within(recent, r.at, now):
		r.absent = kid
	case r.absent != kid:
		return nil, errNotAsked
	}
	return nil, core.ErrForged
}

// await waits for the end of a fetch, which has a time limit of its own.
func await(ctx context.Context, under <-chan struct{}) error {
	select {
	case <-under:
		return nil
	case <-ctx.Done():
		return context.Cause(ctx)
	}
}
