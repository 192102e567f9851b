// Package sandbox is a stand-in AppFolio for tests, the demo and people who want to
// try things out: it takes webhook registrations and delivers signed events of a
// made-up portfolio, again and again until they are acknowledged.
//
// Everything follows from a seed and a clock: the same two give the same events, ids
// included. Unless told otherwise it only sends to this computer. It can be made to
// misbehave as the real service does on a bad day. Package space, the stand-in for a
// Developer Space, uses Courier and Part as well.
package sandbox

import (
	"cmp"
	"context"
	"net/http"
	"sync"
	"time"

	"rentbell/core/appfolio/sandbox/story"
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

// Sandbox is an http.Handler that serves /v1/webhooks. Its methods may be
// called from any goroutine.
type Sandbox struct {
	Registrations, Lists, Deletions Part // one for each kind of call

	config  Config
	mux     *http.ServeMux
	courier *Courier
	joined  chan func(context.Context) // what Run does when there is somebody in untold

	mu       sync.Mutex // guards what follows
	story    *story.Story
	past     []Event // what registrations are told first
	webhooks []Webhook
	untold   []string // ids of registrations that have not heard the past
	lastID   int
}

// New returns a Sandbox that serves at once; deliveries start with Run.
func New(c Config) *Sandbox {
	c.APIKey = cmp.Or(c.APIKey, DefaultAPIKey)
	if c.Now == nil {
		c.Now = time.Now
	}
	courier := Courier{
		Header: "X-AppFolio-Signature", Seed: c.Seed, Attempts: c.Attempts, Backoff: c.Backoff, Timeout: c.Timeout,
		RepeatEvery: c.RepeatEvery, OnDelivery: c.OnDelivery,
	}
	now := c.Now()
	s := &Sandbox{
		config: c, mux: http.NewServeMux(), courier: courier.Start(), joined: make(chan func(context.Context), 1),
		story: story.New(c.Seed, story.Units, now.Add(-c.Past), now),
	}
	if c.Past > 0 {
		for f := range s.story.Past() {
			s.past = append(s.past, event(f))
		}
	}
	s.mux.HandleFunc("POST /v1/webhooks", s.Registrations.Guard(s.authorized(s.create), refuse))
	s.mux.HandleFunc("GET /v1/webhooks", s.Lists.Guard(s.authorized(s.list), refuse))
	s.mux.HandleFunc("DELETE /v1/webhooks/{id}", s.Deletions.Guard(s.authorized(s.remove), refuse))
	return s
}

// ServeHTTP implements http.Handler.
func (s *Sandbox) ServeHTTP(w http.ResponseWriter, r *http.Request) { s.mux.ServeHTTP(w, r) }

// Run delivers until ctx ends: the past to each new registration, then a live
// event to all every Interval. It returns when its deliveries have ended.
func (s *Sandbox) Run(ctx context.Context) {
	s.courier.Live(ctx, s.config.Interval, s.joined, func() func() {
		e := s.Next()
		return func() { _ = s.Send(ctx, e) } // OnDelivery was told
	})
}

// TakePast returns the past that Config.Past asked for, oldest first. The caller
// brings it to the listener in another way: later registrations are told none of it,
// and the story goes on where it ends.
func (s *Sandbox) TakePast() []Event {
	s.mu.Lock()
	defer s.mu.Unlock()
	past := s.past
	s.past = nil
	return past
}

// Next returns the next live event of the story, which happens now. The caller
// delivers it with Send, or does not.
func (s *Sandbox) Next() Event {
	s.mu.Lock()
	defer s.mu.Unlock()
	return event(s.story.Next(s.config.Now()))
}
