package tunnel

import (
	"cmp"
	"context"
	"errors"
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
	// Address is 127.0.0.1:8080, [::1]:8080 or localhost:8080; port 0 takes a free
	// one. Empty: the options' Listen.
	Address string
}

// Validate returns ErrNotLoopback unless Address names this machine alone.
// Nothing is looked up, so no hosts file can say otherwise.
func (l Loopback) Validate() error {
	_, err := bindAddress(l.Address)
	return err
}

func bindAddress(address string) (string, error) {
	host, port, err := net.SplitHostPort(address)
	if err != nil {
		return "", ErrNotLoopback
	}
	if strings.EqualFold(host, "localhost") {
		host = "127.0.0.1"
	}
	ip, err := netip.ParseAddr(host)
	if err != nil || !ip.IsLoopback() {
		return "", ErrNotLoopback
	}
	if _, err := strconv.ParseUint(port, 10, 16); err != nil {
		return "", ErrNotLoopback
	}
	return net.JoinHostPort(host, port), nil
}

// Open implements core.Tunnel; of the options it needs Listen at most. Its
// errors are *core.TunnelError with Refused set: an address in use stays in use.
func (l Loopback) Open(ctx context.Context, o core.TunnelOptions, notify func(core.TunnelState)) (core.Endpoint, error) {
	p, err := openPort(ctx, cmp.Or(l.Address, o.Listen))
	if err != nil {
		return nil, err
	}
	p.url = "http://" + p.Addr().String()
	notify(core.TunnelState{Up: true})
	return p, nil
}

// Diagnose implements core.Tunnel. There is no line to try, so it finds nothing wrong.
func (l Loopback) Diagnose(context.Context, core.TunnelOptions) (core.Line, error) {
	return core.Line{}, nil
}
