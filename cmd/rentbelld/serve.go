package main

import (
	"cmp"
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"runtime"
	"time"

	"rentbell/cmd/internal/launch"
	"rentbell/core"
	"rentbell/core/keychain"
	"rentbell/core/office"
	"rentbell/core/office/desk"
)

// heapReserve is never touched, so it takes no memory, but the garbage collector counts it.
// It runs whenever the heap has doubled. That of a receiver has a few megabytes, and so it
// would run a hundred times a second while many deliveries come.
const heapReserve = 8 << 20

// serve receives deliveries and prints events until ctx ends.
func serve(ctx context.Context, args []string, p program) error {
	flags := flag.NewFlagSet("serve", flag.ContinueOnError)
	dir := flags.String("data", "", "data `DIR`ectory")
	var host officeServer
	host.addFlags(flags)
	c, err := p.connection(flags, args)
	if err != nil {
		return err
	}
	c.Kind = cmp.Or(c.Kind, core.KindWebhookAPI) // rentbelld does not use the kind that the window has saved
	if _, err := desk.ReadSeat(*dir); c.Kind == core.KindOffice || err == nil {
		return fmt.Errorf("%w: a desk of an office receives nothing itself: follow --data DIR", errUsage)
	}
	if err := host.check(p.getenv); err != nil {
		return err
	}
	if err := c.CheckSecrets(); err != nil {
		return err
	}
	if err := c.CheckReports(*dir); err != nil {
		return fmt.Errorf("%w: %w", errUsage, err)
	}
	if c.Kind == core.KindDeveloperSpace && c.Space.ReportsClientID != "" && c.Space.ReportsURL == "" {
		return fmt.Errorf("%w: receipts need --reports-url, like https://COMPANY.appfolio.com", errUsage)
	}
	reserve := make([]byte, heapReserve)
	defer runtime.KeepAlive(reserve)
	told := p.logUpgrade()
	app, err := launch.Open(ctx, launch.Options{Dir: *dir, Connection: c, Program: "rentbelld", Vault: &keychain.Memory{}, Log: p.log(), Upgrading: told.note})
	told.end(err)
	switch {
	case err != nil && ctx.Err() != nil:
		return nil // it was told to end before it began
	case err != nil:
		return openError(err, *dir)
	}
	if host.at != "" {
		quiet, err := host.serve(ctx, app, p.log())
		if err != nil {
			return errors.Join(err, app.Close())
		}
		defer quiet()
	}
	return errors.Join(printing(ctx, app, p.out), app.Close())
}

// connection reads the flags and the environment variables of a command that
// uses the network.
func (p program) connection(flags *flag.FlagSet, args []string) (c launch.Connection, err error) {
	c.AddFlags(flags)
	if err := parse(flags, args, "data"); err != nil {
		return c, err
	}
	if err := c.ReadEnv(p.getenv); err != nil {
		return c, fmt.Errorf("%w: %w", errUsage, err)
	}
	if err := c.Check(); err != nil {
		return c, fmt.Errorf("%w: %w", errUsage, err)
	}
	return c, nil
}

// openError adds the directory to core.ErrInUse.
func openError(err error, dir string) error {
	if errors.Is(err, core.ErrInUse) {
		return fmt.Errorf("data directory %s: %w", dir, err)
	}
	return err
}

// running is what printing needs of an App or a Demo.
type running interface {
	Run(context.Context)
	Watch(func(core.Change)) (stop func())
}

// printing runs app and prints a line for every event. It ends with ctx, or when
// the tunnel is refused, or a desk was removed from its office: the environment does
// not change during a run, so trying again would not help.
func printing(ctx context.Context, app running, out io.Writer) error {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	unwatch := app.Watch(func(c core.Change) {
		for _, e := range c.Fresh {
			_, _ = fmt.Fprintln(out, line(e, time.Local)) // a closed stdout does not stop receiving
		}
		if c.Status.Connection == core.ConnectionRefused {
			cancel(c.Status.Problem)
		}
		if errors.Is(c.Status.Office.Problem, office.ErrRevoked) {
			cancel(c.Status.Office.Problem)
		}
	})
	defer unwatch()
	app.Run(ctx)
	if cause := context.Cause(ctx); !errors.Is(cause, context.Canceled) {
		return cause
	}
	return nil
}
