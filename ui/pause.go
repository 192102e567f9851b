package ui

import (
	"time"

	"rentbell/core"
	"rentbell/ui/words"
)

// pauseFor is how long the bell is paused.
type pauseFor int

const (
	pauseHour pauseFor = iota
	pauseTomorrow
	pauseOpen // until it is resumed
)

// pauseNames are the choices of the tray and of Settings, in English.
var pauseNames = [...]string{pauseHour: "For an hour", pauseTomorrow: "Until tomorrow", pauseOpen: "Until I resume"}

// morning is the hour at which a pause until tomorrow ends: no bell at midnight.
const morning = 7

// until is when a pause that begins now ends.
func (p pauseFor) until(now time.Time) time.Time {
	switch p {
	case pauseHour:
		return now.Add(time.Hour)
	case pauseTomorrow:
		return time.Date(now.Year(), now.Month(), now.Day()+1, morning, 0, 0, 0, now.Location())
	}
	return core.NoEnd
}

// pausedUntil says when a pause ends, after "Paused".
func pausedUntil(end, now time.Time) string {
	if !end.Before(core.NoEnd) {
		return words.Say("until you resume it")
	}
	end = end.In(now.Location())
	switch core.DateOf(now).DaysUntil(core.DateOf(end)) {
	case 0:
		return words.Say("until %s", words.Tongue.Clock(end))
	case 1:
		return words.Say("until tomorrow at %s", words.Tongue.Clock(end))
	}
	return words.Say("until %s at %s", words.Tongue.LongDate(end, now), words.Tongue.Clock(end))
}
