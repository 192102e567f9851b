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
	sandbox *sandbox.Sandbox
	door    net.Listener // of the sandbox
}

// OpenDemo makes the directory, fills it with the past two months and opens the
// App on it. Of o only Program, Show and Log count.
func OpenDemo(o Options) (*Demo, error) {
	dir, err := os.MkdirTemp("", "rentbell-demo-")
	if err != nil {
		return nil, fmt.Errorf("make demo directory: %w", err)
	}
	d := &Demo{dir: dir, sandbox: sandbox.New(sandbox.Config{Seed: demoSeed, Past: demoPast, Interval: demoInterval})}
	if err := d.open(o); err != nil {
		return nil, errors.Join(err, os.RemoveAll(dir))
	}
	return d, nil
}

func (d *Demo) open(o Options) error {
	secrets := core.Secrets{APIKey: core.NewSecret(sandbox.DefaultAPIKey), WebhookSecret: core.NewWebhookSecret()}
	if err := tellPast(d.dir, d.sandbox.TakePast()); err != nil {
		return fmt.Errorf("tell the demo's past: %w", err)
	}
	var err error
	if d.door, err = net.Listen("tcp", "127.0.0.1:0"); err != nil {
		return fmt.Errorf("open the demo's AppFolio: %w", err)
	}
	o.Dir, o.Sample, o.Vault = d.dir, true, &keychain.Memory{}
	o.Connection = Connection{
		Listen: "127.0.0.1:0", Register: true, Secrets: secrets,
		AppFolioURL: "http://" + d.door.Addr().String(),
	}
	if d.App, err = Open(o); err != nil {
		return errors.Join(err, d.door.Close())
	}
	return nil
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
