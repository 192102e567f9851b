package readback

import (
	"context"
	"errors"
	"log/slog"
	"time"

	"rentbell/core"
)

const (
	firstPause = 5 * time.Second // most failures are short
	mostPause  = 30 * time.Minute
	// refusedPause follows a refusal that, as a rule, only the user can mend.
	refusedPause = time.Hour
)

// lane keeps when one of AppFolio's two APIs may be asked again. A failure of one
// does not hold up the other. Its backoff is its own, without jitter: AppFolio's
// Retry-After goes before it, and there is one client.
type lane struct {
	err   error
	tries int       // failed in a row
	until time.Time // when it may be asked again; zero: at once
}

// note sets when the next attempt may be made, after one that ended with err.
func (l *lane) note(err error, now time.Time) {
	if err == nil {
		*l = lane{}
		return
	}
	pause := min(firstPause<<min(l.tries, 10), mostPause)
	if refused := (*core.Refused)(nil); errors.As(err, &refused) {
		if !refused.Temporary() {
			pause = refusedPause
		}
		if refused.RetryAfter > 0 { // AppFolio knows best
			pause = refused.RetryAfter
		}
	}
	if errors.Is(err, core.ErrNotSetUp) {
		pause = refusedPause
	}
	*l = lane{err: err, tries: l.tries + 1, until: now.Round(0).Add(pause)} // wall time: it goes on while the computer sleeps
}

// hurry lets the next attempt be made at once: a user asked, or the network is back.
func (l *lane) hurry() { l.until = time.Time{} }

// attempt does work unless its lane has to wait, and notes how it went.
func (s *session) attempt(ctx context.Context, l *lane, work func(context.Context) error) {
	if s.desk.Now().Before(l.until) {
		return
	}
	err := work(ctx)
	if ctx.Err() != nil || errors.Is(err, errOtherAccount) {
		return
	}
	if err != nil {
		s.book = nil // it may be ahead of the store
		if l.err == nil {
			s.log.Log(ctx, levelOf(err), "reading back has stopped; trying again", "err", err)
		}
	} else if l.err != nil {
		s.log.Info("reading back goes on")
	}
	l.note(err, s.desk.Now())
}

// levelOf is slog.LevelError when a person has to act. Everything else mends by
// itself.
func levelOf(err error) slog.Level {
	if errors.Is(err, core.ErrCredentials) {
		return slog.LevelError
	}
	return slog.LevelWarn
}
