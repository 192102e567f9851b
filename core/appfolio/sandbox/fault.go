package sandbox

import (
	"cmp"
	"fmt"
	"io"
	"net/http"
	"sync"
	"time"
)

// Fault is one way of answering badly.
type Fault struct {
	Status     int           // 0: 500
	RetryAfter string        // sent as it is; empty: not sent
	Body       string        // empty: a JSON object with an error text
	Echo       bool          // the error text repeats the key and the whole request, secret included
	Hang       bool          // no answer at all, until the client gives up
	Reset      bool          // the connection is cut instead of an answer
	Done       bool          // what was asked is done all the same, as when an answer is lost on its way
	Slow       time.Duration // the answer comes so much later; with nothing else, it is the proper one
}

// FailRegistrations answers the next n registrations with f, whoever asks.
func (s *Sandbox) FailRegistrations(n int, f Fault) { s.moods.plan(http.MethodPost, n, f) }

// FailLists answers the next n questions for what is registered with f, whoever
// asks.
func (s *Sandbox) FailLists(n int, f Fault) { s.moods.plan(http.MethodGet, n, f) }

// FailDeletes answers the next n deletions with f, whoever asks. Nothing is
// deleted.
func (s *Sandbox) FailDeletes(n int, f Fault) { s.moods.plan(http.MethodDelete, n, f) }

// Calls counts the registrations that were asked for, the refused among them.
func (s *Sandbox) Calls() int { return s.moods.count(http.MethodPost) }

// Lists counts the questions for what is registered, the refused among them.
func (s *Sandbox) Lists() int { return s.moods.count(http.MethodGet) }

// Deletes counts the deletions that were asked for, the refused among them.
func (s *Sandbox) Deletes() int { return s.moods.count(http.MethodDelete) }

// ForgeDeliveries signs the next n attempts with a secret of its own.
func (s *Sandbox) ForgeDeliveries(n int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.forgings += n
}

// moods are the faults that are planned, and what was called, by kind of call.
type moods struct {
	refuse func(w http.ResponseWriter, status int, text string) // in the service's words

	mu     sync.Mutex         // guards what follows
	calls  map[string]int     // whatever came of them
	faults map[string][]Fault // in the order of the calls that meet them
}

func (m *moods) plan(kind string, n int, f Fault) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.faults == nil {
		m.faults = map[string][]Fault{}
	}
	for range n {
		m.faults[kind] = append(m.faults[kind], f)
	}
}

func (m *moods) count(kind string) int {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.calls[kind]
}

// next counts the call and takes the fault that is planned for it.
func (m *moods) next(kind string) (f Fault, planned bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.calls == nil {
		m.calls = map[string]int{}
	}
	m.calls[kind]++
	planned = len(m.faults[kind]) > 0
	if planned {
		f, m.faults[kind] = m.faults[kind][0], m.faults[kind][1:]
	}
	return f, planned
}

// moody answers with the next fault, if one is planned for calls of the kind,
// and else lets next.
func (m *moods) moody(kind string, next http.HandlerFunc) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		f, planned := m.next(kind)
		if planned && f.Slow > 0 && wait(r.Context(), f.Slow) != nil {
			return // the client is gone
		}
		if !planned || f == (Fault{Slow: f.Slow}) && f.Slow > 0 {
			next(w, r)
			return
		}
		if f.Done {
			next(lost{http.Header{}}, r)
		}
		f.answer(w, r, m.refuse)
	}
}

// lost is an answer that nobody gets.
type lost struct{ header http.Header }

func (l lost) Header() http.Header         { return l.header }
func (l lost) Write(b []byte) (int, error) { return len(b), nil }
func (l lost) WriteHeader(int)             {}

func (f Fault) answer(w http.ResponseWriter, r *http.Request, refuse func(http.ResponseWriter, int, string)) {
	// Read first: only then does the server notice when the client goes.
	request, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxRegistration))
	switch {
	case err != nil || f.Reset:
		panic(http.ErrAbortHandler) // net/http's way to cut a connection
	case f.Hang:
		<-r.Context().Done()
		return
	case f.RetryAfter != "":
		w.Header().Set("Retry-After", f.RetryAfter)
	}
	status := cmp.Or(f.Status, http.StatusInternalServerError)
	switch {
	case f.Echo:
		refuse(w, status, fmt.Sprintf("Not accepted: %s %s", r.Header.Get("Authorization"), request))
	case f.Body != "":
		w.WriteHeader(status)
		_, _ = io.WriteString(w, f.Body) // the client is gone: nobody to tell
	default:
		refuse(w, status, http.StatusText(status))
	}
}

// forging reports whether the next attempt is to be signed wrongly.
func (s *Sandbox) forging() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.forgings == 0 {
		return false
	}
	s.forgings--
	return true
}
