package sandbox

import (
	"cmp"
	"fmt"
	"io"
	"net/http"
)

// Fault is one way of answering a registration badly.
type Fault struct {
	Status     int    // 0: 500
	RetryAfter string // sent as it is; empty: not sent
	Body       string // empty: a JSON object with an error text
	Echo       bool   // the error text repeats the key and the whole request, secret included
	Hang       bool   // no answer at all, until the client gives up
	Reset      bool   // the connection is cut instead of an answer
}

// FailRegistrations answers the next n registrations with f, whoever asks.
func (s *Sandbox) FailRegistrations(n int, f Fault) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for range n {
		s.faults = append(s.faults, f)
	}
}

// ForgeDeliveries signs the next n attempts with a secret of its own.
func (s *Sandbox) ForgeDeliveries(n int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.forgings += n
}

// moody answers with the next fault, if one is planned, and else lets next.
func (s *Sandbox) moody(next http.HandlerFunc) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		if f, planned := s.nextFault(); planned {
			f.answer(w, r)
			return
		}
		next(w, r)
	}
}

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
func (s *Sandbox) nextFault() (f Fault, planned bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.calls++
	if len(s.faults) == 0 {
		return f, false
	}
	f, s.faults = s.faults[0], s.faults[1:]
	return f, true
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
