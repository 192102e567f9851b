package ngroktest

import (
	"context"
	"net"
	"sync"
	"syscall"
)

// Pipe is a network of its own in memory: a listener, and the only way to reach
// it. Inside testing/synctest, where real sockets cannot be waited for, it lets
// agents and the stand-in live on the bubble's clock.
type Pipe struct {
	calls chan net.Conn
	gone  chan struct{} // closed by Close

	mu        sync.Mutex // guards what follows
	closed    bool
	unplugged bool
	open      int
	dials     int
}

// NewPipe makes a network that is plugged in. It is the Listener of a Config.
func NewPipe() *Pipe {
	return &Pipe{calls: make(chan net.Conn), gone: make(chan struct{})}
}

// DialContext connects to the listener, whatever the address. While nobody
// listens the connection is refused.
func (p *Pipe) DialContext(ctx context.Context, network, _ string) (net.Conn, error) {
	if !p.count() {
		return nil, &net.OpError{Op: "dial", Net: network, Addr: p.Addr(), Err: syscall.ECONNREFUSED}
	}
	here, there := newConns(p.Addr())
	select {
	case p.calls <- there:
		return &end{Conn: here, hangUp: sync.OnceFunc(p.hungUp)}, nil
	case <-p.gone:
	case <-ctx.Done():
	}
	p.hungUp()
	return nil, &net.OpError{Op: "dial", Net: network, Addr: p.Addr(), Err: syscall.ECONNREFUSED}
}

// count counts a dial and reports whether anybody listens.
func (p *Pipe) count() bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.dials++
	if p.unplugged || p.closed {
		return false
	}
	p.open++
	return true
}

func (p *Pipe) hungUp() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.open--
}

// Unplug makes every dial fail from now on, until Plug. Connections stay.
func (p *Pipe) Unplug() { p.plug(false) }

// Plug takes back Unplug.
func (p *Pipe) Plug() { p.plug(true) }

func (p *Pipe) plug(in bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.unplugged = !in
}

// Dials counts the calls of DialContext, refused ones too.
func (p *Pipe) Dials() int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.dials
}

// Open counts the connections that the side that dialled has not closed yet.
func (p *Pipe) Open() int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.open
}

// Accept implements net.Listener.
func (p *Pipe) Accept() (net.Conn, error) {
	select {
	case c := <-p.calls:
		return c, nil
	case <-p.gone:
		return nil, net.ErrClosed
	}
}

// Close implements net.Listener.
func (p *Pipe) Close() error {
	p.mu.Lock()
	defer p.mu.Unlock()
	if !p.closed {
		p.closed = true
		close(p.gone)
	}
	return nil
}

// Addr implements net.Listener. The stand-in's certificate is good for it.
func (p *Pipe) Addr() net.Addr { return &net.TCPAddr{IP: net.IPv4(127, 0, 0, 1), Port: 443} }

// end is the dialler's end of a connection.
type end struct {
	net.Conn
	hangUp func()
}

func (e *end) Close() error {
	e.hangUp()
	return e.Conn.Close()
}
