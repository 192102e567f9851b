package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"rentbell/core"
	"rentbell/core/export"
	"rentbell/core/names"
	"rentbell/core/remote"
	"rentbell/core/wholefile"
	"rentbell/store"
)

// readPatience bounds the wait for a process that is starting or stopping.
const readPatience = 3 * time.Second

// events prints what is stored.
func events(ctx context.Context, args []string, p program) error {
	flags := flag.NewFlagSet("events", flag.ContinueOnError)
	dir := flags.String("data", "", "data `DIR`ectory")
	apart := flags.Bool("quarantine", false, "print the quarantine")
	flags.Bool("json", false, "print JSON lines; the only form there is, so only its presence counts")
	if err := parse(flags, args, "data", "json"); err != nil {
		return err
	}
	return reading(ctx, *dir, func(db *store.DB) error {
		if *apart {
			return remote.WriteQuarantine(ctx, p.out, db)
		}
		return remote.WriteEvents(ctx, p.out, db)
	}, func(c *remote.Client) error {
		if *apart {
			return c.Quarantine(ctx, p.out)
		}
		return c.Events(ctx, p.out)
	})
}

// exportPayments writes the accountant's file.
func exportPayments(ctx context.Context, args []string, p program) error {
	if len(args) == 0 || args[0] != "payments" {
		return fmt.Errorf("%w: say what to export: payments", errUsage)
	}
	flags := flag.NewFlagSet("export payments", flag.ContinueOnError)
	dir := flags.String("data", "", "data `DIR`ectory")
	from := flags.String("from", "", "first `DATE`, YYYY-MM-DD")
	to := flags.String("to", "", "last `DATE`, YYYY-MM-DD")
	format := flags.String("format", "", "quickbooks, xero or full")
	out := flags.String("out", "", "`FILE`, or - for standard output")
	if err := parse(flags, args[1:], "data", "from", "to", "format", "out"); err != nil {
		return err
	}
	q, err := query(*from, *to, *format)
	if err != nil {
		return fmt.Errorf("%w: %w", errUsage, err)
	}
	var done export.Written
	write := func(w io.Writer) error {
		return payments(ctx, *dir, func(r export.Payments) (err error) {
			done, err = export.Export(ctx, w, r, q)
			return err
		})
	}
	if *out == "-" {
		err = write(p.out)
	} else {
		err = wholefile.Write(ctx, *out, write)
	}
	if err != nil {
		return err
	}
	fmt.Fprintf(p.err, "%d payments exported, %s in all\n", done.Rows, done.Total.Decimal())
	if done.LeftOut > 0 {
		fmt.Fprintf(p.err, "%d payments left out: amount missing or unusable\n", done.LeftOut)
	}
	return nil
}

// payments hands use what is paid, with the names that are in force.
func payments(ctx context.Context, dir string, use func(export.Payments) error) error {
	return reading(ctx, dir, func(db *store.DB) error {
		named, err := db.Names()
		if err != nil {
			return err
		}
		table := names.NewTable(named)
		return use(names.Named(db, func() *names.Table { return table }))
	}, func(c *remote.Client) error { return use(c) })
}

func query(from, to, format string) (q export.Query, err error) {
	if q.From, err = core.ParseDate(from); err != nil {
		return q, fmt.Errorf("--from: %w", err)
	}
	if q.To, err = core.ParseDate(to); err != nil {
		return q, fmt.Errorf("--to: %w", err)
	}
	if q.Format, err = export.ParseFormat(strings.ToLower(format)); err != nil {
		return q, fmt.Errorf("--format: %w", err)
	}
	if q.To.Before(q.From) {
		return q, fmt.Errorf("--from %s is after --to %s", q.From, q.To)
	}
	return q, nil
}

// reading answers from the file, or, while another process has it open, through
// that process. Neither creates anything. A process that is just starting has
// the file before it answers, and one that stops the other way round.
func reading(ctx context.Context, dir string, direct func(*store.DB) error, asked func(*remote.Client) error) error {
	if _, err := os.Stat(dir); err != nil {
		return fmt.Errorf("look at data directory: %w", err)
	}
	patience, cancel := context.WithTimeout(ctx, readPatience)
	defer cancel()
	for {
		db, err := store.OpenReader(dir)
		if err == nil {
			return errors.Join(direct(db), db.Close())
		}
		if !errors.Is(err, core.ErrInUse) {
			return err
		}
		holder, err := remote.Dial(ctx, dir)
		if err == nil {
			return asked(holder)
		}
		if patience.Err() != nil || !errors.Is(err, core.ErrNoControl) {
			return err
		}
	}
}
