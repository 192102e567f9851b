package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"strings"
	"time"

	"rentbell/cmd/internal/launch"
	"rentbell/core"
	"rentbell/core/office"
	"rentbell/core/office/beacon"
	"rentbell/core/office/desk"
)

// joinPause is between two tries to reach the office with a code.
const joinPause = 2 * time.Second

// follow is a desk of an office: it keeps what the receiver has, and prints events as they
// come, until ctx ends or the desk is removed.
func follow(ctx context.Context, args []string, p program) error {
	flags := flag.NewFlagSet("follow", flag.ContinueOnError)
	dir := flags.String("data", "", "data `DIR`ectory")
	at := flags.String("office", "", "join the office of the receiver at `HOST:PORT` (default the one that the local network has)")
	code := flags.String("code", "", "the `CODE` that office invite prints there")
	name := flags.String("name", "", "`NAME` of this desk (default the computer's)")
	if err := parse(flags, args, "data"); err != nil {
		return err
	}
	joining, err := joiningOf(*at, *code, *name)
	if err != nil {
		return err
	}
	if joining == nil {
		if _, err := desk.ReadSeat(*dir); errors.Is(err, office.ErrNotJoined) {
			return fmt.Errorf("%w: %w: --code and --name join one", errUsage, err)
		} else if err != nil {
			return err
		}
	}
	if joining != nil && joining.Address == "" {
		if joining.Address, err = p.lookAround(ctx); err != nil {
			return err
		}
	}
	app, err := p.openDesk(ctx, *dir)
	switch {
	case err != nil && ctx.Err() != nil:
		return nil // it was told to end before it began
	case err != nil:
		return openError(err, *dir)
	}
	if joining != nil {
		if err := p.join(ctx, app, *joining); err != nil {
			return errors.Join(err, app.Close())
		}
	}
	return errors.Join(printing(ctx, app, p.out), app.Close())
}

// joiningOf reads the flags that join an office; nil: none is given. Without an address the
// receiver is to be looked for.
func joiningOf(at, code, name string) (*launch.Joining, error) {
	switch {
	case at == "" && code == "" && name == "":
		return nil, nil
	case code == "":
		return nil, fmt.Errorf("%w: --office and --name need --code", errUsage)
	}
	parsed, err := office.ParseCode(code)
	if err != nil {
		return nil, err
	}
	if name == "" {
		name, _ = os.Hostname() // the receiver has a name for a desk without any
	}
	if at != "" {
		at = launch.WithPort(at)
	}
	return &launch.Joining{Address: at, Code: parsed, Name: name}, nil
}

// lookAround returns the address of the one office that the local network has.
func (p program) lookAround(ctx context.Context) (string, error) {
	found, err := beacon.Find(ctx)
	switch {
	case ctx.Err() != nil:
		return "", ctx.Err()
	case err != nil:
		return "", fmt.Errorf("%w: %w", office.ErrNoneFound, err)
	}
	one, err := onlyOne(found)
	if err == nil {
		p.log().Info("found an office", "name", one.Name, "address", one.Address)
	}
	return one.Address, err
}

// onlyOne chooses nothing: of several offices a person says which.
func onlyOne(found []core.OfficeFound) (core.OfficeFound, error) {
	switch len(found) {
	case 0:
		return core.OfficeFound{}, office.ErrNoneFound
	case 1:
		return found[0], nil
	}
	var list []string
	for _, f := range found {
		list = append(list, f.Name+" at "+f.Address)
	}
	return core.OfficeFound{}, fmt.Errorf("%w: %s", office.ErrSeveralFound, strings.Join(list, ", "))
}

// join joins an office. One that is out of reach is tried again: a service may start
// before the network does.
func (p program) join(ctx context.Context, app *launch.App, j launch.Joining) error {
	for {
		err := app.JoinOffice(ctx, j)
		switch {
		case ctx.Err() != nil:
			return nil // it was told to end
		case !errors.Is(err, office.ErrUnreachable):
			return err
		}
		p.log().Error("the office is not joined yet", "err", err)
		select {
		case <-ctx.Done():
			return nil
		case <-time.After(joinPause):
		}
	}
}

// exitOf is the exit code of an error that is told in words.
func exitOf(err error) int {
	var claimed *core.ClaimedError
	switch {
	case errors.Is(err, office.ErrRevoked):
		return exitRemoved
	case errors.Is(err, core.ErrOfficeAway):
		return exitAway
	case errors.As(err, &claimed):
		return exitClaimed
	case errors.Is(err, office.ErrCode), errors.Is(err, office.ErrCodeUsed), errors.Is(err, office.ErrSeveralFound), errors.Is(err, office.ErrNotReceiver):
		return exitUsage
	}
	return exitFailed
}
