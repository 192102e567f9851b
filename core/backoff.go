package core

import (
	"math/rand/v2"
	"time"
)

// Backoff doubles a wait from First to Most. Each wait is up to a quarter shorter,
// so that many laptops behind one outage do not come back in step. It belongs to
// one goroutine.
type Backoff struct {
	First, Most time.Duration
	last        time.Duration
}

// Next returns how long to wait this time.
func (w *Backoff) Next() time.Duration {
	w.last = min(max(2*w.last, w.First), w.Most)
	return w.last - rand.N(w.last/4)
}

// Reset begins anew with First.
func (w *Backoff) Reset() { w.last = 0 }
