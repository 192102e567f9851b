package settings

import (
	"slices"

	"fyne.io/fyne/v2"

	"rentbell/core"
	"rentbell/ui/frame"
	"rentbell/ui/kit"
)

// card is a framed part of the page. Its rows show what they need of a State. A
// choice shows at once and is saved in the background. If saving fails, the card
// shows the saved settings again and says why.
type card struct {
	*tasks
	object  *fyne.Container
	trouble *kit.Prose    // what went wrong, or well; hidden while there is nothing to say
	rows    []func(State) // each shows one part of the card
	fields  []*field
	page    State         // that was shown last
	chosen  core.Settings // the settings of page, and edits that are still being saved
}

func newCard(w *tasks) *card { return &card{tasks: w, trouble: frame.NewTrouble()} }

// titled fills the card with a title and objects below it.
func (c *card) titled(title string, objects ...fyne.CanvasObject) *card {
	return c.padded(kit.VStack(12, append([]fyne.CanvasObject{kit.NewText(title, kit.Title).Tight()}, objects...)...))
}

// headed is titled with an object at the right of the title.
func (c *card) headed(title string, right fyne.CanvasObject, objects ...fyne.CanvasObject) *card {
	head := kit.Spread(8, kit.NewText(title, kit.Title).Tight(), right)
	return c.padded(kit.VStack(9, append([]fyne.CanvasObject{head}, objects...)...))
}

// padded fills the card. The top margin is smaller than the others because
// content begins with a title, whose line has room of its own above the letters.
func (c *card) padded(content fyne.CanvasObject) *card {
	c.object = kit.NewBareCard(kit.Inset(12, kit.CardPad, kit.CardPad, kit.CardPad, content))
	return c
}

func (c *card) self() *card { return c }

func (c *card) show(p State) {
	c.page = p
	c.paint(p.Settings)
}

// paint shows the page with other settings.
func (c *card) paint(s core.Settings) {
	c.chosen = s
	p := c.page
	p.Settings = s
	for _, show := range c.rows {
		show(p)
	}
	c.relayout()
}

// set shows an edit of the settings and saves it.
func (c *card) set(edit func(*core.Settings)) {
	next := c.chosen
	edit(&next)
	c.paint(next)
	c.Saver.Change(edit, func(err error) {
		c.tell(err)
		if err != nil {
			c.paint(c.page.Settings)
		}
	})
}

// tell says why something failed. A nil error hides the message.
func (c *card) tell(err error) {
	frame.Tell(c.trouble, err)
	c.relayout()
}

// say shows other news in the place of trouble.
func (c *card) say(text string, style kit.Style) {
	c.trouble.SetStyled(text, style)
	c.trouble.Show()
	c.relayout()
}

func (c *card) relayout() {
	kit.Relayout(c.object)
	c.view.update()
}

// row adds a row.
func (c *card) row(show func(State)) { c.rows = append(c.rows, show) }

// text adds wrapped text that is made from the State.
func (c *card) text(style kit.Style, of func(State) string) *kit.Prose {
	text := kit.NewProse("", style)
	c.row(func(p State) { text.Set(of(p)) })
	return text
}

// only adds a row that shows o while a condition is true. It returns o.
func (c *card) only(is func(State) bool, o fyne.CanvasObject) fyne.CanvasObject {
	c.row(func(p State) { frame.SetVisible(o, is(p)) })
	return o
}

// not returns the opposite of a condition.
func not(is func(State) bool) func(State) bool { return func(p State) bool { return !is(p) } }

// inSpace reports whether the connection is through Developer Space.
func inSpace(p State) bool { return p.Status.Kind == core.KindDeveloperSpace }

// captioned returns the title of a switch with a caption below it.
func captioned(title, caption string) fyne.CanvasObject {
	return kit.VStack(0, kit.NewProse(title, kit.Strong), kit.NewProse(caption, kit.Caption))
}

// toggle adds a switch or a check that shows and saves one of the settings.
func toggle[T interface{ Set(bool) }](c *card, control func(name string, onChanged func(bool)) T, name string, of func(*core.Settings) *bool) T {
	t := control(name, func(on bool) { c.set(func(s *core.Settings) { *of(s) = on }) })
	c.row(func(p State) { t.Set(*of(&p.Settings)) })
	return t
}

func newSwitch(name string, onChanged func(bool)) *kit.Switch {
	return kit.NewSwitch(name, false, onChanged)
}

// newSelect adds a select for a setting that has one of some values. Any other
// value does not change the select.
func newSelect[T comparable](c *card, values []T, names []string, of func(*core.Settings) *T) (*kit.Select, fyne.CanvasObject) {
	var s *kit.Select
	s, object := kit.NewSelect(names, func(string) {
		chosen := values[s.SelectedIndex()]
		c.set(func(to *core.Settings) { *of(to) = chosen })
	})
	c.row(func(p State) {
		if i := slices.Index(values, *of(&p.Settings)); i >= 0 {
			pick(s, names[i])
		}
	})
	return s, object
}

// pick sets a select without a call of OnChanged.
func pick(s *kit.Select, text string) {
	if s.Selected != text {
		s.Selected = text
		s.Refresh()
	}
}

// newChips adds chips for a setting that has one of some values. For any other
// value the first chip is on.
func newChips[T comparable](c *card, values []T, names []string, of func(*core.Settings) *T) *kit.Filters {
	chips := kit.NewFilters(names, func(i int) {
		c.set(func(to *core.Settings) { *of(to) = values[i] })
	})
	c.row(func(p State) { chips.Pick(max(0, slices.Index(values, *of(&p.Settings)))) })
	return chips
}

func named[T any](values []T, name func(T) string) []string {
	var names []string
	for _, v := range values {
		names = append(names, name(v))
	}
	return names
}
