package main

import (
	"context"
	"flag"
	"fmt"
	"time"

	"rentbell/core"
	"rentbell/core/lookout"
	"rentbell/core/radar"
	"rentbell/core/remote"
	"rentbell/store"
)

// findings prints what holds at a time, told or not, from what happened until then. Days
// are those of this process's time zone.
func findings(ctx context.Context, args []string, p program) error {
	flags := flag.NewFlagSet("radar", flag.ContinueOnError)
	dir := flags.String("data", "", "data `DIR`ectory")
	text := flags.String("at", "", "`TIME`, RFC 3339; now when not given")
	rule := core.DefaultDueRule()
	flags.IntVar(&rule.Due, "due", rule.Due, "`DAY` of the month on which rent is due, where a property has none of its own")
	flags.IntVar(&rule.Grace, "grace", rule.Grace, "`DAYS` after that before it is late")
	flags.Bool("json", false, "print JSON lines; the only form there is, so only its presence counts")
	if err := parse(flags, args, "data", "json"); err != nil {
		return err
	}
	at := time.Now()
	if *text != "" {
		given, err := time.Parse(time.RFC3339, *text)
		if err != nil {
			return fmt.Errorf("%w: --at is no time like 2026-06-07T09:00:00-05:00", errUsage)
		}
		at = given.In(time.Local)
	}
	if !rule.Valid() {
		return fmt.Errorf("%w: --due is 1 to 31, --grace 0 to %d", errUsage, core.MostGrace)
	}
	var found []core.Finding
	find := func(payments lookout.Payments, steps lookout.Steps, terms radar.Terms) (err error) {
		flags.Visit(func(f *flag.Flag) {
			switch f.Name {
			case "due":
				terms.Default.Due = rule.Due
			case "grace":
				terms.Default.Grace = rule.Grace
			}
		})
		found, err = lookout.Find(ctx, payments, steps, terms, at)
		return err
	}
	err := p.reading(ctx, *dir, func(db *store.DB) error {
		terms, err := decided(db)
		if err != nil {
			return err
		}
		return find(db, lookout.StepsOf(db), terms)
	}, func(c *remote.Client) error {
		terms, steps, err := c.Radar(ctx)
		if err != nil {
			return err
		}
		return find(c, steps, terms)
	})
	if err != nil {
		return err
	}
	return radar.WriteJSON(p.out, found)
}

// decided are the terms that a store remembers.
func decided(db *store.DB) (t radar.Terms, err error) {
	saved, err := settings(db)
	if err != nil {
		return t, err
	}
	if t.Default = saved.Radar.Rule; !t.Default.Valid() {
		t.Default = core.DefaultDueRule()
	}
	if t.Properties, err = db.DueRules(); err != nil {
		return t, err
	}
	t.Leases, err = db.Terms()
	return t, err
}

// notice puts the switch "Notice served" of a lease on or off.
func notice(ctx context.Context, args []string, p program) error {
	flags := flag.NewFlagSet("notice", flag.ContinueOnError)
	dir := flags.String("data", "", "data `DIR`ectory")
	lease := flags.String("lease", "", "`ID` of the lease")
	state, err := parseLast(flags, args, "on or off", "data", "lease")
	if err != nil {
		return err
	}
	if state != "on" && state != "off" {
		return fmt.Errorf("%w: notice is on or off", errUsage)
	}
	if len(*lease) > core.MaxNameID {
		return fmt.Errorf("%w: --lease is no id", errUsage)
	}
	return having(ctx, *dir, p.telling(openWriter), func(db *store.DB) error {
		l, err := lookOut(ctx, db, p.log())
		if err != nil {
			return err
		}
		return l.SetNotice(ctx, *lease, state == "on")
	}, func(c *remote.Client) error { return c.SetNotice(ctx, *lease, state == "on") })
}
