package main

import (
	"context"
	"fmt"

	"rentbell/core"
	"rentbell/core/imports"
	"rentbell/core/table"
)

// importRents reads expected rents from a table and keeps them.
func importRents(ctx context.Context, args []string, p program) error {
	i := newImport("import rents")
	columns := i.flags.String("columns", "", "lease=`HEADER`,rent=HEADER")
	err := i.parse(args, "data")
	if err != nil {
		return err
	}
	i.kind, i.keys, i.pick, i.none = core.TableRents, []string{"lease", "rent"}, pickRents, core.ErrNoRents
	if i.said, err = parseColumns(*columns, i.keys...); err != nil {
		return err
	}
	return i.run(ctx, p, func(t readTable) string {
		return fmt.Sprintf("%d rents read from %s and %s", t.found.Count(), inert(t.said["lease"]), inert(t.said["rent"]))
	})
}

func pickRents(s table.Sheet, said map[string]string) (imports.Columns, error) {
	return pickColumns(s, map[imports.Role]string{imports.RoleLease: said["lease"], imports.RoleRent: said["rent"]})
}
