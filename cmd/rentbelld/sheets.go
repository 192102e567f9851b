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
	"rentbell/core/monthsheet"
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
			named, err := namedReader(db)
			if err != nil {
				return err
			}
			now := time.Now()
			ends, err := lookout.LeaseEnds(ctx, named, now)
			if err != nil {
				return err
			}
			return calendar.Write(w, db, ends, core.DateOf(now))
		}, func(c *remote.Client) error { return c.WriteCalendar(ctx, w) })
	}
	return p.toFile(ctx, *out, write)
}

// exportMonth writes the rent of a month as a page to print.
func exportMonth(ctx context.Context, args []string, p program) error {
	flags := flag.NewFlagSet("export month", flag.ContinueOnError)
	dir := flags.String("data", "", "data `DIR`ectory")
	month := flags.String("month", "", "`MONTH`, YYYY-MM")
	out := flags.String("out", "", "`FILE`, or - for standard output")
	if err := parse(flags, args, "data", "month", "out"); err != nil {
		return err
	}
	m, err := core.ParseMonth(*month)
	if err != nil {
		return fmt.Errorf("%w: --month is no month like 2026-06", errUsage)
	}
	return p.toFile(ctx, *out, func(w io.Writer) error {
		return p.reading(ctx, *dir, func(db *store.DB) error {
			named, err := namedReader(db)
			if err != nil {
				return err
			}
			terms, err := decided(db)
			if err != nil {
				return err
			}
			now := time.Now()
			leases, err := lookout.MonthReceipts(ctx, named, terms, m, now)
			if err != nil {
				return err
			}
			saved, err := settings(db)
			if err != nil {
				return err
			}
			return monthsheet.Write(w, monthsheet.Sheet{Month: m, Company: saved.Company, Leases: leases, Now: now})
		}, func(c *remote.Client) error { return c.WriteMonth(ctx, w, m) })
	})
}

// toFile writes a file that appears whole or not at all, or to standard output.
func (p program) toFile(ctx context.Context, out string, write func(io.Writer) error) error {
	if out == "-" {
		return write(p.out)
	}
	return wholefile.Write(ctx, out, write)
}

// namedReader reads a store with the names in force.
func namedReader(db *store.DB) (core.Reader, error) {
	named, err := db.Names()
	if err != nil {
		return nil, err
	}
	table := names.NewTable(named)
	return names.Named(db, func() *names.Table { return table }), nil
}

// openExisting opens a store for writing, and makes none.
func openExisting(ctx context.Context, dir string, progress func(done, total int)) (*store.DB, error) {
	if _, err := os.Stat(filepath.Join(dir, store.FileName)); err != nil {
		return nil, fmt.Errorf("open store: %w", err)
	}
	return store.OpenContext(ctx, dir, progress)
}
