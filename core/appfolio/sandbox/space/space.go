// Package space is a stand-in for the AppFolio of customers with a Developer Space:
// signed doorbells that say what changed, and records and receipts that are read
// back, with AppFolio's limits. It tells the same story as a sandbox.Sandbox of the
// same seed and clock, and can be made to misbehave: it rings late, twice, in
// disorder, for others, or in batches, shows changes later, and closes at night.
package space

import (
	"context"
	"net/http"
	"sync"
	"time"

	"rentbell/core/appfolio/sandbox"
	"rentbell/core/appfolio/sandbox/story"
)

// Space is an http.Handler for /.well-known/jwks.json, /api/v0 and /api/v2/reports.
// Its methods may be called from any goroutine.
type Space struct {
	Keys, Database, Reports sandbox.Part // of the service, each with bad days of its own

	config  Config
	mux     *http.ServeMux
	courier *sandbox.Courier

	mu        sync.Mutex // guards what follows
	story     *story.Story
	books     *books
	address   string              // where doorbells go; empty: nowhere
	keys      []signingKey        // the last one signs
	closed    [2]time.Time        // the Database API, from one time to another
	snapshots map[string]snapshot // of the income register
	reported  int                 // reports so far
	requests  int                 // so far
}

const (
	ageOfHouses    = 10   // years: far before any past that is asked for
	receiptsAnHour = 1000 // numbers are far apart in a Space that is started again later
)

// New returns a Space that serves at once; doorbells ring with Run.
func New(c Config) *Space {
	c = c.withDefaults()
	now := c.Now()
	courier := sandbox.Courier{
		Header: "X-JWS-Signature", Seed: c.Seed, Attempts: c.Attempts, Backoff: c.Backoff, Timeout: c.Timeout,
		RepeatEvery: c.RepeatEvery, OnDelivery: c.OnDelivery,
	}
	s := &Space{
		config: c, mux: http.NewServeMux(), courier: courier.Start(), story: story.New(c.Seed, c.Units, now.Add(-c.Past), now),
		keys: []signingKey{firstKey()}, snapshots: map[string]snapshot{},
	}
	s.books = openBooks(s.story, story.Lettings(c.Units), now.AddDate(-ageOfHouses, 0, 0))
	s.books.lag, s.books.receiptLag = c.Lag, c.ReceiptLag
	s.books.firstReceipt = int(now.Unix()/int64(time.Hour/time.Second)) * receiptsAnHour
	for f := range s.story.Past() {
		s.books.catchUp(f.At)
		s.books.apply(f)
	}
	s.books.catchUp(now)
	if c.Plain {
		s.books.strip(now)
	}
	s.books.takeRung() // nobody rings for the past
	s.handle()
	return s
}

func (s *Space) handle() {
	database := s.limited(s.config.DatabaseLimits, func(w http.ResponseWriter, r *http.Request) {
		if id, secret, _ := r.BasicAuth(); id != ClientID || secret != ClientSecret || r.Header.Get("X-AppFolio-Developer-ID") != DeveloperID {
			fail(w, StatusBadCredential, "Invalid credentials")
			return
		}
		s.serveRecords(w, r)
	})
	reports := s.limited(s.config.ReportsLimits, func(w http.ResponseWriter, r *http.Request) {
		if id, secret, _ := r.BasicAuth(); id != ReportsClientID || secret != ReportsClientSecret {
			fail(w, http.StatusUnauthorized, "Invalid credentials")
			return
		}
		s.serveReport(w, r)
	})
	s.mux.HandleFunc("GET /.well-known/jwks.json", s.Keys.Guard(s.serveKeys, fail))
	s.mux.HandleFunc("GET /api/v0/{topic}", s.Database.Guard(database, fail))
	s.mux.HandleFunc(reportPath, s.Reports.Guard(reports, fail))
	s.mux.HandleFunc("/", func(w http.ResponseWriter, _ *http.Request) { fail(w, http.StatusNotFound, "Not found") })
}

// ServeHTTP implements http.Handler. Every answer has an id, which AppFolio's
// support asks for.
func (s *Space) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	s.requests++
	w.Header().Set("X-Request-Id", uuid("request", s.story.Name, s.requests))
	s.mu.Unlock()
	s.mux.ServeHTTP(w, r)
}

// Happen has the next fact of the live story happen now. It returns the doorbells for
// it, which the caller passes to Ring, or loses.
func (s *Space) Happen() []Doorbell {
	s.mu.Lock()
	defer s.mu.Unlock()
	now := s.config.Now()
	s.books.catchUp(now)
	s.books.apply(s.story.Next(now))
	s.books.hurry(now)
	return s.books.takeRung()
}

// Run lets the story go on until ctx ends, a fact every Interval, and rings for
// it, as soon as there are enough doorbells for a batch or a disorder. It returns
// when its deliveries have ended.
func (s *Space) Run(ctx context.Context) {
	var waiting []Doorbell
	s.courier.Live(ctx, s.config.Interval, nil, func() func() {
		waiting = append(waiting, s.Happen()...)
		var due []Doorbell
		if len(waiting) >= max(s.config.Form.Batch, s.config.Disorder) {
			due, waiting = waiting, nil
		}
		return func() { _ = s.Ring(ctx, due...) } // OnDelivery was told
	})
}
