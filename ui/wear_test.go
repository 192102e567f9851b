package ui

import (
	"log/slog"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"rentbell/core"
	"rentbell/ui/frame"
	"rentbell/ui/kit"
	"rentbell/ui/settings"
	"rentbell/ui/uitest"
)

// signIn is a Login that records what it is asked to start, or fails.
type signIn struct {
	on  bool
	err error
}

func (s *signIn) Enabled() (bool, error) { return s.on, s.err }

func (s *signIn) Enable() error { return s.set(true) }

func (s *signIn) Disable() error { return s.set(false) }

func (s *signIn) set(on bool) error {
	if s.err == nil {
		s.on = on
	}
	return s.err
}

func (d settingsDesk) theme() kit.Theme { return *d.app.Settings().Theme().(*kit.Theme) }

func TestLookIsSavedAndWornAtOnce(t *testing.T) {
	d := openSettings(t, nil)
	d.settings.Open(settings.AppearanceTab)
	steps := []struct {
		press func()
		want  core.Look
		worn  kit.Theme
	}{
		{func() { uitest.TapText(t, d.window, "Dark") }, core.Look{Appearance: core.AppearanceDark, TextSize: 100}, kit.Theme{Appearance: kit.Dark, Scale: 1}},
		{func() { uitest.TapText(t, d.window, "130%") }, core.Look{Appearance: core.AppearanceDark, TextSize: 130}, kit.Theme{Appearance: kit.Dark, Scale: 1.3}},
		{func() { tapSwitch(t, d.settings.Page.Object, "Less motion") }, core.Look{Appearance: core.AppearanceDark, TextSize: 130, Still: true}, kit.Theme{Appearance: kit.Dark, Scale: 1.3, Still: true}},
		{func() { uitest.TapText(t, d.window, "System") }, core.Look{Appearance: core.AppearanceSystem, TextSize: 130, Still: true}, kit.Theme{Scale: 1.3, Still: true}},
		{func() { uitest.TapText(t, d.window, "115%") }, core.Look{Appearance: core.AppearanceSystem, TextSize: 115, Still: true}, kit.Theme{Scale: 1.15, Still: true}},
	}
	for _, step := range steps {
		step.press()
		d.work.All(t)
		if saved, err := d.db.Settings(); saved.Look != step.want || err != nil {
			t.Errorf("saved %+v, error %v; want %+v", saved.Look, err, step.want)
		}
		if got := d.theme(); got != step.worn {
			t.Errorf("wears %+v, want %+v", got, step.worn)
		}
	}
}

func TestTheLookIsWornFromTheStart(t *testing.T) {
	d := openSettings(t, nil)
	d.saver.Change(func(s *core.Settings) {
		s.Look = core.Look{Appearance: core.AppearanceDark, TextSize: 130, Still: true}
	}, nil)
	d.work.All(t)
	u := New(t.Context(), Config{App: d.app, Bell: d.bell, Now: nowThen, Log: slog.New(slog.DiscardHandler)})
	t.Cleanup(u.window.Close)
	if got, want := d.theme(), (kit.Theme{Appearance: kit.Dark, Scale: 1.3, Still: true}); got != want {
		t.Errorf("wears %+v, want %+v", got, want)
	}
}

func TestWindowSizeIsKeptWithinReason(t *testing.T) {
	prefs := test.NewTempApp(t).Preferences()
	if got := keptSize(prefs); got != fyne.NewSize(firstWidth, firstHeight) {
		t.Errorf("at first it is %v", got)
	}
	tests := []struct{ kept, want fyne.Size }{
		{fyne.NewSize(1300, 800), fyne.NewSize(1300, 800)},
		{fyne.NewSize(200, 100), fyne.NewSize(frame.LeastWidth, frame.LeastHeight)},
		{fyne.NewSize(-5, 1e9), fyne.NewSize(frame.LeastWidth, mostHeight)},
		{fyne.NewSize(1e9, 700), fyne.NewSize(mostWidth, 700)},
	}
	for _, tt := range tests {
		prefs.SetFloat(keptWidth, float64(tt.kept.Width))
		prefs.SetFloat(keptHeight, float64(tt.kept.Height))
		if got := keptSize(prefs); got != tt.want {
			t.Errorf("of %v comes %v, want %v", tt.kept, got, tt.want)
		}
	}
}

func TestWindowComesBackInItsSize(t *testing.T) {
	d := openSettings(t, nil)
	quits := 0
	again := func() *UI {
		u := newUI(Config{
			App: d.app, Bell: d.bell, Now: nowThen, Log: slog.New(slog.DiscardHandler), Quit: func() { quits++ },
		}, d.work.Post)
		t.Cleanup(u.window.Close)
		return u
	}
	d.window.Resize(fyne.NewSize(1234, 777))
	d.Hide()
	second := again()
	if got := second.window.Canvas().Size(); got != fyne.NewSize(1234, 777) {
		t.Errorf("after it was hidden, it comes back as %v", got)
	}
	second.Show()
	second.window.Resize(fyne.NewSize(1000, 650))
	second.quit()
	third := again()
	third.window.Resize(fyne.NewSize(950, 610))
	third.quit() // never shown, so nobody chose this size
	if got := again().window.Canvas().Size(); got != fyne.NewSize(1000, 650) || quits != 2 {
		t.Errorf("after Quit, it comes back as %v, having quit %d times", got, quits)
	}
}

// tapSwitch taps a switch by its label.
func tapSwitch(t *testing.T, in fyne.CanvasObject, name string) {
	t.Helper()
	uitest.Walk(in, func(o fyne.CanvasObject) {
		if s, ok := o.(*kit.Switch); ok && strings.HasPrefix(s.AccessibilityLabel(), name) {
			test.Tap(s)
		}
	})
}
