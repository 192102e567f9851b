package bell

import (
	"context"
	"time"

	"rentbell/core"
	"rentbell/core/imports"
	"rentbell/core/intake"
	"rentbell/core/lookout"
)

// What the face, and other processes, may ask about tables that come in. See Intake. All
// of these read or write the disk: not for the UI goroutine.

func (b *Bell) makeIntake() error {
	b.intake = intake.New(intake.Config{
		Store: b.cfg.Store, Names: b.names, Now: b.cfg.Now,
		Rents:  func(context.Context) (*lookout.Lookout, error) { return b.lookout, nil },
		Ledger: b.Desk(), Find: b.find,
	})
	return nil
}

// find is what holds at a time, with what was stored a moment ago.
func (b *Bell) find(ctx context.Context, at time.Time) ([]core.Finding, error) {
	return lookout.Find(ctx, b.cfg.Store, lookout.StepsOf(b.cfg.Store), b.lookout.Decided(), at)
}

// Import keeps what a table tells and counts it; a dry run counts alone. file is the
// table's base name. The folder of reports comes the same way, and a report that a person
// imports counts as one that came.
func (b *Bell) Import(ctx context.Context, file string, found imports.Found, dry bool) (taken core.Taken, err error) {
	err = b.share(func() (err error) {
		taken, err = b.intake.Import(ctx, file, found, dry)
		return err
	})
	if err == nil && !dry {
		b.inbox.Arrived(found.Kind, core.ReportArrival{
			At: b.cfg.Now().UTC(), File: core.CleanName(file), Rows: found.Count(), Taken: taken, LeftOut: len(found.Skipped),
		})
	}
	return taken, err
}

// LastImport is the last import that can be undone; zero: there is none.
func (b *Bell) LastImport() (core.PastImport, error) { return b.intake.Last() }

// UndoImport puts back what an import changed, but for what was changed since. It has to be
// the last one; see Intake.Undo.
func (b *Bell) UndoImport(ctx context.Context, of core.PastImport) (undone core.Undone, err error) {
	err = b.share(func() (err error) {
		undone, err = b.intake.Undo(ctx, of)
		return err
	})
	return undone, err
}

// Layouts are the columns that people chose for tables, by their titles; the latest last.
func (b *Bell) Layouts() ([]core.Layout, error) { return b.intake.Layouts() }

// KeepLayout remembers what a person chose.
func (b *Bell) KeepLayout(l core.Layout) error { return b.intake.KeepLayout(l) }
