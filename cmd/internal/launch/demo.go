package launch

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"sync"
	"time"

	"rentbell/core"
	"rentbell/core/appfolio"
	"rentbell/core/appfolio/sandbox"
	"rentbell/core/appfolio/sandbox/space"
	"rentbell/core/keychain"
	"rentbell/store"
)

const (
	demoSeed     = 47
	demoPast     = 61 * 24 * time.Hour // two months
	demoInterval = 4 * time.Second
	demoHeader   = 10 * time.Second // a client of the sandbox has that long for its header
)

// Demo is Rentbell on made-up data: an App whose AppFolio is a sandbox in this
// process, reached over loopback, with a data directory that Close removes.
type Demo struct {
	*App
	dir     string
	sandbox vendor
	door    net.Listener // of the sandbox
}

// vendor is a stand-in AppFolio for one connection kind.
type vendor interface {
	http.Handler
	Run(ctx context.Context)
}

// OpenDemo makes the directory, fills it with the past two months, or has them
// read back, and opens the App on it. Of o only Program, Show, Log and the
// connection's Kind count.
func OpenDemo(o Options) (*Demo, error) {
	dir, err := os.MkdirTemp("", "rentbell-demo-")
	if err != nil {
		return nil, fmt.Errorf("make demo directory: %w", err)
	}
	d := &Demo{dir: dir}
	if err := d.open(o); err != nil {
		return nil, errors.Join(err, os.RemoveAll(dir))
	}
	return d, nil
}

func (d *Demo) open(o Options) (err error) {
	if d.door, err = net.Listen("tcp", "127.0.0.1:0"); err != nil {
		return fmt.Errorf("open the demo's AppFolio: %w", err)
	}
	o.Dir, o.Sample, o.Vault = d.dir, true, &keychain.Memory{}
	play, base := d.playWebhooks, "http://"+d.door.Addr().String()
	if o.Connection.Kind == core.KindDeveloperSpace {
		play = d.playSpace
	}
	if o.Connection, err = play(base); err == nil {
		o.Connection.Listen = "127.0.0.1:0"
		d.App, err = Open(context.Background(), o)
	}
	if err != nil {
		return errors.Join(err, d.door.Close())
	}
	if play, is := d.sandbox.(*space.Space); is {
		d.Watch(func(c core.Change) { pasteAddress(play, c.Status, o.Log) })
	}
	return nil
}

// playWebhooks stages the webhook API, whose past is told before it begins.
func (d *Demo) playWebhooks(base string) (Connection, error) {
	s := sandbox.New(sandbox.Config{Seed: demoSeed, Past: demoPast, Interval: demoInterval})
	d.sandbox = s
	if err := tellPast(d.dir, s.TakePast()); err != nil {
		return Connection{}, fmt.Errorf("tell the demo's past: %w", err)
	}
	secrets := core.Secrets{APIKey: core.NewSecret(sandbox.DefaultAPIKey), WebhookSecret: core.NewWebhookSecret()}
	return Connection{Register: true, Secrets: secrets, AppFolioURL: base}, nil
}

// playSpace stages Developer Space, whose past is read back.
func (d *Demo) playSpace(base string) (Connection, error) {
	d.sandbox = space.New(space.Config{Seed: demoSeed, Past: demoPast, Interval: demoInterval})
	return Connection{
		Kind: core.KindDeveloperSpace, AppFolioURL: base,
		Space: core.Space{
			ClientID: space.ClientID, DeveloperID: space.DeveloperID, DatabaseID: space.DatabaseID,
			ReportsClientID: space.ReportsClientID, ReportsURL: base,
		},
		Secrets: core.Secrets{ClientSecret: core.NewSecret(space.ClientSecret), ReportsSecret: core.NewSecret(space.ReportsClientSecret)},
	}, nil
}

// pasteAddress does what a customer does by hand on AppFolio's page.
func pasteAddress(play *space.Space, s core.Status, log *slog.Logger) {
	if s.Connection != core.Listening {
		return
	}
	if err := play.Deliver(s.Address + core.WebhookPath); err != nil {
		log.Error("the demo's AppFolio does not take the address", "err", err)
	}
}

// tellPast stores what happened before the demo began, as if Rentbell had been
// there: decoded like every delivery, and received when it happened.
func tellPast(dir string, past []sandbox.Event) error {
	db, err := store.Open(dir)
	if err != nil {
		return err
	}
	for _, e := range past {
		event, malformed := appfolio.Decode(e.Body, e.At)
		if malformed != "" {
			err = fmt.Errorf("made-up event is none: %s", malformed)
		} else {
			_, _, err = db.Add(event)
		}
		if err != nil {
			return errors.Join(err, db.Close())
		}
	}
	return db.Close()
}

// Run runs the sandbox and the App until ctx ends.
func (d *Demo) Run(ctx context.Context) {
	server := &http.Server{Handler: d.sandbox, ReadHeaderTimeout: demoHeader, ErrorLog: slog.NewLogLogger(d.control.Log.Handler(), slog.LevelDebug)}
	var vendor sync.WaitGroup
	vendor.Go(func() { d.sandbox.Run(ctx) })
	vendor.Go(func() { _ = server.Serve(d.door) }) // ends with the Close below
	d.App.Run(ctx)
	_ = server.Close() // made-up data: nothing is worth waiting for
	vendor.Wait()
}

// Close closes the App and removes the demo's directory.
func (d *Demo) Close() error {
	_ = d.door.Close() // closed already where Run was called
	return errors.Join(d.App.Close(), os.RemoveAll(filepath.Clean(d.dir)))
}
