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

// limited answers with 429 what is beyond the limits. What it refuses does not count.
func (s *Space) limited(limits []Limit, next http.HandlerFunc) http.HandlerFunc {
	var mu sync.Mutex     // guards calls
	var calls []time.Time // as many as the widest limit asks about, oldest first
	take := func(now time.Time) (pause time.Duration) {
		mu.Lock()
		defer mu.Unlock()
		widest := 0
		for _, l := range limits {
			widest = max(widest, l.Calls)
			if len(calls) >= l.Calls {
				pause = max(pause, calls[len(calls)-l.Calls].Add(l.Per).Sub(now))
			}
		}
		if pause <= 0 {
			calls = append(calls, now)
			calls = calls[max(0, len(calls)-widest):]
		}
		return pause
	}
	return func(w http.ResponseWriter, r *http.Request) {
		if pause := take(s.config.Now()); pause > 0 {
			w.Header().Set("Retry-After", strconv.Itoa(int(math.Ceil(pause.Seconds()))))
			fail(w, http.StatusTooManyRequests, "Too many requests")
			return
		}
		next(w, r)
	}
}
