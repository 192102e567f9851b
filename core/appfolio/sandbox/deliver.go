package sandbox

import (
	"bytes"
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"rentbell/core/appfolio/sandbox/story"
)

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
		errs = append(errs, s.deliver(ctx, w.ID, e))
	}
	return errors.Join(errs...)
}

// ForgeDeliveries signs the next n attempts for another body than they carry.
func (s *Sandbox) ForgeDeliveries(n int) { s.courier.Forge(n) }

// tellPast delivers the past to the registrations that have not heard it. It leaves
// a registration at the first event that is not acknowledged.
func (s *Sandbox) tellPast(ctx context.Context) {
	s.mu.Lock()
	ids, past := s.untold, s.past
	s.untold = nil
	s.mu.Unlock()
	for _, id := range ids {
		for _, e := range past {
			if s.deliver(ctx, id, e) != nil {
				break // OnDelivery was told
			}
		}
	}
}

// deliver carries e to a registration, which may change or go meanwhile.
func (s *Sandbox) deliver(ctx context.Context, id string, e Event) error {
	return s.courier.Carry(ctx, e, func() (Webhook, func([]byte) string, bool) {
		w, registered := s.webhook(id)
		sign := func(body []byte) string { return Sign(w.Secret.Reveal(), body) }
		return w, sign, registered && w.wants(e.Type)
	})
}

// event spells a fact as it is delivered.
func event(f story.Fact) Event {
	e := Event{ID: f.ID, Type: f.Type, At: f.At.UTC().Truncate(time.Second)}
	var body bytes.Buffer
	encoder := json.NewEncoder(&body)
	encoder.SetEscapeHTML(false) // people look at it
	err := encoder.Encode(struct {
		ID        string    `json:"id"`
		Type      string    `json:"type"`
		CreatedAt time.Time `json:"created_at"`
		Data      any       `json:"data"`
	}{e.ID, e.Type, e.At, f.Data})
	if err != nil {
		panic(fmt.Sprintf("encode event: %v", err)) // our own structs
	}
	e.Body = bytes.TrimSpace(body.Bytes())
	return e
}
