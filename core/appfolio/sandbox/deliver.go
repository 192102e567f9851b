package sandbox

import (
	"bytes"
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"hash/fnv"
	"io"
	"math/rand/v2"
	"net/http"
	"time"
)

const (
	maxInFlight = 32      // live events that wait for their acknowledgement
	maxAnswer   = 1 << 10 // bytes of an answer that are read
	maxBackoff  = time.Minute
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

// newClient follows no redirect: it would lead away from this computer.
func newClient(c Config) *http.Client {
	transport := http.DefaultTransport.(*http.Transport).Clone()
	transport.MaxIdleConnsPerHost = maxInFlight
	return &http.Client{
		Transport:     transport,
		Timeout:       c.Timeout,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
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

// deliver tries until the registration acknowledges e, and then, now and then,
// once more: real senders do, when an answer is lost on its way.
func (s *Sandbox) deliver(ctx context.Context, id string, e Event) error {
	for attempt := 1; ; attempt++ {
		w, registered := s.webhook(id)
		if !registered {
			return nil
		}
		d := s.try(ctx, Delivery{Webhook: w, Event: e, Attempt: attempt})
		switch {
		case ctx.Err() != nil:
			return ctx.Err()
		case d.Delivered():
			if s.repeats(e) {
				s.try(ctx, Delivery{Webhook: w, Event: e, Attempt: attempt + 1, Repeat: true})
			}
			return nil
		case d.GivenUp:
			return fmt.Errorf("deliver %s to %s: %w", e.ID, w.ID, ErrNotDelivered)
		}
		if err := wait(ctx, s.backoff(e, attempt)); err != nil {
			return err
		}
	}
}

// try makes one attempt, completes d and passes it to OnDelivery.
func (s *Sandbox) try(ctx context.Context, d Delivery) Delivery {
	d.Status, d.Answer, d.Err = s.post(ctx, d.Webhook, d.Event)
	d.GivenUp = !d.Delivered() && d.Attempt >= s.config.Attempts
	if s.config.OnDelivery != nil && ctx.Err() == nil {
		s.config.OnDelivery(d)
	}
	return d
}

func (s *Sandbox) post(ctx context.Context, w Webhook, e Event) (status int, answer string, err error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, w.URL, bytes.NewReader(e.Body))
	if err != nil {
		return 0, "", err
	}
	secret := w.Secret.Reveal()
	if s.forging() {
		secret = "not " + secret
	}
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("X-AppFolio-Signature", Sign(secret, e.Body))
	resp, err := s.client.Do(req)
	if err != nil {
		return 0, "", err
	}
	defer func() { _ = resp.Body.Close() }() // read as far as it matters
	text, err := io.ReadAll(io.LimitReader(resp.Body, maxAnswer))
	if err != nil {
		return 0, "", fmt.Errorf("read answer: %w", err)
	}
	return resp.StatusCode, string(text), nil
}

// repeats decides whether an acknowledged event is sent once more.
func (s *Sandbox) repeats(e Event) bool {
	return s.config.RepeatEvery > 0 && s.dice(e, 0).IntN(s.config.RepeatEvery) == 0
}

// backoff is the wait after a failed attempt: doubled each time, with jitter,
// so that what failed together does not come back together.
func (s *Sandbox) backoff(e Event, attempt int) time.Duration {
	pause := s.config.Backoff
	for range attempt - 1 {
		pause = min(2*pause, maxBackoff)
	}
	return pause/2 + time.Duration(s.dice(e, attempt).Int64N(int64(pause/2)+1))
}

// dice are an attempt's own: with one generator for all, the order in which
// deliveries happen to fail would decide.
func (s *Sandbox) dice(e Event, attempt int) *rand.Rand {
	h := fnv.New64a()
	_, _ = io.WriteString(h, e.ID) // a hash takes everything
	return rand.New(rand.NewPCG(s.config.Seed^h.Sum64(), uint64(attempt)))
}

func wait(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-timer.C:
		return nil
	}
}
