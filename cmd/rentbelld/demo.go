package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"log/slog"
	"time"

	"rentbell/cmd/internal/launch"
	"rentbell/core"
)

// latest is how many past events the demo prints before new ones.
const latest = 8

// demo runs Rentbell on made-up data and prints events to the terminal.
func demo(ctx context.Context, args []string, p program) error {
	flags := flag.NewFlagSet("demo", flag.ContinueOnError)
	kind := flags.String("kind", string(core.KindWebhookAPI), "show this `KIND` of connection: webhook-api, developer-space or reports")
	if err := parse(flags, args); err != nil {
		return err
	}
	c := launch.Connection{Kind: core.Kind(*kind)}
	if err := c.Check(); err != nil {
		return fmt.Errorf("%w: %w", errUsage, err)
	}
	quiet := slog.New(slog.NewTextHandler(p.err, &slog.HandlerOptions{Level: slog.LevelWarn}))
	d, err := launch.OpenDemo(launch.Options{Program: "rentbelld", Connection: c, Log: quiet})
	if err != nil {
		return err
	}
	s, err := d.Bell.Summary()
	if err == nil {
		if c.Kind == core.KindDeveloperSpace {
			fmt.Fprintln(p.out, "Rentbell with made-up data: 47 units, whose last three months are read back first.")
		} else {
			fmt.Fprintf(p.out, "Rentbell with made-up data: 47 units, %d events in three months, %d payments.\n", s.Events, s.Feeds[core.FeedPayments])
		}
		fmt.Fprintf(p.out, "New ones arrive every few seconds. Ctrl-C ends it; nothing is kept.\n\n")
		err = printLatest(d.App, p)
	}
	if err != nil {
		return errors.Join(err, d.Close())
	}
	unwatch := d.Bell.Watch(printFindings(d.Bell.Findings, p.out))
	defer unwatch()
	return errors.Join(printing(ctx, d, p.out), d.Close())
}

// printFindings returns what prints each finding once, at the first change after it was
// found.
func printFindings(findings func() []core.Found, out io.Writer) func(core.Change) {
	printed := map[core.FindingKey]bool{}
	return func(core.Change) {
		for _, f := range findings() {
			if key := f.Key(); !printed[key] {
				printed[key] = true
				_, _ = fmt.Fprintln(out, findingLine(f)) // a closed stdout does not stop the demo
			}
		}
	}
}

func printLatest(app *launch.App, p program) error {
	events, err := app.Bell.Page(core.FeedActivity, 0, latest)
	if err != nil {
		return err
	}
	for i := len(events) - 1; i >= 0; i-- {
		fmt.Fprintln(p.out, line(events[i], time.Local))
	}
	return nil
}
