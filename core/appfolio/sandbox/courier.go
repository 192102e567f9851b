package sandbox

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"hash/fnv"
	"io"
	"math/rand/v2"
	"net/http"
	"sync"
	"sync/atomic"
	"time"
)

const (
	defaultInterval    = 5 * time.Second
	defaultAttempts    = 8
	defaultBackoff     = time.Second
	defaultTimeout     = 10 * time.Second
	defaultRepeatEvery = 25

	maxInFlight = 32      // live events that wait for their acknowledgement
	maxAnswer   = 1 << 10 // bytes of an answer that are read
	maxBackoff  = time.Minute
)

// Event is one body to deliver.
type Event struct {
	ID   string
	Type string
	At   time.Time // when it happened
	Body []byte
}

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

// ErrNotDelivered: a listener did not acknowledge an event.
var ErrNotDelivered = errors.New("event was not acknowledged")

// Target says where an attempt goes and how its body is signed; ok is false when
// the event is owed to nobody any more.
type Target func() (w Webhook, sign func(body []byte) string, ok bool)

// Courier carries events to listeners, again and again until they acknowledge them.
// What it has in common with a Config means the same, and has the same defaults.
type Courier struct {
	Header      string // for the signature
	Seed        uint64
	Attempts    int // negative: until it is acknowledged
	Backoff     time.Duration
	Timeout     time.Duration
	RepeatEvery int
	OnDelivery  func(Delivery)

	client   *http.Client
	forgings atomic.Int64 // attempts still to be signed wrongly
}

// Start sets the defaults and makes the HTTP client, which follows no redirect: that
// could lead away from this computer.
func (c *Courier) Start() *Courier {
	c.Attempts = cmp.Or(c.Attempts, defaultAttempts)
	c.Backoff = cmp.Or(c.Backoff, defaultBackoff)
	c.RepeatEvery = cmp.Or(c.RepeatEvery, defaultRepeatEvery)
	transport := http.DefaultTransport.(*http.Transport).Clone()
	transport.MaxIdleConnsPerHost = maxInFlight
	c.client = &http.Client{
		Transport:     transport,
		Timeout:       cmp.Or(c.Timeout, defaultTimeout),
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
	return c
}

// Forge signs the next n attempts for another body than they carry.
func (c *Courier) Forge(n int) { c.forgings.Add(int64(n)) }

// Live calls next every interval until ctx ends: 0 means 5 seconds, a negative one
// never. next returns a function that delivers, and Live runs it on a goroutine of
// its own. While too many of them are under way the story waits, because nobody
// acknowledges anything. A function that comes over first runs at once, and holds up
// next. Live returns when all deliveries have ended.
func (c *Courier) Live(ctx context.Context, interval time.Duration, first <-chan func(context.Context), next func() (deliver func())) {
	var deliveries sync.WaitGroup
	defer c.client.CloseIdleConnections()
	defer deliveries.Wait()
	var ticks <-chan time.Time // nil, which never ticks, without an interval
	if interval >= 0 {
		ticker := time.NewTicker(cmp.Or(interval, defaultInterval))
		defer ticker.Stop()
		ticks = ticker.C
	}
	free := make(chan struct{}, maxInFlight) // holds a token for each delivery under way
	for {
		select {
		case <-ctx.Done():
			return
		case run := <-first:
			run(ctx)
		case <-ticks:
			select {
			case free <- struct{}{}:
				deliver := next()
				deliveries.Go(func() { deliver(); <-free })
			default:
			}
		}
	}
}

// Carry tries until the listener acknowledges e. Now and then it sends e once more
// after that, as real senders do when an answer is lost on its way. It returns
// ErrNotDelivered when the last attempt failed, too.
func (c *Courier) Carry(ctx context.Context, e Event, to Target) error {
	d := Delivery{Event: e}
	for d.Attempt = 1; ; d.Attempt++ {
		owed := c.try(ctx, &d, to)
		switch {
		case !owed || d.Repeat:
			return nil
		case ctx.Err() != nil:
			return ctx.Err()
		case d.Delivered():
			if d.Repeat = c.RepeatEvery > 0 && c.Dice(e.ID, 0).IntN(c.RepeatEvery) == 0; !d.Repeat {
				return nil
			}
			continue
		case d.GivenUp:
			return fmt.Errorf("deliver %s to %s: %w", e.ID, d.Webhook.ID, ErrNotDelivered)
		}
		if err := wait(ctx, c.pause(d)); err != nil {
			return err
		}
	}
}

// try makes one attempt, unless nothing is owed, and tells of it.
func (c *Courier) try(ctx context.Context, d *Delivery, to Target) (owed bool) {
	w, sign, owed := to()
	if !owed {
		return false
	}
	signed := d.Event.Body
	if c.forgings.Load() > 0 && c.forgings.Add(-1) >= 0 {
		signed = append([]byte("not "), signed...)
	}
	d.Webhook = w
	d.Status, d.Answer, d.Err = c.post(ctx, w.URL, sign(signed), d.Event.Body)
	d.GivenUp = !d.Delivered() && c.Attempts >= 0 && d.Attempt >= c.Attempts
	if c.OnDelivery != nil && ctx.Err() == nil {
		c.OnDelivery(*d)
	}
	return true
}

func (c *Courier) post(ctx context.Context, address, signature string, body []byte) (status int, answer string, err error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, address, bytes.NewReader(body))
	if err != nil {
		return 0, "", err
	}
	req.Header.Set(c.Header, signature)
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

// pause is the wait after a failed attempt: doubled each time, with jitter, so
// that what failed together does not come back together.
func (c *Courier) pause(d Delivery) time.Duration {
	pause := c.Backoff
	for range d.Attempt - 1 {
		pause = min(2*pause, maxBackoff)
	}
	return pause/2 + time.Duration(c.Dice(d.Event.ID, d.Attempt).Int64N(int64(pause/2)+1))
}

// Dice returns a random generator for one event and one purpose. One generator for
// all would make chance depend on the order in which deliveries happen to fail.
func (c *Courier) Dice(eventID string, purpose int) *rand.Rand {
	h := fnv.New64a()
	_, _ = io.WriteString(h, eventID) // a hash takes everything
	return rand.New(rand.NewPCG(c.Seed^h.Sum64(), uint64(purpose)))
}

func wait(ctx context.Context, d time.Duration) error {
	select {
	case <-ctx.Done():
	case <-time.After(d):
	}
	return ctx.Err()
}
