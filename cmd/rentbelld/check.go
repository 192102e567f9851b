package main

import (
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"strings"
	"time"

	"rentbell/core"
	"rentbell/store"
)

// checked is what `rentbelld check --json` prints, so names of members stay.
type checked struct {
	Fine bool `json:"fine"`
	store.Report
	Repaired *store.Repaired `json:"repaired,omitempty"` // when set, the report is of the repaired file
	Seconds  float64         `json:"seconds"`
}

// check recounts from the events everything that the store derives. With
// --repair it also rebuilds what differs.
func check(ctx context.Context, args []string, p program) error {
	flags := flag.NewFlagSet("check", flag.ContinueOnError)
	dir := flags.String("data", "", "data `DIR`ectory")
	mend := flags.Bool("repair", false, "rebuild what differs, and save what can be read of a damaged file")
	asJSON := flags.Bool("json", false, "print a JSON object")
	if err := parse(flags, args, "data"); err != nil {
		return err
	}
	began := time.Now()
	c, err := checkStore(ctx, *dir, *mend)
	if err != nil {
		return openError(err, *dir)
	}
	c.Seconds = time.Since(began).Seconds()
	if *asJSON {
		err = json.NewEncoder(p.out).Encode(c)
	} else {
		err = p.printChecked(c)
	}
	if err == nil && !c.Fine {
		err = errUnwell
	}
	return err
}

func checkStore(ctx context.Context, dir string, mend bool) (c checked, err error) {
	if _, err := os.Stat(dir); err != nil {
		return c, fmt.Errorf("look at data directory: %w", err)
	}
	if c.Report, err = store.Check(ctx, dir); err != nil {
		return c, err
	}
	if !c.Report.Fine() && mend {
		done, err := store.Repair(ctx, dir, time.Now())
		if err != nil {
			return c, err
		}
		c.Repaired = &done
		if c.Report, err = store.Check(ctx, dir); err != nil {
			return c, err
		}
	}
	c.Fine = c.Report.Fine()
	return c, nil
}

// printChecked prints one line for each part of the check.
func (p program) printChecked(c checked) error {
	for _, l := range c.lines() {
		if _, err := fmt.Fprintf(p.out, "%s  %-20s %s\n", marks[l.state], l.title, l.text); err != nil {
			return err
		}
	}
	return nil
}

type checkLine struct {
	state       core.CheckState
	title, text string
}

func (c checked) lines() []checkLine {
	var list []checkLine
	say := func(state core.CheckState, title, format string, args ...any) {
		list = append(list, checkLine{state, title, fmt.Sprintf(format, args...)})
	}
	if r := c.Repaired; r != nil {
		say(core.CheckGood, "Repaired", "%d events and %d quarantined deliveries kept", r.Events, r.Quarantined)
		say(core.CheckGood, "Kept aside", "%s", r.Aside)
		if r.Lost > 0 {
			say(core.CheckWarn, "Lost", "%d events could not be read", r.Lost)
		}
		if len(r.Left) > 0 {
			say(core.CheckWarn, "Left out", "What was kept as %s could not be read", strings.Join(r.Left, ", "))
		}
	}
	switch {
	case c.Unreadable:
		say(core.CheckBad, "File", "Damaged: Rentbell cannot open it. %d events can be saved", c.Events)
	case c.DamagedPages > 0:
		say(core.CheckBad, "File", "%d of %d pages are damaged", c.DamagedPages, c.Pages)
	case c.Faults > 0:
		say(core.CheckBad, "File", "%d pages are used twice, or never", c.Faults)
	default:
		say(core.CheckGood, "File", "%d pages, all whole", c.Pages)
	}
	if c.Lost > 0 {
		say(core.CheckBad, "Events", "%d found, %d are missing", c.Events, c.Lost)
	} else {
		say(core.CheckGood, "Events", "%d, and %d quarantined deliveries", c.Events, c.Quarantined)
	}
	for _, d := range c.Differences {
		say(core.CheckBad, strings.ToUpper(d.Part[:1])+d.Part[1:], "%d missing, %d too many, %d wrong", d.Missing, d.Extra, d.Wrong)
	}
	if c.Fine {
		say(core.CheckGood, "Recount", "Everything is as the events make it")
	} else {
		say(core.CheckWarn, "Next", "Run it again with --repair. The file as it is now is kept beside the new one")
	}
	return list
}
