package settings

import (
	"errors"
	"testing"

	"fyne.io/fyne/v2/test"

	"rentbell/core"
	"rentbell/ui/uitest"
)

// openAppearance is a desk in front of its Appearance tab.
func openAppearance(t *testing.T) (*desk, *lookCard) {
	t.Helper()
	d := openDesk(t, nil)
	d.Open(AppearanceTab)
	d.work.All(t)
	return d, partOf[*lookCard](t, d)
}

func TestLookThatCannotBeSavedGoesBack(t *testing.T) {
	d, card := openAppearance(t)
	if err := d.db.Close(); err != nil {
		t.Fatal(err)
	}
	uitest.TapText(t, d.window, "Dark")
	uitest.TapText(t, d.window, "130%")
	test.Tap(card.still)
	d.work.All(t)
	if card.colors.Selected() != 0 || card.size.Selected() != 0 || card.still.On() {
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
	test.Tap(card.still)
	d.work.All(t)
	if card.colors.Selected() != 0 || card.size.Selected() != 1 || !card.still.On() || card.trouble.Visible() {
		t.Error("the card does not show what is saved")
	}
}
