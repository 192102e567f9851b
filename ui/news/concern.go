package news

import (
	"time"

	"fyne.io/fyne/v2"

	"rentbell/assets"
	"rentbell/core"
	"rentbell/ui/explain"
	"rentbell/ui/kit"
	"rentbell/ui/words"
)

// Concern is one item of what needs a person's eye, in words.
type Concern struct {
	ID    uint64 // for Mark handled; 0: it goes away by itself
	Event *core.Event
	Body  []byte // of a delivery that is no event

	Icon   fyne.Resource
	Family kit.Family
	Title  string
	Text   string // who and what
	Hint   string // what to do
}

// describeConcern puts a concern of the store into words.
func describeConcern(c core.Concern, now time.Time) Concern {
	item := Concern{ID: c.ID, Event: c.Event, Family: kit.Warn, Icon: assets.Alert}
	if c.Event == nil {
		w := words.Tongue.Quarantine(c.Quarantined.Reason)
		arrived := c.Quarantined.ReceivedAt.In(now.Location())
		item.Title, item.Hint, item.Body = w.Title, w.Fix, c.Quarantined.Body
		item.Text = words.Say("It arrived %s. %s", words.Tongue.At(arrived, now), w.Cause)
		if c.Count > 1 {
			item.Text = words.Say("There are %s of them. The last arrived %s. %s", explain.Number(c.Count), words.Tongue.At(arrived, now), w.Cause)
		}
		return item
	}
	w := words.Tongue.Event(*c.Event)
	l := words.Describe(*c.Event)
	_, item.Icon = Icon(*c.Event)
	item.Title, item.Hint = w.Title, w.Fix
	item.Text = words.Say("%s, %s. %s", l.Title, words.Tongue.OnDay(c.Event.OccurredAt.In(now.Location()), now), w.Cause)
	return item
}

// registrationConcern is a registration that AppFolio did not take. ok is false
// when there is nothing to tell.
func registrationConcern(s core.RegistrationStatus) (item Concern, ok bool) {
	if s.Progress != core.Retrying && s.Progress != core.Declined {
		return Concern{}, false
	}
	w := words.Tongue.Error(s.Problem)
	return Concern{Icon: assets.Globe, Family: kit.Warn, Title: w.Title, Text: w.Cause, Hint: w.Fix}, true
}

// Concerns reads what needs attention, in words, at most limit items.
func Concerns(r core.Reader, s core.Status, now time.Time, limit int) ([]Concern, error) {
	var items []Concern
	if item, ok := registrationConcern(s.Registration); ok {
		items = append(items, item)
	}
	stored, err := r.Concerns(limit)
	for _, c := range stored {
		items = append(items, describeConcern(c, now))
	}
	return items, err
}

// Feed is the page that an item's event belongs to.
func (c Concern) Feed() core.Feed {
	if c.Event == nil || c.Event.Detail == nil {
		return core.FeedActivity
	}
	return c.Event.Detail.Feed()
}
