package settings

import (
	"errors"
	"testing"

	"fyne.io/fyne/v2/test"

	"rentbell/core"
	"rentbell/ui/kit"
	"rentbell/ui/uitest"
)

// openAppearance is a desk in front of its Appearance tab.
func openAppearance(t *testing.T) (*desk, *card) {
	t.Helper()
	d := openDesk(t, nil)
	d.Open(AppearanceTab)
	d.work.All(t)
	return d, d.titled(t, "Look")
}

// worn is the look that a card shows.
func worn(t *testing.T, c *card) core.Look {
	t.Helper()
	chips := all[*kit.Filters](c.object, "")
	return core.Look{
		Appearance: []core.Appearance{core.AppearanceSystem, core.AppearanceLight, core.AppearanceDark}[chips[0].Selected()],
		TextSize:   core.TextSizes[chips[1].Selected()],
		Still:      find[*kit.Switch](t, c.object, "Less motion").On(),
	}
}

func TestLookThatCannotBeSavedGoesBack(t *testing.T) {
	d, card := openAppearance(t)
	if err := d.db.Close(); err != nil {
		t.Fatal(err)
	}
	uitest.TapText(t, d.window, "Dark")
	uitest.TapText(t, d.window, "130%")
	test.Tap(find[*kit.Switch](t, card.object, "Less motion"))
	d.work.All(t)
	if worn(t, card) != core.DefaultSettings().Look {
		t.Error("the choices do not go back to what is saved")
	}
	if d.bell.Settings().Look != core.DefaultSettings().Look {
		t.Error("it is worn all the same")
	}
	if !card.trouble.Visible() {
		t.Error("nobody says why")
	}
}

func TestSwitchShowsAndTellsWhatStartsAtSignIn(t *testing.T) {
	d, _ := openAppearance(t)
	card := d.login
	if card.toggle.On() || !card.object.Visible() {
		t.Error("the switch is on at first, or not there")
	}
	for _, want := range []bool{true, false} {
		test.Tap(card.toggle)
		d.work.All(t)
		if d.signIn.on != want || card.toggle.On() != want {
			t.Errorf("the system has %v, the switch shows %v, want %v", d.signIn.on, card.toggle.On(), want)
		}
	}
	d.signIn.on = true // elsewhere
	d.Open(AppearanceTab)
	d.work.All(t)
	if !card.toggle.On() {
		t.Error("the switch does not show what has been changed elsewhere")
	}
}

func TestSwitchGoesBackWhenTheSystemRefuses(t *testing.T) {
	d, _ := openAppearance(t)
	card := d.login
	d.signIn.err = errors.New("open /home/morgan/.config/autostart: 4f2a")
	test.Tap(card.toggle)
	d.work.All(t)
	if card.toggle.On() || !card.trouble.Visible() {
		t.Error("the switch stays on, or nobody says why")
	}
	d.signIn.err = nil
	test.Tap(card.toggle)
	d.work.All(t)
	if !card.toggle.On() || card.trouble.Visible() {
		t.Error("once it works, the switch is off or the trouble still told")
	}
}

func TestWhereNothingStartsAtSignInThereIsNoSwitch(t *testing.T) {
	d := openDesk(t, nil)
	cfg := d.config
	cfg.Login = nil
	v := New(cfg)
	v.Open(AppearanceTab)
	d.work.All(t)
	if v.login.object.Visible() {
		t.Error("there is a switch")
	}
}

func TestTheCardShowsTheLookThatIsSaved(t *testing.T) {
	d, card := openAppearance(t)
	uitest.TapText(t, d.window, "115%")
	test.Tap(find[*kit.Switch](t, card.object, "Less motion"))
	d.work.All(t)
	if want := (core.Look{Appearance: core.AppearanceSystem, TextSize: 115, Still: true}); worn(t, card) != want || card.trouble.Visible() {
		t.Error("the card does not show what is saved")
	}
}
