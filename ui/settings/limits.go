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

// limitsCard narrows down what rings, and when.
type limitsCard struct {
	form
	smallest smallestRow
	statuses statusesRow
	quiet    quietRow
	digest   digestRow
}

func newLimitsCard(w *tasks) *limitsCard {
	c := &limitsCard{form: newForm(w)}
	c.object = newTitledCard(words.Say("Limits"), c.newSmallest(), c.newStatuses(), c.newQuiet(), c.newDigest(),
		kit.NewProse(words.Say("In quiet hours everything is still received and saved, without the bell. What was missed rings once when they end."), kit.Caption),
		c.trouble)
	return c
}

// newLimit puts a label before a rule's control.
func newLimit(label, control fyne.CanvasObject) *fyne.Container {
	return frame.Labelled(limitsLabel,
		kit.Sized(0, kit.ControlHigh, kit.HStack(0, label)), control)
}

// newLimitSwitch puts a switch before its words. What can be pressed is wider
// than what is seen, which stands in line with the labels above.
func newLimitSwitch(s *kit.Switch, words fyne.CanvasObject) *fyne.Container {
	return kit.Inset(0, 0, 0, -4, kit.HStack(6, s, words))
}

// besideLimit puts more of a rule below its control.
func besideLimit(o fyne.CanvasObject) *fyne.Container {
	return kit.Inset(0, 0, 0, limitsLabel, kit.VStack(0, o))
}

// smallestRow is the amount from which on payments ring.
type smallestRow struct {
	entry  *kit.Entry
	text   string // as saved
	typing bool   // the entry has something else, which is not saved
}

func (c *limitsCard) newSmallest() fyne.CanvasObject {
	r := &c.smallest
	var entry fyne.CanvasObject
	r.entry, entry = kit.NewEntry("$0.00", func(text string) { r.typing = text != r.text })
	r.entry.OnSubmitted = func(string) { c.submit() }
	r.entry.OnLeave = c.submit
	c.rows = append(c.rows, func(s core.Settings) {
		if r.text = ""; s.Bell.Smallest > 0 {
			r.text = words.Dollars(s.Bell.Smallest)
		}
		if !r.typing {
			r.entry.SetText(r.text)
		}
	})
	return newLimit(kit.NewText(words.Say("Smallest payment"), kit.Body),
		kit.Lead(10, kit.Sized(110, kit.ControlHigh, entry), kit.NewText(words.Say("Smaller payments are listed quietly."), kit.Caption).Tight()))
}

// submit saves the amount that was typed; what is no amount stays to be mended.
func (c *limitsCard) submit() {
	if !c.smallest.typing {
		return
	}
	var amount core.Cents // nothing typed: all payments ring
	if text := c.smallest.entry.Text; strings.TrimSpace(text) != "" {
		var err error
		if amount, err = core.ParseDollars(text); err != nil {
			c.tell(err)
			return
		}
	}
	c.smallest.typing = false
	c.set(func(s *core.Settings) { s.Bell.Smallest = amount })
}

// firstToChoose is on when some statuses shall ring and none is chosen yet.
const firstToChoose = "New"

// The ways to choose statuses.
func anyStatus() string    { return words.Say("Any status") }
func chosenStatus() string { return words.Say("Only some") }

// statusesRow are the statuses in which work orders ring.
type statusesRow struct {
	which *kit.Select
	chips *kit.Choices
	below *fyne.Container
}

func (c *limitsCard) newStatuses() fyne.CanvasObject {
	r, all := &c.statuses, words.Statuses()
	var which fyne.CanvasObject
	r.which, which = kit.NewSelect([]string{anyStatus(), chosenStatus()}, func(text string) {
		c.set(func(s *core.Settings) {
			if s.Bell.Statuses = ""; text == chosenStatus() {
				s.Bell.Statuses = firstToChoose
			}
		})
	})
	choices := make([]kit.Choice, len(all))
	for i, status := range all {
		choices[i].Text = words.StatusName(status)
	}
	r.chips = kit.NewChoices(choices, func(i int, on bool) {
		c.set(func(s *core.Settings) { s.Bell.Statuses = s.Bell.Statuses.With(all[i], on) })
	})
	r.below = besideLimit(r.chips)
	c.rows = append(c.rows, func(s core.Settings) {
		for i, status := range all {
			r.chips.Set(i, s.Bell.Statuses.Has(status))
		}
		some := len(s.Bell.Statuses.List()) > 0
		pick(r.which, map[bool]string{true: chosenStatus(), false: anyStatus()}[some])
		frame.SetVisible(r.below, some)
	})
	return kit.VStack(4, newLimit(kit.NewText(words.Say("Work orders"), kit.Body), kit.HStack(0, kit.Sized(140, kit.ControlHigh, which))), r.below)
}

