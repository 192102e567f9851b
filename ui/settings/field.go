package settings

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"rentbell/assets"
	"rentbell/ui/frame"
	"rentbell/ui/kit"
	"rentbell/ui/words"
)

// field is a labelled value with a caption below it. It shows the value with its
// buttons. While the user changes it, it shows an entry with Save and Cancel.
type field struct {
	fieldParts
	*tasks
	object *fyne.Container

	value            *kit.Text
	copyIt, change   *kit.Button // beside the value
	entry            *kit.Entry
	saveIt, leave    *kit.Button // beside the entry
	caption          *kit.Prose
	mark             *kit.Icon // before a caption that is good news
	resting, editing *fyne.Container

	page    State
	shown   fieldValue
	open    bool   // the user is changing the value
	trouble string // why saving failed; empty: it did not
}

// fieldParts is what makes one field different from the others.
type fieldParts struct {
	label string
	hint  string // in the empty entry
	icon  fyne.Resource

	secret   bool
	stacked  bool             // the label stands above, for a narrow card
	optional bool             // it may be empty, and Change begins with the present value
	when     func(State) bool // when the field is visible; nil: always
	of       func(State) fieldValue
	save     func(text string, done func(error))

	copies func(State) string // what Copy copies; empty or nil: there is no such button
	renew  *kit.Button        // the button in place of Change, or nil
}

// field adds a field to the card's rows. The caller places its object.
func (c *card) field(p fieldParts) *field {
	f := &field{
		fieldParts: p, tasks: c.tasks,
		value:   kit.NewText("", kit.Body).Tight(),
		caption: kit.NewProse("", kit.Caption),
		mark:    kit.NewIcon(assets.Verified, kit.ColorOk, 14),
	}
	f.mark.Hide()
	f.copyIt = kit.NewButton(words.Say("Copy"), assets.Copy, f.copy)
	if f.change = p.renew; f.change == nil {
		f.change = kit.NewButton(words.Say("Change"), nil, f.edit)
	}
	box := container.NewStack(
		kit.NewBox(kit.ColorSurface, kit.ColorInput, 6),
		kit.Sized(0, kit.ControlHigh, kit.Inset(0, 10, 0, 11, kit.Lead(8, kit.NewIcon(p.icon, kit.ColorText2, 18), f.value))),
	)
	f.resting = kit.Spread(8, box, f.copyIt, f.change)

	var entry fyne.CanvasObject
	if p.secret {
		f.entry, entry = kit.NewSecretEntry(p.hint, f.typed)
	} else {
		f.entry, entry = kit.NewEntry(p.hint, f.typed)
	}
	f.entry.OnSubmitted = func(string) { f.submit() }
	f.saveIt = kit.NewButton(words.Say("Save"), nil, f.submit)
	f.leave = kit.NewButton(words.Say("Cancel"), nil, f.close)
	f.editing = kit.Spread(8, entry, f.saveIt, f.leave)
	if p.stacked {
		f.editing = kit.VStack(8, entry, kit.HStack(8, f.saveIt, f.leave))
	}

	below := &fyne.Container{Layout: captionLayout{f.mark}, Objects: []fyne.CanvasObject{f.mark, f.caption}}
	control := kit.VStack(3, container.NewStack(f.resting, f.editing), below)
	if f.object = frame.Row(p.label, control); p.stacked {
		f.object = kit.VStack(6, kit.NewText(p.label, kit.Body).Tight(), control)
	}
	f.editing.Hide()
	c.row(f.show)
	c.fields = append(c.fields, f)
	return f
}

// fieldValue is what a field shows.
type fieldValue struct {
	Text    string // empty: there is no value yet, so the entry is visible
	Caption string
	Good    bool // the caption is good news
	Fixed   bool // it cannot be changed
}

// orLocked returns "Locked" in place of a secret that cannot be read yet.
func (v fieldValue) orLocked(p State) fieldValue {
	if v.Text == "" && p.Status.KeysLocked() {
		v.Text, v.Caption, v.Fixed = words.Say("Locked"), words.Say("Rentbell reads it once your keys are unlocked."), true
	}
	return v
}

