package kit

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"rentbell/assets"
)

// Appearance chooses the light or the dark colours.
type Appearance int

// The appearances. System follows the operating system.
const (
	System Appearance = iota
	Light
	Dark
)

// Theme is Rentbell's fyne.Theme, with Fyne's own fonts. The zero value is
// ready to use. To change a field, set the theme on the app's Settings again.
type Theme struct {
	Appearance Appearance
	Scale      float32 // scale of text and all that holds text: 1, 1.15 or 1.3; 0 means 1
	Still      bool    // no animations
}

// Sizes that Fyne has no name for.
const (
	SizeFigure fyne.ThemeSizeName = "rentbell.figure" // amounts and counts, 28
	SizeScale  fyne.ThemeSizeName = "rentbell.scale"  // Scale itself; Dp reads it
	SizeStill  fyne.ThemeSizeName = "rentbell.still"  // 1 when Still is set
)

// Color returns a colour of the palette, or Fyne's where the palette has none.
func (t *Theme) Color(name fyne.ThemeColorName, variant fyne.ThemeVariant) color.Color {
	switch t.Appearance {
	case Light:
		variant = theme.VariantLight
	case Dark:
		variant = theme.VariantDark
	}
	pair, ours := palette[name]
	if !ours {
		return theme.DefaultTheme().Color(name, variant)
	}
	if variant == theme.VariantDark {
		return pair.dark
	}
	return pair.light
}

// Font returns Fyne's font.
func (t *Theme) Font(style fyne.TextStyle) fyne.Resource {
	return theme.DefaultTheme().Font(style)
}

// Icon returns our drawing for the icons that Fyne's widgets show, so that they
// match the rest. For all others it returns Fyne's.
func (t *Theme) Icon(name fyne.ThemeIconName) fyne.Resource {
	switch name {
	case theme.IconNameArrowDropDown:
		return theme.NewColoredResource(assets.ChevronDown, ColorText2)
	case theme.IconNameSearch:
		return theme.NewColoredResource(assets.Search, ColorText2)
	case theme.IconNameVisibilityOff: // an entry shows dots
		return theme.NewColoredResource(assets.Eye, ColorText2)
	case theme.IconNameVisibility:
		return theme.NewColoredResource(assets.Eye, ColorPrimary)
	case theme.IconNameCancel:
		return theme.NewThemedResource(assets.Close)
	}
	return theme.DefaultTheme().Icon(name)
}

// Size returns a size of the design, or Fyne's where the design has none. Text
// and icons grow with Scale; gaps and lines do not.
func (t *Theme) Size(name fyne.ThemeSizeName) float32 {
	scale := t.Scale
	if scale == 0 {
		scale = 1
	}
	switch name {
	case SizeScale:
		return scale
	case SizeStill:
		if t.Still {
			return 1
		}
		return 0
	case SizeFigure:
		return 28 * scale
	case theme.SizeNameHeadingText:
		return 22 * scale
	case theme.SizeNameSubHeadingText:
		return 16 * scale
	case theme.SizeNameText:
		return 14 * scale
	case theme.SizeNameCaptionText:
		return 12 * scale
	case theme.SizeNameInlineIcon:
		return 20 * scale
	case theme.SizeNamePadding:
		return 4
	case theme.SizeNameInnerPadding:
		return 8
	case theme.SizeNameScrollBar:
		return 12
	case theme.SizeNameScrollBarSmall:
		return 5
	case theme.SizeNameInputRadius, theme.SizeNameSelectionRadius, theme.SizeNameButtonRadius,
		theme.SizeNameMenuRadius, theme.SizeNamePopupRadius:
		return 6
	case theme.SizeNameCardRadius, theme.SizeNameDialogRadius:
		return CardRadius
	case theme.SizeNameModalBlurRadius:
		return 0 // the scrim has no blur
	}
	return theme.DefaultTheme().Size(name)
}
