package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"time"

	"rentbell/core"
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
