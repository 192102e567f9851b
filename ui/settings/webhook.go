package settings

import (
	"cmp"
	"context"
	"errors"
	"time"

	"rentbell/assets"
	"rentbell/core"
	"rentbell/ui/explain"
	"rentbell/ui/frame"
	"rentbell/ui/kit"
	"rentbell/ui/words"
)

// webhookCard registers at AppFolio and shows the result.
type webhookCard struct {
	*card
	button *kit.Button
	remove *kit.Press
	note   *kit.Prose
	told   string // why AppFolio was not asked after the last press
}

func newWebhookCard(w *tasks) *webhookCard {
	c := &webhookCard{card: newCard(w), note: kit.NewProse("", kit.Caption)}
	chip, text := kit.NewChip(kit.Neutral, nil, ""), kit.NewProse("", kit.Body)
	c.button = kit.NewButton(words.Say("Register webhook"), assets.Bell, c.press).Primary()
	c.remove = kit.NewLink(words.Say("Remove registration"), c.askRemove)
	foot := kit.VStack(2, c.note, kit.HStack(0, kit.Inset(0, 0, 0, -2, c.remove)))
	c.headed(words.Say("Webhook"), chip, text, kit.Inset(3, 0, 0, 0, kit.Sized(0, 44, c.button)), foot)
	c.only(func(p State) bool { return !inSpace(p) && delivered(p) }, c.object)
	c.row(func(p State) {
		w, r := frame.DescribeRegistration(p.Status, p.Secrets, c.Now()), p.Status.Registration
		chip.Set(w.Family, w.Icon, w.Chip)
		text.Set(w.Text)
		c.button.SetText(w.Verb)
		c.note.Set(cmp.Or(c.told, w.Note))
		frame.SetEnabled(c.button, w.Ready)
		frame.SetVisible(c.note, c.note.Text() != "")
		frame.SetVisible(c.remove, r.Address != "" && !p.Override.Register && r.Progress != core.NotWanted)
	})
	return c
}

// askRemove asks, and removes the registration from AppFolio.
func (c *webhookCard) askRemove() {
	c.ask(frame.Question{
		Title: words.Say("Remove the registration?"),
		Text:  words.Say("AppFolio stops delivering to this address, and the bell no longer rings. What has arrived stays. You can register again at any time."),
		Verb:  words.Say("Remove registration"),
		Answer: func() {
			c.remove.Disable()
			c.attempt(c.Bell.Unregister)
		},
	})
}

func (c *webhookCard) press() {
	c.button.Disable() // the card's row enables it again
	c.attempt(c.Bell.Register)
}

// attempt registers or unregisters. An error here means that AppFolio was not
// asked; its answer comes with the Status.
func (c *webhookCard) attempt(what func(context.Context) error) {
	c.told = ""
	c.Saver.Do(what, func(err error) {
		c.remove.Enable()
		if err != nil {
			c.told = words.Tongue.Error(err).Text()
		}
		c.show(c.page)
	})
}

// newGuideCard makes the card in place of the Webhook card for Developer Space,
// where only the user can register.
func newGuideCard(w *tasks) *card {
	c := newCard(w)
	chip := kit.NewChip(kit.Neutral, nil, "")
	guide := frame.NewGuide(w.Do.Copy, w.Do.OpenPage)
	again := false // the steps are visible although they are done
	show := kit.NewLink(words.Say("Show the steps"), func() {
		again, guide.Since = true, c.Now()
		c.show(c.page)
	})
	done := func(p State) bool { return !p.Status.Doorbell.IsZero() && !again }
	text := c.text(kit.Body, func(p State) string {
		if p.Status.Doorbell.IsZero() {
			return words.Say("In Developer Space you register by hand, once. These four steps do it.")
		}
		return words.Say("AppFolio rings here when something changes. It last rang %s.", c.at(p.Status.Doorbell))
	})
	c.headed(words.Say("Webhook"), chip, text,
		c.only(not(done), guide.Object),
		c.only(done, kit.HStack(0, kit.Inset(0, 0, 0, -2, show))))
	c.only(inSpace, c.object)
	c.row(func(p State) {
		guide.Show(p.Status, p.Account, c.Now())
		chip.Set(kit.Good, assets.Verified, words.Say("Registered"))
		if p.Status.Doorbell.IsZero() {
			chip.Set(kit.Warn, assets.Alert, words.Say("Needs registering"))
		}
	})
	return c
}

