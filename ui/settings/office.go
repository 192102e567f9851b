package settings

import (
	"strconv"

	"fyne.io/fyne/v2"

	"rentbell/assets"
	"rentbell/core"
	"rentbell/ui/explain"
	"rentbell/ui/frame"
	"rentbell/ui/kit"
	"rentbell/ui/words"
)

// atDesk reports whether events come from the receiver of an office.
func atDesk(p State) bool { return p.Status.Kind == core.KindOffice }

// officeOf is how following the office goes; frame.OfficeNone where none is followed.
func (w *tasks) officeOf(p State) frame.OfficeState {
	if !atDesk(p) {
		return frame.OfficeNone
	}
	return frame.OfficeStateOf(p.Status.Office, w.Now())
}

// joined reports whether this computer is, or was, a desk.
func (w *tasks) joined(p State) bool { return w.officeOf(p) != frame.OfficeNone }

// member reports whether it is one.
func (w *tasks) member(p State) bool { return w.joined(p) && w.officeOf(p) != frame.OfficeRemoved }

// newThroughCard makes the card that stands, at a desk, in place of all about keys and
// addresses.
func newThroughCard(w *tasks) *card {
	c := newCard(w)
	c.titled(words.Say("Through the office"),
		kit.NewProse(words.Say("Another computer has the address and AppFolio's keys. This desk follows it."), kit.Body),
		kit.HStack(0, kit.NewButton(words.Say("Open Office"), assets.Desk, func() { c.view.Open(OfficeTab) })))
	c.only(atDesk, c.object)
	return c
}

// newDeskCard makes the card that says how following the office goes.
func newDeskCard(w *tasks) *card {
	c := newCard(w)
	tile, title, text := kit.NewLargeTile(kit.Neutral, assets.Info), kit.NewProse("", kit.Title), kit.NewProse("", kit.Muted)
	c.row(func(p State) {
		s := c.describeDesk(p)
		tile.Set(s.family, s.icon)
		title.Set(s.title)
		text.Set(s.text)
	})
	head := kit.Inset(14, kit.CardPad, 14, kit.CardPad, kit.Lead(14, tile, kit.VStack(2, title, text)))
	office := func(of func(core.OfficeStatus) string) fyne.CanvasObject {
		return c.text(kit.Body, func(p State) string { return of(p.Status.Office) })
	}
	facts := kit.VStack(9,
		dataRow(words.Say("Last heard"), office(func(o core.OfficeStatus) string {
			if o.Heard.IsZero() {
				return words.Say("Not since Rentbell was started")
			}
			return words.Capital(c.at(o.Heard))
		})),
		dataRow(words.Say("Following"), office(frame.ReceiverOf)),
		dataRow(words.Say("This desk"), office(func(o core.OfficeStatus) string { return o.Name })),
		dataRow(words.Say("Records"), c.text(kit.Body, recordsWords)))
	c.object = kit.NewBareCard(kit.VStack(0, head, kit.NewRule(), kit.Inset(14, kit.CardPad, kit.CardPad, kit.CardPad, facts)))
	c.only(c.joined, c.object)
	return c
}

// deskWords is the head of the desk's card.
type deskWords struct {
	family      kit.Family
	icon        fyne.Resource
	title, text string
}

func (c *card) describeDesk(p State) deskWords {
	o, state := p.Status.Office, c.officeOf(p)
	if o.Problem != nil && state != frame.OfficeConnecting {
		why, family, icon := words.Tongue.Error(o.Problem), kit.Bad, assets.Rejected
		if state == frame.OfficeQuiet {
			family, icon = kit.Warn, assets.Clock
		}
		return deskWords{family, icon, why.Title, why.Text()}
	}
	switch state {
	case frame.OfficeConnecting:
		return deskWords{kit.Warn, assets.Clock, words.Say("Connecting"), words.Say("Usually takes a few seconds")}
	case frame.OfficeQuiet:
		return deskWords{kit.Warn, assets.Clock, words.Say("The office is silent"), words.Say("This desk tries again by itself.")}
	case frame.OfficeCatching:
		if o.Loading || o.Behind == 0 {
			return deskWords{kit.Petrol, assets.ArrowDown, words.Say("Catching up"), words.Say("Everything that the office has is fetched.")}
		}
		n := int(o.Behind)
		return deskWords{kit.Petrol, assets.ArrowDown, words.Say("Catching up %s", explain.Number(n)), words.Say("They come by themselves.")}
	}
	if o.ReadOnly {
		why := words.Tongue.Error(core.ErrDeskTooOld)
		return deskWords{kit.Warn, assets.Alert, why.Title, why.Text()}
	}
	return deskWords{kit.Good, assets.Verified, words.Say("Office: up to date"), words.Say("This desk has every event the receiver has.")}
}

// officeCause is the part of a desk's state whose change needs a new health check.
func officeCause(o core.OfficeStatus) string {
	return strconv.FormatBool(o.Following) + strconv.FormatBool(o.ReadOnly) + words.Tongue.Error(o.Problem).Title
}

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

// newSilenceCard makes the card that says what happens while the office is out of reach.
func newSilenceCard(w *tasks) *card {
	c := newCard(w)
	c.titled(words.Say("When the office cannot be reached"), kit.VStack(4,
		kit.NewProse(words.Say("Nothing is lost. The other computer keeps receiving, and this desk catches up."), kit.Body),
		kit.NewProse(words.Say("What is here can be read and searched meanwhile."), kit.Caption)))
	c.only(c.member, c.object)
	return c
}

// newLeaveCard makes the card that ends following.
func newLeaveCard(w *tasks) *card {
	c := newCard(w)
	var leave *kit.Button
	leave = kit.NewButton(words.Say("Leave the office"), nil, func() {
		c.ask(frame.Question{
			Title: words.Say("Leave the office?"),
			Text:  words.Say("What is here stays and can be read. Nothing new arrives until you join again with a new code."),
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

// newStaysCard makes the card that says what each desk has for itself.
func newStaysCard(w *tasks) *card {
	c := newCard(w)
	list := kit.VStack(9)
	for _, s := range []struct {
		icon fyne.Resource
		text string
	}{
		{assets.BellOutline, words.Say("Bell, quiet hours and digest")},
		{assets.Eye, words.Say("What you have already looked at")},
		{assets.Moon, words.Say("Language and appearance")},
		{assets.Folder, words.Say("Window and export folder")},
	} {
		list.Add(markedLine(s.icon, kit.ColorText2, s.text))
	}
	c.titled(words.Say("Stays on this desk"), list,
		kit.NewProse(words.Say("Your API key, webhook secret and authtoken never leave the computer that receives."), kit.Caption))
	c.only(c.joined, c.object)
	return c
}

// markedLine is a line of text behind an icon.
func markedLine(icon fyne.Resource, ink fyne.ThemeColorName, text string) fyne.CanvasObject {
	return &fyne.Container{Layout: frame.MarkLayout{}, Objects: []fyne.CanvasObject{
		kit.NewIcon(icon, ink, 20), kit.VStack(0, kit.NewProse(text, kit.Body)),
	}}
}
