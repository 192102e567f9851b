package settings

import (
	"fyne.io/fyne/v2"

	"rentbell/ui/frame"
	"rentbell/ui/kit"
	"rentbell/ui/words"
)

// followCard is the card by which this computer joins an office.
type followCard struct {
	*card
	form *frame.JoinForm
}

func newFollowCard(w *tasks) *followCard {
	c := &followCard{card: newCard(w)}
	text := c.text(kit.Body, func(p State) string {
		if c.joined(p) {
			return words.Say("To come back, join again with a new code.")
		}
		return words.Say("One computer of the office receives, and this window shows the same events. It needs no AppFolio keys.")
	})
	c.form = frame.NewJoinForm(frame.JoinParts{Office: w.Office, Saver: w.Saver, Name: w.Host, Ask: w.ask, Resize: c.relayout})
	c.titled(words.Say("Follow another computer"), text, c.form.Object)
	c.only(func(p State) bool { return w.Office != nil && !c.member(p) }, c.object)
	return c
}

// see says whether the card's tab can be seen.
func (c *followCard) see(tab bool) {
	if tab && c.object.Visible() {
		c.form.Open()
	} else {
		c.form.Close()
	}
}

// newReceiveCard makes the card that says how a computer receives for an office.
func newReceiveCard(w *tasks) *card {
	c := newCard(w)
	c.titled(words.Say("Receive here"),
		kit.NewProse(words.Say("A window is a desk. What receives for the office is rentbelld, which needs no window:"), kit.Body),
		frame.NewReceiverGuide())
	c.only(not(c.joined), c.object)
	return c
}

// newLeaveCard makes the card that ends following.
func newLeaveCard(w *tasks) *card {
	c := newCard(w)
	var leave *kit.Button
	leave = kit.NewButton(words.Say("Leave the office"), nil, func() {
		text := words.Say("What is here stays and can be read. Nothing new arrives until you join again with a new code.")
		if c.member(c.page) && !c.page.Status.Office.Following {
			text += "\n\n" + words.Say("The office will list this desk until somebody removes it.")
		}
		c.ask(frame.Question{
			Title: words.Say("Leave the office?"),
			Text:  text,
			Verb:  words.Say("Cancel"), Answer: func() {},
			Other: words.Say("Leave the office"), OnOther: func() {
				leave.Disable()
				c.Saver.Do(w.Office.Leave, func(err error) {
					leave.Enable()
					c.tell(err)
				})
			},
		})
	})
	text := kit.VStack(0, kit.NewText(words.Say("Leave the office"), kit.Title).Tight(),
		kit.Inset(8, 0, 0, 0, kit.NewProse(words.Say("What is here stays and can be read. Nothing new arrives until you join again with a new code."), kit.Body)))
	beside := &fyne.Container{Layout: besideLayout{}, Objects: []fyne.CanvasObject{text, leave}}
	c.padded(kit.VStack(8, beside, c.trouble))
	c.only(func(p State) bool { return w.Office != nil && c.joined(p) && p.Override.Kind == "" }, c.object)
	return c
}
