package main

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"rentbell/core"
	"rentbell/core/names"
	"rentbell/core/remote"
	"rentbell/core/table"
	"rentbell/store"
)

// importNames reads names from a table and keeps them.
func importNames(ctx context.Context, args []string, p program) error {
	flags := flag.NewFlagSet("import names", flag.ContinueOnError)
	dir := flags.String("data", "", "data `DIR`ectory")
	kind := flags.String("kind", "", "lease, tenant, property, unit or vendor")
	columns := flags.String("columns", "", "id=`HEADER`,name=HEADER")
	dry := flags.Bool("dry-run", false, "say what would change, and change nothing")
	asJSON := flags.Bool("json", false, "print a JSON object")
	path, err := parseFile(flags, args, "data", "kind")
	if err != nil {
		return err
	}
	of, err := parseKind(*kind)
	if err != nil {
		return err
	}
	titles, err := parseColumns(*columns, "id", "name")
	if err != nil {
		return err
	}
	table, err := readTable(path, of, columnTitles{titles["id"], titles["name"]})
	if err != nil {
		return err
	}
	if table.taken, err = p.takeNames(ctx, *dir, table.found.Names, *dry); err != nil {
		return err
	}
	if *asJSON {
		err = table.json(p.out)
	} else {
		err = table.print(p.out, *dry)
	}
	if len(table.found.Names) == 0 {
		return errors.Join(err, core.ErrNoNames)
	}
	return err
}

// exportNames writes the names that the user gave.
func exportNames(ctx context.Context, args []string, p program) error {
	flags := flag.NewFlagSet("export names", flag.ContinueOnError)
	dir := flags.String("data", "", "data `DIR`ectory")
	kind := flags.String("kind", "", "lease, tenant, property, unit or vendor; all when not given")
	out := flags.String("out", "", "`FILE`, or - for standard output")
	if err := parse(flags, args, "data", "out"); err != nil {
		return err
	}
	of := core.NameKind("")
	if *kind != "" {
		var err error
		if of, err = parseKind(*kind); err != nil {
			return err
		}
	}
	write := func(w io.Writer) error {
		return p.reading(ctx, *dir, func(db *store.DB) error {
			all, err := db.Names()
			if err != nil {
				return err
			}
			return names.Write(w, names.NewTable(all), of)
		}, func(c *remote.Client) error { return c.Names(ctx, w, of) })
	}
	return p.toFile(ctx, *out, write)
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

func parseKind(text string) (core.NameKind, error) {
	kind := core.NameKind(strings.ToLower(text))
	if !slices.Contains(core.NameKinds(), kind) {
		return "", fmt.Errorf("%w: --kind is lease, tenant, property, unit or vendor", errUsage)
	}
	return kind, nil
}

// columnTitles are the titles of the columns that the user named with
// --columns. An empty one was not named.
type columnTitles struct{ id, name string }

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

// readNames holds the names that were read from a table and the result of
// keeping them.
type readNames struct {
	file    table.Sheet
	columns names.Columns
	found   names.Import
	taken   core.Taken
}

func readTable(path string, kind core.NameKind, say columnTitles) (t readNames, err error) {
	if t.file, err = table.OpenFile(path, say.titles()...); err != nil {
		return t, err
	}
	if t.columns, err = say.columns(t.file, kind); err != nil {
		return t, &columnsError{err, t.file.HeadLine(), columnsForm([]string{"id", "name"})}
	}
	t.found = names.Read(t.file, t.columns, kind)
	return t, nil
}

// titles returns the titles that the user named.
func (t columnTitles) titles() []string {
	all := append([]string{t.id}, strings.Split(t.name, "+")...)
	return slices.DeleteFunc(all, func(title string) bool { return title == "" })
}

// columns returns the columns that the user named. For a column that was not
// named, it returns the one that certainly holds the ids or names.
func (t columnTitles) columns(f table.Sheet, kind core.NameKind) (names.Columns, error) {
	id, name := -1, []int(nil)
	if t.id != "" {
		at, err := column(f, t.id)
		if err != nil {
			return names.Columns{}, err
		}
		id = at
	}
	titles := strings.Split(t.name, "+")
	if f.Column(t.name) >= 0 {
		titles = []string{t.name} // the title itself holds a plus
	}
	for i := 0; t.name != "" && i < len(titles); i++ {
		at, err := column(f, titles[i])
		if err != nil {
			return names.Columns{}, err
		}
		name = append(name, at)
	}
	return names.Settle(f, kind, id, name)
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
	form string // what --columns looks like
}

func (e *columnsError) Unwrap() error { return e.error }

// takeNames keeps names in the store. When another Rentbell has the store open,
// that one keeps them.
func (p program) takeNames(ctx context.Context, dir string, given map[core.NameKey]string, dry bool) (taken core.Taken, err error) {
	open := p.telling(openWriter)
	if dry {
		open = p.telling(store.OpenReaderContext)
		if empty, err := isEmpty(dir); empty || err != nil {
			_, taken = names.NewTable(nil).Weigh(given)
			return taken, err
		}
	}
	err = having(ctx, dir, open, func(db *store.DB) error {
		all, err := db.Names()
		if err != nil {
			return err
		}
		changed, weighed := names.NewTable(all).Weigh(given)
		if taken = weighed; dry || len(changed) == 0 {
			return nil
		}
		return db.SaveNames(changed)
	}, func(c *remote.Client) (err error) {
		taken, err = c.TakeNames(ctx, given, dry)
		return err
	})
	return taken, err
}

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

// json prints the result for scripts.
func (t readNames) json(w io.Writer) error {
	id, name := names.Said(t.file, t.columns)
	columns := struct {
		ID   string `json:"id"`
		Name string `json:"name"`
	}{id, name}
	return printImport(w, t.file, len(t.found.Names), t.taken, t.found.Skipped, columns)
}

// printImport prints what became of a table for scripts, so names and order of members
// stay.
func printImport(w io.Writer, f table.Sheet, read int, taken core.Taken, skipped []table.Skipped, columns any) error {
	type line struct {
		Line   int         `json:"line"`
		Reason table.Fault `json:"reason"`
	}
	lines := []line{}
	for _, s := range skipped {
		lines = append(lines, line{s.Line, s.Fault})
	}
	out := json.NewEncoder(w)
	out.SetEscapeHTML(false)
	return out.Encode(struct {
		Read int `json:"read"`
		core.Taken
		Skipped   []line `json:"skipped"`
		Columns   any    `json:"columns"`
		Encoding  string `json:"encoding"`
		Separator string `json:"separator"`
	}{read, taken, lines, columns, string(f.Encoding), string(f.Separator)})
}

func (t readNames) print(w io.Writer, dry bool) error {
	id, name := names.Said(t.file, t.columns)
	return tellImport(w, fmt.Sprintf("%d names read from %s and %s", len(t.found.Names), inert(id), inert(name)), t.taken, t.found.Skipped, dry)
}

// tellImport prints what became of a table for people.
func tellImport(w io.Writer, read string, taken core.Taken, skipped []table.Skipped, dry bool) error {
	would := ""
	if dry {
		would = "; nothing was changed"
	}
	_, err := fmt.Fprintf(w, "%s: %d new, %d changed, %d as before%s\n", read, taken.Added, taken.Changed, taken.Same, would)
	for _, s := range skipped {
		_, failed := fmt.Fprintf(w, "line %d skipped: %s\n", s.Line, s.Fault)
		err = errors.Join(err, failed)
	}
	return err
}
