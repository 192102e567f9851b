package exports

import (
	"fyne.io/fyne/v2"

	"rentbell/ui/kit"
	"rentbell/ui/words"
)

// Widths of the select: for months, and with "New since the last export".
const (
	monthWide = 170
	sinceWide = 226
)

// periodForm is the choice of a period.
type periodForm struct {
	periods
	picked bool // the user has made a choice

	period   *kit.Select
	choice   *fyne.Container // holds period
	from, to *kit.Entry
	custom   *fyne.Container // holds from and to
}

// make makes the widgets. asked is called after the user has chosen another
// period.
func (f *periodForm) make(asked func()) {
	var choice, from, to fyne.CanvasObject
	f.period, choice = kit.NewSelect(nil, func(string) {
		f.picked = true
		asked()
	})
	f.choice = kit.Sized(monthWide, kit.ControlHigh, choice)
	f.from, from = kit.NewEntry(words.Say("First day, like 6/1/2026"), func(string) { asked() })
	f.to, to = kit.NewEntry(words.Say("Last day"), func(string) { asked() })
	f.custom = kit.HStack(8, kit.Sized(190, kit.ControlHigh, from), kit.NewText(words.Say("to"), kit.Muted), kit.Sized(130, kit.ControlHigh, to))
	f.custom.Hide()
}

// offer sets the offered periods. since is what is new since the last export,
// or nil without one. It becomes the choice unless the user has made one.
func (f *periodForm) offer(since *period) {
	f.offered = f.usual
	wide := float32(monthWide)
	if since != nil {
		f.offered = append([]period{*since}, f.usual...)
		wide = sinceWide
	}
	f.choice.Layout = kit.Sized(wide, kit.ControlHigh, f.choice.Objects[0]).Layout
	if _, known := f.named(f.period.Selected); !f.picked || !known && f.period.Selected != otherDates() {
		f.period.Selected = f.filled()
	}
	names := make([]string, 0, len(f.offered)+1)
	for _, p := range f.offered {
		names = append(names, p.name)
	}
	f.period.Options = append(names, otherDates())
	f.period.Refresh()
}

// chosen returns the chosen period. ok is false while typed dates are wrong.
func (f *periodForm) chosen() (p period, ok bool) {
	if p, ok := f.named(f.period.Selected); ok {
		return p, true
	}
	return customPeriod(f.from.Text, f.to.Text)
}
