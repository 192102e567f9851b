package ui

import (
	"fyne.io/fyne/v2"

	"rentbell/core"
	"rentbell/ui/frame"
	"rentbell/ui/kit"
	"rentbell/ui/settings"
)

// themeOf returns the theme for the settings.
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

// applyLook applies the settings' look to the window if it has changed. Fyne
// then refreshes every object in it.
func (u *UI) applyLook() {
	look := u.bell.Settings().Look
	if look == u.look {
		return
	}
	u.look = look
	u.app.Settings().SetTheme(themeOf(look))
}

// Login registers Rentbell to start when the user signs in. Its methods access
// the disk.
type Login = settings.Login

// Office makes this computer a desk of an office, ends that, and manages the office. Its
// methods use disk and network.
type Office = settings.Office

// Keys of the preferences with the window's size.
const (
	keptWidth  = "window width"
	keptHeight = "window height"
)

// mostWidth and mostHeight limit the stored size, because another program may
// have written the preferences.
const (
	mostWidth  = 3840
	mostHeight = 2160
)

// keptSize returns the window's last size, limited to what is usable.
func keptSize(p fyne.Preferences) fyne.Size {
	width, height := p.FloatWithFallback(keptWidth, firstWidth), p.FloatWithFallback(keptHeight, firstHeight)
	return fyne.NewSize(
		float32(min(max(width, frame.LeastWidth), mostWidth)),
		float32(min(max(height, frame.LeastHeight), mostHeight)),
	)
}

// keepSize stores the window's size if the window is visible and not
// full-screen.
func (u *UI) keepSize() {
	if u.hidden || u.window.FullScreen() {
		return
	}
	size := u.window.Canvas().Size()
	u.app.Preferences().SetFloat(keptWidth, float64(size.Width))
	u.app.Preferences().SetFloat(keptHeight, float64(size.Height))
}
