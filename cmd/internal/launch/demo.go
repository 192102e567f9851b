package launch

import (
	"bytes"
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
	"rentbell/core/appfolio/readback"
	"rentbell/core/appfolio/reports"
	"rentbell/core/appfolio/sandbox"
	"rentbell/core/appfolio/sandbox/paper"
	"rentbell/core/appfolio/sandbox/space"
	"rentbell/core/appfolio/sandbox/story"
	"rentbell/core/keychain"
	"rentbell/core/table"
	"rentbell/store"
)

const (
	demoSeed     = 47
	demoPast     = 92 * 24 * time.Hour // three months: all whose rent can be late
	demoInterval = 4 * time.Second
	demoPause    = time.Second        // in the middle of a report, as a slow e-mail program makes
	demoDir      = "rentbell-demo-"   // how the names of data directories begin
	demoReports  = "AppFolio reports" // the folder in them that reports are written into
	demoHeader   = 10 * time.Second   // how long a client may take to send its header
)

// Demo is an App with made-up data. A sandbox in this process plays AppFolio,
// over loopback or through a folder. Close removes the data directory.
type Demo struct {
	*App
	dir      string
	sandbox  vendor
	listener net.Listener // where the sandbox is served; nil: it is no http.Handler
}

// vendor plays AppFolio for one kind of connection.
type vendor interface{ Run(ctx context.Context) }

// OpenDemo makes a temporary data directory and opens an App on it. For the
// webhook API and for reports it also stores what three months tell; Developer
// Space has them read back. OpenDemo uses only Program, Show, Log and
// Connection.Kind of o.
func OpenDemo(o Options) (*Demo, error) {
	dir, err := os.MkdirTemp("", demoDir)
	if err != nil {
		return nil, fmt.Errorf("make demo directory: %w", err)
	}
	d := &Demo{dir: dir}
	if err := d.open(o); err != nil {
		return nil, errors.Join(err, d.remove())
	}
	return d, nil
}

func (d *Demo) open(o Options) (err error) {
	o.Dir, o.Sample, o.Vault = d.dir, true, &keychain.Memory{}
	if o.Connection, err = d.play(o.Connection.Kind, o.Log); err == nil {
		o.Connection.Listen = "127.0.0.1:0"
		d.App, err = Open(context.Background(), o)
	}
	if err != nil {
		return errors.Join(err, d.hangUp())
	}
	if play, is := d.sandbox.(*space.Space); is {
		d.Watch(func(c core.Change) { pasteAddress(play, c.Status, o.Log) })
	}
	return nil
}

// play starts the sandbox for a kind of connection.
func (d *Demo) play(kind core.Kind, log *slog.Logger) (c Connection, err error) {
	if kind == core.KindReports {
		return d.playReports(log)
	}
	if d.listener, err = net.Listen("tcp", "127.0.0.1:0"); err != nil {
		return c, fmt.Errorf("open the demo's AppFolio: %w", err)
	}
	base := "http://" + d.listener.Addr().String()
	if kind == core.KindDeveloperSpace {
		return d.playSpace(base)
	}
	return d.playWebhooks(base)
}

// playWebhooks starts a sandbox of the webhook API and stores its past events,
// because that API cannot be asked for them.
func (d *Demo) playWebhooks(base string) (Connection, error) {
	s := sandbox.New(sandbox.Config{Seed: demoSeed, Past: demoPast, Interval: demoInterval})
	d.sandbox = s
	err := d.fill(rentRoll(), func(db *store.DB) error { return receive(db, s.TakePast()) })
	if err != nil {
		return Connection{}, fmt.Errorf("add the past events of the demo: %w", err)
	}
	secrets := core.Secrets{APIKey: core.NewSecret(sandbox.DefaultAPIKey), WebhookSecret: core.NewWebhookSecret()}
	return Connection{Register: true, Secrets: secrets, AppFolioURL: base}, nil
}

