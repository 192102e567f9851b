package sandbox

import (
	"bytes"
	"context"
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

// courier carries events to listeners, again and again until they acknowledge
// them.
type courier struct {
	seed        uint64
	attempts    int // negative: until it is acknowledged
	backoff     time.Duration
	repeatEvery int // negative: never
	client      *http.Client
	told        func(Delivery) // of every attempt; nil: nobody
}

// newClient follows no redirect: it would lead away from this computer.
func newClient(timeout time.Duration) *http.Client {
	transport := http.DefaultTransport.(*http.Transport).Clone()
	transport.MaxIdleConnsPerHost = maxInFlight
	return &http.Client{
		Transport:     transport,
		Timeout:       timeout,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
}

// carry tries until the listener acknowledges e, and then, now and then, once
// more: real senders do, when an answer is lost on its way. It asks before each
// attempt where to, and with what header; not ok means nowhere any more.
func (c *courier) carry(ctx context.Context, e Event, to func() (w Webhook, header http.Header, ok bool)) error {
	for attempt := 1; ; attempt++ {
		w, header, ok := to()
		if !ok {
			return nil
		}
		d := c.try(ctx, Delivery{Webhook: w, Event: e, Attempt: attempt}, header)
		switch {
		case ctx.Err() != nil:
			return ctx.Err()
		case d.Delivered():
			if w, header, ok := to(); ok && c.repeats(e) {
				c.try(ctx, Delivery{Webhook: w, Event: e, Attempt: attempt + 1, Repeat: true}, header)
			}
			return nil
		case d.GivenUp:
			return fmt.Errorf("deliver %s to %s: %w", e.ID, w.ID, ErrNotDelivered)
		}
		if err := wait(ctx, c.pause(e, attempt)); err != nil {
			return err
		}
	}
}

// try makes one attempt, completes d and tells of it.
func (c *courier) try(ctx context.Context, d Delivery, header http.Header) Delivery {
	d.Status, d.Answer, d.Err = c.post(ctx, d.Webhook.URL, header, d.Event.Body)
	d.GivenUp = !d.Delivered() && c.attempts >= 0 && d.Attempt >= c.attempts
	if c.told != nil && ctx.Err() == nil {
		c.told(d)
	}
	return d
}

func (c *courier) post(ctx context.Context, address string, header http.Header, body []byte) (status int, answer string, err error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, address, bytes.NewReader(body))
	if err != nil {
		return 0, "", err
	}
	req.Header = header
	req.Header.Set("Content-Type", "application/json")
	resp, err := c.client.Do(req)
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
func (c *courier) repeats(e Event) bool {
	return c.repeatEvery > 0 && c.dice(e, 0).IntN(c.repeatEvery) == 0
}

// pause is the wait after a failed attempt: doubled each time, with jitter, so
// that what failed together does not come back together.
func (c *courier) pause(e Event, attempt int) time.Duration {
	pause := c.backoff
	for range attempt - 1 {
		pause = min(2*pause, maxBackoff)
	}
	return pause/2 + time.Duration(c.dice(e, attempt).Int64N(int64(pause/2)+1))
}

// dice are an attempt's own: with one generator for all, the order in which
// deliveries happen to fail would decide.
func (c *courier) dice(e Event, attempt int) *rand.Rand {
	h := fnv.New64a()
	_, _ = io.WriteString(h, e.ID) // a hash takes everything
	return rand.New(rand.NewPCG(c.seed^h.Sum64(), uint64(attempt)))
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
