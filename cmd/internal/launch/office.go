package launch

import (
	"context"
	"net"

	"rentbell/core"
	"rentbell/core/office"
	"rentbell/core/remote"
	"rentbell/store"
)

// Host is the receiver's side of an office. Only rentbelld links one: it brings a server
// along.
type Host interface {
	remote.Office
	// Run serves desks on l, which it closes, until ctx ends.
	Run(ctx context.Context, l net.Listener)
	// Wake says that the store may have more. It does not wait.
	Wake()
	// Checks are rows of the health check: whether desks can follow.
	Checks() []core.Check
}

// hosting is an office that is served.
type hosting struct {
	host     Host
	listener net.Listener
}

// OpenOffice has Run serve an office on l, too. It is to be called before Run. newHost gets
// the store, the receiver's key, which is made at the first time, and the list of desks.
func (a *App) OpenOffice(ctx context.Context, l net.Listener, newHost func(*store.DB, core.Secret, *office.Roster) (Host, error)) error {
	key, err := office.FileKey(ctx, a.dir, office.ReceiverKeyFile, office.NewMachineKey)
	if err != nil {
		return err
	}
	roster, err := office.OpenRoster(a.dir)
	if err != nil {
		return err
	}
	host, err := newHost(a.store, key, roster)
	if err != nil {
		return err
	}
	a.control.Office = host
	a.control.Doctor = doctor(a.Bell, a.dir, host.Checks)
	a.office = &hosting{host, l}
	return nil
}

// run serves desks until ctx ends.
func (h *hosting) run(ctx context.Context, a *App) {
	stop := a.Watch(func(core.Change) { h.host.Wake() })
	defer stop()
	h.host.Run(ctx, h.listener)
}
