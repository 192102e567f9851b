package core

import "time"

// Rhythm is how often the bell rings for what waits.
type Rhythm string

// The rhythms.
const (
	AtOnce   Rhythm = "" // no digest: events ring as they come
	Hourly   Rhythm = "hourly"
	Daily    Rhythm = "daily"    // at Digest.At
	Workdays Rhythm = "workdays" // Monday to Friday, at Digest.At
)

func (r Rhythm) valid() bool { return r == AtOnce || r == Hourly || r == Daily || r == Workdays }

// Digest gathers what would ring into one ring. Emergencies do not wait for it.
type Digest struct {
	Rhythm Rhythm    `json:"rhythm"`
	At     DayMinute `json:"at"` // for the rhythms by the day
}

// Due is when a digest rings whose first event came at since: the next full
// hour, or the next time the wall clock shows At. In the hour that a change of
// the clocks leaves out it rings an hour off, but once.
func (d Digest) Due(since time.Time) time.Time {
	switch d.Rhythm {
	case AtOnce:
		return since
	case Hourly:
		return since.Truncate(time.Minute).Add(time.Duration(60-since.Minute()) * time.Minute)
	}
	for day := DateOf(since); ; day = day.AddDays(1) {
		at := time.Date(day.Year, day.Month, day.Day, 0, int(d.At), 0, 0, since.Location())
		if at.After(since) && (d.Rhythm == Daily || isWorkday(at.Weekday())) {
			return at
		}
	}
}

func isWorkday(d time.Weekday) bool { return d != time.Saturday && d != time.Sunday }
