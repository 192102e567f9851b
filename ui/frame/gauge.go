package frame

import (
	"context"
	"sync"
)

// Gauge passes the progress of background work to the window. It drops values
// that come faster than the window can show them.
type Gauge struct {
	Post Poster
	Show func(done, total int) // called on the main goroutine

	mu          sync.Mutex
	done, total int
	queued      bool
}

// Set records the progress. Any goroutine may call it.
func (g *Gauge) Set(done, total int) {
	g.mu.Lock()
	g.done, g.total = done, total
	first := !g.queued
	g.queued = true
	g.mu.Unlock()
	if first {
		g.Post(func(context.Context) func() { return g.deliver })
	}
}

func (g *Gauge) deliver() {
	g.mu.Lock()
	done, total := g.done, g.total
	g.queued = false
	g.mu.Unlock()
	g.Show(done, total)
}
