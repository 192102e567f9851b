package kit

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"rentbell/assets"
)

// Appearance is which column of the palette is shown.
type Appearance int

// The appearances. The zero value follows the system.
const (
	System Appearance = iota
	Light
	Dark
)

// Theme is Rentbell's fyne.Theme. Fonts are Fyne's own. The zero value is ready
// to use; set it again on the app's Settings to change a field.
type Theme struct {
	Appearance Appearance
	Scale      float32 // of text and all that holds it: 1, 1.15 or 1.3; 0 is 1
	Still      bool    // nothing moves or fades by itself
}

// Sizes Fyne has no name for.
const (
	SizeFigure fyne.ThemeSizeName = "rentbell.figure" // amounts and counts, 28
	SizeScale  fyne.ThemeSizeName = "rentbell.scale"  // the theme's Scale itself, see Dp
	SizeStill  fyne.ThemeSizeName = "rentbell.still"  // 1 when Still is set
)

// Color looks the name up in the palette. Names that are not in it are Fyne's.
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

// Font is Fyne's own.
func (t *Theme) Font(style fyne.TextStyle) fyne.Resource {
	return theme.DefaultTheme().Font(style)
}

// Icon is ours for the marks Fyne's widgets draw themselves, so that they match.
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

// Size is the design's where it has one. Text and icons grow with Scale, gaps
// and lines do not.
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
		return 0 // the scrim is flat
	}
	return theme.DefaultTheme().Size(name)
}
