package settings

import (
	"time"

	"fyne.io/fyne/v2/container"

	"rentbell/assets"
	"rentbell/core/office"
	"rentbell/ui/kit"
	"rentbell/ui/words"
)

// inviteCard makes codes by which desks join.
type inviteCard struct {
	*card
	code *kit.Text
	copy *kit.Button
	make *kit.Button
}

func newInviteCard(w *tasks) *inviteCard {
	c := &inviteCard{card: newCard(w), code: kit.NewText("", kit.Figure.Centered())}
	c.copy = kit.NewButton(words.Say("Copy"), assets.Copy, func() {
		w.Do.Copy(c.code.Text())
		c.copy.SetText(words.Say("Copied"))
		c.relayout()
	})
	c.make = kit.NewButton(words.Say("Make a code"), nil, func() { c.do(office.AskInvite) })
	stop := kit.NewQuiet(func() { c.do(office.AskStop) })
	stop.Set(words.Say("Stop"), kit.ColorText2)
	own := func(State) bool { return w.managing.own() && w.managing.left(c.Now()) > 0 }
	counts := func(State) bool { return w.managing.left(c.Now()) > 0 }
	box := container.NewStack(kit.NewBox(kit.ColorSunken, kit.ColorBorder, 8), kit.Sized(0, 64, container.NewCenter(c.code)))
	good := kit.Lead(6, kit.NewIcon(assets.Clock, kit.ColorText2, 16), c.text(kit.Caption, func(State) string {
		return words.Say("Good for %s, once.", span(w.managing.left(c.Now())))
	}))
	c.titled(words.Say("Add a desk"),
		kit.Inset(-4, 0, 0, 0, c.text(kit.Caption, c.words)), c.only(own, box), c.only(own, good),
		kit.Flow(8, c.only(own, c.copy), c.make, c.only(counts, stop)), c.trouble)
	c.row(func(State) { c.fill() })
	c.only(w.manages, c.object)
	return c
}

// words says what to do with the code, or why there is none.
func (c *inviteCard) words(State) string {
	m := &c.managing
	switch left := m.left(c.Now()); {
	case m.own() && left > 0:
		return words.Say("Type it on the other computer, in Settings, Office.")
	case left > 0:
		return words.Say("A code that was made elsewhere is good for %s. Another one ends it.", span(left))
	case m.code != "":
		return words.Say("The code is used up. Make another.")
	}
	return words.Say("A code lets one more computer of the office follow.")
}

func (c *inviteCard) fill() {
	if m := &c.managing; c.code.Text() != m.code {
		c.code.Set(m.code)
		c.copy.SetText(words.Say("Copy"))
	}
	verb := words.Say("Make another")
	if c.managing.code == "" {
		verb = words.Say("Make a code")
	}
	if c.make.AccessibilityLabel() != verb {
		c.make.SetText(verb)
	}
}

// do makes a code, or ends the one in force.
func (c *inviteCard) do(what string) {
	c.make.Disable()
	c.manage(office.Ask{Do: what}, func(err error) {
		c.make.Enable()
		if err == nil && what == office.AskStop {
			c.managing.code = ""
		}
		c.tell(err)
	})
}

// span is how long a code counts yet: "9 minutes", "40 seconds".
func span(d time.Duration) string {
	if d <= time.Minute {
		return words.Tongue.Count(int((d+time.Second-1)/time.Second), "second")
	}
	return words.Tongue.Count(int((d+time.Minute-1)/time.Minute), "minute")
}
