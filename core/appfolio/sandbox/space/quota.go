package space

import (
	"math"
	"net/http"
	"strconv"
	"sync"
	"time"
)

// Limit is how many calls are answered in how long.
type Limit struct {
	Calls int
	Per   time.Duration
}

// quota counts calls against limits. Those it refuses do not count.
type quota struct {
	limits []Limit

	mu    sync.Mutex  // guards calls
	calls []time.Time // as many as the widest limit asks about, oldest first
}

// take counts a call, or tells how long to wait for the next.
func (q *quota) take(now time.Time) (pause time.Duration) {
	q.mu.Lock()
	defer q.mu.Unlock()
	widest := 0
	for _, l := range q.limits {
		widest = max(widest, l.Calls)
		if len(q.calls) >= l.Calls {
			pause = max(pause, q.calls[len(q.calls)-l.Calls].Add(l.Per).Sub(now))
		}
	}
	if pause <= 0 {
		q.calls = append(q.calls, now)
		q.calls = q.calls[max(0, len(q.calls)-widest):]
	}
	return pause
}

// limited answers with 429 what is beyond the limits.
func (s *Space) limited(limits []Limit, next http.HandlerFunc) http.HandlerFunc {
	q := quota{limits: limits}
	return func(w http.ResponseWriter, r *http.Request) {
		if pause := q.take(s.config.Now()); pause > 0 {
			w.Header().Set("Retry-After", strconv.Itoa(int(math.Ceil(pause.Seconds()))))
			fail(w, http.StatusTooManyRequests, "Too many requests")
			return
		}
		next(w, r)
	}
}
