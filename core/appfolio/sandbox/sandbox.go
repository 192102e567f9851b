// Package sandbox is a stand-in AppFolio for tests, the demo and people who
// want to try things out: it takes webhook registrations and delivers signed
// events of a made-up portfolio, again and again until they are acknowledged.
//
// Everything follows from a seed and a clock: the same two give the same
// events, ids included. Unless told otherwise it only sends to this computer.
// It can be made to misbehave as the real service does on a bad day.
package sandbox

import (
	"cmp"
	"context"
	"net/http"
	"sync"
	"time"
)

// Config is what a Sandbox needs to know. Its zero value works.
type Config struct {
	APIKey   string           // the Bearer key it accepts; empty: DefaultAPIKey
	Seed     uint64           // another seed, another story
	Now      func() time.Time // nil: time.Now; its time zone is the portfolio's
	Interval time.Duration    // between live events; 0: 5 seconds; negative: none, only what Send is given
	Past     time.Duration    // how much history every new registration is told first; 0: none

	Attempts    int           // how often a delivery is tried; 0: 8
	Backoff     time.Duration // wait after the first failed attempt, doubled after each; 0: 1 second
	Timeout     time.Duration // of one attempt; 0: 10 seconds
	RepeatEvery int           // about one delivered event in so many is sent once more; 0: 25; negative: none

	KeepTwins bool // a registration for an address that has one is a second one and does not take its place
	NoList    int  // status by which a question for what is registered learns that there is no list, 404 or 405; 0: there is one

	AllowAnywhere bool           // deliver to other computers too
	OnDelivery    func(Delivery) // told of every attempt, maybe from several goroutines at once; nil: nobody
}

// DefaultAPIKey is accepted where the Config names no other.
const DefaultAPIKey = "sandbox-key"

const (
	defaultInterval    = 5 * time.Second
	defaultAttempts    = 8
	defaultBackoff     = time.Second
	defaultTimeout     = 10 * time.Second
	defaultRepeatEvery = 25
)

func (c Config) withDefaults() Config {
	c.APIKey = cmp.Or(c.APIKey, DefaultAPIKey)
	c.Interval = cmp.Or(c.Interval, defaultInterval)
	c.Attempts = cmp.Or(c.Attempts, defaultAttempts)
	c.Backoff = cmp.Or(c.Backoff, defaultBackoff)
	c.Timeout = cmp.Or(c.Timeout, defaultTimeout)
	c.RepeatEvery = cmp.Or(c.RepeatEvery, defaultRepeatEvery)
	if c.Now == nil {
		c.Now = time.Now
	}
	return c
}

// Sandbox is an http.Handler that serves /v1/webhooks. Its methods may be
// called from any goroutine.
type Sandbox struct {
	config  Config
	mux     *http.ServeMux
	moods   moods // by the method of a call
	courier courier
	joined  chan struct{} // a nudge for Run: untold is not empty

	mu       sync.Mutex // guards what follows
	story    *story
	past     []Event // what registrations are told first
	webhooks []Webhook
	untold   []string // ids of registrations that have not heard the past
	lastID   int
	forgings int // attempts still to be signed wrongly
}

// New returns a Sandbox that serves at once; deliveries start with Run.
func New(c Config) *Sandbox {
	c = c.withDefaults()
	now := c.Now()
	s := &Sandbox{config: c, mux: http.NewServeMux(), joined: make(chan struct{}, 1)}
	s.moods.refuse = refuse
	s.courier = courier{
		seed: c.Seed, attempts: c.Attempts, backoff: c.Backoff, repeatEvery: c.RepeatEvery,
		client: newClient(c.Timeout), told: c.OnDelivery,
	}
	s.story = newStory(c.Seed, len(portfolio), now.Add(-c.Past), now)
	if c.Past > 0 {
		s.past = s.story.history()
	}
	s.mux.HandleFunc("POST /v1/webhooks", s.moods.moody(http.MethodPost, s.authorized(s.create)))
	s.mux.HandleFunc("GET /v1/webhooks", s.moods.moody(http.MethodGet, s.authorized(s.list)))
	s.mux.HandleFunc("DELETE /v1/webhooks/{id}", s.moods.moody(http.MethodDelete, s.authorized(s.remove)))
	return s
}

func (s *Sandbox) ServeHTTP(w http.ResponseWriter, r *http.Request) { s.mux.ServeHTTP(w, r) }

// Run delivers until ctx ends: the past to each new registration, then a live
// event to all every Interval. It returns when its deliveries have ended.
func (s *Sandbox) Run(ctx context.Context) {
	var deliveries sync.WaitGroup
	defer s.courier.client.CloseIdleConnections()
	defer deliveries.Wait()
	var ticks <-chan time.Time // nil, which never ticks, without an interval
	if s.config.Interval > 0 {
		ticker := time.NewTicker(s.config.Interval)
		defer ticker.Stop()
		ticks = ticker.C
	}
	free := make(chan struct{}, maxInFlight) // holds a token for each event under way
	for {
		select {
		case <-ctx.Done():
			return
		case <-s.joined:
			s.tellPast(ctx) // not beside the live events, which would stand among old ones
		case <-ticks:
			select {
			case free <- struct{}{}:
				deliveries.Go(func() {
					_ = s.Send(ctx, s.Next()) // OnDelivery was told
					<-free
				})
			default: // nobody acknowledges anything: the story waits
			}
		}
	}
}

// TakePast hands out the past that Config.Past asked for, oldest first, for
// somebody who brings it to the listener in another way. Registrations after
// that are told none of it; the story goes on where it ends.
func (s *Sandbox) TakePast() []Event {
	s.mu.Lock()
	defer s.mu.Unlock()
	past := s.past
	s.past = nil
	return past
}

// Next takes the next live event from the story. It happens now.
func (s *Sandbox) Next() Event {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.story.next(s.config.Now())
}

// Event is one thing that happened, spelt as it is delivered.
type Event struct {
	ID   string
	Type string
	At   time.Time
	Body []byte
}

// History returns what happened from one time to another in the story of seed,
// oldest first: about 47 rents a month and whatever else a small portfolio
// brings. It opens with the signing of every lease that still ran at from,
// which is the only part that lies before it.
func History(seed uint64, from, to time.Time) []Event {
	return newStory(seed, len(portfolio), from, to).history()
}
