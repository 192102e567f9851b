package news

import (
	"cmp"
	"errors"
	"slices"
	"time"

	"fyne.io/fyne/v2"

	"rentbell/assets"
	"rentbell/core"
	"rentbell/ui/explain"
	"rentbell/ui/kit"
	"rentbell/ui/words"
)

// Group is where an item stands among all that need attention.
type Group int

// The groups, in their order.
const (
	AtOnce     Group = iota // nobody should wait with it
	Connection              // nothing may arrive
	Rents
	WorkOrders
	Leases
	Names      // of which there are two
	Incomplete // events with something missing
	Unreadable // deliveries that are no events
)

// Concern is one item of what needs a person's eye, in words. It is about findings of
// one kind, about an event or several alike, about deliveries that are no events, about
// two names for one thing, or about the connection.
type Concern struct {
	Group Group
	Kind  core.FindingKind
	Found []core.Found // the most urgent first; empty: it is about no finding

	IDs   []uint64 // for MarkHandled, of what is stored; empty for the connection and for names
	Offer *core.Offer
	Event *core.Event
	Body  []byte // of a delivery that is no event

	Count  int // for how many it stands
	Icon   fyne.Resource
	Family kit.Family
	Title  string
	Text   string // who and what
	Hint   string // what to do
}

// Keys are the keys of its findings.
func (c Concern) Keys() []core.FindingKey {
	keys := make([]core.FindingKey, len(c.Found))
	for i, f := range c.Found {
		keys[i] = f.Key()
	}
	return keys
}

// Snoozes reports whether it can be put out of sight for some days.
func (c Concern) Snoozes() bool {
	switch c.Kind {
	case core.FindLate, core.FindPartial, core.FindNoVendor, core.FindUntouched, core.FindLeaseEnds:
		return true
	}
	return false
}

// Month is the month whose rent all of its findings are about; zero if there is none.
func (c Concern) Month() (m core.Month) {
	for i, f := range c.Found {
		if i > 0 && f.Month != m {
			return core.Month{}
		}
		m = f.Month
	}
	return m
}

// Step is when the first of its work orders goes a step further if nobody touches it,
// and how many days are over then; zero if none does.
func (c Concern) Step() (at time.Time, days int) {
	for _, f := range c.Found {
		if next, n := f.Step(); n > 0 && (at.IsZero() || next.Before(at)) {
			at, days = next, n
		}
	}
	return at, days
}

// Handles reports whether a person can mark it as handled. Trouble with the connection
// goes away by itself.
func (c Concern) Handles() bool { return len(c.Found) > 0 || len(c.IDs) > 0 }

// describeConcern puts a concern of the store into words.
func describeConcern(c core.Concern, now time.Time) Concern {
	item := Concern{Group: Incomplete, IDs: []uint64{c.ID}, Event: c.Event, Count: max(1, c.Count), Family: kit.Warn, Icon: assets.Alert}
	if c.Event == nil {
		item.Group = Unreadable
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
	return Concern{Group: Connection, Count: 1, Icon: assets.Globe, Family: kit.Warn, Title: w.Title, Text: w.Cause, Hint: w.Fix}, true
}

// Reader is what items are read from.
type Reader interface {
	core.Reader
	Radar
	NameOffers() ([]core.Offer, error)
}

// Concerns reads what needs attention, in words and in the order of the groups. Of what
// is stored it reads at most limit.
func Concerns(r Reader, s core.Status, now time.Time, limit int) ([]Concern, error) {
	var items []Concern
	if item, ok := registrationConcern(s.Registration); ok {
		items = append(items, item)
	}
	for _, p := range piles(r, now) {
		items = append(items, findingConcern(p, r, now))
	}
	offers, failed := r.NameOffers()
	for _, o := range offers {
		items = append(items, offerConcern(o))
	}
	stored, err := r.Concerns(limit)
	for _, c := range stored {
		items = append(items, describeConcern(c, now))
	}
	slices.SortStableFunc(items, func(a, b Concern) int { return cmp.Compare(a.Group, b.Group) })
	return items, errors.Join(failed, err)
}

// Count is how many items there are, with those of what is stored that were not read.
func Count(read []Concern, s core.Status) int {
	n := 0
	for _, c := range read {
		if len(c.IDs) == 0 {
			n++
		}
	}
	return max(len(read), n+s.Summary.Attention)
}
