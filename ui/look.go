package ui

import (
	"fyne.io/fyne/v2"

	"rentbell/core"
	"rentbell/ui/frame"
	"rentbell/ui/kit"
	"rentbell/ui/settings"
)

// themeOf is the theme that looks as the settings say.
func themeOf(l core.Look) *kit.Theme {
	th := &kit.Theme{Still: l.Still, Scale: float32(l.TextSize) / 100}
	switch l.Appearance {
	case core.AppearanceLight:
		th.Appearance = kit.Light
	case core.AppearanceDark:
		th.Appearance = kit.Dark
	}
	return th
}

// applyLook makes the window look as the settings say, if it does not already.
// Fyne tells every object in it of the new theme.
func (u *UI) applyLook() {
	look := u.bell.Settings().Look
	if look == u.look {
		return
	}
	u.look = look
	u.app.Settings().SetTheme(themeOf(look))
}

// Login has the system start Rentbell when its user signs in. Its methods touch
// the disk.
type Login = settings.Login

// The window's size, among what the window may forget.
const (
	keptWidth  = "window width"
	keptHeight = "window height"
)

// mostWidth and mostHeight are more than a window needs: what is kept may have
// been written by anybody.
const (
	mostWidth  = 3840
	mostHeight = 2160
)

// keptSize is the size the window had last, within what it may have.
func keptSize(p fyne.Preferences) fyne.Size {
	width, height := p.FloatWithFallback(keptWidth, firstWidth), p.FloatWithFallback(keptHeight, firstHeight)
	return fyne.NewSize(
		float32(min(max(width, frame.LeastWidth), mostWidth)),
		float32(min(max(height, frame.LeastHeight), mostHeight)),
	)
}

// keepSize remembers the window's size, while it is to be seen.
func (u *UI) keepSize() {
	if u.hidden || u.window.FullScreen() {
		return
	}
	size := u.window.Canvas().Size()
	u.app.Preferences().SetFloat(keptWidth, float64(size.Width))
	u.app.Preferences().SetFloat(keptHeight, float64(size.Height))
}
