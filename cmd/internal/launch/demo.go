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
	"rentbell/core/appfolio/sandbox/story"
	"rentbell/core/keychain"
	"rentbell/store"
)

const (
	demoSeed     = 47
	demoPast     = 92 * 24 * time.Hour // three months: all whose rent can be late
	demoInterval = 4 * time.Second
	demoDir      = "rentbell-demo-" // how the names of data directories begin
	demoHeader   = 10 * time.Second // how long a client may take to send its header
)

// Demo is an App with made-up data. A sandbox in this process plays AppFolio
// over loopback. Close removes the data directory.
type Demo struct {
	*App
	dir      string
	sandbox  vendor
	listener net.Listener // the sandbox listens here
}

// vendor plays AppFolio for one kind of connection.
type vendor interface {
	http.Handler
	Run(ctx context.Context)
}

// OpenDemo makes a temporary data directory and opens an App on it. For the
// webhook API it also stores three months of events; Developer Space has them
// read back. OpenDemo uses only Program, Show, Log and Connection.Kind of o.
func OpenDemo(o Options) (*Demo, error) {
	dir, err := os.MkdirTemp("", demoDir)
	if err != nil {
		return nil, fmt.Errorf("make demo directory: %w", err)
	}
	d := &Demo{dir: dir}
	if err := d.open(o); err != nil {
		return nil, errors.Join(err, removeFlat(dir))
	}
	return d, nil
}

func (d *Demo) open(o Options) (err error) {
	if d.listener, err = net.Listen("tcp", "127.0.0.1:0"); err != nil {
		return fmt.Errorf("open the demo's AppFolio: %w", err)
	}
	o.Dir, o.Sample, o.Vault = d.dir, true, &keychain.Memory{}
	play, base := d.playWebhooks, "http://"+d.listener.Addr().String()
	if o.Connection.Kind == core.KindDeveloperSpace {
		play = d.playSpace
	}
	if o.Connection, err = play(base); err == nil {
		o.Connection.Listen = "127.0.0.1:0"
		d.App, err = Open(context.Background(), o)
	}
	if err != nil {
		return errors.Join(err, d.listener.Close())
	}
	if play, is := d.sandbox.(*space.Space); is {
		d.Watch(func(c core.Change) { pasteAddress(play, c.Status, o.Log) })
	}
	return nil
}

// playWebhooks starts a sandbox of the webhook API and stores its past events,
// because that API cannot be asked for them.
func (d *Demo) playWebhooks(base string) (Connection, error) {
	s := sandbox.New(sandbox.Config{Seed: demoSeed, Past: demoPast, Interval: demoInterval})
	d.sandbox = s
	if err := d.fill(s.TakePast(), rentRoll()); err != nil {
		return Connection{}, fmt.Errorf("add the past events of the demo: %w", err)
	}
	secrets := core.Secrets{APIKey: core.NewSecret(sandbox.DefaultAPIKey), WebhookSecret: core.NewWebhookSecret()}
	return Connection{Register: true, Secrets: secrets, AppFolioURL: base}, nil
}

// playSpace starts a sandbox of Developer Space. Rentbell reads its past back.
func (d *Demo) playSpace(base string) (Connection, error) {
	d.sandbox = space.New(space.Config{Seed: demoSeed, Past: demoPast, Interval: demoInterval})
	if err := d.fill(nil, map[string]core.LeaseTerms{space.LeaseID(story.Served): served(core.LeaseTerms{})}); err != nil {
		return Connection{}, fmt.Errorf("prepare the demo: %w", err)
	}
	return Connection{
		Kind: core.KindDeveloperSpace, AppFolioURL: base,
		Space: core.Space{
			ClientID: space.ClientID, DeveloperID: space.DeveloperID, DatabaseID: space.DatabaseID,
			ReportsClientID: space.ReportsClientID, ReportsURL: base,
		},
		Secrets: core.Secrets{ClientSecret: core.NewSecret(space.ClientSecret), ReportsSecret: core.NewSecret(space.ReportsClientSecret)},
	}, nil
}

// pasteAddress gives the sandbox Rentbell's address, as a customer does by hand
// on AppFolio's page.
func pasteAddress(play *space.Space, s core.Status, log *slog.Logger) {
	if s.Connection != core.Listening {
		return
	}
	if err := play.Deliver(s.Address + core.WebhookPath); err != nil {
		log.Error("the demo's AppFolio does not take the address", "err", err)
	}
}

// rentRoll is what an office has imported: a few rents are missing.
func rentRoll() map[string]core.LeaseTerms {
	terms := map[string]core.LeaseTerms{}
	for _, l := range story.Lettings(story.Units) {
		if l.Tenant != "" {
			terms[l.Lease] = core.LeaseTerms{Imported: &l.Rent}
		}
	}
	terms[story.Served] = served(terms[story.Served])
	return terms
}

// served are terms of a lease on which notice was served.
func served(t core.LeaseTerms) core.LeaseTerms {
	on := time.Now().AddDate(0, 0, -story.NoticeDays)
	t.Notice, t.NoticeOn = on.UTC(), core.DateOf(on)
	return t
}

// fill stores events as if Rentbell had received each one when it happened, and what is
// expected of leases.
func (d *Demo) fill(past []sandbox.Event, terms map[string]core.LeaseTerms) error {
	db, err := store.Open(d.dir)
	if err != nil {
		return err
	}
	for _, e := range past {
		event, malformed := appfolio.Decode(e.Body, e.At)
		if malformed != "" {
			err = fmt.Errorf("made-up event is malformed: %s", malformed)
		} else {
			_, _, err = db.Add(event)
		}
		if err != nil {
			return errors.Join(err, db.Close())
		}
	}
	return errors.Join(db.SaveTerms(terms), db.Close())
}

// Run runs the sandbox and the App. It blocks until ctx ends.
func (d *Demo) Run(ctx context.Context) {
	server := &http.Server{Handler: d.sandbox, ReadHeaderTimeout: demoHeader, ErrorLog: slog.NewLogLogger(d.control.Log.Handler(), slog.LevelDebug)}
	var vendor sync.WaitGroup
	vendor.Go(func() { d.sandbox.Run(ctx) })
	vendor.Go(func() { _ = server.Serve(d.listener) }) // Close below ends it
	d.App.Run(ctx)
	_ = server.Close() // the data is made up, so no request needs to finish
	vendor.Wait()
}

// Close closes the App and removes the data directory. Run, if it was called,
// must have returned.
func (d *Demo) Close() error {
	_ = d.listener.Close() // after Run it is closed already
	return errors.Join(d.App.Close(), removeFlat(d.dir))
}

// removeFlat removes a directory and its files. os.RemoveAll fails under Wine 8,
// where the Windows build is tested.
func removeFlat(dir string) error {
	entries, err := os.ReadDir(dir)
	for _, e := range entries {
		err = errors.Join(err, os.Remove(filepath.Join(dir, e.Name())))
	}
	return errors.Join(err, os.Remove(dir))
}
