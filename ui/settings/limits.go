package settings

import (
	"strings"
	"time"

	"fyne.io/fyne/v2"

	"rentbell/core"
	"rentbell/ui/frame"
	"rentbell/ui/kit"
	"rentbell/ui/words"
)

// limitsLabel is the width of the labels on the limits card.
const limitsLabel = 150

// newLimitsCard makes the card that limits what rings, and when.
func newLimitsCard(w *tasks) *card {
	c := newCard(w)
	return c.titled(words.Say("Limits"), newSmallest(c), newStatuses(c), newQuiet(c), newDigest(c),
		kit.NewProse(words.Say("In quiet hours everything is still received and saved, without the bell. What was missed rings once when they end."), kit.Caption),
		c.trouble)
}

// newLimit puts a label before the control of a limit.
func newLimit(label, control fyne.CanvasObject) *fyne.Container {
	return frame.Labelled(limitsLabel,
		kit.Sized(0, kit.ControlHigh, kit.HStack(0, label)), control)
}

// newLimitSwitch puts a switch before its words. The switch is wider than what is
// seen of it, so it begins further left than the labels above.
func newLimitSwitch(s *kit.Switch, words fyne.CanvasObject) *fyne.Container {
	return kit.Inset(0, 0, 0, -4, kit.Lead(6, s, words))
}

// besideLimit puts more of a limit below its control.
func besideLimit(o fyne.CanvasObject) *fyne.Container {
	return kit.Inset(0, 0, 0, limitsLabel, kit.VStack(0, o))
}

// newSmallest makes the row for the smallest payment that rings. Text that is no
// amount is not saved and stays in the entry.
func newSmallest(c *card) fyne.CanvasObject {
	saved, typing := "", false
	entry, object := kit.NewEntry("$0.00", func(text string) { typing = text != saved })
	submit := func() {
		if !typing {
			return
		}
		amount, err := core.Cents(0), error(nil) // nothing typed: all payments ring
		if strings.TrimSpace(entry.Text) != "" {
			amount, err = core.ParseDollars(entry.Text)
		}
		if err != nil {
			c.tell(err)
			return
		}
		typing = false
		c.set(func(s *core.Settings) { s.Bell.Smallest = amount })
	}
	entry.OnSubmitted, entry.OnLeave = func(string) { submit() }, submit
	c.row(func(p State) {
		if saved = ""; p.Settings.Bell.Smallest > 0 {
			saved = words.Dollars(p.Settings.Bell.Smallest)
		}
		if !typing {
			entry.SetText(saved)
		}
	})
	return newLimit(kit.NewText(words.Say("Smallest payment"), kit.Body),
		kit.Lead(10, kit.Sized(110, kit.ControlHigh, object), kit.NewText(words.Say("Smaller payments are listed quietly."), kit.Caption).Tight()))
}

// firstToChoose is the status that is on first after "Only some".
const firstToChoose = "New"

// newStatuses makes the rows for the statuses in which work orders ring.
func newStatuses(c *card) fyne.CanvasObject {
	all := words.Statuses()
	some := func(p State) bool { return len(p.Settings.Bell.Statuses.List()) > 0 }
	ways := []string{words.Say("Any status"), words.Say("Only some")}
	which, object := kit.NewSelect(ways, func(text string) {
		c.set(func(s *core.Settings) {
			if s.Bell.Statuses = ""; text == ways[1] {
				s.Bell.Statuses = firstToChoose
			}
		})
	})
	choices := make([]kit.Choice, len(all))
	for i, status := range all {
		choices[i].Text = words.StatusName(status)
	}
	chips := kit.NewChoices(choices, func(i int, on bool) {
		c.set(func(s *core.Settings) { s.Bell.Statuses = s.Bell.Statuses.With(all[i], on) })
	})
	c.row(func(p State) {
		for i, status := range all {
			chips.Set(i, p.Settings.Bell.Statuses.Has(status))
		}
		way := ways[0]
		if some(p) {
			way = ways[1]
		}
		pick(which, way)
	})
	return kit.VStack(4, newLimit(kit.NewText(words.Say("Work orders"), kit.Body), kit.HStack(0, kit.Sized(140, kit.ControlHigh, object))),
		c.only(some, besideLimit(chips)))
}

