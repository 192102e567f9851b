package sandbox

import (
	"math"
	"net/http"
	"strconv"
	"time"
)

// Limit is how many calls are answered in how long.
type Limit struct {
	Calls int
	Per   time.Duration
}

// databaseLimits and reportsLimits are AppFolio's.
func databaseLimits() []Limit {
	return []Limit{{8, time.Second}, {256, time.Minute}, {4096, time.Hour}}
}

func reportsLimits() []Limit { return []Limit{{7, 15 * time.Second}} }

// quota counts calls against limits. Those it refuses do not count.
type quota struct {
	limits []Limit
	calls  []time.Time // as many as the widest limit asks about, oldest first
}

// take counts a call, or tells how long to wait for the next.
func (q *quota) take(now time.Time) (pause time.Duration) {
	widest := 0
	for _, l := range q.limits {
		widest = max(widest, l.Calls)
		if len(q.calls) < l.Calls {
			continue
		}
		free := q.calls[len(q.calls)-l.Calls].Add(l.Per)
		pause = max(pause, free.Sub(now))
	}
	if pause > 0 {
		return pause
	}
	q.calls = append(q.calls, now)
	q.calls = q.calls[max(0, len(q.calls)-widest):]
	return 0
}

// limited answers with 429 what is beyond the limits.
func (s *Space) limited(q *quota, next http.HandlerFunc) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		s.mu.Lock()
		pause := q.take(s.config.Now())
		s.mu.Unlock()
		if pause > 0 {
			w.Header().Set("Retry-After", strconv.Itoa(int(math.Ceil(pause.Seconds()))))
			fail(w, http.StatusTooManyRequests, "Too many requests")
			return
		}
		next(w, r)
	}
}
