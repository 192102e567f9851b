package settings

import (
	"context"
	"fmt"
	"slices"

	"rentbell/core"
	"rentbell/ui/frame"
	"rentbell/ui/kit"
	"rentbell/ui/words"
)

type appearance struct {
	is   core.Appearance
	name string
}

// appearances are those there are, as the chips show them.
func appearances() []appearance {
	return []appearance{
		{core.AppearanceSystem, words.Say("System")},
		{core.AppearanceLight, words.Say("Light")},
		{core.AppearanceDark, words.Say("Dark")},
	}
}

// lookCard chooses how the window looks.
type lookCard struct {
	form
	colors, size *kit.Filters
	still        *kit.Switch
}

func newLookCard(change changer, update func()) *lookCard {
	c := &lookCard{form: newForm(change, update)}
	all := appearances()
	var names, sizes []string
	for _, a := range all {
		names = append(names, a.name)
	}
	for _, percent := range core.TextSizes {
		sizes = append(sizes, fmt.Sprintf("%d%%", percent))
	}
	c.colors = kit.NewFilters(names, func(i int) { c.set(func(s *core.Settings) { s.Look.Appearance = all[i].is }) })
	c.size = kit.NewFilters(sizes, func(i int) { c.set(func(s *core.Settings) { s.Look.TextSize = core.TextSizes[i] }) })
	c.still = c.newSwitch(words.Say("Less motion"), func(s *core.Settings) *bool { return &s.Look.Still })
	c.rows = append(c.rows, func(s core.Settings) {
		color := slices.IndexFunc(all, func(a appearance) bool { return a.is == s.Look.Appearance })
		c.colors.Pick(max(0, color)) // the zero Look is the usual one
		c.size.Pick(max(0, slices.Index(core.TextSizes[:], s.Look.TextSize)))
	})
	motion := kit.Lead(4, kit.Inset(0, 0, 0, -4, c.still), kit.NewText(words.Say("What has just arrived does not fade."), kit.Caption).Tight())
	c.object = newTitledCard(words.Say("Look"),
		frame.Row(words.Say("Colors"), frame.Captioned(c.colors, words.Say("System is light or dark as your desktop is."))),
		frame.Row(words.Say("Text size"), frame.Captioned(c.size, words.Say("Everything that holds text grows with it."))),
		frame.Row(words.Say("Less motion"), motion),
		c.trouble,
	)
	return c
}

// loginActions is what the login card can ask for; without them nothing starts
// Rentbell at sign-in.
type loginActions struct {
	startsAtLogin func(done func(bool, error))
	startAtLogin  func(on bool, done func(error))
}

// loginCard chooses whether Rentbell starts when its user signs in. No setting
// says so: the system does, and is asked whenever somebody looks.
type loginCard struct {
	card
	do     loginActions
	toggle *kit.Switch
}

func newLoginCard(do loginActions, update func()) *loginCard {
	title := words.Say("Start Rentbell in the tray")
	c := &loginCard{card: newCard(update), do: do}
	c.toggle = kit.NewSwitch(title, false, c.set)
	text := kit.VStack(0,
		kit.NewText(title, kit.Strong).Tight(),
		kit.NewProse(words.Say("It listens, and opens no window."), kit.Caption),
	)
	c.object = newTitledCard(words.Say("When you sign in"), kit.Spread(12, text, c.toggle), c.trouble)
	frame.SetVisible(c.object, do.startsAtLogin != nil)
	return c
}

// look asks the system.
func (c *loginCard) look() {
	if c.do.startsAtLogin == nil {
		return
	}
	c.do.startsAtLogin(func(on bool, err error) {
		c.toggle.Set(on)
		c.tell(err)
	})
}

// set tells the system. If that fails the switch goes back.
func (c *loginCard) set(on bool) {
	c.do.startAtLogin(on, func(err error) {
		if err != nil {
			c.toggle.Set(!on)
		}
		c.tell(err)
	})
}

// Login has the system start Rentbell when its user signs in. Its methods touch
// the disk.
type Login interface {
	Enabled() (bool, error)
	Enable() error
	Disable() error
}

// startsAtLogin asks whether it does, after what was asked of it before.
func (w *tasks) startsAtLogin(done func(bool, error)) {
	var on bool
	w.Saver.Ask(func(context.Context) (err error) {
		on, err = w.Login.Enabled()
		return err
	}, func(err error) { done(on, err) })
}

func (w *tasks) startAtLogin(on bool, done func(error)) {
	w.Saver.Ask(func(context.Context) error {
		if on {
			return w.Login.Enable()
		}
		return w.Login.Disable()
	}, done)
}
