// Package launch holds what cmd/rentbell and cmd/rentbelld have in common: the
// flags of the connection, the secrets from the environment, the data directory
// and its lock, and a Bell made of them. Both programs share one data directory
// and one configuration. No flag may set a secret.
package launch

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"sync"

	"rentbell/core"
	"rentbell/core/appfolio"
	"rentbell/core/appfolio/devspace"
	"rentbell/core/appfolio/readback"
	"rentbell/core/appfolio/records"
	"rentbell/core/bell"
	"rentbell/core/machine"
	"rentbell/core/remote"
	"rentbell/core/tunnel"
	"rentbell/store"
)

// App is a Bell with its store and its local socket.
type App struct {
	Bell *bell.Bell

	dir     string
	store   *store.DB
	control remote.Server
	socket  net.Listener
}

// Options are what Open needs.
type Options struct {
	Dir        string // data directory; Open makes it when it does not exist
	Connection Connection
	Vault      core.Vault
	Sample     bool
	Program    string       // name of the program, for other processes that ask on the socket
	Show       func() error // brings the window to the front; nil: there is no window
	Log        *slog.Logger
}

// Open locks the data directory, opens the store and the socket and makes the
// Bell. core.ErrInUse when another Rentbell holds the directory: by then
// nothing has been opened to the outside. It gives up once ctx ends.
func Open(ctx context.Context, o Options) (*App, error) {
	if err := prepareDir(o.Dir); err != nil {
		return nil, err
	}
	db, err := store.OpenContext(ctx, o.Dir)
	if err != nil {
		return nil, err
	}
	source := appfolio.New()
	reader := records.New(records.Config{Log: o.Log}) // one for both uses, because it keeps AppFolio's rate limits
	space := devspace.New(devspace.Config{
		Reader: readback.New(readback.Config{API: reader, Log: o.Log}), Keys: db, Webhook: source, Log: o.Log,
	})
	// The socket opens before the Bell, which may wait for the keychain.
	// Another process that finds the store locked can then reach this one.
	socket, err := remote.Listen(o.Dir)
	if err != nil {
		return nil, errors.Join(fmt.Errorf("open local socket: %w", err), db.Close())
	}
	bell, err := bell.New(bell.Config{
		Store: db, Source: source, Space: space, Vault: o.Vault, Log: o.Log, Sample: o.Sample, Faceless: o.Show == nil,
		Tunnel: tunnel.Doors{}, Machine: machine.New(o.Dir), Override: o.Connection.override(),
	})
	if err != nil {
		return nil, errors.Join(err, socket.Close(), db.Close())
	}
	control := remote.Server{Reader: bell, Program: o.Program, Show: o.Show, Log: o.Log, Doctor: doctor(bell), Backup: bell.Backup, Names: bell}
	return &App{Bell: bell, dir: o.Dir, store: db, control: control, socket: socket}, nil
}

// Core returns the Bell.
func (a *App) Core() *bell.Bell { return a.Bell }

// Dir returns the path of the data directory.
func (a *App) Dir() string { return a.dir }

// Watch calls fn for every change; see bell.Bell. stop ends that.
func (a *App) Watch(fn func(core.Change)) (stop func()) { return a.Bell.Watch(fn) }

// Run runs the Bell and answers requests on the socket. It returns when ctx has
// ended and all requests are answered.
func (a *App) Run(ctx context.Context) {
	answering, hangUp := context.WithCancel(context.WithoutCancel(ctx))
	var control sync.WaitGroup
	control.Go(func() {
		if err := a.control.Serve(answering, a.socket); err != nil {
			a.control.Log.Error("local socket failed; reading commands must wait", "err", err)
		}
	})
	a.Bell.Run(ctx)
	hangUp()
	control.Wait()
}

// Close closes the socket and the store. Run, if it was called, must have
// returned.
func (a *App) Close() error {
	_ = a.socket.Close() // after Run it is closed already
	return a.store.Close()
}
