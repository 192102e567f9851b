package frame

import (
	"time"

	"fyne.io/fyne/v2"

	"rentbell/assets"
	"rentbell/core"
	"rentbell/ui/explain"
	"rentbell/ui/kit"
	"rentbell/ui/words"
)

// Snooze asks until when something is out of sight.
type Snooze struct {
	Now  time.Time       // in the reader's time zone
	Pick func(time.Time) // gets 8:30 AM of the chosen day, in that zone

	// Handle marks the thing as handled, which ends all waiting. It may be nil.
	Handle func()

	// Step is when the thing goes a step further if nothing happens, and Days
	// how long nothing has happened by then. The menu says so where a choice is
	// later. Step may be zero.
	Step time.Time
	Days int
}

// The minute of the day at which a snooze ends.
const snoozeEnds = 8*60 + 30

// Open shows the menu below at, which must be on screen.
func (s Snooze) Open(at fyne.CanvasObject) {
	var choices []kit.MenuItem
	for _, d := range s.days() {
		until := s.until(d.day)
		note := words.Tongue.Date(until, "Jan 2")
		if d.day == core.DateOf(s.Now).AddDays(1) {
			note = words.Say(until.Weekday().String()[:3]) + " " + words.Tongue.Clock(until)
		}
		choices = append(choices, kit.MenuItem{Text: d.name, Note: note, Hint: s.over(until), Do: func() { s.Pick(until) }})
	}
	choices = append(choices, kit.MenuItem{Text: words.Say("Pick a day"), Icon: assets.Calendar, Do: func() {
		DayPicker{First: core.DateOf(s.Now).AddDays(1), Note: s.stepDay(), Pick: func(d core.Date) { s.Pick(s.until(d)) }}.Open(at)
	}})
	if s.Handle != nil {
		choices = append(choices, kit.MenuItem{Text: words.Say("Mark handled"), Icon: assets.Verified, Do: s.Handle})
	}
	kit.OpenMenu(at, choices...)
}

// namedDay is a day that the menu offers by name.
type namedDay struct {
	name string
	day  core.Date
}

// days are those that have a name, each day once.
func (s Snooze) days() []namedDay {
	today := core.DateOf(s.Now)
	monday := today.AddDays(1 + (7-int(s.Now.Weekday()))%7)
	days := []namedDay{{words.Say("Tomorrow"), today.AddDays(1)}}
	if monday != today.AddDays(1) {
		days = append(days, namedDay{words.Say("Monday"), monday})
	}
	if week := today.AddDays(7); week != monday {
		days = append(days, namedDay{words.Say("In a week"), week})
	}
	return days
}

func (s Snooze) until(d core.Date) time.Time {
	return time.Date(d.Year, d.Month, d.Day, 0, snoozeEnds, 0, 0, s.Now.Location())
}

// over says that a step is passed at a time; empty if it is not.
func (s Snooze) over(until time.Time) string {
	if s.Step.IsZero() || until.Before(s.Step) {
		return ""
	}
	return words.SayN(s.Days, "Then %s day is over.", "Then %s days are over.", explain.Number(s.Days))
}

// stepDay says when the step is passed; empty if there is none.
func (s Snooze) stepDay() string {
	if s.Step.IsZero() {
		return ""
	}
	return words.SayN(s.Days, "%s day is over %s.", "%s days are over %s.", explain.Number(s.Days),
		words.Tongue.OnDay(s.Step.In(s.Now.Location()), s.Now))
}
