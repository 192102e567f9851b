package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"log/slog"
	"time"

	"rentbell/core"
	"rentbell/core/board"
	"rentbell/core/lookout"
	"rentbell/core/remote"
	"rentbell/core/rents"
	"rentbell/core/table"
	"rentbell/store"
)

// importRents reads expected rents from a table and keeps them.
func importRents(ctx context.Context, args []string, p program) error {
	flags := flag.NewFlagSet("import rents", flag.ContinueOnError)
	dir := flags.String("data", "", "data `DIR`ectory")
	columns := flags.String("columns", "", "lease=`HEADER`,rent=HEADER")
	dry := flags.Bool("dry-run", false, "say what would change, and change nothing")
	asJSON := flags.Bool("json", false, "print a JSON object")
	path, err := parseFile(flags, args, "data")
	if err != nil {
		return err
	}
	titles, err := parseColumns(*columns, "lease", "rent")
	if err != nil {
		return err
	}
	table, err := readRents(path, titles)
	if err != nil {
		return err
	}
	if table.taken, err = p.takeRents(ctx, *dir, table.found.Rents, *dry); err != nil {
		return err
	}
	if *asJSON {
		err = table.json(p.out)
	} else {
		err = table.print(p.out, *dry)
	}
	if len(table.found.Rents) == 0 {
		return errors.Join(err, core.ErrNoRents)
	}
	return err
}

// rentTable is a table of rents, and what became of it.
type rentTable struct {
	file    table.Sheet
	columns rents.Columns
	found   rents.Import
	taken   core.Taken
}

// readRents reads a table. titles are those of the columns that the user named.
func readRents(path string, titles map[string]string) (t rentTable, err error) {
	var said []string
	for _, title := range titles {
		said = append(said, title)
	}
	if t.file, err = table.OpenFile(path, said...); err != nil {
		return t, err
	}
	if t.columns, err = rentColumns(t.file, titles); err != nil {
		return t, &columnsError{err, t.file.HeadLine(), columnsForm([]string{"lease", "rent"})}
	}
	t.found = rents.Read(t.file, t.columns)
	return t, nil
}

func rentColumns(f table.Sheet, titles map[string]string) (rents.Columns, error) {
	picked := rents.Columns{Lease: -1, Rent: -1}
	for key, to := range map[string]*int{"lease": &picked.Lease, "rent": &picked.Rent} {
		if titles[key] == "" {
			continue
		}
		at, err := column(f, titles[key])
		if err != nil {
			return picked, err
		}
		*to = at
	}
	return rents.Settle(f, picked)
}

// takeRents keeps rents in the store. When another Rentbell has the store open, that one
// keeps them.
func (p program) takeRents(ctx context.Context, dir string, found map[string]core.Cents, dry bool) (taken core.Taken, err error) {
	open := openWriter
	if dry {
		open = store.OpenReaderContext
		if empty, err := isEmpty(dir); empty || err != nil {
			_, taken = lookout.WeighRents(nil, found)
			return taken, err
		}
	}
	err = having(ctx, dir, p.telling(open), func(db *store.DB) error {
		known, err := db.Terms()
		if err != nil {
			return err
		}
		changed, weighed := lookout.WeighRents(known, found)
		if taken = weighed; dry || len(changed) == 0 {
			return nil
		}
		l, err := lookOut(ctx, db, p.log())
		if err != nil {
			return err
		}
		return l.EditTerms(ctx, func(map[string]core.LeaseTerms) map[string]core.LeaseTerms { return changed }, db.SaveTerms)
	}, func(c *remote.Client) (err error) {
		taken, err = c.TakeRents(ctx, found, dry)
		return err
	})
	return taken, err
}

// lookOut looks at everything in the store, so that the bell does not tell later what a
// change shows now. It tells nothing itself.
func lookOut(ctx context.Context, db *store.DB, log *slog.Logger) (*lookout.Lookout, error) {
	saved, err := settings(db)
	if err != nil {
		return nil, err
	}
	l, err := lookout.New(lookout.Config{
		Store: db, Reader: db, Settings: func() core.Settings { return saved }, Board: board.New(core.Status{}, db.Summary),
		Log: log, Now: time.Now, Named: func(d core.Detail) core.Detail { return d }, Faceless: true,
	})
	if err != nil {
		return nil, err
	}
	return l, l.Load(ctx)
}

// settings are those that are saved, where they can be used.
func settings(db *store.DB) (core.Settings, error) {
	saved, err := db.Settings()
	if err != nil && !errors.Is(err, core.ErrSettings) {
		return saved, err
	}
	saved, _ = saved.Mended() // the window says so
	return saved, nil
}

// json prints the result for scripts.
func (t rentTable) json(w io.Writer) error {
	columns := struct {
		Lease string `json:"lease"`
		Rent  string `json:"rent"`
	}{t.file.Title(t.columns.Lease), t.file.Title(t.columns.Rent)}
	return printImport(w, t.file, len(t.found.Rents), t.taken, t.found.Skipped, columns)
}

func (t rentTable) print(w io.Writer, dry bool) error {
	read := fmt.Sprintf("%d rents read from %s and %s", len(t.found.Rents), inert(t.file.Title(t.columns.Lease)), inert(t.file.Title(t.columns.Rent)))
	return tellImport(w, read, t.taken, t.found.Skipped, dry)
}
