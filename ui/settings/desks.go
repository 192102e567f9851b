package settings

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"rentbell/core/office"
	"rentbell/ui/explain"
	"rentbell/ui/frame"
	"rentbell/ui/kit"
	"rentbell/ui/words"
)

// desksCard lists the desks of the office for a desk that manages it.
type desksCard struct {
	*card
	count *kit.Text
	list  *fyne.Container
	rows  []*deskRow
}

func newDesksCard(w *tasks) *desksCard {
	c := &desksCard{card: newCard(w), count: kit.NewText("", kit.Caption), list: kit.VStack(0)}
	ground := kit.NewBox(kit.ColorSunken, "", 0)
	heads := container.NewStack(ground, kit.Inset(4, kit.CardPad, 4, kit.CardPad, newDeskHeads()))
	note := c.text(kit.Caption, func(State) string {
		m := &w.managing
		switch {
		case m.answer.At.IsZero() && m.lost == nil:
			return words.Say("Asking the office")
		case m.answer.At.IsZero():
			return words.Tongue.Error(m.lost).Title + "."
		case m.lost != nil:
			return words.Say("%s. This is how it was %s.", words.Tongue.Error(m.lost).Title, c.at(m.came))
		}
		return words.Say("Works: reads all, names, marks and exports. Manages: settings and desks too.")
	})
	c.object = kit.VStack(8,
		kit.NewBareCard(kit.VStack(0, kit.NewCardHead(words.Say("Desks"), c.count), heads, kit.NewRule(), c.list)),
		kit.Inset(0, kit.CardPad, 0, kit.CardPad, kit.VStack(4, c.trouble, note)))
	c.row(func(State) { c.fill() })
	c.only(w.manages, c.object)
	return c
}

// fill shows the list as it was told last. Rows stay while they are the same desks', so that
// the focus does, too.
func (c *desksCard) fill() {
	desks := c.present()
	same := slices.EqualFunc(desks, c.rows, func(d office.Desk, r *deskRow) bool { return d.Key == r.desk.Key })
	if !same {
		c.rows, c.list.Objects = nil, nil
		for i, d := range desks {
			if i > 0 {
				c.list.Add(kit.NewRule())
			}
			r := newDeskRow(c, d)
			c.rows = append(c.rows, r)
			c.list.Add(r.object)
		}
	}
	here := 0
	for i, d := range desks {
		s := c.see(d)
		if s.here {
			here++
		}
		c.rows[i].show(d, s, d.Name == c.page.Status.Office.Name)
	}
	c.count.Set(countWords(len(desks), here, c.managing.lost == nil))
}

// countWords is empty before anything is known.
func countWords(desks, here int, fresh bool) string {
	switch {
	case desks == 0:
		return ""
	case !fresh:
		return words.SayN(desks, "%s desk", "%s desks", explain.Number(desks))
	}
	return words.SayN(desks, "%s desk, %s here now", "%s desks, %s here now", explain.Number(desks), explain.Number(here))
}

// present are the desks that were not removed.
func (c *desksCard) present() (list []office.Desk) {
	for _, d := range c.managing.answer.Desks {
		if !d.Revoked {
			list = append(list, d)
		}
	}
	return list
}

// seen says when a desk was there, and how far it has come.
type seen struct {
	here        bool
	when, since string // "Yesterday", "2:02 PM, 312 behind"; since may be empty
}

func (c *desksCard) see(d office.Desk) seen {
	m, now := &c.managing, c.Now()
	behind := ""
	if m.answer.Newest > d.Seq {
		behind = words.Say("%s behind", explain.Number(int(m.answer.Newest-d.Seq)))
	}
	switch {
	case d.LastSeen.IsZero():
		return seen{when: words.Say("Not yet")}
	case m.answer.Here(d) && m.lost == nil:
		return seen{here: true, when: words.Say("Here now"), since: behind}
	}
	at := m.local(d.LastSeen).In(now.Location())
	switch days := daysSince(at, now); {
	case days <= 0:
		return seen{when: words.Say("Today"), since: words.Joined(words.Tongue.Clock(at), behind)}
	case days == 1:
		return seen{when: words.Say("Yesterday"), since: words.Joined(words.Tongue.Clock(at), behind)}
	default:
		return seen{when: words.Capital(words.Tongue.LongDate(at, now)), since: words.Say("Asleep for %s", words.Tongue.Count(days, "day"))}
	}
}

// setRole says what a desk may do. Until the receiver has answered, the row shows what was
// chosen.
func (c *desksCard) setRole(d office.Desk, manager bool) {
	c.manage(office.Ask{Do: office.AskRole, Name: d.Name, Manager: manager}, c.tell)
}

// askRemove asks, and removes a desk.
func (c *desksCard) askRemove(d office.Desk) {
	c.ask(frame.Question{
		Title: words.Say("Remove %s?", d.Name),
		Text:  words.Say("It keeps what it has and gets nothing new."),
		Verb:  words.Say("Cancel"), Answer: func() {},
		Other: words.Say("Remove"), OnOther: func() {
			c.manage(office.Ask{Do: office.AskRevoke, Name: d.Name}, c.tell)
		},
	})
}

// role is what a desk may do, in a word.
func role(d office.Desk) string {
	if d.Manager {
		return words.Say("Manages")
	}
	return words.Say("Works")
}
