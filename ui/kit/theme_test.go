package kit

import (
	"image/color"
	"math"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/theme"
)

// TestContrast checks colour pairs by WCAG 2: at least 4.5 for text and 3 for
// graphics.
func TestContrast(t *testing.T) {
	const text, graphics = 4.5, 3.0
	pairs := []struct {
		ink, ground fyne.ThemeColorName
		least       float64
	}{
		{ColorText, ColorSurface, text},
		{ColorText, ColorPage, text},
		{ColorText, ColorButton, text},
		{ColorText, ColorTint, text},
		{ColorText, ColorNew, text},
		{ColorText2, ColorSurface, text},
		{ColorText2, ColorPage, text},
		{ColorText2, ColorNav, text},
		{ColorText2, ColorTint, text},
		{ColorText2, ColorNew, text},
		{ColorText2, ColorChip, text},
		{ColorText2, ColorSunken, text},
		{ColorHint, ColorSurface, text},
		{ColorPrimary, ColorSurface, text},
		{ColorPrimary, ColorTint, text},
		{ColorOnPrimary, ColorPrimary, text},
		{ColorOk, ColorOkTint, text},
		{ColorOk, ColorSurface, text},
		{ColorWarn, ColorWarnTint, text},
		{ColorWarn, ColorSurface, text},
		{ColorErr, ColorErrTint, text},
		{ColorErr, ColorSurface, text},
		{ColorInput, ColorSurface, graphics},
		{ColorBrass, ColorWarnTint, graphics},
		{ColorLive, ColorSurface, graphics},
		{ColorBar, ColorSurface, graphics},
		{ColorBarMuted, ColorSurface, graphics},
	}
	for name, appearance := range map[string]Appearance{"light": Light, "dark": Dark} {
		th := &Theme{Appearance: appearance}
		for _, p := range pairs {
			got := contrast(th.Color(p.ink, 0), th.Color(p.ground, 0))
			if got < p.least {
				t.Errorf("%s: %s on %s is %.2f to 1, want at least %.1f", name, p.ink, p.ground, got, p.least)
			}
		}
	}
}

func contrast(a, b color.Color) float64 {
	la, lb := luminance(a), luminance(b)
	return (max(la, lb) + 0.05) / (min(la, lb) + 0.05)
}

func luminance(c color.Color) float64 {
	r, g, b, _ := c.RGBA()
	return 0.2126*linear(r) + 0.7152*linear(g) + 0.0722*linear(b)
}

func linear(channel uint32) float64 {
	c := float64(channel) / 0xFFFF
	if c <= 0.03928 {
		return c / 12.92
	}
	return math.Pow((c+0.055)/1.055, 2.4)
}

func TestThemeFollowsTheSystemUnlessTold(t *testing.T) {
	system, dark := &Theme{}, &Theme{Appearance: Dark}
	if system.Color(ColorText, theme.VariantLight) == system.Color(ColorText, theme.VariantDark) {
		t.Error("the theme of the system looks the same by day and by night")
	}
	if dark.Color(ColorText, theme.VariantLight) != system.Color(ColorText, theme.VariantDark) {
		t.Error("a dark theme is not dark on a light system")
	}
}

func TestScaleGrowsTextAndLeavesGaps(t *testing.T) {
	plain, large := &Theme{}, &Theme{Scale: 1.3}
	for _, name := range []fyne.ThemeSizeName{
		theme.SizeNameText, theme.SizeNameCaptionText, theme.SizeNameHeadingText,
		theme.SizeNameSubHeadingText, SizeFigure, theme.SizeNameInlineIcon,
	} {
		if got, want := large.Size(name), plain.Size(name)*1.3; got != want {
			t.Errorf("%s is %v at 130 %%, want %v", name, got, want)
		}
	}
	for _, name := range []fyne.ThemeSizeName{theme.SizeNamePadding, theme.SizeNameInputRadius, theme.SizeNameSeparatorThickness} {
		if large.Size(name) != plain.Size(name) {
			t.Errorf("%s grows with the text", name)
		}
	}
}

func TestEveryColorOfFyneHasAnAnswer(t *testing.T) {
	test.NewTempApp(t)
	th := &Theme{Appearance: Light}
	for _, name := range []fyne.ThemeColorName{theme.ColorNameBackground, theme.ColorNameInnerWindowBorder, "no such colour"} {
		if th.Color(name, theme.VariantLight) == nil {
			t.Errorf("%s has no colour", name)
		}
	}
}
