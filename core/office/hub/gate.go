package hub

import (
	"context"
	"crypto/sha256"
	"crypto/tls"
	"errors"
	"io"
	"net"
	"sync"
	"time"

	"rentbell/core/office"
	"rentbell/core/office/pair"
)

const (
	mostGuests     = 256 // connections at a time
	handshakeLimit = 5 * time.Second
	acceptPause    = 100 * time.Millisecond
)

// gate takes connections on the one port: of desks that have joined, and of desks that
// have a code.
type gate struct {
	hub    *Hub
	config *tls.Config
	pin    [sha256.Size]byte
	guests chan struct{} // holds one for each connection
}

func newGate(h *Hub) (*gate, error) {
	certificate, err := office.Certificate(h.cfg.Key)
	if err != nil {
		return nil, err
	}
	return &gate{
		hub: h, pin: office.PinOf(certificate.Leaf), guests: make(chan struct{}, mostGuests),
		config: &tls.Config{
			MinVersion: tls.VersionTLS13, Certificates: []tls.Certificate{certificate},
			NextProtos: []string{office.ProtocolFollow, office.ProtocolPair},
		},
	}, nil
}

// serve takes connections until ctx ends, and returns when the last has ended.
func (g *gate) serve(ctx context.Context, l net.Listener) {
	stop := context.AfterFunc(ctx, func() { _ = l.Close() })
	defer stop()
	var serving sync.WaitGroup
	defer serving.Wait()
	for ctx.Err() == nil {
		conn, err := l.Accept()
		if err != nil {
			if ctx.Err() == nil {
				g.hub.cfg.Log.Warn("the office does not take a connection", "err", err)
				pause(ctx, acceptPause)
			}
			continue
		}
		select {
		case g.guests <- struct{}{}:
		default:
			_ = conn.Close() // there are too many
			continue
		}
		serving.Go(func() {
			defer func() { <-g.guests }()
			g.receive(ctx, conn)
		})
	}
}

// receive serves one connection.
func (g *gate) receive(ctx context.Context, conn net.Conn) {
	stop := context.AfterFunc(ctx, func() { _ = conn.Close() })
	defer stop()
	secure := tls.Server(conn, g.config)
	defer func() { _ = secure.Close() }() // nobody is there to be told
	shake, cancel := context.WithTimeout(ctx, handshakeLimit)
	err := secure.HandshakeContext(shake)
	cancel()
	if err != nil {
		return // strangers knock; that is no news
	}
	switch secure.ConnectionState().NegotiatedProtocol {
	case office.ProtocolFollow:
		g.passOn(ctx, secure)
	case office.ProtocolPair:
		err := pair.Serve(ctx, secure, g.hub.cfg.Roster, g.hub.cfg.Now, func(d office.Desk) error { return g.hub.Admit() })
		if err != nil && !errors.Is(err, io.EOF) {
			g.hub.cfg.Log.Info("a desk did not join", "err", err)
		}
	}
}

// passOn passes bytes between a desk and the server, which checks the desk's key.
func (g *gate) passOn(ctx context.Context, desk net.Conn) {
	g.hub.mu.Lock()
	e := g.hub.engine
	g.hub.mu.Unlock()
	if e == nil {
		return // the desk tries again
	}
	if e.lacksEpoch(ctx) {
		e.end(errLost)
		return // as above
	}
	inside, err := e.door()
	if err != nil {
		return // as above
	}
	stop := context.AfterFunc(ctx, func() { _ = inside.Close() })
	defer stop()
	pass(desk, inside)
}

func pause(ctx context.Context, d time.Duration) {
	select {
	case <-ctx.Done():
	case <-time.After(d):
	}
}
