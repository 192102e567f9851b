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

// Part is a part of a service that can have a bad day. The zero value has none.
type Part struct {
	mu     sync.Mutex // guards what follows
	calls  int
	faults []Fault // in the order of the calls that meet them
}

// Fail answers the next n calls with f, whoever makes them, after those that are
// planned already.
func (p *Part) Fail(n int, f Fault) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for range n {
		p.faults = append(p.faults, f)
	}
}

// Calls counts the calls, the refused among them.
func (p *Part) Calls() int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.calls
}

// next counts a call and takes the fault that is planned for it.
func (p *Part) next() (f Fault, planned bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.calls++
	if planned = len(p.faults) > 0; planned {
		f, p.faults = p.faults[0], p.faults[1:]
	}
	return f, planned
}

// Guard answers with the fault that is planned for a call, and calls next if there is
// none. refuse tells a client in the service's own words that a call is refused.
func (p *Part) Guard(next http.HandlerFunc, refuse func(w http.ResponseWriter, status int, text string)) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		f, planned := p.next()
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
		f.answer(w, r, refuse)
	}
}

// lost is an answer that nobody gets.
type lost struct{ header http.Header }

func (l lost) Header() http.Header         { return l.header }
func (l lost) Write(b []byte) (int, error) { return len(b), nil }
func (l lost) WriteHeader(int)             {}

func (f Fault) answer(w http.ResponseWriter, r *http.Request, refuse func(http.ResponseWriter, int, string)) {
	// The server only notices that the client goes once the body is read.
	request, err := io.ReadAll(http.MaxBytesReader(w, r.Body, MaxRequest))
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
