package tunnel

import (
	"context"
	"strings"

	"rentbell/core"
)

// Manual opens a plain HTTP port that only this machine can reach, behind a
// public address that is the user's own affair: cloudflared, Caddy or Tailscale
// Funnel pass on to the port what arrives there.
type Manual struct{}

// Open implements core.Tunnel: the port is Listen, the address is URL. Its
// errors are *core.TunnelError with Refused set. Up means that the port is open;
// whether the address leads to it, only a delivery can tell.
func (Manual) Open(ctx context.Context, o core.TunnelOptions, notify func(core.TunnelState)) (core.Endpoint, error) {
	if o.URL == "" {
		return nil, &core.TunnelError{Refused: true, Err: core.ErrNoAddress}
	}
	if err := (core.Settings{ManualAddress: o.URL}).Validate(); err != nil {
		return nil, &core.TunnelError{Refused: true, Err: err}
	}
	p, err := openPort(ctx, o.Listen)
	if err != nil {
		return nil, err
	}
	p.url = strings.TrimRight(o.URL, "/")
	notify(core.TunnelState{Up: true})
	return p, nil
}

// Diagnose implements core.Tunnel. What stands in front of the port is not known, so it
// tries nothing and finds nothing wrong.
func (Manual) Diagnose(context.Context, core.TunnelOptions) (core.Line, error) {
	return core.Line{}, nil
}
