package core

import (
	"cmp"
	"context"
	"errors"
	"net"
	"time"
)

// Tunnel opens the public door.
type Tunnel interface {
	// Open returns once deliveries can arrive. While it waits, and after that
	// until the endpoint is closed, it reports each change to notify, from any
	// goroutine. ctx bounds the whole life of the endpoint, not only its
	// opening. A *TunnelError with Refused set needs the user.
	Open(ctx context.Context, o TunnelOptions, notify func(TunnelState)) (Endpoint, error)
	// Diagnose tries the way to the service step by step, beside an endpoint that
	// may be open and without touching it. Its errors are *TunnelError; Step says
	// how far it came.
	Diagnose(ctx context.Context, o TunnelOptions) (Line, error)
}

// Endpoint is an open door: a listener in this process with a public address.
type Endpoint interface {
	net.Listener
	// URL is the public base address, e.g. "https://oakline.ngrok.app",
	// without a trailing slash.
	URL() string
	// Redial leaves a line that may be dead and dials anew at once, keeping the
	// address: after a wake-up or a change of network. It does not wait.
	Redial()
}

// TunnelKind is a way to be reached.
type TunnelKind string

// The ways to be reached.
const (
	TunnelNgrok    TunnelKind = "ngrok"    // through ngrok's service
	TunnelManual   TunnelKind = "manual"   // the user runs something in front of a fixed loopback port
	TunnelLoopback TunnelKind = "loopback" // from this computer only: --listen, the demo, tests
)

// TunnelOptions is what a Tunnel needs to know.
type TunnelOptions struct {
	Kind      TunnelKind // empty: what Settings say
	Authtoken Secret     // ngrok
	// URL is the reserved address to ask ngrok for; empty: the account's own. Of
	// a manual tunnel it is the public address.
	URL        string
	Listen     string // loopback HOST:PORT; not for ngrok
	Proxy      string // "http://HOST:PORT" or "socks5://HOST:PORT" on the way to ngrok; empty: none
	ConnectURL string // HOST:PORT of the tunnel service; empty: its own
	ConnectCAs string // PEM file that signs the service; empty: its own
}

// Over returns o with the gaps filled from below, where both are of a kind.
func (o TunnelOptions) Over(below TunnelOptions) TunnelOptions {
	if o.Kind == "" {
		o.Kind = below.Kind
	}
	if o.Kind == below.Kind {
		o.URL, o.Listen, o.Proxy = cmp.Or(o.URL, below.URL), cmp.Or(o.Listen, below.Listen), cmp.Or(o.Proxy, below.Proxy)
	}
	return o
}

// TunnelState is one change in a tunnel's life.
type TunnelState struct {
	Up      bool
	Err     error     // why it is down; nil right after a start or a clean close
	RetryAt time.Time // when it is tried again by itself; zero: at once, or nobody knows
	Line    Line      // while Up
}

// Line is what a tunnel's service tells about the connection. Fields are zero
// where it tells nothing.
type Line struct {
	Plan    string        // of the account, e.g. "Free"
	Region  string        // e.g. "us"
	Latency time.Duration // of the last heartbeat
}

// TunnelError is why a tunnel is not there.
type TunnelError struct {
	Code    string // the service's own, e.g. "ERR_NGROK_105"; empty when it had none
	Refused bool   // trying again unchanged is no use
	Step    Step   // of Diagnose; empty elsewhere
	Err     error  // scrubbed of the authtoken
}

// Reasons for a TunnelError that people need words of their own for. Code and
// Step tell the others apart.
var (
	// ErrPortInUse: another program has the loopback port.
	ErrPortInUse = errors.New("port is in use")
	// ErrProxyUnreachable: no connection to the proxy, or no answer from it.
	ErrProxyUnreachable = errors.New("proxy not reached")
	// ErrProxyRefused: the proxy does not let the tunnel through.
	ErrProxyRefused = errors.New("proxy refused")
	// ErrProxyAuth: it would for a name and a password. It comes with ErrProxyRefused.
	ErrProxyAuth = errors.New("proxy wants a password")
)

// Step is a part of the way to the tunnel service.
type Step string

// The steps of Tunnel.Diagnose, in their order.
const (
	StepTCP    Step = "tcp"    // the name is looked up and the service answers
	StepTLS    Step = "tls"    // it shows a certificate that can be trusted
	StepMuxado Step = "muxado" // it speaks the tunnel's protocol
)

func (e *TunnelError) Error() string {
	what := "tunnel interrupted"
	if e.Refused {
		what = "tunnel refused"
	}
	if e.Step != "" {
		what += " at " + string(e.Step)
	}
	if e.Code != "" {
		what += " (" + e.Code + ")"
	}
	if e.Err == nil {
		return what
	}
	return what + ": " + e.Err.Error()
}

func (e *TunnelError) Unwrap() error { return e.Err }
