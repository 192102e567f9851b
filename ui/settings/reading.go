package settings

import (
	"errors"
	"time"

	"rentbell/core"
	"rentbell/ui/explain"
	"rentbell/ui/frame"
	"rentbell/ui/kit"
	"rentbell/ui/words"
)

// readingWords say how reading back goes.
type readingWords struct {
	text  string
	wrong bool
	bar   float32 // how much of the first reading is done; below 0: there is none
	notes []string
	ready bool // reading at once does something
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

// loadingWords say how far the first reading is.
func loadingWords(r core.ReadStatus) string {
	if r.Total == 0 {
		return words.Say("Reading your portfolio")
	}
	return words.Say("Reading your portfolio: %s of %s", explain.Number(r.Done), explain.Number(r.Total))
}

// withReceipts adds why payments are not read, where they are not.
func (w readingWords) withReceipts(r core.ReadStatus, a core.Account) readingWords {
	switch {
	case !a.Space.Receipts() || a.Secrets.ReportsSecret.IsZero():
		w.notes = append(w.notes, words.Say("Payments are not read: the Reports API is not filled in."))
	case r.Receipts != nil && !errors.Is(r.Receipts, r.Problem): // what stops everything is said above
		why := words.Tongue.Error(r.Receipts)
		w.notes = append(w.notes, words.Say("Payments are not read: %s", why.Title+". "+why.Text()))
	}
	return w
}

// newReadingCard says how far Rentbell has read what AppFolio rang about.
func newReadingCard(w *tasks) *card {
	c := newCard(w)
	text, bar, notes := kit.NewProse("", kit.Body), kit.NewProgress(kit.ColorPrimary, 0), kit.VStack(4)
	again := kit.NewLink(words.Say("Read now"), w.Bell.ReadNow)
	c.headed(words.Say("Reading"), kit.Inset(-8, 0, -8, 0, again), text, bar, notes)
	c.row(func(p State) {
		frame.SetVisible(c.object, p.Status.Kind == core.KindDeveloperSpace)
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
