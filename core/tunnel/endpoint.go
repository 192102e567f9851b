package tunnel

import (
	"context"
	"errors"
	"net"
	"strings"
	"sync"
	"time"

	"golang.ngrok.com/ngrok/v2"

	"rentbell/core"
)

// endpoint is an address at ngrok, as a listener. Requests come in over the
// one session, so it outlives Close until the last of them is done: an HTTP
// server closes its listeners first and waits for its connections then.
type endpoint struct {
	session  *session
	agent    ngrok.Agent
	listener ngrok.EndpointListener
	conns    chan net.Conn
	cause    func() error // why the endpoint's life is over

	mu      sync.Mutex // guards what follows
	open    int        // connections handed out and not closed yet
	closing bool
}

func newEndpoint(ctx context.Context, agent ngrok.Agent, listener ngrok.EndpointListener, s *session) *endpoint {
	return &endpoint{
		session: s, agent: agent, listener: listener,
		conns: make(chan net.Conn),
		cause: func() error { return context.Cause(ctx) },
	}
}

func (e *endpoint) URL() string    { return strings.TrimSuffix(e.listener.URL().String(), "/") }
func (e *endpoint) Addr() net.Addr { return e.listener.Addr() }

// Redial implements core.Endpoint. Once the endpoint is closed it does nothing:
// the line is still there for the requests in flight.
func (e *endpoint) Redial() {
	select {
	case <-e.session.closed:
	case <-e.session.done:
	default:
		e.session.dialer.redial()
	}
}

// Accept returns the next connection from ngrok's edge; net.ErrClosed after
// Close or the end of Open's context; a *core.TunnelError when the service took
// the address back or refused to renew it. Opening again may help unless that
// says Refused.
func (e *endpoint) Accept() (net.Conn, error) {
	select {
	case c := <-e.conns:
		return c, nil
	case <-e.session.closed:
		return nil, net.ErrClosed
	case <-e.session.done:
		var why *core.TunnelError
		if errors.As(e.cause(), &why) {
			return nil, why
		}
		return nil, net.ErrClosed
	}
}

// pump moves connections from the SDK to Accept until the SDK gives up. It closes
// connections that nobody wants any more, because the SDK waits for each to be taken.
func (e *endpoint) pump() {
	for {
		c, err := e.listener.Accept()
		if err != nil {
			e.lose(err)
			return
		}
		if !e.enter() {
			_ = c.Close() // ngrok answers for us
			continue
		}
		counted := newConn(c, e.leave)
		select {
		case e.conns <- counted:
		case <-e.session.closed:
			_ = counted.Close() // as above
		case <-e.session.done:
			_ = counted.Close() // as above
		}
	}
}

// lose ends the endpoint because the service has taken the address back; the SDK would
// keep a session that is of no use. After Close there is nothing to lose.
func (e *endpoint) lose(err error) {
	select {
	case <-e.session.closed:
	default:
		e.session.end(e.session.down(&e.session.bound, err, time.Time{}))
	}
}

// Close stops new requests and lets those in flight finish; it does not wait
// for them.
func (e *endpoint) Close() error {
	e.mu.Lock()
	first := !e.closing
	e.closing = true
	idle := e.open == 0
	e.mu.Unlock()
	if !first {
		return nil
	}
	close(e.session.closed)
	if idle {
		e.hangUp()
	}
	return nil
}

func (e *endpoint) enter() bool {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.closing {
		return false
	}
	e.open++
	return true
}

func (e *endpoint) leave() {
	e.mu.Lock()
	e.open--
	last := e.closing && e.open == 0
	e.mu.Unlock()
	if last {
		e.hangUp()
	}
}

// hangUp tells the service goodbye before the context's end cuts the line.
func (e *endpoint) hangUp() {
	_ = e.agent.Disconnect() // it is over either way
	e.session.end(net.ErrClosed)
}

// conn is a connection that the endpoint waits for.
type conn struct {
	net.Conn
	close func() error
}

// newConn closes c once, then leaves. An HTTP server that is closed closes its
// connections beside their own goroutines, and two closes at once write the same
// frame of the SDK's stream.
func newConn(c net.Conn, leave func()) *conn {
	return &conn{c, sync.OnceValue(func() error {
		defer leave()
		return c.Close()
	})}
}

func (c *conn) Close() error { return c.close() }
