// Package intake keeps what tables from outside tell, and remembers two things about them:
// which columns a person chose for tables with certain titles, and what the last table
// changed, so that it can be undone. It promises that a table is kept whole or not at all.
// It must never read a table: package imports does.
package intake

import (
	"context"
	"fmt"
	"sync"
	"time"

	"rentbell/core"
	"rentbell/core/appfolio/readback"
	"rentbell/core/imports"
	"rentbell/core/lookout"
	"rentbell/core/names"
)

// Store is the part of a Store that an Intake remembers in.
type Store interface {
	Terms() (map[string]core.LeaseTerms, error)
	Layouts() ([]core.Layout, error)
	SaveLayouts([]core.Layout) error
	LastImport() (core.PastImport, error)
	LastImportChange() (core.ImportChange, error)
	SaveImport(core.PastImport, core.ImportChange, map[core.NameKey]core.Name, map[string]core.LeaseTerms) error
}

// Config is what an Intake is made of.
type Config struct {
	Store Store
	Names *names.Book
	// Rents has those who look out go by other rents. It is asked when rents change.
	Rents func(context.Context) (*lookout.Lookout, error)
	// Ledger keeps what reports tell.
	Ledger readback.Ledger
	// Find says what the radar finds at a time.
	Find func(ctx context.Context, at time.Time) ([]core.Finding, error)
	Now  func() time.Time
}

// Intake keeps what tables tell. Its methods may be called from any goroutine. They write
// to disk: not from the UI goroutine.
type Intake struct {
	cfg Config

	changing sync.Mutex // held while something is kept, so that no table undoes another
}

// New makes an Intake.
func New(c Config) *Intake { return &Intake{cfg: c} }

// Import keeps the names or rents of a table, or what a report tells, and counts them; a
// dry run counts alone. file is the table's base name. What changes no name and no rent
// leaves the import before it to be undone. Errors wrap core.ErrStorage.
func (i *Intake) Import(ctx context.Context, file string, found imports.Found, dry bool) (core.Taken, error) {
	i.changing.Lock()
	defer i.changing.Unlock()
	past := core.PastImport{File: core.CleanName(file), At: i.cfg.Now().UTC(), Kind: found.Kind}
	var err error
	switch {
	case found.Kind.Report():
		past.Taken, err = i.takeReport(ctx, found, past, dry)
	case dry:
		past.Taken, err = i.weigh(found)
	case found.Kind == core.TableRents:
		err = i.takeRents(ctx, found.Rents, &past)
	default:
		err = i.takeNames(found.Names, &past)
	}
	if err != nil {
		return core.Taken{}, fmt.Errorf("take %s: %w", found.Kind, err)
	}
	return past.Taken, nil
}

func (i *Intake) weigh(found imports.Found) (core.Taken, error) {
	known, err := i.cfg.Store.Terms()
	return Weigh(found, i.cfg.Names.Names(), known), err
}

// Weigh counts the names or rents of a table against those that are known, and what a
// report has as if nothing were.
func Weigh(found imports.Found, names *names.Table, known map[string]core.LeaseTerms) (taken core.Taken) {
	switch {
	case found.Kind.Report():
		taken.Added = found.Count()
	case found.Kind == core.TableRents:
		_, taken = lookout.WeighRents(known, found.Rents)
	default:
		_, taken = names.Weigh(found.Names)
	}
	return taken
}

// takeReport takes a report in. A delinquency report tells nothing; it is compared with
// what the radar finds at the end of its day.
func (i *Intake) takeReport(ctx context.Context, found imports.Found, past core.PastImport, dry bool) (taken core.Taken, err error) {
	now := i.cfg.Now()
	switch {
	case found.Kind == core.TableDelinquency:
		at := now
		if end := found.Report.AsOf.AddDays(1).In(now.Location()).Add(-time.Second); !found.Report.AsOf.IsZero() && end.Before(now) {
			at = end
		}
		late, err := i.cfg.Find(ctx, at)
		if err != nil {
			return taken, err
		}
		_, taken, err = readback.Compare(ctx, i.cfg.Ledger, found.Report.Debts, late, now)
		return taken, err
	case dry:
		_, taken, err = readback.Weigh(ctx, i.cfg.Ledger, found.Report, now)
	default:
		taken, err = readback.Take(ctx, i.cfg.Ledger, found.Report, past, now)
	}
	return taken, err
}

func (i *Intake) takeNames(given map[core.NameKey]string, past *core.PastImport) error {
	change := core.ImportChange{Names: map[core.NameKey]core.Swap[core.Name]{}}
	return i.cfg.Names.Edit(func(t *names.Table) (changed map[core.NameKey]core.Name) {
		changed, past.Taken = t.Weigh(given)
		for key, name := range changed {
			change.Names[key] = core.Swap[core.Name]{Was: t.Of(key), Is: name}
		}
		return changed
	}, func(changed map[core.NameKey]core.Name) error {
		if len(changed) == 0 {
			return nil
		}
		return i.cfg.Store.SaveImport(*past, change, changed, nil)
	})
}

func (i *Intake) takeRents(ctx context.Context, rents map[string]core.Cents, past *core.PastImport) error {
	known, err := i.cfg.Store.Terms()
	if err != nil {
		return err
	}
	if changed, taken := lookout.WeighRents(known, rents); len(changed) == 0 { // nobody need look out for that
		past.Taken = taken
		return nil
	}
	look, err := i.cfg.Rents(ctx)
	if err != nil {
		return err
	}
	change := core.ImportChange{Rents: map[string]core.Swap[*core.Cents]{}}
	return look.EditTerms(ctx, func(known map[string]core.LeaseTerms) (changed map[string]core.LeaseTerms) {
		changed, past.Taken = lookout.WeighRents(known, rents)
		for lease, t := range changed {
			change.Rents[lease] = core.Swap[*core.Cents]{Was: known[lease].Imported, Is: t.Imported}
		}
		return changed
	}, func(changed map[string]core.LeaseTerms) error {
		if len(changed) == 0 {
			return nil
		}
		return i.cfg.Store.SaveImport(*past, change, nil, changed)
	})
}
