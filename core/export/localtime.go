package export

import (
	"time"

	"rentbell/core"
)

// localTime is a day in a time zone. Payments come in order of time, so it keeps
// the last day for those that follow.
type localTime struct {
	loc        *time.Location
	day        core.Date
	start, end int64 // seconds since 1970: within, it is certainly this day
	monthFirst string
	yearFirst  string
}

// move makes l stand on the local day of t and reports whether it was another.
func (l *localTime) move(t time.Time) bool {
	now := t.Unix()
	if l.start <= now && now < l.end {
		return false
	}
	t = t.In(l.loc)
	l.day = core.DateOf(t)
	l.yearFirst = t.Format(time.DateOnly)
	l.monthFirst = t.Format("01/02/2006")
	hour, minute, second := t.Clock()
	l.start = now - int64(hour*3600+minute*60+second)
	l.end = l.start + 24*60*60
	from, to := t.ZoneBounds() // a change of the clocks ends what is certain
	if !from.IsZero() {
		l.start = max(l.start, from.Unix())
	}
	if !to.IsZero() {
		l.end = min(l.end, to.Unix())
	}
	return true
}
