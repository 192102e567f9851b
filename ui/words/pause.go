package words

import (
	"time"

	"rentbell/core"
)

// Pause is how long the bell is paused.
type Pause int

// The pauses to choose from; PauseOpen has no end.
const (
	PauseHour Pause = iota
	PauseTomorrow
	PauseOpen
)

// PauseNames are the choices of the tray and of Settings, in English.
var PauseNames = [...]string{PauseHour: "For an hour", PauseTomorrow: "Until tomorrow", PauseOpen: "Until I resume"}

// morning is the hour at which a pause until tomorrow ends: no bell at midnight.
const morning = 7

// Until is when a pause that begins now ends.
func (p Pause) Until(now time.Time) time.Time {
	switch p {
	case PauseHour:
		return now.Add(time.Hour)
	case PauseTomorrow:
		return time.Date(now.Year(), now.Month(), now.Day()+1, morning, 0, 0, 0, now.Location())
	}
	return core.NoEnd
}

// PausedUntil says when a pause ends, after "Paused".
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
