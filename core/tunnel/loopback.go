package tunnel

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/netip"
	"strconv"
	"strings"

	"rentbell/core"
)

// ErrNotLoopback: the address can be reached from other machines, or is none.
var ErrNotLoopback = errors.New("not a loopback address with a port")

// Loopback opens a plain HTTP port that only this machine can reach.
type Loopback struct {
	Address string // 127.0.0.1:8080, [::1]:8080 or localhost:8080; port 0 takes a free one
}

// Validate returns ErrNotLoopback unless Address names this machine alone.
// Nothing is looked up, so no hosts file can say otherwise.
func (l Loopback) Validate() error {
	_, err := l.bindAddress()
	return err
}

func (l Loopback) bindAddress() (string, error) {
	host, port, err := net.SplitHostPort(l.Address)
	if err != nil {
		return "", fmt.Errorf("%w: %q", ErrNotLoopback, l.Address)
	}
	if strings.EqualFold(host, "localhost") {
		host = "127.0.0.1"
	}
	ip, err := netip.ParseAddr(host)
	if err != nil || !ip.IsLoopback() {
		return "", fmt.Errorf("%w: %q", ErrNotLoopback, l.Address)
	}
	if _, err := strconv.ParseUint(port, 10, 16); err != nil {
		return "", fmt.Errorf("%w: %q", ErrNotLoopback, l.Address)
	}
	return net.JoinHostPort(host, port), nil
}

// Open implements core.Tunnel; it needs none of the options. Its errors are
// *core.TunnelError with Refused set: an address in use stays in use.
func (l Loopback) Open(ctx context.Context, _ core.TunnelOptions, notify func(core.TunnelState)) (core.Endpoint, error) {
	address, err := l.bindAddress()
	if err != nil {
		return nil, &core.TunnelError{Refused: true, Err: err}
	}
	var config net.ListenConfig
	listener, err := config.Listen(ctx, "tcp", address)
	if err != nil {
		return nil, &core.TunnelError{Refused: true, Err: err}
	}
	stop := context.AfterFunc(ctx, func() { _ = listener.Close() }) // fails only when it is closed already
	notify(core.TunnelState{Up: true})
	return &port{Listener: listener, stop: stop}, nil
}

// Diagnose has no way to try.
func (l Loopback) Diagnose(context.Context, core.TunnelOptions) (core.Line, error) {
	return core.Line{}, nil
}

// port is an open loopback port.
type port struct {
	net.Listener
	stop func() bool
}

func (p *port) URL() string { return "http://" + p.Addr().String() }

func (p *port) Close() error {
	p.stop()
	return p.Listener.Close()
}

// Redial has no line to leave.
func (p *port) Redial() {}
