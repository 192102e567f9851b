// Package launch is what cmd/rentbell and cmd/rentbelld have in common: the
// connection flags, the secrets from the environment, the data directory with
// its lock, and a Bell put together from them. It promises that both programs
// share one data directory and one configuration; it must never let a secret in
// through a flag.
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

// App is a Bell with the store and the local socket that belong to it.
type App struct {
	Bell *bell.Bell

	dir     string
	store   *store.DB
	control remote.Server
	socket  net.Listener
}

// Options is what an App is made of.
type Options struct {
	Dir        string // data directory; made when it is not there
	Connection Connection
	Vault      core.Vault
	Sample     bool
	Program    string       // its name, for others who ask on the socket
	Show       func() error // brings the window to the front; nil: there is none
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
	reader := records.New(records.Config{Log: o.Log}) // one: it keeps AppFolio's limits
	space := devspace.New(devspace.Config{
		Reader: readback.New(readback.Config{API: reader, Log: o.Log}), Keys: db, Webhook: source, Log: o.Log,
	})
	// Before the Bell, which may wait for the keychain: whoever finds the store
	// locked finds the socket too.
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

// Core is the Bell.
func (a *App) Core() *bell.Bell { return a.Bell }

// Dir is the data directory.
func (a *App) Dir() string { return a.dir }

// Watch is the Bell's.
func (a *App) Watch(fn func(core.Change)) (stop func()) { return a.Bell.Watch(fn) }

// Run runs the Bell and answers on the socket until ctx ends and the requests
// in flight are finished.
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

// Close closes the store. Run, if it was called, must have returned.
func (a *App) Close() error {
	_ = a.socket.Close() // closed already where Run was called
	return a.store.Close()
}
