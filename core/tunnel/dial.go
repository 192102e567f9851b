package tunnel

import (
	"context"
	"net"
	"time"
)

const (
	// dialTimeout bounds one attempt to reach the service; the system's own
	// limit is minutes, in which nobody would be told anything.
	dialTimeout = 10 * time.Second
	// partingTime is what a connection has left to say goodbye once the
	// endpoint's life is over.
	partingTime = time.Second
)

// dialer reaches the service and sees to it that no connection outlives ctx,
// which is the endpoint's life: one that comes up just while its session is
// being closed would otherwise be forgotten by the SDK and stay open.
type dialer struct{ net.Dialer }

func (d *dialer) DialContext(ctx context.Context, network, address string) (net.Conn, error) {
	c, err := d.Dialer.DialContext(ctx, network, address)
	if err != nil {
		return nil, err
	}
	stop := context.AfterFunc(ctx, func() {
		_ = c.SetDeadline(time.Now().Add(partingTime)) // fails only on a connection that is closed
	})
	return mortal{c, stop}, nil
}

// mortal is a connection that ends with its context.
type mortal struct {
	net.Conn
	stop func() bool
}

func (m mortal) Close() error {
	m.stop()
	return m.Conn.Close()
}
