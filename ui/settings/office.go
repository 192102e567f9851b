package settings

import (
	"cmp"
	"strconv"
	"time"

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
	again := kit.NewButton(words.Say("Check now"), assets.Refresh, w.Bell.Reconnect)
	c.row(func(p State) {
		s := c.describeDesk(p)
		tile.Set(s.family, s.icon)
		title.Set(s.title)
		text.Set(s.text)
		frame.SetVisible(again, c.member(p))
		frame.SetEnabled(again, !p.Status.Office.Loading)
	})
	beside := &fyne.Container{Layout: besideLayout{}, Objects: []fyne.CanvasObject{kit.Lead(14, tile, kit.VStack(2, title, text)), again}}
	c.object = kit.NewBareCard(kit.VStack(0, kit.Inset(14, kit.CardPad, 14, kit.CardPad, beside),
		kit.NewRule(), kit.Inset(14, kit.CardPad, kit.CardPad, kit.CardPad, newDeskFacts(c))))
	c.only(c.joined, c.object)
	return c
}

// newDeskFacts lists what is known of the office and of this desk.
func newDeskFacts(c *card) fyne.CanvasObject {
	row := func(label string, of func(State) string) fyne.CanvasObject {
		return dataRow(label, c.text(kit.Body, of))
	}
	receiver, at := kit.NewText("", kit.Strong), kit.NewText("", kit.Body)
	c.row(func(p State) {
		o := p.Status.Office
		host := frame.HostOf(o)
		receiver.Set(cmp.Or(o.Receiver, host))
		at.Set("")
		if o.Receiver != "" {
			at.Set(words.Say(", at %s", host))
		}
	})
	return kit.VStack(9,
		row(words.Say("Last heard"), func(p State) string { return heardWords(p.Status.Office.Heard, c.Now()) }),
		dataRow(words.Say("Who receives"), kit.HStack(0, receiver, at)),
		row(words.Say("This desk"), func(p State) string { return p.Status.Office.Name }),
		row(words.Say("You may"), c.mayWords),
		row(words.Say("Records"), c.officeRecords))
}

// heardWords says when the receiver last said anything.
func heardWords(t, now time.Time) string {
	if t.IsZero() {
		return words.Say("Not since Rentbell was started")
	}
	t = t.In(now.Location())
	at := words.Tongue.At(t, now)
	if since := now.Sub(t); daysSince(t, now) == 0 && since >= 0 && since < time.Hour {
		return words.Say("Today %s, %s", at, words.Uncapital(words.Ago(t, now)))
	}
	return words.Capital(at)
}

// mayWords says what the role of this desk allows.
func (w *tasks) mayWords(p State) string {
	switch {
	case !w.member(p):
		return words.Say("Read what is here, and export a period")
	case p.Status.Office.ReadOnly:
		return words.Say("Read, until Rentbell is updated here")
	case p.Status.Office.Manager:
		return words.Say("Read all, name, mark, export and manage desks")
	}
	return words.Say("Read all, name, mark handled and export")
}

// officeRecords is recordsWords with what the receiver has.
func (w *tasks) officeRecords(p State) string {
	n := p.Status.Summary.Events
	if w.officeOf(p) != frame.OfficeUpToDate || p.Status.Office.Facts.Quarantined > 0 {
		return recordsWords(p)
	}
	return words.SayN(n, "%s event, the same as on %s", "%s events, the same as on %s", explain.Number(n), receiverOf(p))
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
