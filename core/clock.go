package core

import "time"

// A clock can be put back, by a year as well as by a second: by its user, by the
// network's time after a start with a flat battery. What waits for a time must
// not wait for that to come round again.

// NoEnd stands for the end of a pause that has none: later than any bell.
var NoEnd = time.Date(9999, time.January, 1, 0, 0, 0, 0, time.UTC)

// longestPause is longer than any pause with an end: those last until tomorrow's
// morning at most.
const longestPause = 48 * time.Hour

// PausedAt reports whether a pause until then goes on. One that seems longer than
// any can be was made before the clock was put back.
func PausedAt(now, until time.Time) bool {
	return now.Before(until) && (!until.Before(NoEnd) || until.Sub(now) <= longestPause)
}

// Passed reports whether d has gone by since then, as it has for all we know when
// the clock shows a time before that.
func Passed(now, then time.Time, d time.Duration) bool {
	gone := now.Sub(then)
	return gone >= d || gone < 0
}
