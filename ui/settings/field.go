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

// field is a labelled value of Settings, with a caption below it. It shows the
// value with its buttons until the user changes it; then an entry with Save.
type field struct {
	object *fyne.Container

	save func(text string, done func(error)) // set by its owner before it is shown

	parts   fieldParts
	entry   *kit.Entry
	icon    *kit.Icon
	value   *kit.Text
	caption *kit.Prose
	mark    *kit.Icon // before the caption, when it says that all is well
	resting *fyne.Container
	editing *fyne.Container
	saveIt  *kit.Button
	leave   *kit.Button

	shown    fieldValue
	open     bool   // the user is at changing it
	trouble  string // why it could not be saved; empty: it was
	onLayout func() // the caption may have changed its height
}

// fieldParts is what fields differ in.
type fieldParts struct {
	Label  string
	Hint   string // in the empty entry
	Icon   fyne.Resource
	Secret bool
	// Optional fields can be emptied. They are changed, not typed anew.
	Optional bool
	Tools    []fyne.CanvasObject // buttons beside the value
}

func newField(p fieldParts) *field {
	f := &field{
		onLayout: func() {},
		parts:    p,
		icon:     kit.NewIcon(p.Icon, kit.ColorText2, 18),
		value:    kit.NewText("", kit.Body).Tight(),
		caption:  kit.NewProse("", kit.Caption),
		mark:     kit.NewIcon(assets.Verified, kit.ColorOk, 14),
	}
	f.mark.Hide()
	box := container.NewStack(
		kit.NewBox(kit.ColorSurface, kit.ColorInput, 6),
		kit.Sized(0, kit.ControlHigh, kit.Inset(0, 10, 0, 11, kit.Lead(8, f.icon, f.value))),
	)
	f.resting = kit.Spread(8, box, p.Tools...)

	var entry fyne.CanvasObject
	if p.Secret {
		f.entry, entry = kit.NewSecretEntry(p.Hint, f.typed)
	} else {
		f.entry, entry = kit.NewEntry(p.Hint, f.typed)
	}
	f.entry.OnSubmitted = func(string) { f.submit() }
	f.saveIt = kit.NewButton(words.Say("Save"), nil, f.submit)
	f.leave = kit.NewButton(words.Say("Cancel"), nil, f.close)
	f.editing = kit.Spread(8, entry, f.saveIt, f.leave)

	label := kit.Inset(8, 0, 0, 0, kit.NewText(p.Label, kit.Body).Tight())
	below := &fyne.Container{Layout: captionLayout{f.mark}, Objects: []fyne.CanvasObject{f.mark, f.caption}}
	control := kit.VStack(3, container.NewStack(f.resting, f.editing), below)
	f.object = frame.Labelled(frame.LabelWidth, label, control)
	f.editing.Hide()
	return f
}

// fieldValue is what a field shows.
type fieldValue struct {
	Text    string // empty: nothing is set yet, so the entry shows
	Caption string
	Good    bool // the caption is good news
}

// show shows a value; a change the user is at stays open.
func (f *field) show(v fieldValue) {
	f.shown = v
	f.value.Set(v.Text)
	f.arrange()
}

// edit opens the entry.
func (f *field) edit() {
	f.open = true
	if f.parts.Optional {
		f.entry.SetText(f.shown.Text)
	}
	f.arrange()
	if c := fyne.CurrentApp().Driver().CanvasForObject(f.entry); c != nil {
		c.Focus(f.entry)
	}
}

// close empties and closes the entry: nothing typed stays longer than it must.
func (f *field) close() {
	f.open, f.trouble = false, ""
	f.entry.SetText("")
	f.arrange()
}

// rename changes what a tool says, until the field is shown again.
func (f *field) rename(tool *kit.Button, text string) {
	tool.SetText(text)
	kit.Relayout(f.object)
}

// saving reports whether the entry waits for its text to be saved.
func (f *field) saving() bool { return f.entry.Disabled() }

func (f *field) typed(text string) {
	empty := strings.TrimSpace(text) == "" && !(f.parts.Optional && f.shown.Text != "")
	if empty || f.saving() {
		f.saveIt.Disable()
	} else {
		f.saveIt.Enable()
	}
}

func (f *field) submit() {
	if f.saveIt.Disabled() {
		return
	}
	f.open, f.trouble = true, "" // open: the value may be shown before saved is told
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

// arrange shows what belongs to the field's state.
func (f *field) arrange() {
	edit := f.open || f.shown.Text == ""
	frame.SetVisible(f.resting, !edit)
	frame.SetVisible(f.editing, edit)
	frame.SetVisible(f.leave, f.open && f.shown.Text != "" && !f.saving())
	f.typed(f.entry.Text)
	good := false
	switch {
	case f.saving():
		f.caption.SetStyled(words.Say("Saving"), kit.Caption)
	case f.trouble != "":
		f.caption.SetStyled(f.trouble, kit.Caption.In(kit.ColorErr))
	case f.shown.Good:
		good = true
		f.caption.SetStyled(f.shown.Caption, kit.Caption.In(kit.ColorOk))
	default:
		f.caption.SetStyled(f.shown.Caption, kit.Caption)
	}
	frame.SetVisible(f.mark, good)
	kit.Relayout(f.object)
	f.onLayout()
}

// captionLayout puts a mark, while it is visible, before wrapped text.
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
	objects[0].Move(fyne.NewPos(0, kit.Dp(1)))
	objects[0].Resize(fyne.NewSquareSize(kit.Dp(16)))
	objects[1].Move(fyne.NewPos(l.indent(), 0))
	objects[1].Resize(fyne.NewSize(max(0, size.Width-l.indent()), size.Height))
}
