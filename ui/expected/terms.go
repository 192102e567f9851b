package expected

import (
	"time"

	"fyne.io/fyne/v2"

	"rentbell/core"
	"rentbell/ui/explain"
	"rentbell/ui/frame"
	"rentbell/ui/kit"
	"rentbell/ui/words"
)

// Terms is what the panes of a lease show and change of its rent.
type Terms struct {
	Month core.LeaseMonth
	Of    core.LeaseTerms
}

// Read reads what is expected of a lease in a month. Without a figure for it, known or
// not, the Month of the result has no lease.
func Read(b Bell, lease string, m core.Month) Terms {
	t := Terms{Of: b.Terms(lease)}
	if past := b.LeaseHistory(lease, m, 1); len(past) > 0 {
		t.Month = past[len(past)-1]
	}
	return t
}

// TermsActions are what Terms can ask for.
type TermsActions struct {
	Change func()                       // opens the dialog that changes the rent
	Edit   func(func(*core.LeaseTerms)) // keeps a change
	Now    func() time.Time             // in the reader's time zone
}

// Facts returns the rent and where it comes from.
func (t Terms) Facts(do TermsActions) []kit.Fact {
	rent := kit.Fact{Label: words.Say("Rent"), Value: words.Say("Not known"), Style: kit.Unknown, Verb: words.Say("Type the rent"), OnVerb: do.Change}
	if !t.Month.Expected.Known() {
		return []kit.Fact{rent}
	}
	rule, month := t.Month.Rule, t.Month.Month
	due, until := month.Day(rule.Due), rule.LateFrom(month).AddDays(-1)
	text := words.Joined(words.Dollars(t.Month.Expected.Amount), words.Say("due %s", dayWords(due)))
	if rule.Grace > 0 {
		text = words.Joined(text, words.Say("grace until %s", dayWords(until)))
	}
	return []kit.Fact{
		{Label: rent.Label, Value: text},
		{Label: words.Say("Source"), Value: sourceWords(t.Month.Expected), Verb: words.Say("Change"), OnVerb: do.Change},
	}
}

// dayWords is a day in a sentence, without its year: "June 1".
func dayWords(d core.Date) string { return words.Tongue.Date(d.In(time.UTC), "January 2") }

// sourceWords says where an expected rent comes from.
func sourceWords(r core.ExpectedRent) string {
	switch r.Source {
	case core.RentTyped:
		return words.Say("You typed it")
	case core.RentImported:
		return words.Say("From your rent roll")
	case core.RentTold:
		return words.Say("From AppFolio")
	case core.RentLearned:
		return words.Say("Learned from %s of the last 6 months", explain.Number(r.Months))
	}
	return words.Say("Not known")
}

// Switches returns the switches for what people know of a lease.
func (t Terms) Switches(do TermsActions) fyne.CanvasObject {
	ahead := kit.NewSwitch(words.Say("Pays ahead"), t.Of.PaysAhead, func(on bool) {
		do.Edit(func(l *core.LeaseTerms) { l.PaysAhead = on })
	})
	return kit.Inset(9, 0, 9, -4, kit.VStack(2,
		switchRow(t.newNoticeSwitch(do), words.Say("Notice served"), t.noticeWords()),
		switchRow(ahead, words.Say("Pays ahead"), words.Say("What comes from the 25th on is for the next month.")),
	))
}

// newNoticeSwitch returns the switch that asks for the day when it is put on.
func (t Terms) newNoticeSwitch(do TermsActions) *kit.Switch {
	var s *kit.Switch
	s = kit.NewSwitch(words.Say("Notice served"), !t.Of.Notice.IsZero(), func(on bool) {
		if !on {
			do.Edit(func(l *core.LeaseTerms) { l.Notice, l.NoticeOn = time.Time{}, core.Date{} })
			return
		}
		s.Set(false) // until a day is chosen
		now := do.Now()
		today := core.DateOf(now)
		frame.DayPicker{Begin: today, Last: today, Note: words.Say("On which day was notice served?"), Pick: func(day core.Date) {
			do.Edit(func(l *core.LeaseTerms) { l.Notice, l.NoticeOn = now.UTC(), day })
		}}.Open(s)
	})
	return s
}

func (t Terms) noticeWords() string {
	if t.Of.Notice.IsZero() || t.Of.NoticeOn.IsZero() {
		return words.Say("Tell me at once about any payment.")
	}
	return words.Say("Notice served on %s", words.FullDate(t.Of.NoticeOn))
}

// switchRow puts a switch before its name and a caption.
func switchRow(s *kit.Switch, name, text string) fyne.CanvasObject {
	lines := kit.VStack(0, kit.Inset(8, 0, 0, 0, kit.NewText(name, kit.Strong).Tight()), kit.NewProse(text, kit.Caption))
	return &fyne.Container{Layout: switchLayout{}, Objects: []fyne.CanvasObject{s, lines}}
}

// switchLayout puts a switch beside the first of some lines.
type switchLayout struct{}

func (switchLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	s, lines := objects[0].MinSize(), objects[1].MinSize()
	return fyne.NewSize(s.Width+kit.Dp(switchGap), max(s.Height, lines.Height))
}

// switchGap is the room between a switch and its name.
const switchGap = 8

func (switchLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	s := objects[0].MinSize()
	kit.Place(objects[0], 0, 0, s.Width, s.Height)
	x := s.Width + kit.Dp(switchGap)
	kit.Place(objects[1], x, 0, max(0, size.Width-x), size.Height)
}
