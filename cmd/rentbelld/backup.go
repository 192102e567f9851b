package main

import (
	"context"
	"flag"
	"fmt"
	"path/filepath"
	"time"

	"rentbell/core/owner"
	"rentbell/core/remote"
	"rentbell/store"
)

// backup copies everything into one file. When another Rentbell has the store
// open, that one makes the copy.
func backup(ctx context.Context, args []string, p program) error {
	flags := flag.NewFlagSet("backup", flag.ContinueOnError)
	dir := flags.String("data", "", "data `DIR`ectory")
	out := flags.String("out", "", "`FILE` to write")
	if err := parse(flags, args, "data", "out"); err != nil {
		return err
	}
	path, err := filepath.Abs(*out) // the process that makes the copy may have another working directory
	if err != nil {
		return fmt.Errorf("find %s: %w", *out, err)
	}
	if _, err := owner.Follow(path); err != nil { // checked here too, because this process can explain the error better
		return fmt.Errorf("write %s: %w", path, err)
	}
	if err := p.reading(ctx, *dir,
		func(db *store.DB) error { return db.Backup(ctx, path, time.Now(), nil) },
		func(c *remote.Client) error { return c.Backup(ctx, path) },
	); err != nil {
		return err
	}
	_, err = fmt.Fprintf(p.err, "backed up to %s\n", path)
	return err
}
