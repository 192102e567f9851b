package naming

import (
	"context"

	"fyne.io/fyne/v2"

	"rentbell/core"
	"rentbell/ui/frame"
	"rentbell/ui/kit"
	"rentbell/ui/words"
)

// nameDialog asks the user for a name.
type nameDialog struct {
	Config
	key     core.NameKey
	box     *frame.Dialog
	entry   *kit.Entry
	save    *kit.Button
	trouble *kit.Prose
}

// Ask opens the dialog that asks for the name of one thing.
func Ask(c Config, key core.NameKey) {
	d := &nameDialog{Config: c, key: key, trouble: frame.NewTrouble()}
	kind, name := words.OfKind(key.Kind), c.Bell.Names().Of(key)
	var entry fyne.CanvasObject
	d.entry, entry = kit.NewEntry(kind.Hint, nil)
	d.entry.SetText(name.Given)
	d.entry.CursorColumn = len([]rune(name.Given))
	d.entry.OnSubmitted = func(string) { d.submit() }
	d.save = kit.NewButton(words.Say("Save"), nil, d.submit).Primary()
	cancel := kit.NewButton(words.Say("Cancel"), nil, func() { d.box.Close() })
	note := words.Say("The name takes the place of the id in lists, notifications and exports. Leave it empty to go back to what AppFolio sends.")
	d.box = frame.OpenDialog(c.Window.Canvas(), frame.DialogParts{
		Title: kind.Verb, Purpose: words.Say("In AppFolio it is %s.", key.ID), Width: 460,
		Body:   kit.VStack(10, entry, kit.NewProse(note, kit.Caption), d.trouble),
		Footer: kit.Spread(8, kit.HStack(0), cancel, d.save),
	})
	c.Window.Canvas().Focus(d.entry)
}

func (d *nameDialog) submit() {
	if d.save.Disabled() {
		return
	}
	d.busy(true)
	names := map[core.NameKey]string{d.key: d.entry.Text}
	frame.Run(d.Post, func(context.Context) error { return d.Bell.GiveNames(names) },
		func(err error) {
			d.busy(false)
			if err != nil {
				frame.Tell(d.trouble, err)
				d.box.Update()
				return
			}
			d.box.Close()
			d.Given()
		})
}

func (d *nameDialog) busy(busy bool) {
	frame.SetEnabled(d.entry, !busy)
	frame.SetEnabled(d.save, !busy)
}
