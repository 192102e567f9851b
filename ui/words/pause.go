package words

import (
	"time"

	"rentbell/core"
)

// Pause is a choice of how long to pause the bell.
type Pause int

// The choices. PauseOpen lasts until the user resumes.
const (
	PauseHour Pause = iota
	PauseTomorrow
	PauseOpen
)

// PauseNames has the English names of the choices, by Pause.
var PauseNames = [...]string{PauseHour: "For an hour", PauseTomorrow: "Until tomorrow", PauseOpen: "Until I resume"}

// morning is the hour at which a pause until tomorrow ends. At midnight the
// bell would wake people.
const morning = 7

// Until returns when a pause that begins now ends; core.NoEnd for PauseOpen.
func (p Pause) Until(now time.Time) time.Time {
	switch p {
	case PauseHour:
		return now.Add(time.Hour)
	case PauseTomorrow:
		return time.Date(now.Year(), now.Month(), now.Day()+1, morning, 0, 0, 0, now.Location())
	}
	return core.NoEnd
}

// PausedUntil returns the words after "Paused" that say when the pause ends.
func PausedUntil(end, now time.Time) string {
	if !end.Before(core.NoEnd) {
		return Say("until you resume it")
	}
	end = end.In(now.Location())
	switch core.DateOf(now).DaysUntil(core.DateOf(end)) {
	case 0:
		return Say("until %s", Tongue.Clock(end))
	case 1:
		return Say("until tomorrow at %s", Tongue.Clock(end))
	}
	return Say("until %s at %s", Tongue.LongDate(end, now), Tongue.Clock(end))
}
