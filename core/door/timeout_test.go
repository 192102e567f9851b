package door

import (
	"errors"
	"io"
	"log/slog"
	"net"
	"net/http"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"rentbell/core"
)

// oneConn is a listener with a single connection, in memory: its time limits
// run on the test's clock.
type oneConn struct {
	conns  chan net.Conn // holds the connection
	closed chan struct{}
	once   sync.Once
}

func (l *oneConn) Accept() (net.Conn, error) {
	select {
	case c := <-l.conns:
		return c, nil
	case <-l.closed:
		return nil, net.ErrClosed
	}
}

func (l *oneConn) Close() error   { l.once.Do(func() { close(l.closed) }); return nil }
func (l *oneConn) Addr() net.Addr { return &net.TCPAddr{} }

func TestClientsThatDawdleAreClosedInTime(t *testing.T) {
	const head = "POST " + core.WebhookPath + " HTTP/1.1\r\nHost: x\r\n"
	tests := []struct {
		name, sends string
		closedAfter time.Duration
	}{
		{"says nothing", "", headerTimeout},
		{"header without an end", head + "X-Half", headerTimeout},
		{"body without an end", head + "Content-Length: 100\r\n\r\nhalf", readTimeout},
		{"chunks without an end", head + "Transfer-Encoding: chunked\r\n\r\n4\r\nhalf\r\n", readTimeout},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				client, served := net.Pipe()
				listener := &oneConn{conns: make(chan net.Conn, 1), closed: make(chan struct{})}
				listener.conns <- served
				server := NewReceiver(ReceiverConfig{Log: slog.New(slog.DiscardHandler)}).server()
				ended := make(chan error, 1) // capacity 1: a test that fails does not read it
				go func() { ended <- server.Serve(listener) }()

				start := time.Now()
				if _, err := io.WriteString(client, tt.sends); err != nil {
					t.Fatal(err)
				}
				if _, err := io.Copy(io.Discard, client); err != nil {
					t.Fatal(err)
				}
				if took := time.Since(start); took < tt.closedAfter || took > tt.closedAfter+time.Second {
					t.Errorf("closed after %v, want %v", took, tt.closedAfter)
				}
				if err := server.Close(); err != nil {
					t.Error(err)
				}
				if err := <-ended; !errors.Is(err, http.ErrServerClosed) {
					t.Error(err)
				}
			})
		})
	}
}
