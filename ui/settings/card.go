package settings

import (
	"context"
	"slices"

	"fyne.io/fyne/v2"

	"rentbell/core"
	"rentbell/ui/frame"
	"rentbell/ui/kit"
)

// card is one of the page's: it tells its trouble, and has the page laid out
// again when it may have changed its height.
type card struct {
	*tasks
	object  *fyne.Container
	trouble *kit.Prose
}

// show does nothing: a card shows the same in every state, unless it has a show of
// its own.
func (c *card) show(State) {}

func (c *card) box() fyne.CanvasObject { return c.object }

func newCard(w *tasks) card { return card{tasks: w, trouble: frame.NewTrouble()} }

// tell says why something failed, or takes back what was said.
func (c *card) tell(err error) {
	frame.Tell(c.trouble, err)
	c.relayout()
}

// say puts good news where trouble stands.
func (c *card) say(text string, style kit.Style) {
	c.trouble.SetStyled(text, style)
	c.trouble.Show()
	c.relayout()
}

func (c *card) relayout() {
	kit.Relayout(c.object)
	c.view.update()
}

// read reads anew what a card shows; one reading at a time.
func read[T any](w *tasks, l *frame.Loader, doing string, from func() (T, error), show func(T, error)) {
	l.Load(w.Post, func(context.Context) func() {
		v, err := from()
		return func() {
			w.Report(doing, err)
			show(v, err)
		}
	})
}

// newTitledCard is a card with a title. The title's line takes part of the room
// above it.
func newTitledCard(title string, objects ...fyne.CanvasObject) *fyne.Container {
	return newPaddedCard(kit.VStack(12, append([]fyne.CanvasObject{kit.NewText(title, kit.Title).Tight()}, objects...)...))
}

// newPaddedCard is a card whose content begins with a title.
func newPaddedCard(content fyne.CanvasObject) *fyne.Container {
	return kit.NewBareCard(kit.Inset(12, kit.CardPad, kit.CardPad, kit.CardPad, content))
}

// newCardTitle is a title with something at its right.
func newCardTitle(title string, right fyne.CanvasObject) *fyne.Container {
	return kit.Spread(8, kit.NewText(title, kit.Title).Tight(), right)
}

// form is a card of choices. Each is saved at once, and shown meanwhile; where
// that fails, all goes back to what is saved and the card says why.
type form struct {
	card
	rows  []func(core.Settings) // show what they need
	shown core.Settings         // with what is still being saved
	saved core.Settings
}

func newForm(w *tasks) form { return form{card: newCard(w)} }

func (f *form) show(p State) {
	f.saved = p.Settings
	f.paint(f.saved)
}

func (f *form) paint(s core.Settings) {
	f.shown = s
	for _, show := range f.rows {
		show(s)
	}
	f.relayout()
}

func (f *form) set(edit func(*core.Settings)) {
	next := f.shown
	edit(&next)
	f.paint(next)
	f.Saver.Change(edit, func(err error) {
		f.tell(err)
		if err != nil {
			f.paint(f.saved)
		}
	})
}

// bind has a switch or a check show one of the settings.
func (f *form) bind(control interface{ Set(bool) }, of func(*core.Settings) *bool) {
	f.rows = append(f.rows, func(s core.Settings) { control.Set(*of(&s)) })
}

func (f *form) newSwitch(name string, of func(*core.Settings) *bool) *kit.Switch {
	s := kit.NewSwitch(name, false, f.sets(of))
	f.bind(s, of)
	return s
}

func (f *form) newCheck(name string, of func(*core.Settings) *bool) *kit.Check {
	c := kit.NewCheck(name, f.sets(of))
	f.bind(c, of)
	return c
}

func (f *form) newBareCheck(name string, of func(*core.Settings) *bool) *kit.Check {
	c := kit.NewBareCheck(name, f.sets(of))
	f.bind(c, of)
	return c
}

// sets saves what a switch or a check is turned to.
func (f *form) sets(of func(*core.Settings) *bool) func(bool) {
	return func(on bool) { f.set(func(s *core.Settings) { *of(s) = on }) }
}

// newSelect chooses one of some values. A value without a name leaves it as it is.
func newSelect[T any](f *form, values []T, name func(T) string, of func(*core.Settings) *T) (*kit.Select, fyne.CanvasObject) {
	var s *kit.Select
	s, object := kit.NewSelect(named(values, name), func(string) {
		chosen := values[s.SelectedIndex()]
		f.set(func(to *core.Settings) { *of(to) = chosen })
	})
	f.rows = append(f.rows, func(from core.Settings) {
		if text := name(*of(&from)); text != "" {
			pick(s, text)
		}
	})
	return s, object
}

// pick shows what is chosen in a select and calls nobody.
func pick(s *kit.Select, text string) {
	if s.Selected != text {
		s.Selected = text
		s.Refresh()
	}
}

// newChips chooses one of some values, the first where the setting has another.
func newChips[T comparable](f *form, values []T, name func(T) string, of func(*core.Settings) *T) *kit.Filters {
	chips := kit.NewFilters(named(values, name), func(i int) {
		f.set(func(to *core.Settings) { *of(to) = values[i] })
	})
	f.rows = append(f.rows, func(from core.Settings) { chips.Pick(max(0, slices.Index(values, *of(&from)))) })
	return chips
}

func named[T any](values []T, name func(T) string) []string {
	var names []string
	for _, v := range values {
		names = append(names, name(v))
	}
	return names
}
