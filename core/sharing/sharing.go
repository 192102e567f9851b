// Package sharing is what a Bell has in common with the others of its office: names, what
// was handled or snoozed, expected rents, and what was exported. It compares what the
// office has with what is here, by what this computer has seen of it before: so a change
// made here is told from one made elsewhere, also after a week without a connection, and a
// change that has come is not sent back.
package sharing

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"rentbell/core"
	"rentbell/core/board"
	"rentbell/core/names"
)

// Store is what is compared.
type Store interface {
	core.Memo
	core.RadarMemo
	core.SharedMemo
	Event(seq uint64) (core.Event, error)
}

// Rents puts in force what came of expected rents and findings.
type Rents interface {
	EditTerms(ctx context.Context, edit func(map[string]core.LeaseTerms) map[string]core.LeaseTerms, save func(map[string]core.LeaseTerms) error) error
	ChangeDueRule(ctx context.Context, property string, rule core.DueRule) error
	TakeMarks(ctx context.Context, marks map[core.FindingKey]core.Mark) error
}

// Exports remembers what was exported.
type Exports interface {
	Edit(func([]core.PastExport) []core.PastExport) error
}

// Concerns takes events off the list of what needs attention.
type Concerns interface{ HandleEvents(events []uint64) error }

// Book compares and takes over. Its methods may be called from any goroutine, but for
// Compare, Agreed and SetAside, which are for one at a time.
type Book struct {
	Store    Store
	Names    *names.Book
	Rents    Rents
	Exports  Exports
	Concerns Concerns
	Signal   board.Signal // something here may have changed
}

// In the store, beside what was seen of the office: names to be offered.
const offered = "offer/"

// Compare takes over what is new in the office. See core.SharedDesk.
func (b *Book) Compare(ctx context.Context, me string, office map[string]string, fill bool) (write map[string]string, err error) {
	if err := b.takeUp(ctx); err != nil {
		return nil, fmt.Errorf("take up what was changed here: %w", err)
	}
	here, deleted, err := b.entries(me)
	if err != nil {
		return nil, err
	}
	seen, err := b.Store.Shared()
	if err != nil {
		return nil, err
	}
	c := comparison{here: here, take: map[string]value{}, write: map[string]string{}, note: map[string]string{}}
	keys := maps.Clone(here)
	maps.Copy(keys, office)
	for key := range keys {
		theirs, there := office[key]
		switch events := strings.HasPrefix(key, inEvents); {
		case events && there && theirs == "", events && !there && here[key] == "":
			c.forget(key, seen[key])
		case events && fill && there && deletedBlock(key, deleted):
			c.write[key] = ""
		default:
			c.weigh(key, seen[key], theirs, there, fill)
		}
	}
	if err := b.take(ctx, c); err != nil {
		return nil, err
	}
	return c.write, b.Store.SaveShared(c.note)
}

// Agreed notes what the office has now.
func (b *Book) Agreed(written map[string]string) error { return b.Store.SaveShared(written) }

// comparison is what comes of one.
type comparison struct {
	here  map[string]string
	take  map[string]value
	write map[string]string
	note  map[string]string // to be saved as seen
}

// forget lets go of what nobody has any more.
func (c comparison) forget(key, seen string) {
	if seen != "" {
		c.note[key] = ""
	}
}

func (c comparison) weigh(key, seen, theirs string, there, fill bool) {
	mine := c.here[key]
	if !there {
		if mine != seen || fill && mine != "" {
			c.write[key] = mine
		}
		return
	}
	v, ok := read(key, theirs)
	if !ok {
		return
	}
	theirs = v.again()
	now, offer := weigh(key, seen, mine, theirs)
	if v, ok = read(key, now); !ok {
		return
	}
	if now = v.again(); now != mine {
		c.take[key] = v
	}
	if now != theirs {
		c.write[key] = now
	} else if now != seen {
		c.note[key] = now
	}
	if offer != "" {
		c.note[offered+strings.TrimPrefix(key, inNames)] = offer
	}
}

