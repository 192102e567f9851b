package settings

import (
	"context"
	"fmt"

	"rentbell/core"
	"rentbell/ui/frame"
	"rentbell/ui/kit"
	"rentbell/ui/words"
)

// newLookCard makes the card that chooses how the window looks.
func newLookCard(w *tasks) *card {
	c := newCard(w)
	looks := []core.Appearance{core.AppearanceSystem, core.AppearanceLight, core.AppearanceDark}
	names := []string{words.Say("System"), words.Say("Light"), words.Say("Dark")}
	colors := newChips(c, looks, names, func(s *core.Settings) *core.Appearance { return &s.Look.Appearance })
	percents := named(core.TextSizes[:], func(size int) string { return fmt.Sprintf("%d%%", size) })
	size := newChips(c, core.TextSizes[:], percents, func(s *core.Settings) *int { return &s.Look.TextSize })
	still := toggle(c, newSwitch, words.Say("Less motion"), func(s *core.Settings) *bool { return &s.Look.Still })
	return c.titled(words.Say("Look"),
		frame.Row(words.Say("Colors"), frame.Captioned(colors, words.Say("System is light or dark as your desktop is."))),
		frame.Row(words.Say("Text size"), frame.Captioned(size, words.Say("Everything that holds text grows with it."))),
		frame.Row(words.Say("Less motion"),
			kit.Lead(4, kit.Inset(0, 0, 0, -4, still), kit.NewText(words.Say("What has just arrived does not fade."), kit.Caption).Tight())),
		c.trouble,
	)
}

// Login makes the system start Rentbell when the user signs in. Its methods use
// the disk.
type Login interface {
	Enabled() (bool, error)
	Enable() error
	Disable() error
}

// loginCard chooses whether Rentbell starts when the user signs in. The system
// keeps that, not the settings, so the card asks it each time its tab opens.
type loginCard struct {
	*card
	toggle *kit.Switch
}

func newLoginCard(w *tasks) *loginCard {
	title := words.Say("Start Rentbell in the tray")
	c := &loginCard{card: newCard(w)}
	c.toggle = newSwitch(title, c.turn)
	c.titled(words.Say("When you sign in"), kit.Spread(12, captioned(title, words.Say("It listens, and opens no window.")), c.toggle), c.trouble)
	frame.SetVisible(c.object, w.Login != nil)
	return c
}

// look shows what the system says.
func (c *loginCard) look() {
	if c.Login == nil {
		return
	}
	var on bool
	c.Saver.Ask(func(context.Context) (err error) {
		on, err = c.Login.Enabled()
		return err
	}, func(err error) {
		c.toggle.Set(on)
		c.tell(err)
	})
}

// turn tells the system. If that fails, the switch goes back.
func (c *loginCard) turn(on bool) {
	turn := c.Login.Disable
	if on {
		turn = c.Login.Enable
	}
	c.Saver.Ask(func(context.Context) error { return turn() }, func(err error) {
		if err != nil {
			c.toggle.Set(!on)
		}
		c.tell(err)
	})
}
