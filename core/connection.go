package core

import "time"

// The states of the connection and the ways between them. Everything that
// changes Status.Connection goes through change.

// change enters the state that next makes of the present one, unless next
// reports false: then nothing has happened. Deciding and entering are one step,
// for the tunnel, the watch and the user may all want to at the same time. next
// runs under mu. Leaving Listening begins a gap, entering it ends one.
func (b *Bell) change(next func(*Status) bool) bool {
	now := b.now()
	b.mu.Lock()
	before, s := b.status.Connection, b.status
	if !next(&s) {
		b.mu.Unlock()
		return false
	}
	if s.Connection != before {
		s.Since = now
		if s.Connection == Unreachable && !b.away.since.IsZero() && b.away.since.After(b.startedAt) {
			s.Since = b.away.since // people want to know when it dropped, not when we gave up hope
		}
	}
	if s.Connection != Listening {
		s.Line = Line{}
	}
	b.status = s
	b.mu.Unlock()
	switch {
	case s.Connection == Listening:
		b.reachable()
	case before == Listening:
		b.leave(now, gapReason(s.Connection, s.Problem))
	}
	if s.Connection == Connecting || s.Connection == Reconnecting {
		nudge(b.uneasy)
	}
	nudge(b.arrived)
	return true
}

// enter changes the state whatever it was.
func (b *Bell) enter(c Connection, problem error, retryAt time.Time) {
	b.change(func(s *Status) bool {
		s.Connection, s.Problem, s.RetryAt = c, problem, retryAt
		return true
	})
}

func gapReason(c Connection, problem error) GapReason {
	switch c {
	case ConnectionClosed:
		return GapClosed
	case ConnectionOff:
		return GapOff
	case ConnectionRefused:
		return GapRefused
	}
	return reasonOf(problem)
}

// opening begins an attempt. One among many after a failure is not news.
func (b *Bell) opening() {
	b.change(func(s *Status) bool {
		news := s.Connection != Unreachable && s.Connection != Reconnecting
		if news {
			s.Connection, s.Problem, s.RetryAt = Connecting, nil, time.Time{}
		}
		return news
	})
}

// opened enters Listening at a public address.
func (b *Bell) opened(e Endpoint) {
	address := e.URL()
	b.log.Info("listening", "address", address)
	b.change(func(s *Status) bool {
		b.door.endpoint = e
		s.Address, s.Connection, s.Problem, s.RetryAt = address, Listening, nil, time.Time{}
		return true
	})
	nudge(b.registration)
}

// left forgets an endpoint that is being closed.
func (b *Bell) left() {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.door.endpoint = nil
}

// interrupted notes that the tunnel is not there at the moment. A drop is given
// reconnectGrace before it is called one.
func (b *Bell) interrupted(err error, retryAt time.Time) {
	news := false
	b.change(func(s *Status) bool {
		news = s.Problem == nil || s.Problem.Error() != err.Error()
		if s.Connection == Listening {
			s.Connection = Reconnecting
		}
		s.Problem, s.RetryAt = err, retryAt
		return true
	})
	if news { // an outage of hours is not worth a line a minute
		b.log.Warn("tunnel interrupted", "err", err)
	}
}

// lineIsUp follows a line that works: it enters Listening again after a drop and
// notes what the service tells. A heartbeat alone is not published. The first
// opening of all is left to opened, which knows the address.
func (b *Bell) lineIsUp(line Line) {
	b.mu.Lock()
	news := b.status.Line.Plan != line.Plan || b.status.Line.Region != line.Region
	b.status.Line = line
	b.mu.Unlock()
	back := b.change(func(s *Status) bool {
		dropped := b.door.endpoint != nil && (s.Connection == Reconnecting || s.Connection == Unreachable)
		if dropped {
			b.door.redialled = false
			s.Connection, s.Problem, s.RetryAt, s.Line = Listening, nil, time.Time{}, line
		}
		return dropped
	})
	switch {
	case back:
		b.log.Info("listening again")
	case news:
		nudge(b.arrived)
	}
}