// playSpace starts a sandbox of Developer Space. Rentbell reads its past back.
func (d *Demo) playSpace(base string) (Connection, error) {
	d.sandbox = space.New(space.Config{Seed: demoSeed, Past: demoPast, Interval: demoInterval})
	terms := map[string]core.LeaseTerms{space.LeaseID(story.Served): served(core.LeaseTerms{})}
	if err := d.fill(terms, func(*store.DB) error { return nil }); err != nil {
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

// playReports starts a sandbox that writes reports into a folder. What the first of them
// tell is there from the start; they lie in the folder all the same.
func (d *Demo) playReports(log *slog.Logger) (Connection, error) {
	dir := filepath.Join(d.dir, demoReports)
	s := paper.New(paper.Config{
		Dir: dir, Seed: demoSeed, Past: demoPast, Interval: demoInterval, Pause: demoPause,
		OnFile: func(name string, err error) {
			if err != nil {
				log.Error("the demo's AppFolio cannot write a report", "file", name, "err", err)
			}
		},
	})
	d.sandbox = s
	past := s.Past()
	err := os.Mkdir(dir, 0o700)
	if err == nil {
		err = s.Put(context.Background(), past...)
	}
	if err == nil {
		terms := map[string]core.LeaseTerms{story.Served: served(core.LeaseTerms{})}
		err = d.fill(terms, func(db *store.DB) error { return takeIn(db, past) })
	}
	if err != nil {
		return Connection{}, fmt.Errorf("take in the first reports of the demo: %w", err)
	}
	return Connection{Kind: core.KindReports, ReportsDir: dir}, nil
}

// takeIn keeps what reports tell.
func takeIn(db *store.DB, files []paper.File) error {
	for _, f := range files {
		sheet, err := table.Open(bytes.NewReader(f.Body))
		if err != nil {
			return err
		}
		columns, err := reports.Settle(sheet, f.Kind, nil)
		if err != nil {
			return err
		}
		report, _ := reports.Read(sheet, f.Kind, columns)
		now := time.Now()
		past := core.PastImport{File: f.Name, At: now.UTC(), Kind: f.Kind}
		if _, err := readback.Take(context.Background(), db, report, past, now); err != nil {
			return err
		}
	}
	return nil
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

// fill stores what is expected of leases, and the past.
func (d *Demo) fill(terms map[string]core.LeaseTerms, past func(*store.DB) error) error {
	db, err := store.Open(d.dir)
	if err != nil {
		return err
	}
	if err = db.SaveTerms(terms); err == nil {
		err = past(db)
	}
	return errors.Join(err, db.Close())
}

// receive stores events as if Rentbell had received each one when it happened.
func receive(db *store.DB, past []sandbox.Event) error {
	for _, e := range past {
		event, malformed := appfolio.Decode(e.Body, e.At)
		if malformed != "" {
			return fmt.Errorf("made-up event is malformed: %s", malformed)
		}
		if _, _, err := db.Add(event); err != nil {
			return err
		}
	}
	return nil
}

// Run runs the sandbox and the App. It blocks until ctx ends.
func (d *Demo) Run(ctx context.Context) {
	handler, _ := d.sandbox.(http.Handler)
	server := &http.Server{Handler: handler, ReadHeaderTimeout: demoHeader, ErrorLog: slog.NewLogLogger(d.control.Log.Handler(), slog.LevelDebug)}
	var vendor sync.WaitGroup
	vendor.Go(func() { d.sandbox.Run(ctx) })
	if d.listener != nil {
		vendor.Go(func() { _ = server.Serve(d.listener) }) // Close below ends it
	}
	d.App.Run(ctx)
	_ = server.Close() // the data is made up, so no request needs to finish
	vendor.Wait()
}

// Close closes the App and removes the data directory. Run, if it was called,
// must have returned.
func (d *Demo) Close() error {
	_ = d.hangUp() // after Run it is closed already
	return errors.Join(d.App.Close(), d.remove())
}

func (d *Demo) hangUp() error {
	if d.listener == nil {
		return nil
	}
	return d.listener.Close()
}

// remove removes the data directory with the folder of reports, where there is one, and
// nothing else that has come to lie in it.
func (d *Demo) remove() error {
	reports := filepath.Join(d.dir, demoReports)
	for _, dir := range []string{filepath.Join(reports, "done"), filepath.Join(reports, "failed"), reports} {
		if err := removeFlat(dir); err != nil && !errors.Is(err, os.ErrNotExist) {
			return err
		}
	}
	return removeFlat(d.dir)
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
