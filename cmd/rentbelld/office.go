package main

import (
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"time"

	"rentbell/core/office"
	"rentbell/core/remote"
	"rentbell/store"
)

// officeInvite prints a code for one more desk.
func officeInvite(ctx context.Context, args []string, p program) error {
	flags, dir, asJSON := officeFlags("invite")
	if err := parse(flags, args, "data"); err != nil {
		return err
	}
	return p.office(ctx, *dir, func(o remote.Office) error {
		code, err := o.Invite(ctx)
		if err != nil {
			return err
		}
		if *asJSON {
			return json.NewEncoder(p.out).Encode(map[string]string{"code": code.String()})
		}
		_, err = fmt.Fprintln(p.out, code)
		return err
	})
}

// officeDesks prints the desks of the office.
func officeDesks(ctx context.Context, args []string, p program) error {
	flags, dir, asJSON := officeFlags("desks")
	if err := parse(flags, args, "data"); err != nil {
		return err
	}
	return p.served(ctx, *dir, func(o remote.Office) error {
		desks, err := o.Desks(ctx)
		if err != nil {
			return err
		}
		for _, d := range desks {
			if err := p.printDesk(d, *asJSON); err != nil {
				return err
			}
		}
		return nil
	})
}

// officeRevoke removes a desk.
func officeRevoke(ctx context.Context, args []string, p program) error {
	flags, dir, asJSON := officeFlags("revoke")
	name, err := parseNamed(flags, args, "data")
	if err != nil {
		return err
	}
	if name == "" {
		return fmt.Errorf("%w: say which desk: office revoke NAME", errUsage)
	}
	return p.served(ctx, *dir, func(o remote.Office) error {
		if err := o.Revoke(ctx, name); err != nil {
			return fmt.Errorf("remove a desk: %w", err)
		}
		if *asJSON {
			return json.NewEncoder(p.out).Encode(map[string]string{"revoked": name})
		}
		_, err := fmt.Fprintf(p.out, "%q is removed from the office\n", name)
		return err
	})
}

// parseNamed parses flags with a name before, between or behind them.
func parseNamed(flags *flag.FlagSet, args []string, names ...string) (name string, err error) {
	flags.SetOutput(io.Discard) // run prints the error and the usage
	if err := flags.Parse(args); err != nil || flags.NArg() == 0 {
		return "", parse(flags, args, names...) // it says what is wrong with them
	}
	return flags.Arg(0), parse(flags, flags.Args()[1:], names...)
}

func officeFlags(verb string) (flags *flag.FlagSet, dir *string, asJSON *bool) {
	flags = flag.NewFlagSet("office "+verb, flag.ContinueOnError)
	return flags, flags.String("data", "", "data `DIR`ectory"), flags.Bool("json", false, "print JSON")
}

// served is office for a data directory that has received for one; office.ErrNotReceiver
// when it has not.
func (p program) served(ctx context.Context, dir string, do func(remote.Office) error) error {
	if _, err := os.Stat(dir); err == nil && !hasServed(dir) {
		return office.ErrNotReceiver
	}
	return p.office(ctx, dir, do)
}

// hasServed reports whether a data directory has what a receiver keeps there.
func hasServed(dir string) bool {
	return slices.ContainsFunc([]string{office.FileName, office.ReceiverKeyFile}, func(name string) bool {
		_, err := os.Stat(filepath.Join(dir, name))
		return err == nil
	})
}

// office calls do with the office of a data directory: the one that another process serves,
// or the list in the directory. office.ErrNotReceiver when the directory is a desk's.
func (p program) office(ctx context.Context, dir string, do func(remote.Office) error) error {
	if isDesk(dir) && !hasServed(dir) {
		return office.ErrNotReceiver
	}
	if holder, err := remote.Dial(ctx, dir); err == nil { // as a rule one serves; to wait for its lock takes seconds
		return do(holder)
	}
	return having(ctx, dir, p.telling(openWriter), func(*store.DB) error { // the lock is what counts
		return do(office.Closed{Dir: dir, Now: time.Now})
	}, func(c *remote.Client) error { return do(c) })
}

// deskLine is a desk as scripts get it.
type deskLine struct {
	Name     string     `json:"name"`
	Key      string     `json:"key"`
	LastSeen *time.Time `json:"last_seen"` // null: never
	Seq      uint64     `json:"seq"`
	Revoked  bool       `json:"revoked"`
}

func (p program) printDesk(d office.Desk, asJSON bool) error {
	if asJSON {
		line := deskLine{Name: d.Name, Key: d.Key, Seq: d.Seq, Revoked: d.Revoked}
		if !d.LastSeen.IsZero() {
			line.LastSeen = &d.LastSeen
		}
		out := json.NewEncoder(p.out)
		out.SetEscapeHTML(false)
		return out.Encode(line)
	}
	seen := "never seen"
	switch {
	case d.Revoked:
		seen = "removed"
	case !d.LastSeen.IsZero():
		seen = "seen " + d.LastSeen.Local().Format("2006-01-02 15:04:05") + ", up to event " + strconv.FormatUint(d.Seq, 10)
	}
	if d.Manages() {
		seen += ", manages"
	}
	_, err := fmt.Fprintf(p.out, "%s: %s\n", inert(d.Name), seen)
	return err
}
