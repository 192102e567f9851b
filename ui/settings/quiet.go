package settings

import (
	"time"

	"fyne.io/fyne/v2"

	"rentbell/core"
	"rentbell/ui/frame"
	"rentbell/ui/kit"
	"rentbell/ui/words"
)

// quietRow are the hours in which the bell keeps still.
type quietRow struct {
	object      *fyne.Container
	toggle      *kit.Switch
	from, to    *kit.Select
	days        *kit.Choices // by time.Weekday
	emergencies *kit.Switch
	more        *fyne.Container // what counts only while it is on
}

func newQuietRow(change func(func(*core.Bells))) *quietRow {
	r := &quietRow{}
	r.toggle = kit.NewSwitch(words.Say("Quiet hours"), false, func(on bool) {
		change(func(b *core.Bells) { b.Quiet.On = on })
	})
	var from, to fyne.CanvasObject
	r.from, from = newTimeSelect(func(m core.DayMinute) { change(func(b *core.Bells) { b.Quiet.From = m }) })
	r.to, to = newTimeSelect(func(m core.DayMinute) { change(func(b *core.Bells) { b.Quiet.To = m }) })
	var week []kit.Choice
	for d := range time.Weekday(7) {
		week = append(week, weekdayChoice(d))
	}
	r.days = kit.NewChoices(week, func(i int, on bool) {
		change(func(b *core.Bells) { b.Quiet.Days = b.Quiet.Days.With(time.Weekday(i), on) })
	})
	r.emergencies = kit.NewSwitch(words.Say("Emergencies ring anyway"), true, func(on bool) {
		change(func(b *core.Bells) { b.Quiet.Emergencies = on })
	})
	text := kit.VStack(0,
		kit.NewText(words.Say("Emergencies ring anyway"), kit.Body).Tight(),
		kit.NewText(words.Say("Work orders marked Emergency or Urgent"), kit.Caption).Tight(),
	)
	r.more = besideLimit(kit.VStack(8,
		kit.VStack(2, r.days, kit.NewProse(words.Say("The days on which they begin."), kit.Caption)),
		newLimitSwitch(r.emergencies, text),
	))
	r.object = kit.VStack(4, newLimit(newLimitSwitch(r.toggle, kit.NewText(words.Say("Quiet hours"), kit.Body)), kit.HStack(8, from, kit.NewText(words.Say("to"), kit.Muted), to)), r.more)
	return r
}

func (r *quietRow) paint(b core.Bells) {
	q := b.Quiet
	r.toggle.Set(q.On)
	pick(r.from, words.MinuteText(q.From))
	pick(r.to, words.MinuteText(q.To))
	frame.SetEnabled(r.from, q.On)
	frame.SetEnabled(r.to, q.On)
	for d := range time.Weekday(7) {
		r.days.Set(int(d), q.Days.Has(d))
	}
	r.emergencies.Set(q.Emergencies)
	frame.SetVisible(r.more, q.On)
}

func weekdayChoice(d time.Weekday) kit.Choice {
	return [...]kit.Choice{
		{Text: words.Say("Su"), Label: words.Say("Sunday")},
		{Text: words.Say("Mo"), Label: words.Say("Monday")},
		{Text: words.Say("Tu"), Label: words.Say("Tuesday")},
		{Text: words.Say("We"), Label: words.Say("Wednesday")},
		{Text: words.Say("Th"), Label: words.Say("Thursday")},
		{Text: words.Say("Fr"), Label: words.Say("Friday")},
		{Text: words.Say("Sa"), Label: words.Say("Saturday")},
	}[d]
}

// rhythm is a digest that can be chosen.
type rhythm struct {
	of   core.Rhythm
	name string
}

func rhythms() []rhythm {
	return []rhythm{
		{core.Workdays, words.Say("Weekdays")},
		{core.Daily, words.Say("Every day")},
		{core.Hourly, words.Say("Every hour")},
	}
}

// digestRow gathers what rings into one ring.
type digestRow struct {
	object *fyne.Container
	toggle *kit.Switch
	rhythm *kit.Select
	at     *kit.Select
	time   *fyne.Container // at, and what stands before it
}

func newDigestRow(change func(func(*core.Bells))) *digestRow {
	r := &digestRow{}
	r.toggle = kit.NewSwitch(words.Say("Digest"), false, func(on bool) {
		change(func(b *core.Bells) {
			if b.Digest.Rhythm = core.AtOnce; on {
				b.Digest.Rhythm = r.chosen()
			}
		})
	})
	var names []string
	for _, c := range rhythms() {
		names = append(names, c.name)
	}
	var rhythm, at fyne.CanvasObject
	r.rhythm, rhythm = kit.NewSelect(names, func(string) {
		chosen := r.chosen()
		change(func(b *core.Bells) { b.Digest.Rhythm = chosen })
	})
	r.at, at = newTimeSelect(func(m core.DayMinute) { change(func(b *core.Bells) { b.Digest.At = m }) })
	r.time = kit.HStack(8, kit.NewText(words.Say("at"), kit.Muted), at)
	control := kit.Lead(8, kit.Sized(120, kit.ControlHigh, rhythm), r.time, kit.NewText(words.Say("One summary."), kit.Caption).Tight())
	r.object = newLimit(newLimitSwitch(r.toggle, kit.NewText(words.Say("Digest"), kit.Body)), control)
	return r
}

// chosen is the rhythm that the select shows.
func (r *digestRow) chosen() core.Rhythm {
	for _, c := range rhythms() {
		if c.name == r.rhythm.Selected {
			return c.of
		}
	}
	return core.Daily
}

func (r *digestRow) paint(b core.Bells) {
	on := b.Digest.Rhythm != core.AtOnce
	r.toggle.Set(on)
	for _, c := range rhythms() {
		if c.of == b.Digest.Rhythm {
			pick(r.rhythm, c.name)
		}
	}
	pick(r.at, words.MinuteText(b.Digest.At))
	frame.SetEnabled(r.rhythm, on)
	frame.SetEnabled(r.at, on)
	frame.SetVisible(r.time, b.Digest.Rhythm != core.Hourly)
}