// entries are all that is shared, as it is here. deleted is the number up to which events
// have gone.
func (b *Book) entries(me string) (all map[string]string, deleted uint64, err error) {
	handled, deleted, errHandled := b.Store.Handled()
	all = spelledBlocks(handled)
	known, errNames := b.Store.Names()
	for k, n := range known {
		if k.Usable() {
			all[nameKey(k)] = spellName(n)
		}
	}
	terms, errTerms := b.Store.Terms()
	for lease, t := range terms {
		all[inLeases+spelledID(lease)] = spellTerms(t)
	}
	rules, errRules := b.Store.DueRules()
	for property, r := range rules {
		all[inRules+spelledID(property)] = spellRule(r)
	}
	marks, errMarks := b.Store.Marks()
	for k, m := range marks {
		all[inHandled+spelledID(string(k))] = spellMark(m)
	}
	past, errPast := b.Store.Exports()
	for _, e := range past {
		if !e.Begun {
			all[exportKey(e)] = spellExport(e, me)
		}
	}
	maps.DeleteFunc(all, func(_, text string) bool { return text == "" })
	if err := errors.Join(errHandled, errNames, errTerms, errRules, errMarks, errPast); err != nil {
		return nil, 0, fmt.Errorf("read what the office shares: %w", err)
	}
	return all, deleted, nil
}

// take puts in force what came.
func (b *Book) take(ctx context.Context, c comparison) error {
	called, terms, marks := map[core.NameKey]core.Name{}, map[string]core.LeaseTerms{}, map[core.FindingKey]core.Mark{}
	var past map[string]core.PastExport
	var handled []uint64
	for key, v := range c.take {
		switch {
		case v.name != nil:
			called[*v.name] = v.named
		case v.lease != "":
			terms[v.lease] = v.terms
		case v.rule != "":
			if err := b.Rents.ChangeDueRule(ctx, v.rule, v.due); err != nil {
				return err
			}
		case v.mark != "":
			marks[v.mark] = v.marked
		case v.events != nil:
			handled = append(handled, v.events.events()...)
		case v.export:
			if past == nil {
				past = map[string]core.PastExport{}
			}
			past[key] = v.exported
		}
	}
	var err error
	if len(called) > 0 {
		err = b.Names.Edit(func(*names.Table) map[core.NameKey]core.Name { return called }, b.Store.SaveNames)
	}
	if len(terms) > 0 && err == nil {
		err = b.Rents.EditTerms(ctx, func(map[string]core.LeaseTerms) map[string]core.LeaseTerms { return terms }, b.Store.SaveTerms)
	}
	if len(marks) > 0 && err == nil {
		err = b.Rents.TakeMarks(ctx, marks)
	}
	if len(past) > 0 && err == nil {
		err = b.remember(past)
	}
	if len(handled) > 0 && err == nil {
		err = b.Concerns.HandleEvents(handled)
	}
	if err != nil {
		return fmt.Errorf("take over what the office has: %w", err)
	}
	return nil
}

// remember takes exports of others over, by key; a zero one is forgotten. The names of
// their time are those of now, as far as is known here.
func (b *Book) remember(came map[string]core.PastExport) error {
	renames, err := b.Store.Renames()
	if err != nil {
		return err
	}
	return b.Exports.Edit(func(past []core.PastExport) []core.PastExport {
		past = slices.DeleteFunc(past, func(e core.PastExport) bool {
			_, replaced := came[exportKey(e)]
			return replaced && !e.Begun
		})
		for _, e := range came {
			if !e.At.IsZero() {
				e.Renames = renames
				past = append(past, e)
			}
		}
		slices.SortStableFunc(past, func(a, b core.PastExport) int { return a.At.Compare(b.At) })
		return past
	})
}

// Offers are names that were given here while they were given elsewhere, too. One that
// counts by now is no offer.
func (b *Book) Offers() ([]core.Offer, error) {
	seen, err := b.Store.Shared()
	if err != nil {
		return nil, err
	}
	var offers []core.Offer
	for _, key := range slices.Sorted(maps.Keys(seen)) {
		rest, is := strings.CutPrefix(key, offered)
		v, ok := readName(rest, "{}")
		if !is || !ok {
			continue
		}
		o := core.Offer{Key: *v.name, Name: seen[key], Office: b.Names.Names().Of(*v.name).Given}
		if o.Name != o.Office {
			offers = append(offers, o)
		}
	}
	return offers, nil
}

// Settle ends an offer: with take its name is given, else the office's stays.
func (b *Book) Settle(o core.Offer, take bool) error {
	if take {
		if _, err := b.Names.Give(map[core.NameKey]string{o.Key: o.Name}); err != nil {
			return err
		}
		b.Signal.Nudge()
	}
	return b.Store.SaveShared(map[string]string{offered + strings.TrimPrefix(nameKey(o.Key), inNames): ""})
}
