package frame

import (
	"fyne.io/fyne/v2"

	"rentbell/assets"
	"rentbell/ui/kit"
	"rentbell/ui/words"
)

// dialogWidth is the width of most dialogs.
const dialogWidth = 720

// Dialog is a modal dialog. Its body scrolls if the window is too low; header
// and footer stay in view.
type Dialog struct {
	canvas     fyne.Canvas
	overlay    *fyne.Container
	sheet      *dialogLayout
	windowKeys func(*fyne.KeyEvent) // the window's key handler, put back by Close
	OnKey      func(*fyne.KeyEvent) // gets the keys that neither a control nor the dialog uses; may be nil
	// OnDismiss is called when the user presses Esc or the cross. It has to
	// call Close if the dialog is to close. OpenDialog sets it to Close.
	OnDismiss func()
}

// DialogParts is the content of a dialog.
type DialogParts struct {
	Title   string
	Purpose string // a sentence or two; may be empty
	Body    fyne.CanvasObject
	Footer  fyne.CanvasObject
	Width   float32 // maximum, in the units of kit.Dp; 0: dialogWidth
}

// OpenDialog shows a dialog over the window of c. It takes over the window's
// keys until Close.
func OpenDialog(c fyne.Canvas, p DialogParts) *Dialog {
	if p.Width == 0 {
		p.Width = dialogWidth
	}
	d := &Dialog{canvas: c, windowKeys: c.OnTypedKey()}
	d.OnDismiss = d.Close
	dismiss := func() { d.OnDismiss() }
	head := kit.VStack(0,
		kit.Spread(8, kit.NewProse(p.Title, kit.Heading), kit.NewIconButton(words.Say("Close"), assets.Close, 20, dismiss)))
	if p.Purpose != "" {
		head.Add(kit.NewProse(p.Purpose, kit.Muted))
	}
	body := kit.Inset(0, dialogPad, dialogPad, dialogPad, p.Body)
	scroll := kit.NewScroll(body, 0)
	d.sheet = &dialogLayout{width: p.Width, body: body, scroll: scroll}
	sheet := &fyne.Container{Layout: d.sheet, Objects: []fyne.CanvasObject{
		kit.NewBox(kit.ColorOverlay, kit.ColorBorder, kit.CardRadius),
		kit.Inset(20, 21, 15, dialogPad, head),
		scroll.Object,
		kit.NewRule(),
		kit.Inset(16, dialogPad, 20, dialogPad, p.Footer),
	}}
	d.overlay = &fyne.Container{Layout: scrimLayout{d.sheet}, Objects: []fyne.CanvasObject{kit.NewBox(kit.ColorScrim, "", 0), sheet}}
	c.SetOnTypedKey(d.typed)
	c.Overlays().Add(d.overlay)
	return d
}

// typed handles Esc, and Enter for the primary button, unless something else
// lies over the dialog.
func (d *Dialog) typed(key *fyne.KeyEvent) {
	if !d.InFront() {
		return
	}
	switch key.Name {
	case fyne.KeyEscape:
		d.OnDismiss()
	case fyne.KeyReturn, fyne.KeyEnter:
		if b := kit.DefaultButton(d.overlay); b != nil {
			b.Tapped(nil)
		}
	default:
		if d.OnKey != nil {
			d.OnKey(key)
		}
	}
}

// dialogPad is the padding at a dialog's sides, including its border.
const dialogPad = 25

// InFront reports whether the dialog is open and nothing lies over it.
func (d *Dialog) InFront() bool { return d.canvas.Overlays().Top() == d.overlay }

// Close removes the dialog without calling OnDismiss.
func (d *Dialog) Close() {
	d.canvas.Overlays().Remove(d.overlay)
	d.canvas.SetOnTypedKey(d.windowKeys)
}

// Update lays the dialog out again. Call it after a part has changed its size.
func (d *Dialog) Update() {
	kit.Relayout(d.overlay)
	d.sheet.scroll.Update()
	d.overlay.Refresh()
}

// scrimLayout covers the window with the scrim and centres the dialog over it.
type scrimLayout struct{ sheet *dialogLayout }

func (scrimLayout) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.Size{} }

func (l scrimLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	const edge = 16                                          // how much of the window always stays visible around the dialog
	scrim, sheet := objects[0], objects[1].(*fyne.Container) // OpenDialog puts a container there
	scrim.Resize(size)
	width := min(kit.Dp(l.sheet.width), size.Width-2*edge)
	high := min(l.sheet.unscrolledHeight(sheet.Objects, width), size.Height-2*edge)
	sheet.Move(fyne.NewPos((size.Width-width)/2, max(edge, (size.Height-high)/2-kit.Dp(18)))) // a little above the middle, where it looks centred
	sheet.Resize(fyne.NewSize(width, high))
}

// dialogLayout stacks header, body, rule and footer.
type dialogLayout struct {
	width  float32
	body   fyne.CanvasObject
	scroll *kit.Scroll
}

// unscrolledHeight returns the height at which the body does not scroll.
func (l *dialogLayout) unscrolledHeight(objects []fyne.CanvasObject, width float32) float32 {
	l.body.Resize(fyne.NewSize(width, l.body.Size().Height)) // wrapped text needs the width before MinSize
	const rounding = 0.01                                    // room for rounding errors, which would make the body scroll
	return HeightAt(objects[1], width) + l.body.MinSize().Height + 1 + HeightAt(objects[4], width) + rounding
}

func (l *dialogLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(kit.Dp(l.width), objects[1].MinSize().Height+objects[4].MinSize().Height)
}

func (l *dialogLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	head, foot := HeightAt(objects[1], size.Width), HeightAt(objects[4], size.Width)
	objects[0].Resize(size)
	y := float32(0)
	for i, high := range []float32{head, max(0, size.Height-head-foot-1), 1, foot} {
		objects[i+1].Move(fyne.NewPos(0, y))
		objects[i+1].Resize(fyne.NewSize(size.Width, high))
		y += high
	}
}

// Question is a dialog that asks before something that cannot be undone.
type Question struct {
	Title   string
	Text    string
	Verb    string // text of the primary button, which calls Answer
	Answer  func()
	Other   string // text of a button that replaces Cancel and calls OnOther; may be empty
	OnOther func()
	OnLeave func() // called for Cancel, Esc and the cross; may be nil
}

// Ask shows a question over the window of c. The dialog closes before any of
// the callbacks runs.
func Ask(c fyne.Canvas, q Question) {
	var d *Dialog
	dismiss := func() {
		d.Close()
		if q.OnLeave != nil {
			q.OnLeave()
		}
	}
	leave := kit.NewButton(words.Say("Cancel"), nil, dismiss)
	if q.Other != "" {
		leave = kit.NewButton(q.Other, nil, func() {
			d.Close()
			q.OnOther()
		})
	}
	do := kit.NewButton(q.Verb, nil, func() {
		d.Close()
		q.Answer()
	}).Primary()
	d = OpenDialog(c, DialogParts{
		Title: q.Title, Width: 460,
		Body:   kit.NewProse(q.Text, kit.Body),
		Footer: kit.Spread(8, kit.HStack(0), leave, do),
	})
	d.OnDismiss = dismiss
}
