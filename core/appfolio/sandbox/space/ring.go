package sandbox

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
)

// ErrElsewhere: the address for doorbells is not on this computer, and the Space
// may not send to others.
var ErrElsewhere = errors.New("address is not on this computer")

// Deliver pastes the address that doorbells go to, as the account's owner does by
// hand; an empty one takes it out.
func (s *Space) Deliver(address string) error {
	target, err := url.Parse(address)
	if err != nil {
		return fmt.Errorf("paste address: %w", err)
	}
	if address != "" && !s.config.AllowAnywhere && !isLoopback(target.Hostname()) {
		return fmt.Errorf("paste address: %w", ErrElsewhere)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.address = address
	return nil
}

// Ring delivers doorbells in the Space's form.
func (s *Space) Ring(ctx context.Context, doorbells ...Doorbell) error {
	return s.RingAs(ctx, s.config.Form, doorbells...)
}

// RingAs delivers doorbells in a form of its own, one delivery after the other.
// It returns when each was acknowledged or has had its last attempt: that is
// ErrNotDelivered. Without an address nothing is sent.
func (s *Space) RingAs(ctx context.Context, f Form, doorbells ...Doorbell) error {
	own := slices.Clone(doorbells)
	if len(own) > 0 && s.config.Disorder > 1 {
		dice := s.courier.dice(Event{ID: own[0].ID}, -1)
		dice.Shuffle(len(own), func(i, j int) { own[i], own[j] = own[j], own[i] })
	}
	var errs []error
	for chunk := range slices.Chunk(own, max(1, f.Batch)) {
		errs = append(errs, s.deliver(ctx, f, chunk))
	}
	for _, d := range doorbells {
		if every := s.config.StrangerEvery; every > 0 && s.courier.dice(Event{ID: d.ID}, -2).IntN(every) == 0 {
			single := f
			single.Batch = 1
			errs = append(errs, s.deliver(ctx, single, []Doorbell{d.Stranger()}))
		}
	}
	return errors.Join(errs...)
}

// deliver carries one delivery to the address, whatever that is meanwhile.
func (s *Space) deliver(ctx context.Context, f Form, doorbells []Doorbell) error {
	addressed := slices.Clone(doorbells)
	for i, d := range addressed {
		if d.Client == "" {
			addressed[i].Client = s.config.Credentials.ClientID
		}
		if d.Database == "" {
			addressed[i].Database = s.config.Credentials.DatabaseID
		}
	}
	e := f.event(addressed, s.config.Now())
	return s.courier.carry(ctx, e, func() (Webhook, http.Header, bool) {
		address, forge := s.target()
		if address == "" {
			return Webhook{}, nil, false
		}
		signed := e.Body
		if forge {
			signed = append([]byte("not "), signed...)
		}
		header := http.Header{}
		header.Set("X-JWS-Signature", s.Sign(signed, f.Unencoded))
		return Webhook{ID: "developer-space", URL: address}, header, true
	})
}

// target is where the next attempt goes, and whether it is to be signed wrongly.
func (s *Space) target() (address string, forge bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.address != "" && s.forgings > 0 {
		s.forgings--
		forge = true
	}
	return s.address, forge
}

// SendTestEvent is the button beside the address: a doorbell of a topic and a
// record that do not exist.
func (s *Space) SendTestEvent(ctx context.Context) error {
	s.mu.Lock()
	s.books.ring("test", "test", "00000000-0000-0000-0000-000000000000", s.config.Now())
	rung := s.books.takeRung()
	s.mu.Unlock()
	single := s.config.Form
	single.Batch = 1
	return s.deliver(ctx, single, rung)
}
