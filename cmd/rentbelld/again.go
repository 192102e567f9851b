package main

import (
	"cmp"
	"context"
	"flag"
	"fmt"
	"io"
	"path/filepath"
	"strings"
	"time"

	"rentbell/core"
	"rentbell/core/export"
	"rentbell/core/remote"
	"rentbell/store"
)

// exportAgain makes the files of a remembered export again. Without one it lists them.
func exportAgain(ctx context.Context, args []string, p program) error {
	flags := flag.NewFlagSet("export again", flag.ContinueOnError)
	dir := flags.String("data", "", "data `DIR`ectory")
	sum := flags.String("sha256", "", "the `BEGINNING` of the export's hash, as it is listed")
	out := flags.String("out", "", "`FILE`, or - for standard output")
	if err := parse(flags, args, "data"); err != nil {
		return err
	}
	if (*sum == "") != (*out == "") {
		return fmt.Errorf("%w: --sha256 and --out go together", errUsage)
	}
	past, err := p.pastExports(ctx, *dir)
	if err != nil {
		return err
	}
	if *sum == "" {
		return listExports(p.out, past)
	}
	e, err := exportOf(past, *sum)
	if err != nil {
		return err
	}
	to, err := p.target(*out)
	if err != nil {
		return err
	}
	var done export.WrittenFiles
	from := func(s export.Source) (err error) {
		done, err = export.Again(ctx, s, to, e)
		return err
	}
	err = p.reading(ctx, *dir, func(db *store.DB) error { return from(historyOf(db)) }, func(c *remote.Client) error { return from(c) })
	if err == nil {
		tellExport(p.err, e.Format, done, *out)
	}
	return err
}

// pastExports returns the exports that are remembered, oldest first.
func (p program) pastExports(ctx context.Context, dir string) (past []core.PastExport, err error) {
	err = p.reading(ctx, dir, func(db *store.DB) (err error) {
		past, err = historyOf(db).Past()
		return err
	}, func(c *remote.Client) (err error) {
		past, err = c.PastExports(ctx)
		return err
	})
	return past, err
}

// exportOf finds the export whose hash begins so. Several of one hash are the same bytes.
func exportOf(past []core.PastExport, sum string) (found core.PastExport, err error) {
	for _, e := range past {
		if e.SHA256 == "" || !strings.HasPrefix(e.SHA256, strings.ToLower(sum)) {
			continue
		}
		if found.SHA256 != "" && found.SHA256 != e.SHA256 {
			return found, fmt.Errorf("%w: more than one export begins with this --sha256", errUsage)
		}
		found = e
	}
	if found.SHA256 == "" {
		return found, fmt.Errorf("%w: no remembered export begins with this --sha256", errUsage)
	}
	return found, nil
}

// listed is how many digits of a hash are listed.
const listed = 12

// listExports prints one export a line.
func listExports(w io.Writer, past []core.PastExport) error {
	for _, e := range past {
		sum := cmp.Or(e.SHA256, strings.Repeat("-", listed)) // one that an earlier version made
		_, err := fmt.Fprintf(w, "%.*s  %s  %s  %s to %s  %d payments, %s  %s\n",
			listed, sum, moment(e.At), e.Format, e.From, e.To, e.Rows, e.Total.Decimal(), inert(pathOf(e)))
		if err != nil {
			return err
		}
	}
	return nil
}

// pathOf is where an export went.
func pathOf(e core.PastExport) string {
	if e.File == core.StandardOutput {
		return "standard output"
	}
	return filepath.Join(e.Dir, e.File)
}

func moment(t time.Time) string { return t.Local().Format("2006-01-02 15:04") }
