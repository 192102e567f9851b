package ngroktest

import (
	"net"
	"sync"
)

// line is the service's end of an agent's connection. It can go silent: still
// there, but nothing comes in and nothing goes out, as when a laptop has moved
// to another network.
type line struct {
	net.Conn
	silent chan struct{} // closed by freeze
	gone   chan struct{} // closed by Close
	freeze func()
	cut    func()
}

func newLine(c net.Conn) *line {
	l := &line{Conn: c, silent: make(chan struct{}), gone: make(chan struct{})}
	l.freeze = sync.OnceFunc(func() { close(l.silent) })
	l.cut = sync.OnceFunc(func() { close(l.gone) })
	return l
}

// hang waits, on a silent line, for its end.
func (l *line) hang() error {
	select {
	case <-l.silent:
		<-l.gone
		return net.ErrClosed
	default:
		return nil
	}
}

func (l *line) Read(p []byte) (int, error) {
	n, err := l.Conn.Read(p)
	if silence := l.hang(); silence != nil {
		return 0, silence
	}
	return n, err
}

func (l *line) Write(p []byte) (int, error) {
	if err := l.hang(); err != nil {
		return 0, err
	}
	return l.Conn.Write(p)
}

func (l *line) Close() error {
	l.cut()
	return l.Conn.Close()
}
