package space

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"slices"

	"rentbell/core/appfolio/sandbox"
)

// ErrElsewhere: the address for doorbells is not on this computer, and the Space
// may not send to others.
var ErrElsewhere = errors.New("address is not on this computer")

var errNoURL = errors.New("address is no URL")

// Deliver pastes the address that doorbells go to, as the account's owner does by
// hand; an empty one takes it out.
func (s *Space) Deliver(address string) error {
	target, err := url.Parse(address)
	if err != nil {
		return errNoURL // url's error would repeat a password
	}
	if address != "" && !s.config.AllowAnywhere && !sandbox.OnThisComputer(target.Hostname()) {
		return fmt.Errorf("paste address: %w", ErrElsewhere)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.address = address
	return nil
}

// Ring delivers doorbells in the Space's form, one delivery after the other. It
// returns when each was acknowledged or has had its last attempt: that is
// sandbox.ErrNotDelivered. Without an address nothing is sent.
func (s *Space) Ring(ctx context.Context, doorbells ...Doorbell) error {
	return s.RingAs(ctx, s.config.Form, doorbells...)
}

// RingAs is Ring in another form than the Space's.
func (s *Space) RingAs(ctx context.Context, f Form, doorbells ...Doorbell) error {
	own := slices.Clone(doorbells)
	if len(own) > 0 && s.config.Disorder > 1 {
		s.courier.Dice(own[0].ID, -1).Shuffle(len(own), func(i, j int) { own[i], own[j] = own[j], own[i] })
	}
	var errs []error
	for chunk := range slices.Chunk(own, max(1, f.Batch)) {
		errs = append(errs, s.deliver(ctx, f, chunk))
	}
	for _, d := range doorbells {
		if every := s.config.StrangerEvery; every > 0 && s.courier.Dice(d.ID, -2).IntN(every) == 0 {
			errs = append(errs, s.deliver(ctx, f.single(), []Doorbell{d.Stranger()}))
		}
	}
	return errors.Join(errs...)
}

// ForgeDoorbells signs the next n attempts for another body than they carry.
func (s *Space) ForgeDoorbells(n int) { s.courier.Forge(n) }

// deliver carries one delivery to the address, whatever that is meanwhile.
func (s *Space) deliver(ctx context.Context, f Form, doorbells []Doorbell) error {
	sign := func(body []byte) string { return s.Sign(body, f.Unencoded) }
	return s.courier.Carry(ctx, f.event(doorbells, s.config.Now()), func() (sandbox.Webhook, func([]byte) string, bool) {
		s.mu.Lock()
		defer s.mu.Unlock()
		return sandbox.Webhook{ID: "developer-space", URL: s.address}, sign, s.address != ""
	})
}

// SendTestEvent does what the button beside the address does: it delivers a doorbell
// whose topic and record do not exist.
func (s *Space) SendTestEvent(ctx context.Context) error {
	s.mu.Lock()
	s.books.ring("test", "test", "00000000-0000-0000-0000-000000000000", s.config.Now())
	rung := s.books.takeRung()
	s.mu.Unlock()
	return s.deliver(ctx, s.config.Form.single(), rung)
}
