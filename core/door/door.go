// Package door is a delivery's way in. Receiver takes one from the wire to the disk
// and answers; it reads from top to bottom in receive.go. Door keeps the public
// address open around it: it opens the tunnel, notices sleep, other networks and
// drops, and keeps the book of times in which nothing could arrive.
//
// Nothing is looked into before its signature holds, nothing is acknowledged before
// it is synced, and nothing after the commit delays the answer.
package door

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"time"

	"rentbell/core"
	"rentbell/core/board"
)

const (
	// shutdownTimeout leaves room within the ten seconds that a stop may take.
	shutdownTimeout = 7 * time.Second

	retryFirst = time.Second
	retryMost  = 5 * time.Minute
)

// Config is what a Door is made of.
type Config struct {
	Receiver *Receiver
	Store    PresenceStore
	Reader   core.Reader // counts what a gap has brought
	Tunnel   core.Tunnel
	Machine  core.Machine // nil: the network is not watched
	Choices  *board.Choices
	Board    *board.Board
	Grace    time.Duration // how long a drop may take to mend before it is told; 0: ten seconds
	Log      *slog.Logger
	Now      func() time.Time
	Opened   func() // there is a public address; must not wait
	Moved    func() // the computer has woken up, or is in another network; must not wait
}

// Door is the public door: it keeps the tunnel open, serves the Receiver on it,
// and notices sleep, other networks and drops. It keeps the book of times in which
// no delivery could arrive.
type Door struct {
	receiver *Receiver
	tunnel   core.Tunnel
	machine  core.Machine
	choices  *board.Choices
	board    *board.Board
	away     *away
	log      *slog.Logger
	now      func() time.Time
	opens    func()
	moves    func()

	wake      board.Signal // a choice has changed, a drop may have to be told, or a gap is to be noted
	grace     time.Duration
	startedAt time.Time
	attempt   attempt
}

// attempt is what is known of the present attempt to keep the door open. It is
// guarded by the Board's mutex.
type attempt struct {
	options   core.TunnelOptions
	wanted    bool               // deliveries could come, when it began
	endpoint  core.Endpoint      // while one is open
	hangUp    context.CancelFunc // ends the attempt; the next one follows at once
	redialled bool               // a line was left on purpose and has not come back
}

// New makes a Door that is closed: Run opens it.
func New(c Config) (*Door, error) {
	book, err := recallAway(c.Store, c.Reader, c.Board, c.Log)
	if err != nil {
		return nil, fmt.Errorf("recall times without a tunnel: %w", err)
	}
	d := &Door{
		receiver: c.Receiver, tunnel: c.Tunnel, machine: c.Machine, choices: c.Choices, board: c.Board, away: book,
		log: c.Log, now: c.Now, opens: c.Opened, moves: c.Moved,
		wake: board.NewSignal(), grace: cmp.Or(c.Grace, reconnectGrace), startedAt: c.Now(), attempt: attempt{hangUp: func() {}},
	}
	c.Choices.Follow(d.wake)
	return d, nil
}

// Run keeps the door open until ctx ends. Then it finishes the requests in
// flight, within shutdownTimeout, and notes when deliveries could last arrive.
func (d *Door) Run(ctx context.Context) {
	watching := make(chan struct{})
	go func() {
		defer close(watching)
		d.keepWatch(ctx)
	}()
	d.keepOpen(ctx)
	<-watching
	d.away.end(d.listening(), d.now())
}

// Heard takes events that have just been announced: some may be of a time in
// which nothing could arrive.
func (d *Door) Heard(fresh []core.Event) { d.away.countBrought(fresh) }

// Presence returns when Rentbell could be reached, with the gap that goes on, if
// any, as the last one.
func (d *Door) Presence() core.Presence {
	now := d.now()
	return d.away.soFar(now, d.choices.Account().Kind.Delivered())
}

// SeeAway closes the notice about the last gap, for good. It writes to disk.
func (d *Door) SeeAway() error { return d.away.see() }

// Reconnect closes the door and opens it again with what is wanted now: after a
// change, or because the user asks to try at once.
func (d *Door) Reconnect() {
	d.change(func(s *core.Status) bool {
		down := s.Connection == core.Unreachable || s.Connection == core.ConnectionRefused
		if down { // what was pressed must be seen to do something
			s.Connection, s.Problem, s.RetryAt = core.Connecting, nil, time.Time{}
		}
		return down
	})
	d.hangUp()
}

// hangUp ends the present attempt; the next one follows at once.
func (d *Door) hangUp() {
	var end context.CancelFunc
	d.board.Note(func(*core.Status) { end = d.attempt.hangUp })
	end()
}

