package core

import "time"

// DayMinute is a time of day on the wall clock, in minutes since midnight.
type DayMinute int

const dayMinutes = 24 * 60

func (m DayMinute) valid() bool { return m >= 0 && m < dayMinutes }

// dayMinuteOf is the time of day that a clock in t's location shows.
func dayMinuteOf(t time.Time) DayMinute {
	hour, minute, _ := t.Clock()
	return DayMinute(hour*60 + minute)
}

// Weekdays is a set of days of the week, one bit each, Sunday the lowest.
type Weekdays uint8

// EveryDay is the whole week.
const EveryDay Weekdays = 1<<7 - 1

// Has reports whether d is among them.
func (w Weekdays) Has(d time.Weekday) bool { return w&(1<<d) != 0 }

// With returns the set with d in it, or without it.
func (w Weekdays) With(d time.Weekday, in bool) Weekdays {
	if in {
		return w | 1<<d
	}
	return w &^ (1 << d)
}

// Quiet are the hours in which the bell keeps still. What would have rung rings
// once, together, when they are over.
type Quiet struct {
	On          bool      `json:"on"`
	From        DayMinute `json:"from"`
	To          DayMinute `json:"to"` // at or before From: on the next day
	Days        Weekdays  `json:"days"`
	Emergencies bool      `json:"emergencies"` // emergencies ring all the same
}

// At reports whether the hours are quiet at t. Days names the days on which a
// quiet stretch begins: Friday's from 9 PM to 7 AM covers Saturday's morning.
// Only what the clock on the wall shows counts, so that a stretch is an hour
// longer or shorter on the night the clocks change and ends when people rise.
func (q Quiet) At(t time.Time) bool {
	if !q.On {
		return false
	}
	m, today := dayMinuteOf(t), t.Weekday()
	yesterday := (today + 6) % 7
	if q.From < q.To {
		return q.Days.Has(today) && q.From <= m && m < q.To
	}
	return q.Days.Has(today) && m >= q.From || q.Days.Has(yesterday) && m < q.To
}
