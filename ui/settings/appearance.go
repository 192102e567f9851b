package settings

import (
	"context"
	"fmt"

	"rentbell/core"
	"rentbell/ui/frame"
	"rentbell/ui/kit"
	"rentbell/ui/words"
)

func appearanceName(a core.Appearance) string {
	switch a {
	case core.AppearanceLight:
		return words.Say("Light")
	case core.AppearanceDark:
		return words.Say("Dark")
	}
	return words.Say("System")
}

// lookCard chooses how the window looks.
type lookCard struct {
	form
	colors, size *kit.Filters
	still        *kit.Switch
}

func newLookCard(w *tasks) *lookCard {
	c := &lookCard{form: newForm(w)}
	looks := []core.Appearance{core.AppearanceSystem, core.AppearanceLight, core.AppearanceDark}
	c.colors = newChips(&c.form, looks, appearanceName, func(s *core.Settings) *core.Appearance { return &s.Look.Appearance })
	percent := func(size int) string { return fmt.Sprintf("%d%%", size) }
	c.size = newChips(&c.form, core.TextSizes[:], percent, func(s *core.Settings) *int { return &s.Look.TextSize })
	c.still = c.newSwitch(words.Say("Less motion"), func(s *core.Settings) *bool { return &s.Look.Still })
	motion := kit.Lead(4, kit.Inset(0, 0, 0, -4, c.still), kit.NewText(words.Say("What has just arrived does not fade."), kit.Caption).Tight())
	c.object = newTitledCard(words.Say("Look"),
		frame.Row(words.Say("Colors"), frame.Captioned(c.colors, words.Say("System is light or dark as your desktop is."))),
		frame.Row(words.Say("Text size"), frame.Captioned(c.size, words.Say("Everything that holds text grows with it."))),
		frame.Row(words.Say("Less motion"), motion),
		c.trouble,
	)
	return c
}

// Login has the system start Rentbell when its user signs in. Its methods touch
// the disk.
type Login interface {
	Enabled() (bool, error)
	Enable() error
	Disable() error
}

// loginCard chooses whether Rentbell starts when its user signs in. No setting
// says so: the system does, and is asked whenever somebody looks.
type loginCard struct {
	card
	toggle *kit.Switch
}

func newLoginCard(w *tasks) *loginCard {
	title := words.Say("Start Rentbell in the tray")
	c := &loginCard{card: newCard(w)}
	c.toggle = kit.NewSwitch(title, false, c.set)
	text := kit.VStack(0,
		kit.NewText(title, kit.Strong).Tight(),
		kit.NewProse(words.Say("It listens, and opens no window."), kit.Caption),
	)
	c.object = newTitledCard(words.Say("When you sign in"), kit.Spread(12, text, c.toggle), c.trouble)
	frame.SetVisible(c.object, w.Login != nil)
	return c
}

// look asks the system.
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

// set tells the system. If that fails the switch goes back.
func (c *loginCard) set(on bool) {
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
