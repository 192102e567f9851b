package ngroktest

import (
	"bytes"
	"io"
	"net"
	"os"
	"sync"
	"syscall"
	"time"
)

// newConns are the two ends of a connection in memory. Unlike net.Pipe's, and
// like a socket's, their writers do not wait for their readers: a line that has
// gone silent takes what is written.
func newConns(a net.Addr) (here, there net.Conn) {
	up, down := newFlow(), newFlow()
	return &conn{in: down, out: up, addr: a}, &conn{in: up, out: down, addr: a}
}

// conn is an end of a connection.
type conn struct {
	in, out *flow
	addr    net.Addr
}

func (c *conn) Read(p []byte) (int, error)  { return c.in.read(p) }
func (c *conn) Write(p []byte) (int, error) { return c.out.write(p) }

// Close lets the other end read what is on its way.
func (c *conn) Close() error {
	c.in.change(func() { c.in.left = true })
	c.out.change(func() { c.out.ended = true })
	return nil
}

func (c *conn) LocalAddr() net.Addr  { return c.addr }
func (c *conn) RemoteAddr() net.Addr { return c.addr }

func (c *conn) SetDeadline(t time.Time) error {
	_ = c.SetReadDeadline(t) // neither fails
	return c.SetWriteDeadline(t)
}

func (c *conn) SetReadDeadline(t time.Time) error {
	c.in.change(func() { c.in.readBy = t })
	return nil
}

func (c *conn) SetWriteDeadline(t time.Time) error {
	c.out.change(func() { c.out.writeBy = t })
	return nil
}

// flow is one direction of a connection.
type flow struct {
	mu              sync.Mutex
	data            bytes.Buffer
	ended           bool // the writer has closed
	left            bool // the reader has closed
	readBy, writeBy time.Time
	changed         chan struct{} // closed, and replaced, at each change
}

func newFlow() *flow { return &flow{changed: make(chan struct{})} }

// change runs do and wakes the reader.
func (f *flow) change(do func()) {
	f.mu.Lock()
	defer f.mu.Unlock()
	do()
	close(f.changed)
	f.changed = make(chan struct{})
}

func (f *flow) write(p []byte) (n int, err error) {
	f.change(func() {
		switch {
		case f.ended:
			err = net.ErrClosed
		case f.left:
			err = syscall.EPIPE
		case over(f.writeBy):
			err = os.ErrDeadlineExceeded
		default:
			n, err = f.data.Write(p)
		}
	})
	return n, err
}

func (f *flow) read(p []byte) (int, error) {
	for {
		f.mu.Lock()
		changed, deadline := f.changed, f.readBy
		n, err := f.take(p)
		f.mu.Unlock()
		if n > 0 || err != nil || len(p) == 0 {
			return n, err
		}
		await(changed, deadline)
	}
}

// take is read without waiting. The caller holds mu.
func (f *flow) take(p []byte) (int, error) {
	switch {
	case f.left:
		return 0, net.ErrClosed
	case over(f.readBy):
		return 0, os.ErrDeadlineExceeded
	case f.data.Len() > 0:
		return f.data.Read(p)
	case f.ended:
		return 0, io.EOF
	}
	return 0, nil
}

// await waits for a change, until deadline.
func await(changed <-chan struct{}, deadline time.Time) {
	var late <-chan time.Time
	if !deadline.IsZero() {
		timer := time.NewTimer(time.Until(deadline))
		defer timer.Stop()
		late = timer.C
	}
	select {
	case <-changed:
	case <-late:
	}
}

func over(deadline time.Time) bool { return !deadline.IsZero() && !time.Now().Before(deadline) }
