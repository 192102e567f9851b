package desk

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
	"github.com/nats-io/nkeys"

	"rentbell/core/office"
)

const (
	dialLimit    = 5 * time.Second
	pingEvery    = 10 * time.Second
	requestLimit = 10 * time.Second
)

// line is a connection with the receiver.
type line struct {
	conn *nats.Conn
	js   jetstream.JetStream
	key  string
}

// dial connects, and lets gone be called when the connection has ended. The error is
// office.ErrRevoked, or wraps office.ErrUnreachable or office.ErrStranger.
func dial(ctx context.Context, seat Seat, pair nkeys.KeyPair, gone func(error)) (*line, error) {
	key, err := pair.PublicKey()
	if err != nil {
		return nil, fmt.Errorf("read this desk's key: %w", err)
	}
	way, limit := &way{ctx: ctx, seat: seat}, dialLimit
	if until, bounded := ctx.Deadline(); bounded {
		limit = min(limit, max(time.Until(until), 1)) // NATS takes 0 for no limit
	}
	conn, err := nats.Connect("nats://office", // the dialer knows the address
		nats.SetCustomDialer(way), nats.SkipHostLookup(), nats.Nkey(key, pair.Sign), nats.CustomInboxPrefix(office.InboxOf(key)),
		nats.NoReconnect(), nats.Timeout(limit), nats.PingInterval(pingEvery), nats.MaxPingsOutstanding(2),
		nats.ErrorHandler(func(*nats.Conn, *nats.Subscription, error) {}), // requests tell their own errors
		nats.ClosedHandler(func(c *nats.Conn) { gone(cause(c.LastError())) }),
	)
	switch {
	case way.failed != nil:
		return nil, way.failed
	case err != nil:
		return nil, cause(err)
	}
	js, err := jetstream.New(conn, jetstream.WithDefaultTimeout(requestLimit))
	if err != nil {
		conn.Close()
		return nil, fmt.Errorf("speak with the office: %w", err)
	}
	return &line{conn, js, key}, nil
}

// cause says what an error of NATS means here. The receiver has proved who it is by then,
// so one that does not take the key has removed the desk.
func cause(err error) error {
	switch {
	case errors.Is(err, nats.ErrAuthorization), errors.Is(err, nats.ErrAuthRevoked), errors.Is(err, nats.ErrAuthExpired):
		return office.ErrRevoked
	case err == nil:
		return office.ErrUnreachable
	}
	return fmt.Errorf("%w: %w", office.ErrUnreachable, err)
}

// way dials the receiver, and nobody else.
type way struct {
	ctx    context.Context
	seat   Seat
	failed error
}

// Dial connects with the receiver. NATS' own address is not used.
func (w *way) Dial(string, string) (net.Conn, error) {
	stranger := false
	dialer := tls.Dialer{NetDialer: &net.Dialer{Timeout: dialLimit}, Config: &tls.Config{
		MinVersion: tls.VersionTLS13, NextProtos: []string{office.ProtocolFollow},
		InsecureSkipVerify: true, // the pin is what counts: no dates, so no clock can lock a desk out
		VerifyConnection: func(s tls.ConnectionState) error {
			if len(s.PeerCertificates) == 0 || office.PinOf(s.PeerCertificates[0]) != w.seat.Pin {
				stranger = true
				return office.ErrStranger
			}
			return nil
		},
	}}
	ctx, cancel := context.WithTimeout(w.ctx, dialLimit)
	defer cancel()
	conn, err := dialer.DialContext(ctx, "tcp", w.seat.Address)
	switch {
	case stranger:
		w.failed = office.ErrStranger
	case err != nil:
		w.failed = fmt.Errorf("%w: %w", office.ErrUnreachable, err)
	}
	return conn, err
}

// SkipTLSHandshake tells NATS that the connection is encrypted already.
func (w *way) SkipTLSHandshake() bool { return true }
