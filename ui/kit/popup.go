package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"
)

// Popup is a sheet over the window, beside the object that it belongs to. Esc or
// a press elsewhere closes it. Until then it takes the window's keys.
type Popup struct {
	// OnKey gets the keys that nothing on the sheet uses, except Esc. It may be
	// nil.
	OnKey func(*fyne.KeyEvent)

	canvas     fyne.Canvas
	at         fyne.CanvasObject
	overlay    *fyne.Container
	windowKeys func(*fyne.KeyEvent) // the window's key handler, put back by Close
}

// OpenPopup shows content on a sheet below at, or above it where there is more
// room. at must be on screen.
func OpenPopup(at, content fyne.CanvasObject) *Popup {
	p := &Popup{canvas: canvasOf(at), at: at}
	sheet := &fyne.Container{Layout: sheetLayout{}, Objects: []fyne.CanvasObject{
		NewBox(ColorOverlay, ColorBorder, CardRadius), Inset(5, 5, 5, 5, content),
	}}
	p.overlay = &fyne.Container{Layout: popupLayout{p}, Objects: []fyne.CanvasObject{newVeil(p.Close), sheet}}
	p.windowKeys = p.canvas.OnTypedKey()
	p.canvas.SetOnTypedKey(p.typed)
	p.canvas.Overlays().Add(p.overlay)
	return p
}

// Close removes the sheet. The object that had the focus before has it again.
func (p *Popup) Close() {
	p.canvas.Overlays().Remove(p.overlay)
	p.canvas.SetOnTypedKey(p.windowKeys)
}

// Update lays the sheet out again. Call it after its content has changed its
// size.
func (p *Popup) Update() {
	Relayout(p.overlay)
	p.overlay.Refresh()
}

func (p *Popup) typed(key *fyne.KeyEvent) {
	switch {
	case p.canvas.Overlays().Top() != p.overlay:
	case key.Name == fyne.KeyEscape:
		p.Close()
	case p.OnKey != nil:
		p.OnKey(key)
	}
}

// sheetLayout gives all objects the sheet's size.
type sheetLayout struct{}

func (sheetLayout) MinSize(objects []fyne.CanvasObject) fyne.Size { return objects[1].MinSize() }

func (sheetLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	for _, o := range objects {
		o.Resize(size)
	}
}

// popupLayout covers the window with the veil and places the sheet.
type popupLayout struct{ of *Popup }

func (popupLayout) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.Size{} }

func (l popupLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	const gap, edge = 4, 8 // to the object, and to the window's edges
	veil, sheet := objects[0], objects[1]
	veil.Resize(size)
	own := sheet.MinSize()
	at := fyne.CurrentApp().Driver().AbsolutePositionForObject(l.of.at)
	x := min(at.X, size.Width-own.Width-edge)
	y := at.Y + l.of.at.Size().Height + gap
	if above := at.Y - gap - own.Height; y+own.Height > size.Height-edge && above >= edge {
		y = above
	}
	y = min(y, size.Height-own.Height-edge)
	Place(sheet, max(edge, x), max(edge, y), own.Width, own.Height)
}

// veil is the invisible rest of the window. It takes the press that closes a
// popup.
type veil struct {
	widget.BaseWidget
	onTapped func()
}

var _ desktop.Cursorable = (*veil)(nil)

func newVeil(onTapped func()) *veil {
	v := &veil{onTapped: onTapped}
	v.ExtendBaseWidget(v)
	return v
}

// Tapped implements fyne.Tappable.
func (v *veil) Tapped(*fyne.PointEvent) { v.onTapped() }

// TappedSecondary implements fyne.SecondaryTappable.
func (v *veil) TappedSecondary(*fyne.PointEvent) { v.onTapped() }

// Cursor implements desktop.Cursorable.
func (v *veil) Cursor() desktop.Cursor { return desktop.DefaultCursor }

// CreateRenderer implements fyne.Widget.
func (v *veil) CreateRenderer() fyne.WidgetRenderer {
	return widget.NewSimpleRenderer(NewBox("", "", 0))
}
