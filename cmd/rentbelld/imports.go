package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"rentbell/core"
	"rentbell/core/board"
	"rentbell/core/imports"
	"rentbell/core/intake"
	"rentbell/core/lookout"
	"rentbell/core/names"
	"rentbell/core/remote"
	"rentbell/core/table"
	"rentbell/store"
)

// tableImport is one of the commands that import a table.
type tableImport struct {
	flags  *flag.FlagSet
	dir    *string
	dry    *bool
	asJSON *bool
	path   string

	kind core.TableKind
	keys []string          // of --columns
	said map[string]string // titles that the user named with it
	pick func(table.Sheet, map[string]string) (imports.Columns, error)
	none error  // when the table has nothing of its kind
	tell string // how many are new, changed and as before
}

func newImport(name string) *tableImport {
	flags := flag.NewFlagSet(name, flag.ContinueOnError)
	return &tableImport{
		flags:  flags,
		dir:    flags.String("data", "", "data `DIR`ectory"),
		dry:    flags.Bool("dry-run", false, "say what would change, and change nothing"),
		asJSON: flags.Bool("json", false, "print a JSON object"),
		tell:   "%d new, %d changed, %d as before",
	}
}

func (i *tableImport) parse(args []string, names ...string) (err error) {
	i.path, err = parseFile(i.flags, args, names...)
	return err
}

// run imports the table and prints what became of it, to people with what read says.
func (i *tableImport) run(ctx context.Context, p program, read func(readTable) string) error {
	t, err := i.read(ctx, p)
	if err != nil {
		return err
	}
	if t.taken, err = i.take(ctx, p, t); err != nil {
		return err
	}
	if *i.asJSON {
		err = t.json(p.out)
	} else {
		err = t.print(p.out, read(t)+": "+fmt.Sprintf(i.tell, t.taken.Added, t.taken.Changed, t.taken.Same), *i.dry)
	}
	switch {
	case t.found.Count() > 0:
		return err
	case !t.sheet.Titled && len(t.sheet.Rows) == 0:
		return errors.Join(err, core.ErrEmptyTable)
	}
	return errors.Join(err, i.none)
}

// readTable is a table that was read, and what became of it.
type readTable struct {
	file   []byte
	sheet  table.Sheet
	layout core.Layout
	found  imports.Found
	said   map[imports.Role]string // the titles of the columns that were used
	taken  core.Taken
}

func (i *tableImport) read(ctx context.Context, p program) (t readTable, err error) {
	if t.file, err = table.ReadFile(i.path); err != nil {
		return t, err
	}
	var titles []string
	for key, title := range i.said {
		if key == "name" {
			titles = append(titles, strings.Split(title, "+")...)
		} else {
			titles = append(titles, title)
		}
	}
	if t.sheet, err = table.Open(bytes.NewReader(t.file), titles...); err != nil {
		return t, err
	}
	sheet, columns, err := i.settle(ctx, p, t.sheet)
	if err != nil {
		return t, err
	}
	t.sheet = sheet
	t.layout, _ = imports.LayoutOf(sheet, i.kind, columns)
	t.found, t.said = imports.Read(sheet, i.kind, columns), imports.Said(sheet, i.kind, columns)
	return t, nil
}

// settle returns the columns that the user named, or else those that somebody chose before
// for such a table, or else those that are certain.
func (i *tableImport) settle(ctx context.Context, p program, s table.Sheet) (table.Sheet, imports.Columns, error) {
	if len(i.said) > 0 {
		columns, err := i.pick(s, i.said)
		if err == nil {
			columns, err = imports.Settle(s, i.kind, columns)
		}
		return s, columns, i.unsure(s, err)
	}
	layouts, failed := i.layouts(ctx, p)
	if r, found := imports.Recall(layouts, s, i.kind); found {
		return r.Sheet, r.Columns, nil
	}
	columns, err := imports.Settle(s, i.kind, nil)
	if err != nil {
		return s, columns, i.unsure(s, err)
	}
	return s, columns, failed
}

func (i *tableImport) unsure(s table.Sheet, err error) error {
	if err == nil {
		return nil
	}
	unsure := &columnsError{error: err, head: s.HeadLine()}
	if len(i.keys) > 0 {
		unsure.form = columnsForm(i.keys)
	}
	return unsure
}

// layouts are those that people chose.
func (i *tableImport) layouts(ctx context.Context, p program) (layouts []core.Layout, err error) {
	if empty, err := isEmpty(*i.dir); empty || err != nil {
		return nil, err
	}
	err = p.reading(ctx, *i.dir, func(db *store.DB) (err error) {
		layouts, err = db.Layouts()
		return err
	}, func(c *remote.Client) (err error) {
		layouts, err = c.Layouts(ctx)
		return err
	})
	return layouts, err
}

// take keeps what was found in the store, and what the user said of the columns. When
// another Rentbell has the store open, that one keeps them.
func (i *tableImport) take(ctx context.Context, p program, t readTable) (taken core.Taken, err error) {
	open := openWriter
	if *i.dry {
		open = store.OpenReaderContext
		if empty, err := isEmpty(*i.dir); empty || err != nil {
			return intake.Weigh(t.found, names.NewTable(nil), nil), err
		}
	}
	layout := len(i.said) > 0 && t.sheet.Titled && t.found.Count() > 0 && !*i.dry
	err = having(ctx, *i.dir, p.telling(open), func(db *store.DB) error {
		k, err := p.intake(ctx, db)
		if err != nil {
			return err
		}
		if taken, err = k.Import(ctx, filepath.Base(i.path), t.found, *i.dry); err != nil || !layout {
			return err
		}
		return k.KeepLayout(t.layout)
	}, func(c *remote.Client) (err error) {
		if taken, err = c.Import(ctx, filepath.Base(i.path), t.file, t.layout, *i.dry); err != nil || !layout {
			return err
		}
		return c.KeepLayout(ctx, t.layout)
	})
	return taken, err
}

