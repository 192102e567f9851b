package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"rentbell/cmd/internal/launch"
	"rentbell/core"
	"rentbell/core/export"
	"rentbell/core/keychain"
	"rentbell/core/office"
	"rentbell/core/office/desk"
)

// errNoVisit: the data directory is no desk's, another process follows the office there, or
// the desk's key is in the keychain, which only the window opens.
var errNoVisit = errors.New("there is no office to visit")

// visiting follows the office of a desk that no process follows now, for as long as use
// runs: only the office knows what is new. The error is errNoVisit, or one of bell.Visit.
func (p program) visiting(ctx context.Context, dir string, use func(export.Desk) error) error {
	if _, err := os.Stat(filepath.Join(dir, office.DeskKeyFile)); err != nil || !isDesk(dir) {
		return errNoVisit
	}
	app, err := p.openDesk(ctx, dir)
	switch {
	case errors.Is(err, core.ErrInUse):
		return errNoVisit
	case err != nil:
		return openError(err, dir)
	}
	err = app.Bell.Visit(ctx, func() error { return use(app.Bell.Exports()) })
	if errors.Is(err, office.ErrUnreachable) {
		err = fmt.Errorf("%w: %v", core.ErrOfficeAway, err) // what that means for an export is said
	}
	return errors.Join(err, app.Close())
}

// isDesk reports whether the data directory is that of a desk.
func isDesk(dir string) bool {
	_, err := desk.ReadSeat(dir)
	return err == nil
}

// openDesk opens the data directory of a desk.
func (p program) openDesk(ctx context.Context, dir string) (*launch.App, error) {
	told := p.logUpgrade()
	app, err := launch.Open(ctx, launch.Options{
		Dir: dir, Connection: launch.Connection{Kind: core.KindOffice}, Program: "rentbelld",
		Vault: &keychain.Memory{}, Log: p.log(), Upgrading: told.note,
	})
	told.end(err)
	return app, err
}
