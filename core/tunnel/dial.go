package tunnel

import (
	"context"
	"errors"
	"net"
	"sync"
	"time"

	"rentbell/core"
)

const (
	// dialTimeout bounds one attempt to reach the service, with a proxy's answer.
	// The system's own limit is minutes, and nobody is told anything meanwhile.
	dialTimeout = 10 * time.Second
	// signInTime bounds the handshake, the sign-in and the binding of the address
	// together; the SDK itself waits for ever. It is no multiple of
	// heartbeatInterval: a session that ends while a heartbeat is on its way can
	// leave a goroutine of the SDK behind for good.
	signInTime = 15 * time.Second
	// partingTime is what a connection has left to say goodbye once the
	// endpoint's life is over.
	partingTime = time.Second
)

// dialFunc makes one attempt to reach address.
type dialFunc func(ctx context.Context, network, address string) (net.Conn, error)

// dialer reaches the service for the SDK. The SDK's own pause between attempts
// has no jitter and cannot be woken, so a dial does not fail here: it goes on
// until there is a connection or ctx, the endpoint's life, ends. No connection
// outlives ctx: the SDK forgets a connection that comes up while its session is being
// closed, and it would stay open.
type dialer struct {
	dial    dialFunc
	waiting func(err error, until time.Time) // hears of each pause and of the failure before it, if there was one
	reached func()                           // hears of each connection

	mu    sync.Mutex   // guards what follows
	leave func()       // gives up what there is now: a pause, an attempt, a connection; nil: nothing yet
	woken bool         // the next pause is left out
	line  *line        // the last connection; nil: none yet
	since time.Time    // when it was made
	flaps core.Backoff // between connections that do not hold
}

// DialContext implements ngrok.Dialer.
func (d *dialer) DialContext(ctx context.Context, network, address string) (net.Conn, error) {
	failures := newBackoff()
	pause := d.rest()
	if pause > 0 {
		d.waiting(nil, time.Now().Add(pause))
	}
	for {
		c, err := d.attempt(ctx, pause, network, address)
		switch {
		case err == nil:
			return c, nil
		case ctx.Err() != nil:
			return nil, err
		case errors.Is(err, errLeft):
			failures.Reset()
		default:
			pause = failures.Next()
			d.waiting(err, time.Now().Add(pause))
		}
	}
}

// Dial implements ngrok.Dialer; the SDK has a context wherever it dials.
func (d *dialer) Dial(string, string) (net.Conn, error) { return nil, errors.ErrUnsupported }

// rest is how long to wait before a dial that follows a connection. There is no wait
// after a connection that held. The SDK itself never waits, and would pester a service
// that takes every connection and drops it.
func (d *dialer) rest() time.Duration {
	d.mu.Lock()
	defer d.mu.Unlock()
	ago := time.Since(d.since)
	if d.line == nil || ago >= longestPause {
		d.flaps.Reset()
		return 0
	}
	return d.flaps.Next() - ago
}

// errLeft: redial ended a pause or an attempt.
var errLeft = errors.New("left for a new attempt")

// attempt dials once, after a pause.
func (d *dialer) attempt(ctx context.Context, pause time.Duration, network, address string) (net.Conn, error) {
	turn, leave := context.WithCancel(ctx)
	defer leave()
	d.mu.Lock()
	if d.woken {
		d.woken, pause = false, 0
	}
	d.leave = leave
	d.mu.Unlock()
	if sleep(turn, pause) != nil {
		return nil, errLeft
	}
	limited, cancel := context.WithTimeout(turn, dialTimeout)
	defer cancel()
	c, err := d.dial(limited, network, address)
	switch {
	case err == nil:
		return d.keep(ctx, turn, c)
	case turn.Err() != nil:
		return nil, errLeft
	}
	return nil, err
}

// keep makes c the line, unless its turn is over already.
func (d *dialer) keep(ctx, turn context.Context, c net.Conn) (net.Conn, error) {
	l := newLine(ctx, c)
	d.mu.Lock()
	left := turn.Err() != nil
	if !left {
		d.leave, d.line, d.since = l.cut, l, time.Now()
	}
	d.mu.Unlock()
	if left {
		l.cut()
		return nil, errLeft
	}
	d.reached()
	return l, nil
}

// redial leaves the connection, the attempt or the pause that there is, and the SDK
// dials anew at once. It does not block. It cannot end the SDK's own pause after a
// sign-in that failed.
func (d *dialer) redial() {
	d.mu.Lock()
	d.woken = true
	d.flaps.Reset()
	d.mu.Unlock()
	d.cut()
}

// cut leaves what there is, to be dialled again in its own time.
func (d *dialer) cut() {
	d.mu.Lock()
	leave := d.leave
	d.mu.Unlock()
	if leave != nil {
		leave()
	}
}

// signedIn tells the line that it may last.
func (d *dialer) signedIn() {
	d.mu.Lock()
	l := d.line
	d.mu.Unlock()
	if l != nil {
		l.signedIn()
	}
}
