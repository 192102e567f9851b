package kit

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
)

// Colours, named by meaning. Petrol: selected, or can be pressed. Green: fine.
// Amber: needs a look, but not now. Red: broken. Brass: the bell icon; never
// text.
const (
	ColorPage      = theme.ColorNameBackground
	ColorSurface   = theme.ColorNameInputBackground // cards, lists, panes, inputs
	ColorOverlay   = theme.ColorNameOverlayBackground
	ColorSunken    = theme.ColorNameHeaderBackground // list headers, group rows, raw data
	ColorBorder    = theme.ColorNameSeparator
	ColorInput     = theme.ColorNameInputBorder // borders of inputs, dots of a timeline
	ColorText      = theme.ColorNameForeground
	ColorHint      = theme.ColorNamePlaceHolder
	ColorDisabled  = theme.ColorNameDisabled
	ColorButton    = theme.ColorNameButton
	ColorPrimary   = theme.ColorNamePrimary
	ColorOnPrimary = theme.ColorNameForegroundOnPrimary
	ColorTint      = theme.ColorNameSelection // selected row, page or filter
	ColorOk        = theme.ColorNameSuccess
	ColorWarn      = theme.ColorNameWarning
	ColorErr       = theme.ColorNameError

	ColorNav      fyne.ThemeColorName = "rentbell.nav"
	ColorText2    fyne.ThemeColorName = "rentbell.text2" // captions, labels, resting icons
	ColorBar      fyne.ThemeColorName = "rentbell.bar"
	ColorBarMuted fyne.ThemeColorName = "rentbell.barmuted"
	ColorOkTint   fyne.ThemeColorName = "rentbell.oktint"
	ColorWarnTint fyne.ThemeColorName = "rentbell.warntint"
	ColorErrTint  fyne.ThemeColorName = "rentbell.errtint"
	ColorBrass    fyne.ThemeColorName = "rentbell.brass"
	ColorNew      fyne.ThemeColorName = "rentbell.newtint" // a row that has just arrived
	ColorChip     fyne.ThemeColorName = "rentbell.chip"    // neutral chips and tiles, track of a progress bar
	ColorLive     fyne.ThemeColorName = "rentbell.live"    // the dot of "Listening"
	ColorScrim    fyne.ThemeColorName = "rentbell.scrim"   // behind dialogs
)

// shade is one colour in light and in dark appearance.
type shade struct{ light, dark color.NRGBA }

// palette is the colour table of the design. The translucent colours are those
// that Fyne blends over a button's own. It must not be written to.
var palette = map[fyne.ThemeColorName]shade{
	ColorPage:                          hex(0xF6F6F2, 0x12171A),
	ColorNav:                           hex(0xEDEEE8, 0x0E1315),
	ColorSurface:                       hex(0xFFFFFF, 0x1A2125),
	ColorOverlay:                       hex(0xFFFFFF, 0x20292E),
	theme.ColorNameMenuBackground:      hex(0xFFFFFF, 0x20292E),
	ColorSunken:                        hex(0xF8F8F5, 0x161C20),
	ColorBorder:                        hex(0xE1E2DB, 0x2B353A),
	ColorInput:                         hex(0x868F94, 0x6C7A82),
	ColorText:                          hex(0x1C2428, 0xE6EBED),
	ColorText2:                         hex(0x555F65, 0xA3AFB5),
	ColorHint:                          hex(0x667077, 0x93A0A7),
	ColorDisabled:                      hex(0x9AA2A6, 0x5E6A70),
	ColorButton:                        hex(0xE3E6E1, 0x2A343A),
	theme.ColorNameDisabledButton:      hex(0xE3E6E1, 0x2A343A),
	ColorPrimary:                       hex(0x1B5B70, 0x7CC1D6),
	theme.ColorNameHyperlink:           hex(0x1B5B70, 0x7CC1D6),
	ColorOnPrimary:                     hex(0xFFFFFF, 0x0A2129),
	ColorTint:                          hex(0xE2EEF2, 0x1D3742),
	ColorBar:                           hex(0x1B5B70, 0x5FABC3),
	ColorBarMuted:                      hex(0x6D9BAC, 0x4C7687),
	ColorOk:                            hex(0x1E7443, 0x74CC95),
	ColorOkTint:                        hex(0xE2F2E8, 0x193527),
	ColorWarn:                          hex(0x865700, 0xE8BC66),
	ColorWarnTint:                      hex(0xFBF0D6, 0x382C14),
	ColorErr:                           hex(0xB0302A, 0xF49289),
	ColorErrTint:                       hex(0xFBE7E4, 0x3F2220),
	ColorBrass:                         hex(0xB07A1E, 0xDDA848),
	ColorNew:                           hex(0xFDF6E4, 0x272415),
	ColorChip:                          hex(0xECEEEA, 0x283237),
	ColorLive:                          hex(0x2C8F57, 0x5CC487),
	theme.ColorNameForegroundOnError:   hex(0xFFFFFF, 0x12171A),
	theme.ColorNameForegroundOnSuccess: hex(0xFFFFFF, 0x12171A),
	theme.ColorNameForegroundOnWarning: hex(0xFFFFFF, 0x12171A),
	ColorScrim:                         translucent(0x1C2428, 0x59, 0x000000, 0x80),
	theme.ColorNameShadow:              translucent(0x1C2428, 0x1A, 0x000000, 0x66), // lighter than the scrim: Fyne draws it at the edge of a scroll
	theme.ColorNameHover:               translucent(0x000000, 0x0F, 0xFFFFFF, 0x14),
	theme.ColorNamePressed:             translucent(0x000000, 0x1F, 0xFFFFFF, 0x24),
	theme.ColorNameFocus:               translucent(0x1B5B70, 0x40, 0x7CC1D6, 0x40),
	theme.ColorNameScrollBar:           translucent(0x1C2428, 0x48, 0xE6EBED, 0x48),
	theme.ColorNameScrollBarBackground: translucent(
		0x1C2428, 0x08, 0xE6EBED, 0x08),
}

func hex(light, dark uint32) shade { return translucent(light, 0xFF, dark, 0xFF) }

func translucent(light uint32, lightAlpha uint8, dark uint32, darkAlpha uint8) shade {
	return shade{rgba(light, lightAlpha), rgba(dark, darkAlpha)}
}

func rgba(rgb uint32, alpha uint8) color.NRGBA {
	return color.NRGBA{R: uint8(rgb >> 16), G: uint8(rgb >> 8), B: uint8(rgb), A: alpha}
}
