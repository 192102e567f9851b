// Package tunnel is the public door: a net.Listener in this process with an
// address that AppFolio can reach. Ngrok opens it through ngrok's service, so
// that no TCP port is open on this machine; Manual opens a plain port for a
// public address that is the user's own affair; Loopback opens one that only
// this machine can reach, for --listen, the demo and tests. Doors is all three.
//
// It is the only package that knows ngrok. It promises that no authtoken leaves
// it in an error or a log line, and that a refusal only the user can mend is
// told apart from trouble that passes.
package tunnel

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net"
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

// Ngrok opens the door through ngrok's service. The zero value is ready to use.
type Ngrok struct {
	heartbeat time.Duration // zero: heartbeatInterval
	dial      dialFunc      // nil: the network
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
	ctx, end := context.WithCancelCause(ctx)
	s := &session{token: o.Authtoken, notify: notify, end: end, done: ctx.Done(), closed: make(chan struct{})}
	agent, err := n.newAgent(o, s)
	if err != nil {
		end(err)
		return nil, &core.TunnelError{Refused: true, Err: err}
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

// newAgent makes the SDK's agent and what stands between it and the network.
func (n Ngrok) newAgent(o core.TunnelOptions, s *session) (ngrok.Agent, error) {
	if o.Authtoken.IsZero() {
		return nil, ErrNoAuthtoken
	}
	options, err := agentOptions(o)
	if err != nil {
		return nil, err
	}
	dial, err := n.way(o.Proxy)
	if err != nil {
		return nil, err
	}
	s.dialer = &dialer{dial: dial, waiting: s.waiting, reached: s.reached, flaps: newBackoff()}
	return ngrok.NewAgent(append(options,
		ngrok.WithAuthtoken(o.Authtoken.Reveal()),
		ngrok.WithDialer(s.dialer),
		ngrok.WithEventHandler(s.handle),
		ngrok.WithHeartbeatInterval(cmp.Or(n.heartbeat, heartbeatInterval)),
		ngrok.WithHeartbeatTolerance(heartbeatTolerance),
	)...)
}

// way is how one attempt to reach the service is made.
func (n Ngrok) way(proxy string) (dialFunc, error) {
	dial := n.dial
	if dial == nil {
		dial = new(net.Dialer).DialContext
	}
	return through(proxy, dial)
}

// listen signs in and binds address; an empty one is left to the account. The
// SDK repeats the sign-in by itself, for ever; binding is repeated here, on the
// session that is there.
func listen(ctx context.Context, agent ngrok.Agent, s *session, address string) (ngrok.EndpointListener, error) {
	options := []ngrok.EndpointOption{ngrok.WithTrafficPolicy(policy)}
	if address != "" {
		options = append(options, ngrok.WithURL(address))
	}
	failures := newBackoff()
	for {
		listener, err := bind(ctx, agent, s, options)
		if err == nil {
			s.up(&s.bound)
			return listener, nil
		}
		pause := failures.Next()
		if ctx.Err() == nil {
			s.down(&s.bound, err, time.Now().Add(pause))
		}
		if sleep(ctx, pause) != nil {
			return nil, ended(ctx)
		}
	}
}

// bind asks for the address once, and signs in before that if need be. A service
// that does not answer loses the line, because the SDK waits for ever.
func bind(ctx context.Context, agent ngrok.Agent, s *session, options []ngrok.EndpointOption) (ngrok.EndpointListener, error) {
	account, err := agent.Session()
	if err != nil { // not signed in
		if err := agent.Connect(ctx); err != nil {
			return nil, err
		}
		if account, err = agent.Session(); err != nil {
			return nil, err
		}
	}
	s.describe(account)
	impatience := time.AfterFunc(signInTime, s.dialer.cut)
	defer impatience.Stop()
	return agent.Listen(ctx, options...)
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