// quietRow are the hours in which the bell keeps still.
type quietRow struct {
	toggle, emergencies *kit.Switch
	from, to            *kit.Select
	days                *kit.Choices    // by time.Weekday
	more                *fyne.Container // what counts only while it is on
}

func (c *limitsCard) newQuiet() fyne.CanvasObject {
	r := &c.quiet
	r.toggle = c.newSwitch(words.Say("Quiet hours"), func(s *core.Settings) *bool { return &s.Bell.Quiet.On })
	r.emergencies = c.newSwitch(words.Say("Emergencies ring anyway"), func(s *core.Settings) *bool { return &s.Bell.Quiet.Emergencies })
	var from, to fyne.CanvasObject
	r.from, from = c.newTime(func(s *core.Settings) *core.DayMinute { return &s.Bell.Quiet.From })
	r.to, to = c.newTime(func(s *core.Settings) *core.DayMinute { return &s.Bell.Quiet.To })
	r.days = kit.NewChoices(weekdays(), func(i int, on bool) {
		c.set(func(s *core.Settings) { s.Bell.Quiet.Days = s.Bell.Quiet.Days.With(time.Weekday(i), on) })
	})
	r.more = besideLimit(kit.VStack(8,
		kit.VStack(2, r.days, kit.NewProse(words.Say("The days on which they begin."), kit.Caption)),
		newLimitSwitch(r.emergencies, kit.VStack(0,
			kit.NewText(words.Say("Emergencies ring anyway"), kit.Body).Tight(),
			kit.NewText(words.Say("Work orders marked Emergency or Urgent"), kit.Caption).Tight(),
		)),
	))
	c.rows = append(c.rows, func(s core.Settings) {
		quiet := s.Bell.Quiet
		frame.SetEnabled(r.from, quiet.On)
		frame.SetEnabled(r.to, quiet.On)
		for d := range time.Weekday(7) {
			r.days.Set(int(d), quiet.Days.Has(d))
		}
		frame.SetVisible(r.more, quiet.On)
	})
	hours := kit.HStack(8, from, kit.NewText(words.Say("to"), kit.Muted), to)
	return kit.VStack(4, newLimit(newLimitSwitch(r.toggle, kit.NewText(words.Say("Quiet hours"), kit.Body)), hours), r.more)
}

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

// digestRow gathers what rings into one ring.
type digestRow struct {
	toggle     *kit.Switch
	rhythm, at *kit.Select
	time       *fyne.Container // at, and what stands before it
}

// rhythms are the digests that can be chosen.
func rhythms() []core.Rhythm { return []core.Rhythm{core.Workdays, core.Daily, core.Hourly} }

func rhythmName(r core.Rhythm) string {
	switch r {
	case core.Workdays:
		return words.Say("Weekdays")
	case core.Daily:
		return words.Say("Every day")
	case core.Hourly:
		return words.Say("Every hour")
	}
	return ""
}

func (c *limitsCard) newDigest() fyne.CanvasObject {
	r := &c.digest
	r.toggle = kit.NewSwitch(words.Say("Digest"), false, func(on bool) {
		c.set(func(s *core.Settings) {
			if s.Bell.Digest.Rhythm = core.AtOnce; on {
				s.Bell.Digest.Rhythm = rhythms()[r.rhythm.SelectedIndex()]
			}
		})
	})
	var rhythm, at fyne.CanvasObject
	r.rhythm, rhythm = newSelect(&c.form, rhythms(), rhythmName, func(s *core.Settings) *core.Rhythm { return &s.Bell.Digest.Rhythm })
	r.at, at = c.newTime(func(s *core.Settings) *core.DayMinute { return &s.Bell.Digest.At })
	r.time = kit.HStack(8, kit.NewText(words.Say("at"), kit.Muted), at)
	c.rows = append(c.rows, func(s core.Settings) {
		on := s.Bell.Digest.Rhythm != core.AtOnce
		r.toggle.Set(on)
		frame.SetEnabled(r.rhythm, on)
		frame.SetEnabled(r.at, on)
		frame.SetVisible(r.time, s.Bell.Digest.Rhythm != core.Hourly)
	})
	return newLimit(newLimitSwitch(r.toggle, kit.NewText(words.Say("Digest"), kit.Body)),
		kit.Lead(8, kit.Sized(120, kit.ControlHigh, rhythm), r.time, kit.NewText(words.Say("One summary."), kit.Caption).Tight()))
}

// halfHours are the times of day that can be chosen.
func halfHours() []core.DayMinute {
	list := make([]core.DayMinute, 48)
	for i := range list {
		list[i] = core.DayMinute(30 * i)
	}
	return list
}

// newTime chooses a time of day.
func (c *limitsCard) newTime(of func(*core.Settings) *core.DayMinute) (*kit.Select, fyne.CanvasObject) {
	s, object := newSelect(&c.form, halfHours(), words.MinuteText, of)
	return s, kit.Sized(110, kit.ControlHigh, object)
}
