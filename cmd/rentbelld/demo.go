package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"log/slog"
	"time"

	"rentbell/cmd/internal/launch"
	"rentbell/core"
)

// latest is how much of the past the demo prints before the live feed.
const latest = 8

// demo is the app at work on made-up data, in a terminal.
func demo(ctx context.Context, args []string, p program) error {
	if err := parse(flag.NewFlagSet("demo", flag.ContinueOnError), args); err != nil {
		return err
	}
	quiet := slog.New(slog.NewTextHandler(p.err, &slog.HandlerOptions{Level: slog.LevelWarn}))
	d, err := launch.OpenDemo(launch.Options{Program: "rentbelld", Log: quiet})
	if err != nil {
		return err
	}
	s, err := d.Bell.Summary()
	if err == nil {
		fmt.Fprintf(p.out, "Rentbell with made-up data: 47 units, %d events in two months, %d payments.\n", s.Events, s.Feeds[core.FeedPayments])
		fmt.Fprintf(p.out, "New ones arrive every few seconds. Ctrl-C ends it; nothing is kept.\n\n")
		err = printLatest(d.App, p)
	}
	if err != nil {
		return errors.Join(err, d.Close())
	}
	return errors.Join(follow(ctx, d, p.out), d.Close())
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
