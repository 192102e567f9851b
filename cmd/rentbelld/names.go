package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"slices"
	"strings"

	"rentbell/core"
	"rentbell/core/imports"
	"rentbell/core/names"
	"rentbell/core/remote"
	"rentbell/core/table"
	"rentbell/store"
)

// importNames reads names from a table and keeps them.
func importNames(ctx context.Context, args []string, p program) error {
	i := newImport("import names")
	kind := i.flags.String("kind", "", "lease, tenant, property, unit or vendor")
	columns := i.flags.String("columns", "", "id=`HEADER`,name=HEADER")
	err := i.parse(args, "data", "kind")
	if err != nil {
		return err
	}
	of, err := parseKind(*kind)
	if err != nil {
		return err
	}
	i.kind, i.keys, i.pick, i.none = core.TableOfNames(of), []string{"id", "name"}, pickNames, core.ErrNoNames
	if i.said, err = parseColumns(*columns, i.keys...); err != nil {
		return err
	}
	return i.run(ctx, p, func(t readTable) string {
		return fmt.Sprintf("%d names read from %s and %s", t.found.Count(), inert(t.said["id"]), inert(t.said["name"]))
	})
}

// pickNames are the columns of names that the user named. A name may be in two columns or
// three, with a plus between their titles.
func pickNames(s table.Sheet, said map[string]string) (imports.Columns, error) {
	picked, err := pickColumns(s, map[imports.Role]string{imports.RoleID: said["id"]})
	if err != nil || said["name"] == "" {
		return picked, err
	}
	titles := strings.Split(said["name"], "+")
	if s.Column(said["name"]) >= 0 {
		titles = []string{said["name"]} // the title itself holds a plus
	}
	roles := map[int][]imports.Role{
		1: {imports.RoleName}, 2: {imports.RoleFirst, imports.RoleLast}, 3: {imports.RoleFirst, imports.RoleMiddle, imports.RoleLast},
	}[len(titles)]
	if roles == nil {
		return nil, fmt.Errorf("%w: a name is in three columns at most", core.ErrColumns)
	}
	for i, role := range roles {
		if picked[role], err = column(s, titles[i]); err != nil {
			return nil, err
		}
	}
	return picked, nil
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

func parseKind(text string) (core.NameKind, error) {
	kind := core.NameKind(strings.ToLower(text))
	if !slices.Contains(core.NameKinds(), kind) {
		return "", fmt.Errorf("%w: --kind is lease, tenant, property, unit or vendor", errUsage)
	}
	return kind, nil
}
