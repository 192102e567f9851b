package tunnel

import (
	"context"
	"errors"
	"fmt"
	"net"
	"syscall"

	"rentbell/core"
)

// windowsAddrInUse is WSAEADDRINUSE, which syscall.EADDRINUSE does not stand for
// on Windows. No other system has an error of that number.
const windowsAddrInUse = syscall.Errno(10048)

// port is an open loopback port.
type port struct {
	net.Listener
	url  string
	stop func() bool
}

// openPort opens a port that ctx's end closes.
func openPort(ctx context.Context, address string) (*port, error) {
	address, err := bindAddress(address)
	if err != nil {
		return nil, &core.TunnelError{Refused: true, Err: err}
	}
	var config net.ListenConfig
	listener, err := config.Listen(ctx, "tcp", address)
	if err = PortError(err); err != nil {
		return nil, &core.TunnelError{Refused: true, Err: err}
	}
	stop := context.AfterFunc(ctx, func() { _ = listener.Close() }) // fails only when it is closed already
	return &port{Listener: listener, stop: stop}, nil
}

// PortError says of an error of listening that the port is in use, where it is.
func PortError(err error) error {
	if errors.Is(err, syscall.EADDRINUSE) || errors.Is(err, windowsAddrInUse) {
		return fmt.Errorf("%w: %w", core.ErrPortInUse, err)
	}
	return err
}

func (p *port) URL() string { return p.url }

func (p *port) Close() error {
	p.stop()
	return p.Listener.Close()
}

// Redial has no line to leave.
func (p *port) Redial() {}
