package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"
	"time"

	"rentbell/core"
	"rentbell/core/export"
	"rentbell/core/remote"
	"rentbell/store"
)

// readPatience is how long a command waits for a process that is starting or
// stopping.
const readPatience = 3 * time.Second

// events prints the events of the store, or the deliveries in quarantine.
func events(ctx context.Context, args []string, p program) error {
	flags := flag.NewFlagSet("events", flag.ContinueOnError)
	dir := flags.String("data", "", "data `DIR`ectory")
	apart := flags.Bool("quarantine", false, "print the quarantine")
	flags.Bool("json", false, "print JSON lines; the only form there is, so only its presence counts")
	if err := parse(flags, args, "data", "json"); err != nil {
		return err
	}
	return p.reading(ctx, *dir, func(db *store.DB) error {
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

// exportPayments writes payments in the format of a bookkeeping program. With
// --split it writes several files where one would be too large for the
// importer.
func exportPayments(ctx context.Context, args []string, p program) error {
	flags := flag.NewFlagSet("export payments", flag.ContinueOnError)
	dir := flags.String("data", "", "data `DIR`ectory")
	from := flags.String("from", "", "first `DATE`, YYYY-MM-DD")
	to := flags.String("to", "", "last `DATE`, YYYY-MM-DD")
	format := flags.String("format", "", "quickbooks, xero, full, xlsx, ofx or qbo")
	out := flags.String("out", "", "`FILE`, or - for standard output")
	split := flags.Bool("split", false, "write several files where the importer takes no more in one")
	bid := flags.String("intu-bid", strconv.Itoa(export.DefaultIntuBID), "`NUMBER` of the bank that a qbo file names")
	if err := parse(flags, args, "data", "from", "to", "format", "out"); err != nil {
		return err
	}
	q, err := query(*from, *to, *format)
	if err == nil {
		q.IntuBID, err = intuBID(*bid)
	}
	if err != nil {
		return fmt.Errorf("%w: %w", errUsage, err)
	}
	if *split && *out == "-" {
		return fmt.Errorf("%w: --split needs the name of a FILE, not --out -", errUsage)
	}
	q.OneFile = !*split
	if export.IsStatement(q.Format) {
		if q.Account, err = p.statementAccount(ctx, *dir); err != nil {
			return err
		}
	}
	var done export.WrittenFiles
	err = p.payments(ctx, *dir, func(r export.Payments) (err error) {
		if *out == "-" {
			done.Written, err = export.Export(ctx, p.out, r, q)
		} else {
			done, err = export.Files(ctx, *out, r, q)
		}
		return err
	})
	if err != nil {
		return err
	}
	tellExport(p.err, q.Format, done, *out)
	return nil
}

// tellExport prints how many payments were written, and how many were left out
// and why.
func tellExport(w io.Writer, f core.Format, done export.WrittenFiles, out string) {
	fmt.Fprintf(w, "%d payments exported, %s in all\n", done.Rows, done.Total.Decimal())
	if done.LeftOut > 0 {
		fmt.Fprintf(w, "%d payments left out: amount missing or unusable\n", done.LeftOut)
	}
	if done.Zeros > 0 {
		importer := "QuickBooks"
		if export.IsStatement(f) {
			importer = "a bookkeeping program"
		}
		fmt.Fprintf(w, "%d payments left out: their amount is zero, and %s refuses a file with such a row\n", done.Zeros, importer)
	}
	switch {
	case done.Files > 1:
		fmt.Fprintf(w, "written in %d files, %q to %q\n", done.Files, export.PartName(out, 1, done.Files), export.PartName(out, done.Files, done.Files))
	case done.Exceeds(f):
		fmt.Fprintf(w, "this is more than the importer takes in one file, which is %s: choose a shorter period, or use --split\n", limitWords[f])
	}
}

// limitWords describe the limits that export.Written.Exceeds checks.
var limitWords = map[core.Format]string{
	core.FormatQuickBooks: "1,000 rows or 350 KB for QuickBooks",
	core.FormatXero:       "1,000 rows for Xero",
}

// statementAccount returns the account that statements are of. Only the first export
// writes it to the store; later ones read.
func (p program) statementAccount(ctx context.Context, dir string) (a core.StatementAccount, err error) {
	ask := func(c *remote.Client) (err error) {
		a, err = c.StatementAccount(ctx)
		return err
	}
	err = p.reading(ctx, dir, func(db *store.DB) (err error) {
		a, err = db.StatementAccount()
		return err
	}, ask)
	if err != nil || a.Valid() {
		return a, err
	}
	err = having(ctx, dir, p.telling(openWriter), func(db *store.DB) (err error) {
		a, err = db.MakeStatementAccount()
		return err
	}, ask)
	return a, err
}

// payments calls use with the stored payments and the names that the user gave.
func (p program) payments(ctx context.Context, dir string, use func(export.Payments) error) error {
	return p.reading(ctx, dir, func(db *store.DB) error {
		named, err := namedReader(db)
		if err != nil {
			return err
		}
		return use(named)
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

// intuBID reads the number of a bank in Intuit's list, which may have zeros in front.
func intuBID(text string) (uint, error) {
	n, err := strconv.ParseUint(text, 10, 31)
	if err != nil || n == 0 {
		return 0, errors.New("--intu-bid is no number of a bank")
	}
	return uint(n), nil
}

// reading calls direct with the store, or asked when another process has the
// store open. It creates nothing.
func (p program) reading(ctx context.Context, dir string, direct func(*store.DB) error, asked func(*remote.Client) error) error {
	return having(ctx, dir, p.telling(store.OpenReaderContext), direct, asked)
}

// having opens the store, or asks the process that has it open. A process that
// starts locks the store before it answers, and one that stops answers no more
// before it unlocks the store; so having tries again for readPatience.
func having(ctx context.Context, dir string, open opener, direct func(*store.DB) error, asked func(*remote.Client) error) error {
	if _, err := os.Stat(dir); err != nil {
		return fmt.Errorf("look at data directory: %w", err)
	}
	patience, cancel := context.WithTimeout(ctx, readPatience)
	defer cancel()
	for {
		db, err := open(ctx, dir)
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
