package kit

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"rentbell/assets"
)

// Entry is Fyne's entry with a border of one sharp pixel.
type Entry struct {
	widget.Entry
	OnLeave func() // after the focus has gone elsewhere; may be nil

	border *Box
	search bool // Esc empties it
	lost   bool // the focus, by being disabled
}

// NewEntry makes an entry of one line, and the object to lay out. hint is shown
// while it is empty; onChanged gets the text after every keystroke and may be
// nil.
func NewEntry(hint string, onChanged func(string)) (*Entry, fyne.CanvasObject) {
	e := &Entry{}
	return e, e.finish(hint, onChanged, 4)
}

// NewSecretEntry is an entry that shows dots, with an eye to look at the text.
func NewSecretEntry(hint string, onChanged func(string)) (*Entry, fyne.CanvasObject) {
	e := &Entry{}
	e.Password = true
	return e, e.finish(hint, onChanged, 4)
}

// NewSearch makes an entry to filter a list with.
func NewSearch(hint string, onChanged func(string)) (*Entry, fyne.CanvasObject) {
	e := &Entry{search: true}
	entry := e.finish(hint, onChanged, 29)
	return e, container.NewStack(entry, Inset(0, 0, 0, 12, HStack(0, NewIcon(assets.Search, ColorText2, 16))))
}

// finish makes the object to lay out, with room at the left of the text. What
// decides which parts Fyne gives an entry has to be set before: the theme's
// override makes them.
func (e *Entry) finish(hint string, onChanged func(string), left float32) *fyne.Container {
	e.border = NewBox(ColorSurface, ColorInput, 6)
	e.PlaceHolder, e.OnChanged = hint, onChanged
	e.Wrapping = fyne.TextWrap(fyne.TextTruncateClip)
	e.ExtendBaseWidget(e)
	bare := container.NewThemeOverride(e, bareTheme{})
	return container.NewStack(e.border, Inset(2, 3, 2, left, bare), Inset(3, 4, 3, left+1, newMask()))
}

// FocusGained draws the border in the primary colour.
func (e *Entry) FocusGained() {
	e.border.Stroke = ringWidth
	e.border.Paint(ColorSurface, ColorPrimary)
	e.Entry.FocusGained()
}

// FocusLost draws the resting border.
func (e *Entry) FocusLost() {
	e.border.Stroke = 0
	e.border.Paint(ColorSurface, e.resting())
	e.Entry.FocusLost()
	if e.OnLeave != nil {
		e.OnLeave()
	}
}

// Enable makes it usable again.
func (e *Entry) Enable() {
	e.Entry.Enable()
	e.border.Paint(ColorSurface, e.resting())
	if e.lost {
		e.lost = false
		giveBack(e)
	}
}

// Disable greys it out, and takes the focus away until it is usable again.
func (e *Entry) Disable() {
	e.Entry.Disable()
	e.border.Paint(ColorSurface, e.resting())
	e.lost = letGo(e) || e.lost
}

// SelectedText differs from that of Fyne's entry, so that Fyne takes this one for
// none whose text can be selected while it is disabled. It would give it the focus on
// a press, and then drop the window's shortcuts.
func (e *Entry) SelectedText() (text string, any bool) {
	text = e.Entry.SelectedText()
	return text, text != ""
}

func (e *Entry) resting() fyne.ThemeColorName {
	if e.Disabled() {
		return ColorBorder
	}
	return ColorInput
}

// TypedKey hands Esc and F1 to the window. A search entry is emptied by Esc
// first, and hands on the keys that move in the list it filters. Enter is the window's
// where nothing waits for it here.
func (e *Entry) TypedKey(key *fyne.KeyEvent) {
	switch key.Name {
	case fyne.KeyEscape:
		if e.search && e.Text != "" {
			e.SetText("")
			return
		}
		passOn(e, key)
	case fyne.KeyF1:
		passOn(e, key)
	case fyne.KeyUp, fyne.KeyDown, fyne.KeyPageUp, fyne.KeyPageDown, fyne.KeyReturn, fyne.KeyEnter:
		enter := key.Name == fyne.KeyReturn || key.Name == fyne.KeyEnter
		if e.search || enter && e.OnSubmitted == nil {
			passOn(e, key)
			return
		}
		e.Entry.TypedKey(key)
	default:
		e.Entry.TypedKey(key)
	}
}

// TypedShortcut keeps what an entry does with Ctrl and a key, such as to move
// by words, and hands the window its own, which Fyne would keep from it.
func (e *Entry) TypedShortcut(s fyne.Shortcut) {
	if window, ok := canvasOf(e).(fyne.Shortcutable); ok && isWindows(s) {
		window.TypedShortcut(s)
		return
	}
	e.Entry.TypedShortcut(s)
}

// isWindows reports whether a shortcut is none that entries know: Ctrl and a
// single character, other than those of the clipboard, of undo and of
// selecting all, which Fyne has types of their own for.
func isWindows(s fyne.Shortcut) bool {
	custom, ok := s.(*desktop.CustomShortcut)
	return ok && len(custom.KeyName) == 1
}

// newMask covers the border that Fyne's entry draws, half a pixel off: ours is
// drawn around it. A border of no width is no way out, the cursor is as wide. It
// is four lines, not a stroke: OpenGL smooths a stroke's inner edge into the fill,
// and none counts as black, which would leave a grey line.
func newMask() fyne.CanvasObject {
	var sides [4]fyne.CanvasObject
	for i := range sides {
		sides[i] = NewBox(ColorSurface, "", 0)
	}
	return &fyne.Container{Layout: frameLayout{}, Objects: sides[:]}
}

// frameLayout puts four objects along the edges, a pixel beyond them. It leaves
// the corners, where our border is round.
type frameLayout struct{}

const maskWidth = 3

func (frameLayout) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.Size{} }

func (frameLayout) Layout(sides []fyne.CanvasObject, size fyne.Size) {
	place := func(o fyne.CanvasObject, x, y, w, h float32) {
		o.Move(fyne.NewPos(x, y))
		o.Resize(fyne.NewSize(w, h))
	}
	far := 1 - float32(maskWidth)
	place(sides[0], 1, -1, size.Width-2, maskWidth)
	place(sides[1], 1, size.Height+far, size.Width-2, maskWidth)
	place(sides[2], -1, 0, maskWidth, size.Height)
	place(sides[3], size.Width+far, 0, maskWidth, size.Height)
}

// bareTheme is the theme in use with less room inside an entry, so that our
// border adds up to the same height.
type bareTheme struct{}

// under is asked of the settings: theme.Current would be the bareTheme again.
func (bareTheme) under() fyne.Theme { return fyne.CurrentApp().Settings().Theme() }

func (b bareTheme) Color(n fyne.ThemeColorName, v fyne.ThemeVariant) color.Color {
	if n == ColorInput {
		n = ColorSurface
	}
	return b.under().Color(n, v)
}
func (b bareTheme) Font(s fyne.TextStyle) fyne.Resource     { return b.under().Font(s) }
func (b bareTheme) Icon(n fyne.ThemeIconName) fyne.Resource { return b.under().Icon(n) }

func (b bareTheme) Size(n fyne.ThemeSizeName) float32 {
	if n == theme.SizeNameInnerPadding {
		return b.under().Size(n) - 2
	}
	return b.under().Size(n)
}
