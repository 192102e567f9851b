package intake

import (
	"context"
	"fmt"

	"rentbell/core"
	"rentbell/core/names"
)

// Last is the last import that can be undone; zero: there is none.
func (i *Intake) Last() (core.PastImport, error) { return i.cfg.Store.LastImport() }

// Undo puts back what an import changed, as Last returned it, but for what was changed
// since, and counts both. What a report told of payments, leases and work orders stays:
// events are never deleted. core.ErrLaterImport when it is not the last one any more: a
// report may have come into the folder since a person looked.
func (i *Intake) Undo(ctx context.Context, of core.PastImport) (core.Undone, error) {
	i.changing.Lock()
	defer i.changing.Unlock()
	var done core.Undone
	last, err := i.cfg.Store.LastImport()
	if err == nil && last != of {
		err = core.ErrLaterImport
	}
	var change core.ImportChange
	if err == nil {
		change, err = i.cfg.Store.LastImportChange()
	}
	if err == nil {
		err = i.undo(ctx, change, &done)
	}
	if err != nil {
		return core.Undone{}, fmt.Errorf("undo an import: %w", err)
	}
	return done, nil
}

func (i *Intake) undo(ctx context.Context, change core.ImportChange, done *core.Undone) error {
	save := func(names map[core.NameKey]core.Name, terms map[string]core.LeaseTerms) error {
		return i.cfg.Store.SaveImport(core.PastImport{}, core.ImportChange{}, names, terms)
	}
	return i.cfg.Names.Edit(func(t *names.Table) map[core.NameKey]core.Name {
		return namesBefore(t, change.Names, done)
	}, func(names map[core.NameKey]core.Name) error {
		if len(change.Rents) == 0 {
			return save(names, nil)
		}
		look, err := i.cfg.Rents(ctx)
		if err != nil {
			return err
		}
		return look.EditTerms(ctx, func(known map[string]core.LeaseTerms) map[string]core.LeaseTerms {
			return rentsBefore(known, change.Rents, done)
		}, func(terms map[string]core.LeaseTerms) error { return save(names, terms) })
	})
}

// namesBefore are the names as they were, of those that are still as the import left them.
func namesBefore(t *names.Table, change map[core.NameKey]core.Swap[core.Name], done *core.Undone) map[core.NameKey]core.Name {
	back := map[core.NameKey]core.Name{}
	for key, swap := range change {
		now := t.Of(key)
		name := core.Name{Given: before(now.Given, swap.Was.Given, swap.Is.Given), Learned: before(now.Learned, swap.Was.Learned, swap.Is.Learned)}
		if name == now {
			done.Kept++
			continue
		}
		back[key] = name
		done.Back++
	}
	return back
}

// before is what text was, if it is still what it became.
func before(now, was, is string) string {
	if now == is {
		return was
	}
	return now
}

// rentsBefore is what is known of leases with their rents as they were, of those that are
// still as the import left them.
func rentsBefore(known map[string]core.LeaseTerms, change map[string]core.Swap[*core.Cents], done *core.Undone) map[string]core.LeaseTerms {
	back := map[string]core.LeaseTerms{}
	for lease, swap := range change {
		t := known[lease]
		if t.Imported == nil || swap.Is == nil || *t.Imported != *swap.Is {
			done.Kept++
			continue
		}
		t.Imported = swap.Was
		back[lease] = t
		done.Back++
	}
	return back
}
