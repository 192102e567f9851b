package sandbox

import (
	"context"
	"crypto/sha256"
	"crypto/subtle"
	"net/http"
	"sync"
	"time"
)

// Space plays the AppFolio of customers with a Developer Space: signed doorbells,
// and records and receipts that are read back. It tells the same story as a
// Sandbox of the same seed and clock.
//
// It is an http.Handler for /.well-known/jwks.json, /api/v0 and /api/v2/reports.
// Its methods may be called from any goroutine.
type Space struct {
	config  SpaceConfig
	mux     *http.ServeMux
	moods   moods // by the part of the service
	courier courier

	mu                   sync.Mutex // guards what follows
	story                *story
	books                *books
	address              string // where doorbells go; empty: nowhere
	waiting              []Doorbell
	keys                 []signingKey // the last one signs
	rotations            int
	forgings             int // attempts still to be signed wrongly
	database, reports    quota
	closedFrom, closedTo time.Time // of the Database API
	snapshots            map[string]report
	reported, requests   int
}

const (
	ageOfHouses    = 10   // years: far before any past that is asked for
	receiptsAnHour = 1000 // numbers are far apart in a Space that is started again later
)

// NewSpace returns a Space that serves at once; doorbells ring with Run.
func NewSpace(c SpaceConfig) *Space {
	c = c.withDefaults()
	now := c.Now()
	s := &Space{
		config: c, mux: http.NewServeMux(), keys: []signingKey{firstKey()}, snapshots: map[string]report{},
		story:    newStory(c.Seed, c.Units, now.Add(-c.Past), now),
		database: quota{limits: c.DatabaseLimits}, reports: quota{limits: c.ReportsLimits},
		courier: courier{
			seed: c.Seed, attempts: c.Attempts, backoff: c.Backoff, repeatEvery: c.RepeatEvery,
			client: newClient(c.Timeout), told: c.OnDelivery,
		},
	}
	s.books = openBooks(s.story.prefix, lettings(c.Units), now.AddDate(-ageOfHouses, 0, 0))
	s.books.lag, s.books.receiptLag = c.Lag, c.ReceiptLag
	s.books.firstReceipt = int(now.Unix()/int64(time.Hour/time.Second)) * receiptsAnHour
	for b := range s.story.past() {
		s.books.catchUp(s.story.tenancies, b.at)
		s.books.apply(b.data(b.at), b.at)
	}
	s.books.catchUp(s.story.tenancies, now)
	s.books.takeRung()
	s.moods.refuse = fail
	s.handle()
	return s
}

func (s *Space) handle() {
	c := s.config.Credentials
	developer := func(r *http.Request) string { return r.Header.Get("X-AppFolio-Developer-ID") }
	nobody := func(*http.Request) string { return "" }
	database := s.opened(pair{c.ClientID, c.ClientSecret, c.DeveloperID, developer}, StatusBadCredential, s.serveRecords)
	reports := s.opened(pair{c.ReportsClientID, c.ReportsClientSecret, "", nobody}, http.StatusUnauthorized, s.serveReport)
	s.mux.HandleFunc("GET /.well-known/jwks.json", s.moods.moody(partKeys, s.serveKeys))
	s.mux.HandleFunc("GET /api/v0/{topic}", s.moods.moody(partDatabase, s.limited(&s.database, database)))
	s.mux.HandleFunc("POST "+reportPath, s.moods.moody(partReports, s.limited(&s.reports, reports)))
	s.mux.HandleFunc("/", func(w http.ResponseWriter, _ *http.Request) { fail(w, http.StatusNotFound, "Not found") })
}

// ServeHTTP implements http.Handler. Every answer has an id, which AppFolio's
// support asks for.
func (s *Space) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	s.requests++
	w.Header().Set("X-Request-Id", uuid("request", s.books.prefix, s.requests))
	s.mu.Unlock()
	s.mux.ServeHTTP(w, r)
}

// pair is what opens one of the APIs.
type pair struct {
	id, secret, extra string
	extraOf           func(*http.Request) string
}

// opened lets only the holder of a pair through. Hashing first makes the
// comparison take as long for secrets of any length.
func (s *Space) opened(p pair, refusal int, next http.HandlerFunc) http.HandlerFunc {
	sum := func(id, secret, extra string) [sha256.Size]byte {
		return sha256.Sum256([]byte(id + "\n" + secret + "\n" + extra))
	}
	want := sum(p.id, p.secret, p.extra)
	return func(w http.ResponseWriter, r *http.Request) {
		id, secret, _ := r.BasicAuth()
		got := sum(id, secret, p.extraOf(r))
		if subtle.ConstantTimeCompare(got[:], want[:]) != 1 {
			fail(w, refusal, "Invalid credentials")
			return
		}
		next(w, r)
	}
}

// Happen lets the next beat of the live story happen, now, and hands out the
// doorbells for it. Whoever calls it rings them, or does not.
func (s *Space) Happen() []Doorbell {
	s.mu.Lock()
	defer s.mu.Unlock()
	now := s.config.Now()
	s.books.catchUp(s.story.tenancies, now)
	s.books.apply(s.story.draw().data(now), now)
	s.books.hurry(s.story.tenancies, now)
	return s.books.takeRung()
}

// Run lets the story go on until ctx ends, a beat every Interval, and rings for
// it. It returns when its deliveries have ended.
func (s *Space) Run(ctx context.Context) {
	var deliveries sync.WaitGroup
	defer s.courier.client.CloseIdleConnections()
	defer deliveries.Wait()
	if s.config.Interval < 0 {
		<-ctx.Done()
		return
	}
	ticker := time.NewTicker(s.config.Interval)
	defer ticker.Stop()
	free := make(chan struct{}, maxInFlight) // holds a token for each beat under way
	for {
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
		}
		select {
		case free <- struct{}{}:
			due := s.collect(s.Happen())
			deliveries.Go(func() {
				_ = s.Ring(ctx, due...) // OnDelivery was told
				<-free
			})
		default: // nobody acknowledges anything: the story waits
		}
	}
}

// collect keeps doorbells back until there are enough for a batch, or for a
// disorder.
func (s *Space) collect(doorbells []Doorbell) (due []Doorbell) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.waiting = append(s.waiting, doorbells...)
	if len(s.waiting) < max(s.config.Form.Batch, s.config.Disorder) {
		return nil
	}
	due, s.waiting = s.waiting, nil
	return due
}
