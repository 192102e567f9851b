package core

import "time"

// The states of the connection and the ways between them. Everything that
// changes Status.Connection goes through enter.

// enter changes the state. Leaving Listening begins a gap, entering it ends one.
func (b *Bell) enter(c Connection, problem error, retryAt time.Time) {
	now := b.now()
	b.mu.Lock()
	before := b.status.Connection
	if before != c {
		b.status.Connection, b.status.Since = c, now
		if c == Unreachable && !b.away.since.IsZero() && b.away.since.After(b.startedAt) {
			b.status.Since = b.away.since // people want to know when it dropped, not when we gave up hope
		}
	}
	b.status.Problem, b.status.RetryAt = problem, retryAt
	if c != Listening {
		b.status.Line = Line{}
	}
	b.mu.Unlock()
	switch {
	case c == Listening:
		b.reachable()
	case before == Listening:
		b.leave(now, gapReason(c, problem))
	}
	if c == Connecting || c == Reconnecting {
		nudge(b.uneasy)
	}
	nudge(b.arrived)
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
	b.mu.Lock()
	s := b.status
	b.mu.Unlock()
	if s.Connection != Unreachable && s.Connection != Reconnecting {
		b.enter(Connecting, nil, time.Time{})
	}
}

// opened enters Listening at a public address.
func (b *Bell) opened(e Endpoint) {
	address := e.URL()
	b.log.Info("listening", "address", address)
	b.mu.Lock()
	b.door.endpoint, b.status.Address = e, address
	b.mu.Unlock()
	b.enter(Listening, nil, time.Time{})
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
	b.mu.Lock()
	s := b.status
	b.mu.Unlock()
	if s.Problem == nil || s.Problem.Error() != err.Error() { // an outage of hours is not worth a line a minute
		b.log.Warn("tunnel interrupted", "err", err)
	}
	c := s.Connection
	if c == Listening {
		c = Reconnecting
	}
	b.enter(c, err, retryAt)
}

// lineIsUp follows a line that works: it enters Listening again after a drop and
// notes what the service tells. A heartbeat alone is not published. The first
// opening of all is left to opened, which knows the address.
func (b *Bell) lineIsUp(line Line) {
	b.mu.Lock()
	s := &b.status
	dropped := b.door.endpoint != nil && (s.Connection == Reconnecting || s.Connection == Unreachable)
	news := s.Line.Plan != line.Plan || s.Line.Region != line.Region
	s.Line = line
	b.mu.Unlock()
	switch {
	case dropped:
		b.setRedialled(false)
		b.log.Info("listening again")
		b.enter(Listening, nil, time.Time{})
	case news:
		nudge(b.arrived)
	}
}
