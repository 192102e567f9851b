package settings

import (
	"context"
	"fmt"
	"slices"

	"fyne.io/fyne/v2"

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
	object  *fyne.Container
	do      settingsActions
	colors  *kit.Filters
	size    *kit.Filters
	still   *kit.Switch
	trouble *kit.Prose
	shown   core.Look // as saved

	onLayout func()
}

func newLookCard(do settingsActions, onLayout func()) *lookCard {
	c := &lookCard{do: do, trouble: frame.NewTrouble(), onLayout: onLayout}
	all := appearances()
	var names, sizes []string
	for _, a := range all {
		names = append(names, a.name)
	}
	for _, percent := range core.TextSizes {
		sizes = append(sizes, fmt.Sprintf("%d%%", percent))
	}
	c.colors = kit.NewFilters(names, func(i int) { c.set(func(l *core.Look) { l.Appearance = all[i].is }) })
	c.size = kit.NewFilters(sizes, func(i int) { c.set(func(l *core.Look) { l.TextSize = core.TextSizes[i] }) })
	c.still = kit.NewSwitch(words.Say("Less motion"), false, func(on bool) { c.set(func(l *core.Look) { l.Still = on }) })
	motion := kit.Lead(4, kit.Inset(0, 0, 0, -4, c.still), kit.NewText(words.Say("What has just arrived does not fade."), kit.Caption).Tight())
	c.object = newTitledCard(words.Say("Look"),
		frame.Row(words.Say("Colors"), frame.Captioned(c.colors, words.Say("System is light or dark as your desktop is."))),
		frame.Row(words.Say("Text size"), frame.Captioned(c.size, words.Say("Everything that holds text grows with it."))),
		frame.Row(words.Say("Less motion"), motion),
		c.trouble,
	)
	return c
}

func (c *lookCard) show(p State) {
	c.shown = p.Settings.Look
	c.paint()
}

// paint puts the choices to what is saved.
func (c *lookCard) paint() {
	color := slices.IndexFunc(appearances(), func(a appearance) bool { return a.is == c.shown.Appearance })
	c.colors.Pick(max(0, color)) // the zero Look is the usual one
	c.size.Pick(max(0, slices.Index(core.TextSizes[:], c.shown.TextSize)))
	c.still.Set(c.shown.Still)
}

// set saves one choice. If that fails all goes back to what is saved.
func (c *lookCard) set(edit func(*core.Look)) {
	c.do.change(func(s *core.Settings) { edit(&s.Look) }, func(err error) {
		frame.Tell(c.trouble, err)
		if err != nil {
			c.paint()
		}
		c.onLayout()
	})
}

// loginCard chooses whether Rentbell starts when its user signs in. No setting
// says so: the system does, and is asked whenever somebody looks.
type loginCard struct {
	object  *fyne.Container
	do      settingsActions
	toggle  *kit.Switch
	trouble *kit.Prose

	onLayout func()
}

func newLoginCard(do settingsActions, onLayout func()) *loginCard {
	title := words.Say("Start Rentbell in the tray")
	c := &loginCard{do: do, trouble: frame.NewTrouble(), onLayout: onLayout}
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
		frame.Tell(c.trouble, err)
		c.onLayout()
	})
}

// set tells the system. If that fails the switch goes back.
func (c *loginCard) set(on bool) {
	c.do.startAtLogin(on, func(err error) {
		frame.Tell(c.trouble, err)
		if err != nil {
			c.toggle.Set(!on)
		}
		c.onLayout()
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
