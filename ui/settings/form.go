package settings

import (
	"fyne.io/fyne/v2"

	"rentbell/core"
	"rentbell/ui/frame"
	"rentbell/ui/kit"
)

// changer saves an edit of the settings. done may be nil.
type changer func(edit func(*core.Settings), done func(error))

// form is a card of choices. Each is saved at once, and shown meanwhile; where
// that fails, all goes back to what is saved and the card says why.
type form struct {
	object  *fyne.Container
	trouble *kit.Prose
	rows    []func(core.Settings) // show what they need
	shown   core.Settings         // with what is still being saved
	saved   core.Settings
	change  changer
	update  func() // the card may have changed its height
}

func newForm(change changer, update func()) form {
	return form{trouble: frame.NewTrouble(), change: change, update: update}
}

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
	f.change(edit, func(err error) {
		f.tell(err)
		if err != nil {
			f.paint(f.saved)
		}
	})
}

func (f *form) tell(err error) {
	frame.Tell(f.trouble, err)
	f.relayout()
}

func (f *form) relayout() {
	kit.Relayout(f.object)
	f.update()
}

// bind keeps a switch or a check at one of the settings.
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

// sets saves what a switch or a check is turned to.
func (f *form) sets(of func(*core.Settings) *bool) func(bool) {
	return func(on bool) { f.set(func(s *core.Settings) { *of(s) = on }) }
}
