package readback

import (
	"errors"
	"time"

	"rentbell/core"
)

const (
	firstPause = 5 * time.Second // most troubles are short
	mostPause  = 30 * time.Minute
	// refusedPause is for a no that only the user can change, as a rule.
	refusedPause = time.Hour
)

// lane is one of AppFolio's two APIs. Trouble in one does not hold up the other.
type lane struct {
	err   error
	tries int       // that failed in a row
	until time.Time // it is left alone; zero: it is not
}

// note draws the conclusion of an attempt.
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

// hurry lets the next attempt be made at once: a person asked, or a line is back.
func (l *lane) hurry() { l.until = time.Time{} }
