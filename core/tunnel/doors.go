package tunnel

import (
	"context"
	"errors"
	"fmt"

	"rentbell/core"
)

// ErrUnknownKind: there is no such way to be reached.
var ErrUnknownKind = errors.New("unknown kind of tunnel")

// Doors opens the door that the options name: Ngrok, Manual or Loopback. A program
// gives it to core.
type Doors struct{}

// Open implements core.Tunnel. An unknown kind is refused with ErrUnknownKind.
func (Doors) Open(ctx context.Context, o core.TunnelOptions, notify func(core.TunnelState)) (core.Endpoint, error) {
	t, err := ofKind(o.Kind)
	if err != nil {
		return nil, err
	}
	return t.Open(ctx, o, notify)
}

// Diagnose implements core.Tunnel. Only Ngrok has a way to try.
func (Doors) Diagnose(ctx context.Context, o core.TunnelOptions) (core.Line, error) {
	t, err := ofKind(o.Kind)
	if err != nil {
		return core.Line{}, err
	}
	return t.Diagnose(ctx, o)
}

// ofKind returns the tunnel of that kind; its error is a *core.TunnelError.
func ofKind(kind core.TunnelKind) (core.Tunnel, error) {
	switch kind {
	case core.TunnelNgrok:
		return Ngrok{}, nil
	case core.TunnelManual:
		return Manual{}, nil
	case core.TunnelLoopback:
		return Loopback{}, nil
	}
	return nil, &core.TunnelError{Refused: true, Err: fmt.Errorf("%w: %q", ErrUnknownKind, kind)}
}