// newQuiet makes the rows for the hours in which nothing rings.
func newQuiet(c *card) fyne.CanvasObject {
	on := func(p State) bool { return p.Settings.Bell.Quiet.On }
	toggled := toggle(c, newSwitch, words.Say("Quiet hours"), func(s *core.Settings) *bool { return &s.Bell.Quiet.On })
	emergencies := toggle(c, newSwitch, words.Say("Emergencies ring anyway"), func(s *core.Settings) *bool { return &s.Bell.Quiet.Emergencies })
	from, fromObject := newTime(c, func(s *core.Settings) *core.DayMinute { return &s.Bell.Quiet.From })
	to, toObject := newTime(c, func(s *core.Settings) *core.DayMinute { return &s.Bell.Quiet.To })
	days := kit.NewChoices(weekdays(), func(i int, on bool) {
		c.set(func(s *core.Settings) { s.Bell.Quiet.Days = s.Bell.Quiet.Days.With(time.Weekday(i), on) })
	})
	c.row(func(p State) {
		frame.SetEnabled(from, on(p))
		frame.SetEnabled(to, on(p))
		for d := range time.Weekday(7) {
			days.Set(int(d), p.Settings.Bell.Quiet.Days.Has(d))
		}
	})
	more := besideLimit(kit.VStack(8,
		kit.VStack(2, days, kit.NewProse(words.Say("The days on which they begin."), kit.Caption)),
		newLimitSwitch(emergencies, kit.VStack(0,
			kit.NewText(words.Say("Emergencies ring anyway"), kit.Body).Tight(),
			kit.NewText(words.Say("Work orders marked Emergency or Urgent"), kit.Caption).Tight(),
		)),
	))
	hours := kit.HStack(8, fromObject, kit.NewText(words.Say("to"), kit.Muted), toObject)
	return kit.VStack(4, newLimit(newLimitSwitch(toggled, kit.NewText(words.Say("Quiet hours"), kit.Body)), hours), c.only(on, more))
}

// weekdays returns the chips of the days, by time.Weekday.
func weekdays() []kit.Choice {
	return []kit.Choice{
		{Text: words.Say("Su"), Label: words.Say("Sunday")},
		{Text: words.Say("Mo"), Label: words.Say("Monday")},
		{Text: words.Say("Tu"), Label: words.Say("Tuesday")},
		{Text: words.Say("We"), Label: words.Say("Wednesday")},
		{Text: words.Say("Th"), Label: words.Say("Thursday")},
		{Text: words.Say("Fr"), Label: words.Say("Friday")},
		{Text: words.Say("Sa"), Label: words.Say("Saturday")},
	}
}

// newDigest makes the row for the digest.
func newDigest(c *card) fyne.CanvasObject {
	rhythms := []core.Rhythm{core.Workdays, core.Daily, core.Hourly}
	names := []string{words.Say("Weekdays"), words.Say("Every day"), words.Say("Every hour")}
	rhythm, rhythmObject := newSelect(c, rhythms, names, func(s *core.Settings) *core.Rhythm { return &s.Bell.Digest.Rhythm })
	at, atObject := newTime(c, func(s *core.Settings) *core.DayMinute { return &s.Bell.Digest.At })
	toggled := newSwitch(words.Say("Digest"), func(on bool) {
		c.set(func(s *core.Settings) {
			if s.Bell.Digest.Rhythm = core.AtOnce; on {
				s.Bell.Digest.Rhythm = rhythms[rhythm.SelectedIndex()]
			}
		})
	})
	c.row(func(p State) {
		on := p.Settings.Bell.Digest.Rhythm != core.AtOnce
		toggled.Set(on)
		frame.SetEnabled(rhythm, on)
		frame.SetEnabled(at, on)
	})
	notHourly := func(p State) bool { return p.Settings.Bell.Digest.Rhythm != core.Hourly }
	return newLimit(newLimitSwitch(toggled, kit.NewText(words.Say("Digest"), kit.Body)),
		kit.Lead(8, kit.Sized(120, kit.ControlHigh, rhythmObject), c.only(notHourly, kit.HStack(8, kit.NewText(words.Say("at"), kit.Muted), atObject)),
			kit.NewText(words.Say("One summary."), kit.Caption).Tight()))
}

// newTime makes a select for a time of day. It offers half hours, and shows any
// time that is saved.
func newTime(c *card, of func(*core.Settings) *core.DayMinute) (*kit.Select, fyne.CanvasObject) {
	times := make([]core.DayMinute, 48)
	for i := range times {
		times[i] = core.DayMinute(30 * i)
	}
	s, object := newSelect(c, times, named(times, words.MinuteText), of)
	c.row(func(p State) { pick(s, words.MinuteText(*of(&p.Settings))) })
	return s, kit.Sized(110, kit.ControlHigh, object)
}
