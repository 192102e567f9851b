package sandbox

import (
	"cmp"
	"fmt"
	"io"
	"net/http"
)

// Fault is one way of answering badly.
type Fault struct {
	Status     int    // 0: 500
	RetryAfter string // sent as it is; empty: not sent
	Body       string // empty: a JSON object with an error text
	Echo       bool   // the error text repeats the key and the whole request, secret included
	Hang       bool   // no answer at all, until the client gives up
	Reset      bool   // the connection is cut instead of an answer
	Done       bool   // what was asked is done all the same, as when an answer is lost on its way
}

// FailRegistrations answers the next n registrations with f, whoever asks.
func (s *Sandbox) FailRegistrations(n int, f Fault) { s.fail(http.MethodPost, n, f) }

// FailLists answers the next n questions for what is registered with f, whoever
// asks.
func (s *Sandbox) FailLists(n int, f Fault) { s.fail(http.MethodGet, n, f) }

// FailDeletes answers the next n deletions with f, whoever asks. Nothing is
// deleted.
func (s *Sandbox) FailDeletes(n int, f Fault) { s.fail(http.MethodDelete, n, f) }

func (s *Sandbox) fail(method string, n int, f Fault) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for range n {
		s.faults[method] = append(s.faults[method], f)
	}
}

// Calls counts the registrations that were asked for, the refused among them.
func (s *Sandbox) Calls() int { return s.count(http.MethodPost) }

// Lists counts the questions for what is registered, the refused among them.
func (s *Sandbox) Lists() int { return s.count(http.MethodGet) }

// Deletes counts the deletions that were asked for, the refused among them.
func (s *Sandbox) Deletes() int { return s.count(http.MethodDelete) }

func (s *Sandbox) count(method string) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.calls[method]
}

// ForgeDeliveries signs the next n attempts with a secret of its own.
func (s *Sandbox) ForgeDeliveries(n int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.forgings += n
}

// moody answers with the next fault, if one is planned for calls of the method,
// and else lets next.
func (s *Sandbox) moody(method string, next http.HandlerFunc) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		if f, planned := s.nextFault(method); planned {
			if f.Done {
				next(lost{http.Header{}}, r)
			}
			f.answer(w, r)
			return
		}
		next(w, r)
	}
}

// lost is an answer that nobody gets.
type lost struct{ header http.Header }

func (l lost) Header() http.Header         { return l.header }
func (l lost) Write(b []byte) (int, error) { return len(b), nil }
func (l lost) WriteHeader(int)             {}

func (f Fault) answer(w http.ResponseWriter, r *http.Request) {
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

// nextFault counts the call and takes the fault that is planned for it.
func (s *Sandbox) nextFault(method string) (f Fault, planned bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.calls[method]++
	planned = len(s.faults[method]) > 0
	if planned {
		f, s.faults[method] = s.faults[method][0], s.faults[method][1:]
	}
	return f, planned
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
