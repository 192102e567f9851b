package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// Press makes any content pressable: by pointer, or by Space and Enter while it
// has the focus. A border of two pixels shows the focus. All pressable widgets
// of this package embed it.
type Press struct {
	widget.BaseWidget

	// OnTapped is called for each press. It may be nil and may change at any
	// time.
	OnTapped func()

	self     fyne.Widget // the widget that embeds this Press, or the Press itself
	label    string      // what a screen reader says
	content  fyne.CanvasObject
	radius   float32
	inverse  bool // the content is in the primary colour, so the focus border is drawn inside it
	disabled bool
	hovered  bool
	focused  bool
	onState  func() // redraws the widget after it was focused, hovered or disabled; may be nil
}

var (
	_ fyne.Tappable      = (*Press)(nil)
	_ fyne.Focusable     = (*Press)(nil)
	_ fyne.Disableable   = (*Press)(nil)
	_ fyne.Accessible    = (*Press)(nil)
	_ desktop.Hoverable  = (*Press)(nil)
	_ desktop.Cursorable = (*Press)(nil)
)

// NewPress makes content pressable. A screen reader says label; radius is that
// of the content's corners.
func NewPress(label string, content fyne.CanvasObject, radius float32, onTapped func()) *Press {
	p := &Press{}
	p.init(p, label, content, onTapped)
	p.radius = radius
	return p
}

// init makes p part of self, the widget that Fyne knows.
func (p *Press) init(self fyne.Widget, label string, content fyne.CanvasObject, onTapped func()) {
	p.self, p.label, p.content, p.OnTapped = self, label, content, onTapped
	p.ExtendBaseWidget(self)
}

// Tapped implements fyne.Tappable.
func (p *Press) Tapped(*fyne.PointEvent) {
	if !p.disabled && p.OnTapped != nil {
		p.OnTapped()
	}
}

// TypedKey presses on Space and Enter. It passes other keys to the window.
func (p *Press) TypedKey(key *fyne.KeyEvent) {
	switch key.Name {
	case fyne.KeySpace, fyne.KeyReturn, fyne.KeyEnter:
		p.Tapped(nil)
	default:
		passOn(p.self, key)
	}
}

// TypedRune implements fyne.Focusable.
func (p *Press) TypedRune(rune) {}

// FocusGained implements fyne.Focusable.
func (p *Press) FocusGained() { p.set(&p.focused, true) }

// FocusLost implements fyne.Focusable.
func (p *Press) FocusLost() { p.set(&p.focused, false) }

// MouseIn implements desktop.Hoverable.
func (p *Press) MouseIn(*desktop.MouseEvent) { p.set(&p.hovered, true) }

// MouseMoved implements desktop.Hoverable.
func (p *Press) MouseMoved(*desktop.MouseEvent) {}

// MouseOut implements desktop.Hoverable.
func (p *Press) MouseOut() { p.set(&p.hovered, false) }

// Enable implements fyne.Disableable.
func (p *Press) Enable() { p.set(&p.disabled, false) }

// Disable implements fyne.Disableable. It takes the focus from p.
func (p *Press) Disable() {
	p.set(&p.disabled, true)
	if p.focused {
		unfocus(p.self.(fyne.Focusable)) // every widget that embeds Press is focusable
	}
}

// Disabled implements fyne.Disableable.
func (p *Press) Disabled() bool { return p.disabled }

// Cursor returns a hand, or an arrow while p is disabled.
func (p *Press) Cursor() desktop.Cursor {
	if p.disabled {
		return desktop.DefaultCursor
	}
	return desktop.PointerCursor
}

// SetLabel changes what a screen reader says.
func (p *Press) SetLabel(label string) { p.label = label }

// AccessibilityLabel returns what pressing does.
func (p *Press) AccessibilityLabel() string { return p.label }

// AccessibilityRole returns that of a button.
func (p *Press) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleButton }

func (p *Press) set(flag *bool, to bool) {
	if *flag == to {
		return
	}
	*flag = to
	if p.onState != nil {
		p.onState()
	}
	p.Refresh()
}

// CreateRenderer implements fyne.Widget.
func (p *Press) CreateRenderer() fyne.WidgetRenderer {
	r := &pressRenderer{press: p, shade: &canvas.Rectangle{}, ring: newRing()}
	r.paint()
	return r
}

type pressRenderer struct {
	press *Press
	shade *canvas.Rectangle // shown while the pointer is over the content
	ring  *canvas.Rectangle // shown while it has the focus
}

func (r *pressRenderer) MinSize() fyne.Size { return r.press.content.MinSize() }

func (r *pressRenderer) Layout(size fyne.Size) {
	r.press.content.Resize(size)
	r.shade.Resize(size)
	layoutRing(r.ring, size)
	if r.press.inverse {
		r.ring.Move(fyne.NewSquareOffsetPos(ringWidth * 2))
		r.ring.Resize(size.SubtractWidthHeight(ringWidth*4, ringWidth*4))
	}
}

func (r *pressRenderer) paint() {
	p := r.press
	r.shade.FillColor = theme.Color(theme.ColorNameHover)
	r.shade.CornerRadius = Dp(p.radius)
	r.shade.Hidden = !p.hovered || p.disabled
	paintRing(r.ring, p.radius, p.focused && !p.disabled)
	if p.inverse {
		r.ring.StrokeColor = theme.Color(ColorOnPrimary)
		r.ring.CornerRadius = max(0, Dp(p.radius)-ringWidth*2)
	}
}

func (r *pressRenderer) Refresh() {
	r.paint()
	r.shade.Refresh()
	r.ring.Refresh()
}

func (r *pressRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.press.content, r.shade, r.ring}
}
func (r *pressRenderer) Destroy() {}

// ringWidth is the width of the focus border. Fyne draws a stroke half outside
// of the edge, so the ring is laid out half a stroke inside.
const ringWidth = 2

func newRing() *canvas.Rectangle { return &canvas.Rectangle{StrokeWidth: ringWidth} }

func layoutRing(ring *canvas.Rectangle, size fyne.Size) {
	ring.Move(fyne.NewPos(ringWidth/2, ringWidth/2))
	ring.Resize(size.SubtractWidthHeight(ringWidth, ringWidth).Max(fyne.Size{}))
}

// squareRing is the focus border of a list or of one of its rows. It is four
// rectangles, because the outer half of a stroke would be cut off at the list's
// edge.
type squareRing [4]*canvas.Rectangle

func newSquareRing() squareRing {
	return squareRing{{}, {}, {}, {}}
}

func (r squareRing) layout(size fyne.Size) {
	Place(r[0], 0, 0, size.Width, ringWidth)
	Place(r[1], 0, size.Height-ringWidth, size.Width, ringWidth)
	Place(r[2], 0, 0, ringWidth, size.Height)
	Place(r[3], size.Width-ringWidth, 0, ringWidth, size.Height)
}

func (r squareRing) paint(shown bool) {
	for _, side := range r {
		side.FillColor = theme.Color(ColorPrimary)
		side.Hidden = !shown
		side.Refresh()
	}
}

func (r squareRing) objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r[0], r[1], r[2], r[3]}
}

func paintRing(ring *canvas.Rectangle, radius float32, shown bool) {
	ring.StrokeColor = theme.Color(ColorPrimary)
	ring.CornerRadius = max(0, Dp(radius)-ringWidth/2)
	ring.Hidden = !shown
}