// intake keeps tables in a store that no other process has.
func (p program) intake(ctx context.Context, db *store.DB) (*intake.Intake, error) {
	book, err := names.NewBook(db, board.New(core.Status{}, db.Summary))
	if err != nil {
		return nil, err
	}
	return intake.New(intake.Config{
		Store: db, Names: book, Now: time.Now,
		Rents:  func(ctx context.Context) (*lookout.Lookout, error) { return lookOut(ctx, db, p.log()) },
		Ledger: ledger{db, func() (*lookout.Lookout, error) { return lookOut(ctx, db, p.log()) }}, Find: func(ctx context.Context, at time.Time) ([]core.Finding, error) { return find(ctx, db, at) },
	}), nil
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

// parseFile reads flags like parse, and takes one file name after them.
func parseFile(flags *flag.FlagSet, args []string, names ...string) (path string, err error) {
	return parseLast(flags, args, "FILE", names...)
}

// parseLast reads flags like parse, and takes one word after them.
func parseLast(flags *flag.FlagSet, args []string, what string, names ...string) (last string, err error) {
	flags.SetOutput(io.Discard)
	if err := flags.Parse(args); err == nil && flags.NArg() > 0 {
		last = flags.Arg(flags.NArg() - 1)
		args = args[:len(args)-1]
	}
	if err := parse(flags, args, names...); err != nil {
		return "", err
	}
	if last == "" {
		return "", fmt.Errorf("%w: %s is missing", errUsage, what)
	}
	return last, nil
}

// parseColumns reads "id=HEADER,name=HEADER" for these keys. A title may hold commas.
func parseColumns(text string, keys ...string) (titles map[string]string, err error) {
	titles = map[string]string{}
	for part := text; part != ""; {
		key, title, _ := strings.Cut(part, "=")
		key, part = strings.TrimSpace(key), ""
		for _, next := range keys {
			if before, after, found := strings.Cut(title, ","+next+"="); found {
				title, part = before, next+"="+after
			}
		}
		if titles[key] != "" || !slices.Contains(keys, key) || strings.TrimSpace(title) == "" {
			return nil, fmt.Errorf("%w: --columns is %s", errUsage, columnsForm(keys))
		}
		titles[key] = strings.TrimSpace(title)
	}
	return titles, nil
}

// columnsForm is what --columns looks like.
func columnsForm(keys []string) string { return strings.Join(keys, "=HEADER,") + "=HEADER" }

// pickColumns are the columns that the user named, by their titles. An empty title was not
// named.
func pickColumns(s table.Sheet, titles map[imports.Role]string) (picked imports.Columns, err error) {
	picked = imports.Columns{}
	for role, title := range titles {
		if title == "" {
			continue
		}
		if picked[role], err = column(s, title); err != nil {
			return nil, err
		}
	}
	return picked, nil
}

func column(f table.Sheet, title string) (int, error) {
	at := f.Column(title)
	if at < 0 {
		return at, fmt.Errorf("%w: no column, or more than one, is called %q", core.ErrColumns, title)
	}
	return at, nil
}

// columnsError says that the user has to name the columns.
type columnsError struct {
	error
	head string // the line of the file that holds the titles
	form string // what --columns looks like; empty: the command has none
}

func (e *columnsError) Unwrap() error { return e.error }

// openWriter opens the store of a directory for writing. It makes a store in an
// empty directory, and not in one that holds other files, which may be the
// wrong directory.
func openWriter(ctx context.Context, dir string, progress func(done, total int)) (*store.DB, error) {
	if _, err := os.Stat(filepath.Join(dir, store.FileName)); err != nil {
		if empty, _ := isEmpty(dir); !empty {
			return nil, fmt.Errorf("open store: %w", err)
		}
	}
	return store.OpenContext(ctx, dir, progress)
}

// isEmpty reports whether an existing directory is empty.
func isEmpty(dir string) (bool, error) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return false, fmt.Errorf("look at data directory: %w", err)
	}
	return len(entries) == 0, nil
}

// json prints the result for scripts, so names and order of members stay.
func (t readTable) json(w io.Writer) error {
	type line struct {
		Line   int         `json:"line"`
		Reason table.Fault `json:"reason"`
	}
	lines := []line{}
	for _, s := range t.found.Skipped {
		lines = append(lines, line{s.Line, s.Fault})
	}
	out := json.NewEncoder(w)
	out.SetEscapeHTML(false)
	return out.Encode(struct {
		Read int `json:"read"`
		core.Taken
		Skipped   []line                  `json:"skipped"`
		Columns   map[imports.Role]string `json:"columns"` // sorted by role
		Encoding  string                  `json:"encoding"`
		Separator string                  `json:"separator"`
	}{t.found.Count(), t.taken, lines, t.said, string(t.sheet.Encoding), string(t.sheet.Separator)})
}

// print prints the result for people.
func (t readTable) print(w io.Writer, read string, dry bool) error {
	would := ""
	if dry {
		would = "; nothing was changed"
	}
	_, err := fmt.Fprintf(w, "%s%s\n", read, would)
	for _, s := range t.found.Skipped {
		_, failed := fmt.Fprintf(w, "line %d skipped: %s\n", s.Line, s.Fault)
		err = errors.Join(err, failed)
	}
	return err
}
