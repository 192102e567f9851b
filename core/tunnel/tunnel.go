// Package tunnel is the public door: a net.Listener in this process with an
// address that AppFolio can reach. Ngrok opens it through ngrok's service, so
// that no TCP port is open on this machine; Loopback opens a plain port that
// only this machine can reach, for --listen, the demo and tests.
//
// It is the only package that knows ngrok. It promises that no authtoken leaves
// it in an error or a log line, and that a refusal only the user can mend is
// told apart from trouble that passes.
package tunnel

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"os"
	"time"

	"golang.ngrok.com/ngrok/v2"

	"rentbell/core"
)

// policy runs at ngrok's edge and keeps strangers off the laptop: whatever is
// not a delivery ends there. One rule, because ngrok's free plan allows five.
// The receiver still checks everything itself.
const policy = `{"on_http_request":[{` +
	`"expressions":["!(req.method == 'POST' && req.url.path == '/webhooks/appfolio')"],` +
	`"actions":[{"type":"deny","config":{"status_code":404}}]}]}`

// A bind that failed for now is tried again after a pause that doubles.
const (
	shortestPause = 500 * time.Millisecond
	longestPause  = 30 * time.Second
)

// Errors that Open finds without asking the service. They come wrapped in a
// *core.TunnelError with Refused set.
var (
	// ErrNoAuthtoken: there is nothing to sign in with.
	ErrNoAuthtoken = errors.New("no ngrok authtoken")
	// ErrBadConnectURL: the service's address is no HOST:PORT.
	ErrBadConnectURL = errors.New("ngrok connect URL is no HOST:PORT")
	// ErrBadConnectCAs: the file holds no PEM certificate.
	ErrBadConnectCAs = errors.New("no PEM certificate in ngrok connect CAs")
)

// Ngrok opens the door through ngrok's service. The zero value is ready to use.
type Ngrok struct {
	heartbeat time.Duration // zero: the SDK's own interval
}

// Open implements core.Tunnel. It returns once the service has bound the
// address, however long that takes; it gives up only when ctx ends or the
// service refuses for good, which takes one round trip. After a drop the
// session comes back by itself, with the same address.
//
// Closing the endpoint stops new requests; those in flight are finished, then
// the session ends. The end of ctx ends it at once. notify must not block; it
// may close the endpoint, and hears nothing new after that.
func (n Ngrok) Open(ctx context.Context, o core.TunnelOptions, notify func(core.TunnelState)) (core.Endpoint, error) {
	options, err := n.agentOptions(o)
	if err != nil {
		return nil, &core.TunnelError{Refused: true, Err: err}
	}
	ctx, end := context.WithCancelCause(ctx)
	s := &session{token: o.Authtoken, notify: notify, end: end, done: ctx.Done(), closed: make(chan struct{})}
	agent, err := ngrok.NewAgent(append(options, ngrok.WithEventHandler(s.handle))...)
	if err != nil {
		end(err)
		return nil, explain(err, o.Authtoken)
	}
	listener, err := listen(ctx, agent, s, o.URL)
	if err != nil {
		end(err)
		return nil, err
	}
	e := newEndpoint(ctx, agent, listener, s)
	go e.pump() // the SDK's Accept cannot be interrupted, so nobody may depend on its return
	return e, nil
}

// Diagnose implements core.Tunnel.
func (n Ngrok) Diagnose(ctx context.Context, o core.TunnelOptions) (core.Line, error) {
	return core.Line{}, nil
}

func (n Ngrok) agentOptions(o core.TunnelOptions) ([]ngrok.AgentOption, error) {
	if o.Authtoken.IsZero() {
		return nil, ErrNoAuthtoken
	}
	if err := (core.Settings{Address: o.URL}).Validate(); err != nil {
		return nil, err // the SDK would take tcp:// and plain http:// too
	}
	options := []ngrok.AgentOption{
		ngrok.WithAuthtoken(o.Authtoken.Reveal()),
		ngrok.WithLogger(slog.New(slog.DiscardHandler)), // what it says may repeat the authtoken
		ngrok.WithDialer(&dialer{net.Dialer{Timeout: dialTimeout}}),
	}
	if n.heartbeat > 0 {
		options = append(options, ngrok.WithHeartbeatInterval(n.heartbeat))
	}
	if o.ConnectURL != "" {
		host, _, err := net.SplitHostPort(o.ConnectURL)
		if err != nil || host == "" {
			return nil, fmt.Errorf("%w: %q", ErrBadConnectURL, o.ConnectURL)
		}
		options = append(options, ngrok.WithAgentConnectURL(o.ConnectURL),
			// The SDK takes all before the first colon, which is no IPv6 address.
			ngrok.WithTLSConfig(func(c *tls.Config) { c.ServerName = host }))
	}
	if o.ConnectCAs != "" {
		pool, err := readCAs(o.ConnectCAs)
		if err != nil {
			return nil, err
		}
		options = append(options, ngrok.WithAgentConnectCAs(pool))
	}
	return options, nil
}

func readCAs(file string) (*x509.CertPool, error) {
	pem, err := os.ReadFile(file)
	if err != nil {
		return nil, fmt.Errorf("read ngrok connect CAs: %w", err)
	}
	pool := x509.NewCertPool()
	if !pool.AppendCertsFromPEM(pem) {
		return nil, fmt.Errorf("%w: %s", ErrBadConnectCAs, file)
	}
	return pool, nil
}

// listen signs in and binds address; an empty one is left to the account. The
// SDK repeats the sign-in by itself, for ever; binding is repeated here, on the
// session that is there.
func listen(ctx context.Context, agent ngrok.Agent, s *session, address string) (ngrok.EndpointListener, error) {
	options := []ngrok.EndpointOption{ngrok.WithTrafficPolicy(policy)}
	if address != "" {
		options = append(options, ngrok.WithURL(address))
	}
	for pause := shortestPause; ; pause = min(2*pause, longestPause) {
		listener, err := agent.Listen(ctx, options...)
		if err == nil {
			s.up(&s.bound)
			return listener, nil
		}
		if ctx.Err() == nil {
			s.down(&s.bound, err)
		}
		select {
		case <-ctx.Done():
			return nil, ended(ctx)
		case <-time.After(pause):
		}
	}
}

// ended says why ctx is over: the service's refusal as it is, or the caller's
// own reason.
func ended(ctx context.Context) error {
	cause := context.Cause(ctx)
	var refusal *core.TunnelError
	if errors.As(cause, &refusal) {
		return refusal
	}
	return fmt.Errorf("open tunnel: %w", cause)
}