// given makes a value fixed if it was given for this run.
func (v fieldValue) given(is bool) fieldValue {
	if is {
		v.Caption, v.Fixed = givenForThisRun(), true
	}
	return v
}

func givenForThisRun() string { return words.Say("Given for this run. It is not saved.") }

// show shows the present value. An open entry stays open.
func (f *field) show(p State) {
	f.page, f.shown = p, f.of(p)
	f.value.Set(f.shown.Text)
	f.copyIt.SetText(words.Say("Copy"))
	frame.SetVisible(f.copyIt, f.copies != nil && f.copies(p) != "")
	frame.SetVisible(f.change, !f.shown.Fixed)
	frame.SetVisible(f.object, f.when == nil || f.when(p))
	f.arrange()
}

// copy copies the value. The button says so until the field is shown again.
func (f *field) copy() {
	f.Do.Copy(f.copies(f.page))
	f.copyIt.SetText(words.Say("Copied"))
	kit.Relayout(f.object)
}

// mend opens the entry with the value in it. It does nothing if the value cannot
// be changed: the caption says why.
func (f *field) mend() {
	if f.shown.Fixed {
		return
	}
	f.edit()
	if !f.secret {
		f.entry.SetText(f.shown.Text)
	}
}

// edit opens the entry.
func (f *field) edit() {
	f.open = true
	if f.optional {
		f.entry.SetText(f.shown.Text)
	}
	f.arrange()
	if c := fyne.CurrentApp().Driver().CanvasForObject(f.entry); c != nil {
		c.Focus(f.entry)
	}
}

// close empties and closes the entry, so that a typed secret does not stay in it.
func (f *field) close() {
	f.open, f.trouble = false, ""
	f.entry.SetText("")
	f.arrange()
}

// saving reports whether the text of the entry is being saved.
func (f *field) saving() bool { return f.entry.Disabled() }

func (f *field) typed(text string) {
	empty := strings.TrimSpace(text) == "" && !(f.optional && f.shown.Text != "")
	frame.SetEnabled(f.saveIt, !empty && !f.saving())
}

func (f *field) submit() {
	if f.saveIt.Disabled() {
		return
	}
	f.open, f.trouble = true, "" // open: the page may be shown again before saved is called
	f.entry.Disable()
	f.arrange()
	f.save(f.entry.Text, f.saved)
}

func (f *field) saved(err error) {
	f.entry.Enable()
	if err == nil {
		f.close()
		return
	}
	f.trouble = words.Trouble(words.Tongue.Error(err))
	f.arrange()
}

// arrange shows the objects that belong to the field's state.
func (f *field) arrange() {
	edit := f.open || f.shown.Text == ""
	frame.SetVisible(f.resting, !edit)
	frame.SetVisible(f.editing, edit)
	frame.SetVisible(f.leave, f.open && f.shown.Text != "" && !f.saving())
	f.typed(f.entry.Text)
	good := f.shown.Good && !f.saving() && f.trouble == ""
	switch {
	case f.saving():
		f.caption.SetStyled(words.Say("Saving"), kit.Caption)
	case f.trouble != "":
		f.caption.SetStyled(f.trouble, kit.Caption.In(kit.ColorErr))
	case good:
		f.caption.SetStyled(f.shown.Caption, kit.Caption.In(kit.ColorOk))
	default:
		f.caption.SetStyled(f.shown.Caption, kit.Caption)
	}
	frame.SetVisible(f.mark, good)
	kit.Relayout(f.object)
	f.view.update()
}

// captionLayout puts a mark before wrapped text, if the mark is visible.
type captionLayout struct{ mark *kit.Icon }

func (l captionLayout) indent() float32 {
	if l.mark.Visible() {
		return kit.Dp(19)
	}
	return 0
}

func (l captionLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(0, objects[1].MinSize().Height)
}

func (l captionLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	kit.Place(objects[0], 0, kit.Dp(1), kit.Dp(16), kit.Dp(16))
	kit.Place(objects[1], l.indent(), 0, max(0, size.Width-l.indent()), size.Height)
}
