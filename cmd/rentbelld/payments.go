package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"rentbell/core"
	"rentbell/core/export"
	"rentbell/core/names"
	"rentbell/core/remote"
	"rentbell/store"
)

// exportPayments writes payments in the format of a bookkeeping program: those of a
// period or, with --new, those that no remembered export of the format holds. With
// --split it writes several files where one would be too large for the importer.
func exportPayments(ctx context.Context, args []string, p program) error {
	flags := flag.NewFlagSet("export payments", flag.ContinueOnError)
	dir := flags.String("data", "", "data `DIR`ectory")
	from := flags.String("from", "", "first `DATE`, YYYY-MM-DD")
	to := flags.String("to", "", "last `DATE`, YYYY-MM-DD")
	fresh := flags.Bool("new", false, "what no remembered export of the format holds yet; this one is remembered")
	format := flags.String("format", "", "quickbooks, xero, full, xlsx, ofx or qbo")
	out := flags.String("out", "", "`FILE`, or - for standard output")
	split := flags.Bool("split", false, "write several files where the importer takes no more in one")
	takeOver := flags.Bool("take-over", false, "with --new: also what another desk of the office began to export and did not end")
	bid := flags.String("intu-bid", strconv.Itoa(export.DefaultIntuBID), "`NUMBER` of the bank that a qbo file names")
	if err := parse(flags, args, "data", "format", "out"); err != nil {
		return err
	}
	q, err := query(*from, *to, *fresh, *format)
	if err == nil {
		q.IntuBID, err = intuBID(*bid)
	}
	if err != nil {
		return fmt.Errorf("%w: %w", errUsage, err)
	}
	if *split && *out == core.StandardOutput {
		return fmt.Errorf("%w: --split needs the name of a FILE, not --out -", errUsage)
	}
	if *takeOver && !*fresh {
		return fmt.Errorf("%w: --take-over goes with --new", errUsage)
	}
	q.OneFile, q.TakeOver = !*split, *takeOver
	if *fresh {
		return p.exportNew(ctx, *dir, *out, q)
	}
	return p.exportPeriod(ctx, *dir, *out, q)
}

// exportPeriod writes the payments of a period. Nothing of that is remembered.
func (p program) exportPeriod(ctx context.Context, dir, out string, q export.Query) (err error) {
	if export.IsStatement(q.Format) {
		if q.Account, err = p.statementAccount(ctx, dir); err != nil {
			return err
		}
	}
	var done export.WrittenFiles
	err = p.payments(ctx, dir, func(r export.Payments) (err error) {
		if out == core.StandardOutput {
			done.Written, err = export.Export(ctx, p.out, r, q)
		} else {
			done, err = export.Files(ctx, out, r, q)
		}
		return err
	})
	if err == nil {
		tellExport(p.err, q.Format, done, out)
	}
	return err
}

// exportNew writes what is new and has it remembered, by the process that has the store
// open if there is one.
func (p program) exportNew(ctx context.Context, dir, out string, q export.Query) error {
	to, err := p.target(out)
	if err != nil {
		return err
	}
	var done export.WrittenFiles
	var broken []core.PastExport
	at := func(d export.Desk) (err error) {
		done, broken, err = export.New(ctx, d, to, q)
		return err
	}
	err = p.visiting(ctx, dir, at)
	if errors.Is(err, errNoVisit) {
		err = having(ctx, dir, p.telling(openExisting), func(db *store.DB) error {
			h := historyOf(db)
			if isDesk(dir) { // and nothing follows the office now
				h.InOffice(func() core.ExportOffice { return export.Away{} }, nil)
			}
			return at(h)
		}, func(c *remote.Client) error { return at(c) })
	}
	for _, e := range broken {
		fmt.Fprintf(p.err, "an export of %d payments to %s, begun at %s, did not end: they count as new again\n", e.Rows, inert(pathOf(e)), moment(e.At))
	}
	switch {
	case err != nil:
		return err
	case done.Rows == 0:
		fmt.Fprintf(p.err, "nothing is new since the last export for %s: nothing was written\n", q.Format)
		tellLeftOut(p.err, q.Format, done)
	default:
		tellExport(p.err, q.Format, done, out)
	}
	return nil
}

// target is where --out leads. What is remembered of a path holds in any directory.
func (p program) target(out string) (export.Target, error) {
	if out == core.StandardOutput {
		return export.Target{Out: p.out}, nil
	}
	path, err := filepath.Abs(out)
	return export.Target{Path: path}, err
}

// historyOf remembers the exports of a store that this process has opened.
func historyOf(db *store.DB) *export.History {
	return export.NewHistory(db, func(renames uint64) (export.Reader, error) { return names.AsOf(db, renames) }, time.Now)
}

// tellExport prints how many payments were written, and how many were left out
// and why.
func tellExport(w io.Writer, f core.Format, done export.WrittenFiles, out string) {
	fmt.Fprintf(w, "%d payments exported, %s in all\n", done.Rows, done.Total.Decimal())
	tellLeftOut(w, f, done)
	switch {
	case done.Files > 1:
		fmt.Fprintf(w, "written in %d files, %q to %q\n", done.Files, export.PartName(out, 1, done.Files), export.PartName(out, done.Files, done.Files))
	case done.Exceeds(f):
		fmt.Fprintf(w, "this is more than the importer takes in one file, which is %s: choose a shorter period, or use --split\n", limitWords[f])
	}
}

func tellLeftOut(w io.Writer, f core.Format, done export.WrittenFiles) {
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

// query reads what is to be exported: a period, or what is new.
func query(from, to string, fresh bool, format string) (q export.Query, err error) {
	if q.Format, err = export.ParseFormat(strings.ToLower(format)); err != nil {
		return q, fmt.Errorf("--format: %w", err)
	}
	switch {
	case fresh && from+to == "":
		return q, nil
	case fresh:
		return q, errors.New("--new takes the place of --from and --to")
	case from == "":
		return q, errors.New("--from is missing, or --new")
	case to == "":
		return q, errors.New("--to is missing")
	}
	if q.From, err = core.ParseDate(from); err != nil {
		return q, fmt.Errorf("--from: %w", err)
	}
	if q.To, err = core.ParseDate(to); err != nil {
		return q, fmt.Errorf("--to: %w", err)
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
