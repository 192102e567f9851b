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

// Entry is Fyne's entry with a border that is exactly one pixel wide.
type Entry struct {
	widget.Entry
	OnLeave func() // called when the entry loses the focus; may be nil

	border *Box
	search bool // Esc clears the text
	lost   bool // it had the focus when it was disabled
}

// NewEntry returns an entry of one line and the object to put into a layout.
// hint is shown while it is empty; onChanged gets the text after every change
// and may be nil.
func NewEntry(hint string, onChanged func(string)) (*Entry, fyne.CanvasObject) {
	e := &Entry{}
	return e, e.finish(hint, onChanged, 4)
}

// NewSecretEntry is NewEntry for a secret: it shows dots, and an eye to reveal
// the text.
func NewSecretEntry(hint string, onChanged func(string)) (*Entry, fyne.CanvasObject) {
	e := &Entry{}
	e.Password = true
	return e, e.finish(hint, onChanged, 4)
}

// NewSearch is NewEntry for a list's filter: it has a search icon, and Esc
// clears it.
func NewSearch(hint string, onChanged func(string)) (*Entry, fyne.CanvasObject) {
	e := &Entry{search: true}
	entry := e.finish(hint, onChanged, 29)
	return e, container.NewStack(entry, Inset(0, 0, 0, 12, HStack(0, NewIcon(assets.Search, ColorText2, 16))))
}

// finish sets up the entry and returns the object to put into a layout; left is
// the room before the text. NewThemeOverride makes the entry's renderer, so
// every field that decides about its parts has to be set before.
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

// FocusLost draws the ordinary border again and calls OnLeave.
func (e *Entry) FocusLost() {
	e.border.Stroke = 0
	e.border.Paint(ColorSurface, e.resting())
	e.Entry.FocusLost()
	if e.OnLeave != nil {
		e.OnLeave()
	}
}

// Enable makes e usable again and returns the focus that Disable took.
func (e *Entry) Enable() {
	e.Entry.Enable()
	e.border.Paint(ColorSurface, e.resting())
	if e.lost {
		e.lost = false
		refocus(e)
	}
}

// Disable greys e out and takes the focus from it. Enable returns the focus.
func (e *Entry) Disable() {
	e.Entry.Disable()
	e.border.Paint(ColorSurface, e.resting())
	e.lost = unfocus(e) || e.lost
}

// SelectedText returns the selected text and whether there is any. Its
// signature differs from that of Fyne's entry on purpose: Fyne focuses a
// disabled entry on a press if it has Fyne's SelectedText, and the window's
// shortcuts then stop working.
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

// TypedKey passes Esc and F1 to the window. In a search entry Esc clears the
// text first, and the keys that move within the filtered list go to the window
// as well. Enter goes to the window unless the entry has its own OnSubmitted.
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

// TypedShortcut passes the window's own shortcuts to the window. Fyne gives
// every shortcut to the focused entry only.
func (e *Entry) TypedShortcut(s fyne.Shortcut) {
	if window, ok := canvasOf(e).(fyne.Shortcutable); ok && isWindows(s) {
		window.TypedShortcut(s)
		return
	}
	e.Entry.TypedShortcut(s)
}

// isWindows reports whether a shortcut is for the window: Ctrl and Tab or a single
// character. Fyne has types of its own for those that an entry uses with a
// single character, such as copy, undo and select all.
func isWindows(s fyne.Shortcut) bool {
	custom, ok := s.(*desktop.CustomShortcut)
	return ok && (len(custom.KeyName) == 1 || custom.KeyName == fyne.KeyTab)
}

// newMask covers the border of Fyne's entry, which is blurred because it is
// half a pixel off. Ours is drawn around it. Setting Fyne's border to zero does
// not work, because the cursor has the same width. The mask is four rectangles
// and not a stroke: OpenGL blends a stroke's inner edge with the fill, and a
// transparent fill counts as black, which would leave a grey line.
func newMask() fyne.CanvasObject {
	var sides [4]fyne.CanvasObject
	for i := range sides {
		sides[i] = NewBox(ColorSurface, "", 0)
	}
	return &fyne.Container{Layout: frameLayout{}, Objects: sides[:]}
}

// frameLayout places four objects along the edges, one pixel outside. It leaves
// out the corners, where our border is round.
type frameLayout struct{}

const maskWidth = 3

func (frameLayout) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.Size{} }

func (frameLayout) Layout(sides []fyne.CanvasObject, size fyne.Size) {
	far := 1 - float32(maskWidth)
	Place(sides[0], 1, -1, size.Width-2, maskWidth)
	Place(sides[1], 1, size.Height+far, size.Width-2, maskWidth)
	Place(sides[2], -1, 0, maskWidth, size.Height)
	Place(sides[3], size.Width+far, 0, maskWidth, size.Height)
}

// bareTheme is the app's theme with less padding inside an entry. The width of
// our border makes up for it.
type bareTheme struct{}

// under returns the app's theme. theme.Current would return the bareTheme
// itself.
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