// readingWords describes how reading from Developer Space goes.
type readingWords struct {
	text  string
	wrong bool
	bar   float32 // the done part of the first reading; below 0: no bar
	notes []string
	ready bool // "Read now" has an effect
}

func describeReading(s core.Status, a core.Account, now time.Time) readingWords {
	r := s.Reading
	w := readingWords{bar: -1, ready: r.Progress != core.ReadOff}
	at := func(t time.Time) string { return words.Tongue.At(t.In(now.Location()), now) }
	switch {
	case r.Progress == core.ReadOff && !frame.Whole(a):
		w.text = words.Say("Rentbell reads your records once the client id, the client secret and the developer id are here.")
		return w
	case r.Progress == core.ReadOff:
		w.text = words.Say("Reading has not begun yet.")
	case r.Progress == core.ReadLoading:
		w.text, w.bar = loadingWords(r), 0
		if r.Total > 0 {
			w.bar = float32(r.Done) / float32(r.Total)
		}
		w.notes = append(w.notes, words.Say("You can close Rentbell or change the connection meanwhile. It goes on where it stopped."))
	case r.Progress == core.ReadBehind && r.Waiting > 0:
		w.text = words.SayN(r.Waiting, "%s detail is on its way.", "%s details are on their way.", explain.Number(r.Waiting))
	case r.Progress == core.ReadBehind:
		w.text = words.Say("Details are on their way.")
	case r.At.IsZero():
		w.text = words.Say("Up to date.")
	default:
		w.text = words.Say("Up to date. Read %s.", at(r.At))
	}
	if r.Problem != nil {
		why := words.Tongue.Error(r.Problem)
		w.notes = append([]string{w.text}, w.notes...)
		w.text, w.wrong = why.Title+". "+why.Text(), true
		if r.RetryAt.After(now) {
			w.notes = append(w.notes, words.Say("Tries again %s.", at(r.RetryAt)))
		}
	}
	return w.withReceipts(r, a)
}

// loadingWords says how far the first reading is.
func loadingWords(r core.ReadStatus) string {
	if r.Total == 0 {
		return words.Say("Reading your portfolio")
	}
	return words.Say("Reading your portfolio: %s of %s", explain.Number(r.Done), explain.Number(r.Total))
}

// withReceipts adds why payments are not read, if they are not.
func (w readingWords) withReceipts(r core.ReadStatus, a core.Account) readingWords {
	switch {
	case !a.Space.Receipts() || a.Secrets.ReportsSecret.IsZero():
		w.notes = append(w.notes, words.Say("Payments are not read: the Reports API is not filled in."))
	case r.Receipts != nil && !errors.Is(r.Receipts, r.Problem): // the problem that stops all reading is told already
		why := words.Tongue.Error(r.Receipts)
		w.notes = append(w.notes, words.Say("Payments are not read: %s", why.Title+". "+why.Text()))
	}
	return w
}

// newReadingCard makes the card that says how far reading is.
func newReadingCard(w *tasks) *card {
	c := newCard(w)
	text, bar, notes := kit.NewProse("", kit.Body), kit.NewProgress(kit.ColorPrimary, 0), kit.VStack(4)
	again := kit.NewLink(words.Say("Read now"), w.Bell.ReadNow)
	c.headed(words.Say("Reading"), kit.Inset(-8, 0, -8, 0, again), text, bar, notes)
	c.only(inSpace, c.object)
	c.row(func(p State) {
		w := describeReading(p.Status, p.Account, c.Now())
		style := kit.Body
		if w.wrong {
			style = kit.Body.In(kit.ColorWarn)
		}
		text.SetStyled(w.text, style)
		bar.Set(w.bar)
		notes.Objects = nil
		for _, note := range w.notes {
			notes.Add(kit.NewProse(note, kit.Caption))
		}
		frame.SetVisible(bar, w.bar >= 0)
		frame.SetVisible(notes, len(w.notes) > 0)
		frame.SetVisible(again, w.ready)
	})
	return c
}
