package tunnel

import (
	"context"
	"net"
	"sync"
	"time"
)

// line is a connection to the service. It ends with its context, and after signInTime
// if nobody has signed in over it.
type line struct {
	net.Conn
	stop func() bool

	mu      sync.Mutex // guards what follows, and the deadline
	parting bool       // the context is over
}

func newLine(ctx context.Context, c net.Conn) *line {
	l := &line{Conn: c}
	l.limit(signInTime)
	l.stop = context.AfterFunc(ctx, func() {
		l.mu.Lock()
		defer l.mu.Unlock()
		l.parting = true
		l.limit(partingTime)
	})
	return l
}

func (l *line) limit(d time.Duration) {
	_ = l.Conn.SetDeadline(time.Now().Add(d)) // fails only on a connection that is closed
}

func (l *line) signedIn() {
	l.mu.Lock()
	defer l.mu.Unlock()
	if !l.parting {
		_ = l.Conn.SetDeadline(time.Time{}) // as above
	}
}

func (l *line) Close() error {
	l.stop()
	return l.Conn.Close()
}

func (l *line) cut() { _ = l.Close() } // whoever reads or writes will know
