package kit

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"rentbell/assets"
)

// Entry is Fyne's entry with a border of one sharp pixel.
type Entry struct {
	widget.Entry
	border *Box
}

// NewEntry makes an entry of one line, and the object to lay out. hint is shown
// while it is empty; onChanged gets the text after every keystroke and may be
// nil.
func NewEntry(hint string, onChanged func(string)) (*Entry, fyne.CanvasObject) {
	return newEntry(&Entry{}, hint, onChanged)
}

// NewSecretEntry is an entry that shows dots, with an eye to look at the text.
func NewSecretEntry(hint string, onChanged func(string)) (*Entry, fyne.CanvasObject) {
	e := &Entry{}
	e.Password = true
	return newEntry(e, hint, onChanged)
}

// NewSearch makes an entry to filter a list with.
func NewSearch(hint string, onChanged func(string)) (*Entry, fyne.CanvasObject) {
	e := &Entry{}
	e.Icon = Colored(assets.Search, ColorText2)
	return newEntry(e, hint, onChanged)
}

// newEntry finishes an entry. What decides which parts Fyne gives it has to be
// set before: the theme's override makes them.
func newEntry(e *Entry, hint string, onChanged func(string)) (*Entry, fyne.CanvasObject) {
	e.border = NewBox(ColorSurface, ColorInput, 6)
	e.PlaceHolder, e.OnChanged = hint, onChanged
	e.Wrapping = fyne.TextWrap(fyne.TextTruncateClip)
	e.ExtendBaseWidget(e)
	bare := container.NewThemeOverride(e, borderless{})
	return e, container.NewStack(e.border, Inset(1, 1, 1, 1, bare))
}

// FocusGained draws the border in the primary colour.
func (e *Entry) FocusGained() {
	e.border.Paint(ColorSurface, ColorPrimary)
	e.Entry.FocusGained()
}

// FocusLost draws the resting border.
func (e *Entry) FocusLost() {
	e.border.Paint(ColorSurface, e.resting())
	e.Entry.FocusLost()
}

// Enable makes it usable again.
func (e *Entry) Enable() {
	e.Entry.Enable()
	e.border.Paint(ColorSurface, e.resting())
}

// Disable greys it out.
func (e *Entry) Disable() {
	e.Entry.Disable()
	e.border.Paint(ColorSurface, e.resting())
}

func (e *Entry) resting() fyne.ThemeColorName {
	if e.Disabled() {
		return ColorBorder
	}
	return ColorInput
}

// TypedKey hands Esc to the window; a search entry is emptied by it first.
func (e *Entry) TypedKey(key *fyne.KeyEvent) {
	switch {
	case key.Name != fyne.KeyEscape:
		e.Entry.TypedKey(key)
	case e.Icon != nil && e.Text != "":
		e.SetText("")
	default:
		passOn(e, key)
	}
}

// borderless is the theme in use, in which the border Fyne's entry draws, half
// a pixel off, cannot be seen until it marks focus or an error: then it is the
// second pixel of ours. It cannot be zero, for the cursor is as wide.
type borderless struct{}

// under is asked of the settings: theme.Current would be borderless again.
func (borderless) under() fyne.Theme { return fyne.CurrentApp().Settings().Theme() }

func (b borderless) Color(n fyne.ThemeColorName, v fyne.ThemeVariant) color.Color {
	if n == ColorInput {
		n = ColorSurface
	}
	return b.under().Color(n, v)
}
func (b borderless) Font(s fyne.TextStyle) fyne.Resource     { return b.under().Font(s) }
func (b borderless) Icon(n fyne.ThemeIconName) fyne.Resource { return b.under().Icon(n) }

func (b borderless) Size(n fyne.ThemeSizeName) float32 {
	if n == theme.SizeNameInnerPadding {
		return b.under().Size(n) - 1 // the room our border takes
	}
	return b.under().Size(n)
}
