package settings

import (
	"slices"
	"strings"

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
	smallest *smallestRow
	statuses *statusesRow
	quiet    *quietRow
	digest   *digestRow
}

func newLimitsCard(change changer, update func()) *limitsCard {
	c := &limitsCard{form: newForm(change, update)}
	edit := func(edit func(*core.Bells)) { c.set(func(s *core.Settings) { edit(&s.Bell) }) }
	c.smallest, c.statuses, c.quiet, c.digest = newSmallestRow(edit, c.tell), newStatusesRow(edit), newQuietRow(edit), newDigestRow(edit)
	c.rows = append(c.rows, func(s core.Settings) {
		c.smallest.paint(s.Bell)
		c.statuses.paint(s.Bell)
		c.quiet.paint(s.Bell)
		c.digest.paint(s.Bell)
	})
	c.object = newTitledCard(words.Say("Limits"), c.smallest.object, c.statuses.object, c.quiet.object, c.digest.object,
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
	object *fyne.Container
	entry  *kit.Entry
	text   string // as saved
	typing bool   // the entry has something else, which is not saved
	change func(func(*core.Bells))
	tell   func(error)
}

func newSmallestRow(change func(func(*core.Bells)), tell func(error)) *smallestRow {
	r := &smallestRow{change: change, tell: tell}
	var entry fyne.CanvasObject
	r.entry, entry = kit.NewEntry("$0.00", func(text string) { r.typing = text != r.text })
	r.entry.OnSubmitted = func(string) { r.submit() }
	r.entry.OnLeave = r.submit
	control := kit.Lead(10, kit.Sized(110, kit.ControlHigh, entry), kit.NewText(words.Say("Smaller payments are listed quietly."), kit.Caption).Tight())
	r.object = newLimit(kit.NewText(words.Say("Smallest payment"), kit.Body), control)
	return r
}

func (r *smallestRow) paint(b core.Bells) {
	r.text = ""
	if b.Smallest > 0 {
		r.text = words.Dollars(b.Smallest)
	}
	if !r.typing {
		r.entry.SetText(r.text)
	}
}

// submit saves what was typed; what is no amount stays to be mended.
func (r *smallestRow) submit() {
	if !r.typing {
		return
	}
	var amount core.Cents // nothing typed: all payments ring
	if strings.TrimSpace(r.entry.Text) != "" {
		var err error
		if amount, err = core.ParseDollars(r.entry.Text); err != nil {
			r.tell(err)
			return
		}
	}
	r.typing = false
	r.change(func(b *core.Bells) { b.Smallest = amount })
}

// pick shows what is chosen in a select and calls nobody.
func pick(s *kit.Select, text string) {
	if s.Selected != text {
		s.Selected = text
		s.Refresh()
	}
}

// halfHours are the times of day that can be chosen.
func halfHours() []string {
	var list []string
	for m := range core.DayMinute(48) {
		list = append(list, words.MinuteText(30*m))
	}
	return list
}

// newTimeSelect chooses a time of day.
func newTimeSelect(onChanged func(core.DayMinute)) (*kit.Select, fyne.CanvasObject) {
	times := halfHours()
	s, object := kit.NewSelect(times, func(text string) {
		onChanged(core.DayMinute(30 * slices.Index(times, text)))
	})
	return s, kit.Sized(110, kit.ControlHigh, object)
}
