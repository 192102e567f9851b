package settings

import (
	"time"

	"rentbell/core"
	"rentbell/ui/explain"
	"rentbell/ui/frame"
	"rentbell/ui/kit"
	"rentbell/ui/words"
)

// keepYears are the choices; 0 is for ever.
var keepYears = [...]int{0, 1, 2, 3, 5, 7, 10}

// keepCard chooses for how long records are kept. Nothing is deleted that the
// user has not been told of.
type keepCard struct {
	card
	do      dataActions
	now     func() time.Time
	years   *kit.Choices // one of them is on
	caption *kit.Prose
	saved   int
}

func newKeepCard(now func() time.Time, do dataActions, update func()) *keepCard {
	c := &keepCard{card: newCard(update), do: do, now: now, caption: kit.NewProse("", kit.Caption)}
	var choices []kit.Choice
	for _, n := range keepYears {
		choices = append(choices, kit.Choice{Text: yearsName(n)})
	}
	c.years = kit.NewChoices(choices, func(i int, _ bool) { c.pick(keepYears[i]) })
	c.object = newTitledCard(words.Say("Keep records for"), c.years, c.caption, c.trouble)
	return c
}

func yearsName(n int) string {
	if n == 0 {
		return words.Say("Ever")
	}
	return words.SayN(n, "%s year", "%s years", explain.Number(n))
}

func (c *keepCard) show(p State) {
	c.saved = p.Settings.KeepYears
	c.paint()
}

// paint puts the choice to what is saved.
func (c *keepCard) paint() {
	for i, n := range keepYears {
		c.years.Set(i, n == c.saved)
	}
	c.caption.Set(words.Say("Nothing is ever deleted."))
	if c.saved > 0 {
		c.caption.Set(words.Say("This year and as many full years before it. What was received before %s is deleted.", keptFrom(c.now(), c.saved)))
	}
	c.relayout()
}

// keptFrom is the day in words, always with its year.
func keptFrom(now time.Time, years int) string {
	return words.Tongue.Date(core.KeptFrom(now, years).In(now.Location()), "January 2, 2006")
}

// pick asks what would go, and the user, if anything would.
func (c *keepCard) pick(years int) {
	c.paint() // until it is saved
	if years == c.saved {
		return
	}
	if years == 0 {
		c.do.keepFor(years, c.tell)
		return
	}
	c.do.expired(years, func(e core.Expired, err error) {
		switch {
		case err != nil:
			c.tell(err)
		case e == core.Expired{}:
			c.do.keepFor(years, c.tell)
		default:
			c.do.ask(keepQuestion(e, keptFrom(c.now(), years), func() { c.do.keepFor(years, c.tell) }))
		}
	})
}

func keepQuestion(e core.Expired, day string, do func()) frame.Question {
	q := frame.Question{Title: words.Say("Delete old records?"), Answer: do}
	q.Verb = words.SayN(e.Events, "Delete %s event", "Delete %s events", explain.Number(e.Events))
	gone := words.SayN(e.Events, "%s event from before %s would go. Payments among them: %s.", "%s events from before %s would go. Payments among them: %s.",
		explain.Number(e.Events), day, explain.Number(e.Payments))
	var apart, concerns string
	if e.Quarantined > 0 {
		apart = words.Say("Deliveries that could not be read: %s.", explain.Number(e.Quarantined))
	}
	if e.Concerns > 0 {
		concerns = words.Say("Still to be looked at: %s.", explain.Number(e.Concerns))
	}
	q.Text = words.Paragraph(gone, apart, concerns, words.Say("Open work orders, leases that run and tenants stay. What is deleted cannot be brought back, so back up first. Every New Year one more year goes."))
	return q
}
