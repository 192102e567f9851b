package sandbox

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"net/http"
)

// Delivery is one attempt to deliver an event.
type Delivery struct {
	Webhook Webhook
	Event   Event
	Attempt int    // from 1
	Repeat  bool   // the event was acknowledged before and is sent once more
	Status  int    // the answer's; 0: none came
	Answer  string // its body, at most 1 KiB
	Err     error  // why no answer came
	GivenUp bool   // it failed, and was the last attempt
}

// Delivered reports whether the event was acknowledged.
func (d Delivery) Delivered() bool { return d.Status/100 == 2 }

// ErrNotDelivered: a registration did not acknowledge an event.
var ErrNotDelivered = errors.New("event was not acknowledged")

// Sign returns the signature that AppFolio puts into X-AppFolio-Signature.
func Sign(secret string, body []byte) string {
	mac := hmac.New(sha256.New, []byte(secret))
	mac.Write(body)
	return hex.EncodeToString(mac.Sum(nil))
}

// Send delivers e to every registration that asked for its type, one after the
// other, and returns when each has acknowledged it, was deleted or has had its
// last attempt: that is ErrNotDelivered.
func (s *Sandbox) Send(ctx context.Context, e Event) error {
	var errs []error
	for _, w := range s.Webhooks() {
		if w.wants(e.Type) {
			errs = append(errs, s.deliver(ctx, w.ID, e))
		}
	}
	return errors.Join(errs...)
}

// tellPast delivers the past to the registrations that have not heard it. One
// that does not acknowledge it hears no more of it.
func (s *Sandbox) tellPast(ctx context.Context) {
	ids, past := s.takeUntold()
	for _, id := range ids {
		for _, e := range past {
			w, registered := s.webhook(id)
			if !registered {
				break
			}
			if w.wants(e.Type) && s.deliver(ctx, id, e) != nil {
				break // OnDelivery was told
			}
		}
	}
}

func (s *Sandbox) takeUntold() (ids []string, past []Event) {
	s.mu.Lock()
	defer s.mu.Unlock()
	ids = s.untold
	s.untold = nil
	return ids, s.past
}

// deliver carries e to a registration, which may change or go meanwhile.
func (s *Sandbox) deliver(ctx context.Context, id string, e Event) error {
	return s.courier.carry(ctx, e, func() (Webhook, http.Header, bool) {
		w, registered := s.webhook(id)
		return w, s.signed(w, e), registered
	})
}

// signed is the header that an attempt is made with.
func (s *Sandbox) signed(w Webhook, e Event) http.Header {
	secret := w.Secret.Reveal()
	if s.forging() {
		secret = "not " + secret
	}
	header := http.Header{}
	header.Set("X-AppFolio-Signature", Sign(secret, e.Body))
	return header
}
