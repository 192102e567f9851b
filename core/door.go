package core

import (
	"context"
	"errors"
	"log/slog"
	"math/rand/v2"
	"net/http"
	"time"
)

const (
	// shutdownTimeout leaves room within the ten seconds that a stop may take.
	shutdownTimeout = 7 * time.Second

	retryFirst = time.Second
	retryMost  = 5 * time.Minute

	// vaultRetry is how soon after unlocking the keychain Rentbell goes on.
	vaultRetry = 5 * time.Second
)

// ErrNotSetUp: no authtoken or no webhook secret yet; there is no door to open.
var ErrNotSetUp = errors.New("not set up yet")

// door is what is known of the present attempt to keep the door open. Its fields
// are guarded by the Bell's mu.
type door struct {
	kind      TunnelKind
	endpoint  Endpoint           // while one is open
	hangUp    context.CancelFunc // ends the attempt; the next one follows at once
	redialled bool               // a line was left on purpose and has not come back
}

// ErrClosed: the user closed the address.
var ErrClosed = errors.New("the address is closed")

// Reconnect closes the door and opens it again with what is wanted now: after a
// change, or because the user asks to try at once.
func (b *Bell) Reconnect() {
	b.change(func(s *Status) bool {
		down := s.Connection == Unreachable || s.Connection == ConnectionRefused
		if down { // what was pressed must be seen to do something
			s.Connection, s.Problem, s.RetryAt = Connecting, nil, time.Time{}
		}
		return down
	})
	b.hangUpNow()
}

// hangUpNow ends the present attempt; the next one follows at once.
func (b *Bell) hangUpNow() {
	b.mu.Lock()
	hangUp := b.door.hangUp
	b.mu.Unlock()
	hangUp()
}

// keepOpen keeps the public door open until ctx ends.
func (b *Bell) keepOpen(ctx context.Context) {
	wait := backoff{first: retryFirst, most: retryMost}
	for ctx.Err() == nil {
		attempt, options := b.beginAttempt(ctx)
		began := b.now()
		err := b.openAndServe(attempt, options)
		if b.now().Sub(began) > retryMost {
			wait.reset() // it held; what broke it is new
		}
		refused := new(TunnelError)
		switch {
		case ctx.Err() != nil:
		case attempt.Err() != nil: // something has changed: at once
			wait.reset()
		case errors.Is(err, ErrClosed):
			b.enter(ConnectionClosed, nil, time.Time{})
			<-attempt.Done()
		case errors.Is(err, ErrNotSetUp):
			b.enter(ConnectionOff, nil, time.Time{})
			b.awaitSetUp(attempt)
		case errors.As(err, &refused) && refused.Refused:
			b.log.Error("tunnel refused", "err", err)
			b.enter(ConnectionRefused, err, time.Time{})
			<-attempt.Done()
		default:
			d := wait.next()
			b.log.Warn("tunnel not open; trying again", "err", err, "in", d)
			b.interrupted(err, b.now().Add(d))
			pause(attempt, d)
		}
	}
}

// awaitSetUp waits until something has changed. A keychain that waits for the
// user to unlock it does not say when that is done, so it is asked again.
func (b *Bell) awaitSetUp(attempt context.Context) {
	for {
		b.mu.Lock()
		locked := errors.Is(b.status.Vault, context.DeadlineExceeded)
		b.mu.Unlock()
		if !locked {
			<-attempt.Done()
			return
		}
		if !pause(attempt, vaultRetry) || b.readVault() == nil {
			return
		}
	}
}

// beginAttempt reads what is wanted and makes the context that a later change
// ends. Both happen under one lock, so no change falls in between.
func (b *Bell) beginAttempt(ctx context.Context) (context.Context, TunnelOptions) {
	b.mu.Lock()
	defer b.mu.Unlock()
	attempt, hangUp := context.WithCancel(ctx)
	b.door.hangUp()
	b.door.hangUp = hangUp
	options := b.wantedTunnel()
	b.door.kind = options.Kind
	return attempt, options
}

// wantedTunnel is how Rentbell wants to be reached now; of no kind: not at all.
// The caller holds mu.
func (b *Bell) wantedTunnel() TunnelOptions {
	asked := b.cfg.Override.Tunnel
	if b.settings.Closed && asked.Kind == "" {
		return TunnelOptions{}
	}
	options := asked.over(b.settings.tunnel())
	options.Authtoken = b.Secrets().Authtoken
	return options
}

// openAndServe opens one endpoint and serves it until attempt ends or the
// endpoint breaks for good.
func (b *Bell) openAndServe(attempt context.Context, o TunnelOptions) error {
	switch {
	case o.Kind == "":
		return ErrClosed
	case !b.Account().Complete(), o.Kind == TunnelNgrok && o.Authtoken.IsZero():
		return ErrNotSetUp
	}
	b.opening()
	// Until it is open, the end of attempt ends the tunnel; from then on the
	// tunnel outlives attempt for as long as requests in flight need it.
	tunnel, cut := context.WithCancel(context.WithoutCancel(attempt))
	defer cut()
	keepUncut := context.AfterFunc(attempt, cut)
	broken := make(chan error, 1) // capacity 1: the first reason is enough
	endpoint, err := b.cfg.Tunnel.Open(tunnel, o, func(s TunnelState) { b.tunnelChanged(s, broken) })
	if err != nil {
		return err
	}
	if !keepUncut() {
		return errors.Join(attempt.Err(), endpoint.Close())
	}
	b.opened(endpoint)
	defer b.left()

	server := b.server()
	ended := serveDoor(func() error { return server.Serve(endpoint) })
	select {
	case <-attempt.Done():
		err = attempt.Err()
	case err = <-broken:
	case err = <-ended:
	}
	stop(context.WithoutCancel(attempt), server)
	return errors.Join(err, endpoint.Close())
}

func (b *Bell) server() *http.Server {
	s := &http.Server{
		Handler:           b,
		ReadHeaderTimeout: headerTimeout,
		ReadTimeout:       readTimeout,
		WriteTimeout:      writeTimeout,
		IdleTimeout:       idleTimeout,
		MaxHeaderBytes:    maxHeader,
		ErrorLog:          slog.NewLogLogger(b.log.Handler(), slog.LevelDebug),

		DisableGeneralOptionsHandler: true, // "OPTIONS *" is another path, too
	}
	b.crowd.attach(s)
	return s
}

// stop lets requests in flight finish, but not for ever.
func stop(ctx context.Context, server *http.Server) {
	ctx, cancel := context.WithTimeout(ctx, shutdownTimeout)
	defer cancel()
	if server.Shutdown(ctx) != nil {
		_ = server.Close() // whoever still hangs on has had their time
	}
}

// tunnelChanged follows a tunnel that comes and goes by itself. A refusal in
// mid-session is passed to broken.
func (b *Bell) tunnelChanged(s TunnelState, broken chan<- error) {
	refused := new(TunnelError)
	switch {
	case s.Up:
		b.lineIsUp(s.Line)
	case errors.As(s.Err, &refused) && refused.Refused:
		select {
		case broken <- s.Err:
		default:
		}
	case s.Err != nil:
		b.interrupted(s.Err, s.RetryAt)
	}
}

// backoff doubles the wait from first to most, with a quarter of jitter so that
// many laptops behind one outage do not come back in step.
type backoff struct {
	first, most time.Duration
	last        time.Duration
}

func (w *backoff) next() time.Duration {
	w.last = min(max(2*w.last, w.first), w.most)
	return w.last - w.last/8 + rand.N(w.last/4)
}

func (w *backoff) reset() { w.last = 0 }
