package kit

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// Select is Fyne's select with the border of an Entry. Fyne draws only a
// background, which is hard to see on a white page.
type Select struct {
	widget.Select
	// Quiet draws the chosen option like a label: it stands for no choice. Refresh
	// s after a change.
	Quiet bool
	// Label is what a screen reader says before the chosen option. It may be empty.
	Label string
	// OnFocus is called when s gains the focus. It may be nil.
	OnFocus func()

	border *Box
}

// NewSelect returns a select with its first option chosen, and the object to
// put into a layout. onChanged is called when the user or SetSelected chooses
// an option; it may be nil.
func NewSelect(options []string, onChanged func(string)) (*Select, fyne.CanvasObject) {
	s := &Select{border: NewBox(ColorSurface, ColorInput, 6)}
	s.Options = options
	if len(options) > 0 {
		s.Selected = options[0]
	}
	s.OnChanged = onChanged
	s.ExtendBaseWidget(s)
	return s, container.NewStack(s.border, Inset(1, 1, 1, 3, container.NewThemeOverride(s, &selectTheme{of: s})))
}

// FocusGained draws the border in the primary colour.
func (s *Select) FocusGained() {
	s.border.Stroke = ringWidth
	s.border.Paint(ColorSurface, ColorPrimary)
	s.Select.FocusGained()
	if s.OnFocus != nil {
		s.OnFocus()
	}
}

// FocusLost draws the ordinary border again.
func (s *Select) FocusLost() {
	s.border.Stroke = 0
	s.rest()
	s.Select.FocusLost()
}

// TypedKey opens the list on Enter as well. It passes Esc and F1 to the window.
func (s *Select) TypedKey(key *fyne.KeyEvent) {
	switch key.Name {
	case fyne.KeyReturn, fyne.KeyEnter:
		s.Tapped(nil)
	case fyne.KeyEscape, fyne.KeyF1:
		passOn(s, key)
	default:
		s.Select.TypedKey(key)
	}
}

// Enable makes s usable again.
func (s *Select) Enable() {
	s.Select.Enable()
	s.rest()
}

// Disable greys s out and takes the focus from it.
func (s *Select) Disable() {
	s.Select.Disable()
	s.rest()
	unfocus(s)
}

func (s *Select) rest() {
	if s.Disabled() {
		s.border.Paint(ColorSunken, ColorBorder)
	} else {
		s.border.Paint(ColorSurface, ColorInput)
	}
}

// selectTheme is the app's theme with the background of a disabled entry, where
// Fyne would draw that of a disabled button, and the colour of a quiet Select.
type selectTheme struct {
	bareTheme
	of *Select
}

func (t *selectTheme) Color(n fyne.ThemeColorName, v fyne.ThemeVariant) color.Color {
	switch {
	case n == theme.ColorNameDisabledButton:
		n = ColorSunken
	case n == theme.ColorNameForeground && t.of.Quiet:
		n = ColorText2
	}
	return t.under().Color(n, v)
}

func (t *selectTheme) Size(n fyne.ThemeSizeName) float32 { return t.under().Size(n) }
