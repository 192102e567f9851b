package exports

import (
	"slices"
	"time"

	"rentbell/core"
	"rentbell/core/export"
	"rentbell/ui/explain"
	"rentbell/ui/frame"
	"rentbell/ui/kit"
	"rentbell/ui/words"
)

// newSinceLast asks for what came in after the last export, whatever its date.
func newSinceLast() string { return words.Say("New since the last export") }

// Widths of the period's select: a month, and all that may be in it.
const (
	monthWide = 170
	sinceWide = 226
)

// sincePeriod is everything that came in after an export. Its file carries the
// time, or a second one on the same day would take the place of the first.
func sincePeriod(last core.PastExport, now time.Time) period {
	return period{name: newSinceLast(), file: "new " + now.Format("2006-01-02 15.04"), after: last.LastSeq}
}

// setPast brings in what was exported before and the month of the newest payment, and
// asks for the first time.
func (v *exportView) setPast(past []core.PastExport, newest core.Date) {
	v.past, v.newest = past, newest
	v.offer()
	v.ask()
}

// offer brings the periods in line with the format: what is new since the last
// export is offered where there was one, and chosen until the user chooses.
func (v *exportView) offer() {
	offered := v.usual
	wide := float32(monthWide)
	if last, ok := export.LastExport(v.past, v.format); ok {
		offered = append([]period{sincePeriod(last, v.now())}, offered...)
		wide = sinceWide
	}
	v.periods = offered
	v.choice.Layout = kit.Sized(wide, kit.ControlHigh, v.choice.Objects[0]).Layout
	names := make([]string, 0, len(offered)+1)
	for _, p := range offered {
		names = append(names, p.name)
	}
	v.period.Options = append(names, otherDates())
	if _, known := v.named(v.period.Selected); !v.picked || !known && v.period.Selected != otherDates() {
		v.period.Selected = v.first()
		v.fill()
	}
	v.period.Refresh()
}

// fill begins with the newest month that has payments, where the period to begin with
// is later than all of them.
func (v *exportView) fill() {
	begin, ok := v.named(v.period.Selected)
	if !ok || begin.after > 0 || v.newest.IsZero() || !v.newest.Before(begin.from) {
		return
	}
	month := monthPeriod(v.newest)
	if _, offered := v.named(month.name); !offered {
		v.periods = append(slices.Clone(v.periods), month)
		v.period.Options = append([]string{month.name}, v.period.Options...)
	}
	v.period.Selected = month.name
}

// first is the period to begin with: the one the settings name, else what is new,
// else the month the user was looking at.
func (v *exportView) first() string {
	for _, p := range v.periods {
		if p.is == v.begin && p.is != core.FirstNew {
			return p.name
		}
	}
	if v.month.IsZero() || v.periods[0].name == newSinceLast() {
		return v.periods[0].name
	}
	return words.MonthName(v.month)
}

// named finds a period by its name.
func (v *exportView) named(name string) (period, bool) {
	for _, p := range v.periods {
		if p.name == name {
			return p, true
		}
	}
	return period{}, false
}

// pastNote says how the chosen period stands to what was exported before. warn:
// payments would be in the books twice, or never.
func (v *exportView) pastNote() (text string, warn bool) {
	q, ok := v.query()
	if !ok || v.stage == written {
		return "", false
	}
	if q.AfterSeq > 0 {
		last, _ := export.LastExport(v.past, v.format)
		return words.Say("What came in after the export %s, whatever its date.", words.Tongue.At(last.At.In(q.Location), v.now())), false
	}
	var notes []string
	if e, ok := export.Overlap(v.past, q); ok {
		notes = append(notes, words.Say("%s was exported %s.", words.Days(e.From, e.To, v.now()), words.Tongue.OnDay(e.At.In(q.Location), v.now())))
		if warn = v.format != core.FormatFull; warn { // a file for people is in no books
			notes = append(notes, words.Say("Payments would be twice in your books."))
		}
	}
	if v.behind > 0 {
		warn = true
		notes = append(notes, behindWords(v.behind))
	}
	return words.Paragraph(notes...), warn
}

// behindWords tells of payments that this export would leave behind for good.
func behindWords(n int) string {
	return words.SayN(n, "%s new payment is of another day. It would no longer count as new.",
		"%s new payments are of other days. They would no longer count as new.", explain.Number(n))
}

// paintNote shows it beneath the period.
func (v *exportView) paintNote() {
	text, warn := v.pastNote()
	look := kit.Caption
	if warn {
		look = look.In(kit.ColorWarn)
	}
	v.note.SetStyled(text, look)
	frame.SetVisible(v.caution, warn)
	frame.SetVisible(v.noteLine, text != "")
}
