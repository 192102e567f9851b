// Package launch holds what cmd/rentbell and cmd/rentbelld have in common: the
// flags of the connection, the secrets from the environment, the data directory
// and its lock, and a Bell made of them. Both programs share one data directory
// and one configuration. No flag may set a secret.
package launch

import (
	"context"
	"errors"
	"log/slog"
	"net"
	"sync"
	"time"

	"rentbell/core"
	"rentbell/core/appfolio"
	"rentbell/core/appfolio/devspace"
	"rentbell/core/appfolio/readback"
	"rentbell/core/appfolio/records"
	"rentbell/core/bell"
	"rentbell/core/machine"
	"rentbell/core/office"
	"rentbell/core/remote"
	"rentbell/core/tunnel"
	"rentbell/store"
	"rentbell/ui/explain"
)

// App is a Bell with its store and its control channel.
type App struct {
	Bell *bell.Bell

	dir     string
	store   *store.DB
	control remote.Server
	channel net.Listener // nil: none could be made
	leaving leaving
	office  *hosting // nil: none is served
}

// Options are what Open needs.
type Options struct {
	Dir        string // data directory; Open makes it when it does not exist
	Connection Connection
	Vault      core.Vault
	Sample     bool
	Program    string       // name of the program, for other processes that ask
	Show       func() error // brings the window to the front; nil: there is no window
	Quit       func()       // ends the window and the process; nil: there is no window
	Log        *slog.Logger
	Tongue     explain.Tongue // of texts that are written beside files; nil: English

	// Upgrading hears how far the file of an earlier version is written anew, on the
	// goroutine of Open. It is not called for any other file; nil: nobody asks.
	Upgrading func(done, total int)
}

// Open locks the data directory, opens the store and the control channel and
// makes the Bell. Where no channel can be made, other processes must wait for
// this one to end, and everything else works. core.ErrInUse when another Rentbell holds the directory: by then
// nothing has been opened to the outside. It gives up once ctx ends.
func Open(ctx context.Context, o Options) (*App, error) {
	if o.Tongue == nil {
		o.Tongue = explain.English
	}
	if err := prepareDir(o.Dir); err != nil {
		return nil, err
	}
	db, err := store.OpenContext(ctx, o.Dir, o.Upgrading)
	if err != nil {
		return nil, err
	}
	source := appfolio.New()
	reader := records.New(records.Config{Log: o.Log}) // one for both uses, because it keeps AppFolio's rate limits
	space := devspace.New(devspace.Config{
		Reader: readback.New(readback.Config{API: reader, Log: o.Log}), Keys: db, Webhook: source, Log: o.Log,
	})
	// The channel opens before the Bell, which may wait for the keychain.
	// Another process that finds the store locked can then reach this one.
	channel, mute := remote.Listen(o.Dir)
	if mute != nil {
		o.Log.Warn("no control channel; other programs cannot ask this one", "err", mute)
	}
	a := &App{dir: o.Dir, store: db, channel: channel}
	bell, err := bell.New(bell.Config{
		Store: db, Source: source, Space: space, Vault: o.Vault, Log: o.Log, Sample: o.Sample, Faceless: o.Show == nil,
		Tunnel: tunnel.Doors{}, Machine: machine.New(o.Dir), Override: o.Connection.override(), Control: mute,
		DataDir: o.Dir, Why: o.Tongue.Whole, Follower: follower{a},
	})
	if err != nil {
		return nil, errors.Join(err, closeChannel(channel), db.Close())
	}
	a.Bell = bell
	a.control = remote.Server{
		Reader: bell, Program: o.Program, Show: o.Show, Log: o.Log, Doctor: doctor(bell, o.Dir), Backup: bell.Backup,
		Names: bell, Tables: bell, Radar: bell, Calendar: bell, Months: bell, Exports: bell.Exports(),
		Office: office.Closed{Dir: o.Dir, Now: time.Now},
	}
	if o.Quit != nil {
		a.control.Quit = func(held net.Conn) {
			a.leaving.hold(held)
			o.Quit()
		}
	}
	return a, nil
}

// leaving holds the connections of those who wait for this process to end. The
// system closes them then, and nothing before.
type leaving struct {
	mu   sync.Mutex
	held []net.Conn
}

func (l *leaving) hold(c net.Conn) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.held = append(l.held, c)
}

// closeChannel closes a control channel, where there is one.
func closeChannel(l net.Listener) error {
	if l == nil {
		return nil
	}
	return l.Close()
}

// Core returns the Bell.
func (a *App) Core() *bell.Bell { return a.Bell }

// Dir returns the path of the data directory.
func (a *App) Dir() string { return a.dir }

// Watch calls fn for every change; see bell.Bell. stop ends that.
func (a *App) Watch(fn func(core.Change)) (stop func()) { return a.Bell.Watch(fn) }

// Run runs the Bell and answers other processes. It returns when ctx has
// ended and all requests are answered.
func (a *App) Run(ctx context.Context) {
	answering, hangUp := context.WithCancel(context.WithoutCancel(ctx))
	var control sync.WaitGroup
	if a.channel != nil {
		control.Go(func() {
			if err := a.control.Serve(answering, a.channel); err != nil {
				a.control.Log.Error("control channel failed; other programs cannot ask this one", "err", err)
			}
		})
	}
	var desks sync.WaitGroup
	if a.office != nil {
		desks.Go(func() { a.office.run(ctx, a) })
	}
	a.Bell.Run(ctx)
	desks.Wait()
	hangUp()
	control.Wait()
}

// Close closes the control channel and the store. Run, if it was called, must have
// returned.
func (a *App) Close() error {
	_ = closeChannel(a.channel) // after Run it is closed already
	return a.store.Close()
}
