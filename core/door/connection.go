package door

import (
	"time"

	"rentbell/core"
)

// The states of the connection and the ways between them. Everything that
// changes Status.Connection goes through change.

// change enters the state that next makes of the present one, unless next
// reports false: then nothing has happened. Deciding and entering are one step,
// for the tunnel, the watch and the user may all want to at the same time. next
// runs under the Board's mutex. Leaving Listening begins a gap, entering it ends
// one.
func (d *Door) change(next func(*core.Status) bool) bool {
	now := d.now()
	before, s, changed := d.board.Update(func(s *core.Status) bool {
		before := s.Connection
		if !next(s) {
			return false
		}
		if s.Connection != before {
			s.Since = d.since(s.Connection, now)
		}
		if s.Connection != core.Listening {
			s.Line = core.Line{}
		}
		return true
	})
	if !changed {
		return false
	}
	switch {
	case s.Connection == core.Listening:
		d.reachable(now)
	case before.Connection == core.Listening:
		d.away.leave(now, gapReason(s.Connection, s.Problem))
	}
	if s.Connection == core.Connecting || s.Connection == core.Reconnecting {
		d.wake.Nudge()
	}
	d.board.Nudge()
	return true
}

// since is when a state that is entered now began. People want to know when the
// address dropped, not when Rentbell gave up hope. It runs under the Board's mutex.
func (d *Door) since(c core.Connection, now time.Time) time.Time {
	if c == core.Unreachable && !d.away.since.IsZero() && d.away.since.After(d.startedAt) {
		return d.away.since
	}
	return now
}

// reachable notes that deliveries can arrive from now on.
func (d *Door) reachable(now time.Time) {
	d.away.reachable(now)
	d.wake.Nudge() // the watch saves
}

// enter changes the state whatever it was.
func (d *Door) enter(c core.Connection, problem error, retryAt time.Time) {
	d.change(func(s *core.Status) bool {
		s.Connection, s.Problem, s.RetryAt = c, problem, retryAt
		return true
	})
}

func gapReason(c core.Connection, problem error) core.GapReason {
	switch c {
	case core.ConnectionClosed:
		return core.GapClosed
	case core.ConnectionOff:
		return core.GapOff
	case core.ConnectionRefused:
		return core.GapRefused
	}
	return reasonOf(problem)
}

// opening begins an attempt. One among many after a failure is not news.
func (d *Door) opening() {
	d.change(func(s *core.Status) bool {
		news := s.Connection != core.Unreachable && s.Connection != core.Reconnecting
		if news {
			s.Connection, s.Problem, s.RetryAt = core.Connecting, nil, time.Time{}
		}
		return news
	})
}

// opened enters Listening at a public address.
func (d *Door) opened(e core.Endpoint) {
	address := e.URL()
	d.log.Info("listening", "address", address)
	d.change(func(s *core.Status) bool {
		d.attempt.endpoint = e
		s.Address, s.Connection, s.Problem, s.RetryAt = address, core.Listening, nil, time.Time{}
		return true
	})
	d.opens()
}

// left forgets an endpoint that is being closed.
func (d *Door) left() { d.board.Note(func(*core.Status) { d.attempt.endpoint = nil }) }

// interrupted notes that the tunnel is not there at the moment. A drop is given
// reconnectGrace before it is called one.
func (d *Door) interrupted(err error, retryAt time.Time) {
	news := false
	d.change(func(s *core.Status) bool {
		news = s.Problem == nil || s.Problem.Error() != err.Error()
		if s.Connection == core.Listening {
			s.Connection = core.Reconnecting
		}
		s.Problem, s.RetryAt = err, retryAt
		return true
	})
	if news { // an outage of hours is not worth a line a minute
		d.log.Warn("tunnel interrupted", "err", err)
	}
}

// lineIsUp follows a line that works: it enters Listening again after a drop and
// notes what the service tells. A heartbeat alone is not published. The first
// opening of all is left to opened, which knows the address.
func (d *Door) lineIsUp(line core.Line) {
	news := false
	d.board.Note(func(s *core.Status) {
		news = s.Line.Plan != line.Plan || s.Line.Region != line.Region
		s.Line = line
	})
	back := d.change(func(s *core.Status) bool {
		dropped := d.attempt.endpoint != nil && (s.Connection == core.Reconnecting || s.Connection == core.Unreachable)
		if dropped {
			d.attempt.redialled = false
			s.Connection, s.Problem, s.RetryAt, s.Line = core.Listening, nil, time.Time{}, line
		}
		return dropped
	})
	switch {
	case back:
		d.log.Info("listening again")
	case news:
		d.board.Nudge()
	}
}
