package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"

	"rentbell/core"
	"rentbell/core/calendar"
	"rentbell/core/lookout"
	"rentbell/core/names"
	"rentbell/core/remote"
	"rentbell/core/wholefile"
	"rentbell/store"
)

// exportCalendar writes the ends of leases as iCalendar.
func exportCalendar(ctx context.Context, args []string, p program) error {
	flags := flag.NewFlagSet("export calendar", flag.ContinueOnError)
	dir := flags.String("data", "", "data `DIR`ectory")
	out := flags.String("out", "", "`FILE`, or - for standard output")
	if err := parse(flags, args, "data", "out"); err != nil {
		return err
	}
	write := func(w io.Writer) error {
		return having(ctx, *dir, p.telling(openExisting), func(db *store.DB) error {
			named, err := db.Names()
			if err != nil {
				return err
			}
			table, now := names.NewTable(named), time.Now()
			ends, err := lookout.LeaseEnds(ctx, names.Named(db, func() *names.Table { return table }), now)
			if err != nil {
				return err
			}
			return calendar.Write(w, db, ends, core.DateOf(now))
		}, func(c *remote.Client) error { return c.WriteCalendar(ctx, w) })
	}
	if *out == "-" {
		return write(p.out)
	}
	return wholefile.Write(ctx, *out, write)
}

// openExisting opens a store for writing, and makes none.
func openExisting(ctx context.Context, dir string, progress func(done, total int)) (*store.DB, error) {
	if _, err := os.Stat(filepath.Join(dir, store.FileName)); err != nil {
		return nil, fmt.Errorf("open store: %w", err)
	}
	return store.OpenContext(ctx, dir, progress)
}