// follow opens the door anew where the user's choices ask for another one.
func (d *Door) follow() {
	moved := false
	d.board.Note(func(*core.Status) {
		moved = d.choices.Tunnel() != d.attempt.options || d.wanted() != d.attempt.wanted
	})
	if moved {
		d.Reconnect()
	}
}

// wanted reports whether deliveries may come that can be told from a stranger's.
func (d *Door) wanted() bool {
	account := d.choices.Account()
	return account.Kind.Delivered() && account.Complete()
}

// keepOpen keeps the public door open until ctx ends.
func (d *Door) keepOpen(ctx context.Context) {
	wait := core.Backoff{First: retryFirst, Most: retryMost}
	for ctx.Err() == nil {
		attempt, options := d.beginAttempt(ctx)
		began := d.now()
		err := d.openAndServe(attempt, options)
		if d.now().Sub(began) > retryMost {
			wait.Reset() // it held; what broke it is new
		}
		refused := new(core.TunnelError)
		switch {
		case ctx.Err() != nil:
		case attempt.Err() != nil: // something has changed: at once
			wait.Reset()
		case errors.Is(err, core.ErrClosed):
			d.enter(core.ConnectionClosed, nil, time.Time{})
			<-attempt.Done()
		case errors.Is(err, core.ErrNotSetUp):
			d.enter(core.ConnectionOff, nil, time.Time{})
			<-attempt.Done()
		case errors.As(err, &refused) && refused.Refused:
			d.log.Error("tunnel refused", "err", err)
			d.enter(core.ConnectionRefused, err, time.Time{})
			<-attempt.Done()
		default:
			pauseFor := wait.Next()
			d.log.Warn("tunnel not open; trying again", "err", err, "in", pauseFor)
			d.interrupted(err, d.now().Add(pauseFor))
			board.Pause(attempt, pauseFor)
		}
	}
}

// beginAttempt reads what is wanted and makes the context that a later change
// ends. Both happen under one lock, so no change falls in between.
func (d *Door) beginAttempt(ctx context.Context) (context.Context, core.TunnelOptions) {
	begun, hangUp := context.WithCancel(ctx)
	var options core.TunnelOptions
	d.board.Note(func(*core.Status) {
		d.attempt.hangUp()
		options = d.choices.Tunnel()
		d.attempt.hangUp, d.attempt.options, d.attempt.wanted = hangUp, options, d.wanted()
	})
	return begun, options
}

// openAndServe opens one endpoint and serves it until attempt ends or the
// endpoint breaks for good.
func (d *Door) openAndServe(attempt context.Context, o core.TunnelOptions) error {
	switch {
	case o.Kind == "" && d.choices.Account().Kind.Delivered():
		return core.ErrClosed
	case !d.wanted(), o.Kind == core.TunnelNgrok && o.Authtoken.IsZero():
		return core.ErrNotSetUp
	}
	d.opening()
	// Until it is open, the end of attempt ends the tunnel; from then on the
	// tunnel outlives attempt for as long as requests in flight need it.
	tunnel, cut := context.WithCancel(context.WithoutCancel(attempt))
	defer cut()
	keepUncut := context.AfterFunc(attempt, cut)
	broken := make(chan error, 1) // capacity 1: the first reason is enough
	endpoint, err := d.tunnel.Open(tunnel, o, func(s core.TunnelState) { d.tunnelChanged(s, broken) })
	if err != nil {
		return err
	}
	if !keepUncut() {
		return errors.Join(attempt.Err(), endpoint.Close())
	}
	d.opened(endpoint)
	defer d.left()

	server := d.receiver.server()
	ended := make(chan error, 1) // capacity 1: nobody may be listening any more
	go func() { ended <- server.Serve(endpoint) }()
	select {
	case <-attempt.Done():
		err = attempt.Err()
	case err = <-broken:
	case err = <-ended:
	}
	stop(context.WithoutCancel(attempt), server)
	return errors.Join(err, endpoint.Close())
}

func (r *Receiver) server() *http.Server {
	s := &http.Server{
		Handler:           r,
		ReadHeaderTimeout: headerTimeout,
		ReadTimeout:       readTimeout,
		WriteTimeout:      writeTimeout,
		IdleTimeout:       idleTimeout,
		MaxHeaderBytes:    maxHeader - headerSlack,
		ErrorLog:          slog.NewLogLogger(r.log.Handler(), slog.LevelDebug),

		DisableGeneralOptionsHandler: true, // "OPTIONS *" is another path, too
	}
	r.crowd.attach(s)
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
func (d *Door) tunnelChanged(s core.TunnelState, broken chan<- error) {
	refused := new(core.TunnelError)
	switch {
	case s.Up:
		d.lineIsUp(s.Line)
	case errors.As(s.Err, &refused) && refused.Refused:
		select {
		case broken <- s.Err:
		default:
		}
	case s.Err != nil:
		d.interrupted(s.Err, s.RetryAt)
	}
}
