package office

import (
	"context"
	"time"
)

// Closed is an office whose list is at hand while no receiver serves it: the process holds
// the data directory, and may be about to serve. Its methods may be called from any
// goroutine.
type Closed struct {
	Dir string // of the data
	Now func() time.Time
}

// Invite makes a code, which counts as soon as a receiver serves. See Roster.
func (c Closed) Invite(ctx context.Context) (Code, error) {
	r, err := OpenRoster(c.Dir)
	if err != nil {
		return Code{}, err
	}
	return r.Invite(ctx, c.Now())
}

// Desks lists the desks. See Roster.
func (c Closed) Desks(context.Context) ([]Desk, error) {
	r, err := OpenRoster(c.Dir)
	if err != nil {
		return nil, err
	}
	return r.Desks(), nil
}

// Revoke removes a desk; a receiver does not let it in any more. ErrNoDesk when none has
// the name.
func (c Closed) Revoke(ctx context.Context, name string) error {
	r, err := OpenRoster(c.Dir)
	if err != nil {
		return err
	}
	_, err = r.Revoke(ctx, name)
	return err
}
