// Package inbox watches the folder into which people save AppFolio's reports, or e-mail
// programs put them. A file that is whole is imported and then moved: to the folder done,
// or to failed with the reason beside it. It promises that no file of the user is deleted
// or written over, and that one is imported before it is moved: after a crash it is
// imported again, which must add nothing. It touches regular files of that folder alone.
package inbox

import (
	"context"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"maps"
	"sync"
	"time"

	"rentbell/core"
	"rentbell/core/board"
)

// How often the folder is looked into.
const (
	// quiet is how long a file must stay the same to count as whole.
	quiet = 2 * time.Second
	// busyPause is until a file is looked at again that another program is writing.
	busyPause = 10 * time.Second
	// longestWait is how long files that are whole wait for others that came with them.
	longestWait = 30 * time.Second
	// shortestPause is between two looks, however much changes.
	shortestPause = 500 * time.Millisecond
	// pollEvery is for a folder that the system does not watch, and after a problem.
	pollEvery = 30 * time.Second
	// watchedEvery is for one that it does watch: network shares and folders that are
	// kept in step with a cloud often tell nothing.
	watchedEvery = 3 * time.Minute
)

// mostFailed is how many failed files are remembered.
const mostFailed = 10

// Taker is what an Inbox gives files to.
type Taker interface {
	// Kind tells from its content what a file holds. An error is the file's fault.
	Kind(file io.Reader) (core.TableKind, error)
	// Take imports all that a file holds, in one transaction or not at all. core.ErrStorage
	// and the error of ctx are no fault of the file; any other is.
	Take(ctx context.Context, f File) (Result, error)
}

// Result is what came of a file.
type Result struct {
	Rows    int // receipts, leases, work orders, names or rents in it
	Taken   core.Taken
	LeftOut []int // lines that should have told something and did not
}

// File is a file to be imported. It is only lent.
type File struct {
	io.Reader
	Name    string // base name
	Kind    core.TableKind
	Written time.Time // when it was last written, UTC
}

// Store is the part of a Store that remembers how the folder went.
type Store interface {
	Reports() (core.ReportsMemo, error)
	SaveReports(core.ReportsMemo) error
}

// Config is what an Inbox is made of.
type Config struct {
	// Dir is the folder in force, an absolute path; empty: none is watched.
	Dir   func() string
	Taker Taker
	Store Store
	// Why says in a person's words why a file, or a line of it, was not taken.
	Why func(error) string
	// Tell publishes how the folder goes.
	Tell func(core.ReportsStatus)
	// DataDir is the folder of Rentbell's own data, which is never watched; empty: it is
	// not known.
	DataDir string
	Log     *slog.Logger
	Now     func() time.Time
	// Notify has the system tell of changes in a folder; nil: as the system does.
	Notify func(dir string) (*Notifier, error)
}

// Inbox is the watched folder. Arrived and Wake may be called from any goroutine; Run and
// what it calls work on one.
type Inbox struct {
	cfg  Config
	wake board.Signal

	mu     sync.Mutex // held also while status is saved and told, so that both are in order
	status core.ReportsStatus

	dir   string // the folder of the last look
	notes *Notifier
	noted fs.FileInfo // of the folder that notes is about
	seen  map[string]sighting
}

// New makes an Inbox that tells what is remembered. Run watches.
func New(c Config) (*Inbox, error) {
	if c.Notify == nil {
		c.Notify = notify
	}
	memo, err := c.Store.Reports()
	if err != nil {
		return nil, fmt.Errorf("recall reports: %w", err)
	}
	i := &Inbox{cfg: c, wake: board.NewSignal(), seen: map[string]sighting{}}
	i.status = core.ReportsStatus{Dir: c.Dir(), Newest: memo.Newest, Failed: memo.Failed}
	c.Tell(i.status)
	return i, nil
}

// Wake has the folder looked into at once: another may be in force, or a user asked.
func (i *Inbox) Wake() board.Signal { return i.wake }

// Run watches the folder until ctx ends. A file that is being imported by then is taken
// back and stays where it is.
func (i *Inbox) Run(ctx context.Context) {
	defer i.forget()
	for ctx.Err() == nil {
		next := i.look(ctx)
		if board.Pause(ctx, shortestPause) {
			i.await(ctx, next)
		}
	}
}

// await waits until something may have changed, and for next at most; 0: without an end.
func (i *Inbox) await(ctx context.Context, next time.Duration) {
	var due <-chan time.Time
	if next > 0 {
		timer := time.NewTimer(max(0, next-shortestPause))
		defer timer.Stop()
		due = timer.C
	}
	var notes Notifier // without any, its channels never tell
	if i.notes != nil {
		notes = *i.notes
	}
	for {
		select {
		case e, open := <-notes.Events:
			if open && !concerns(e) {
				continue
			}
			i.unwatchIf(!open)
		case _, open := <-notes.Errors: // some events were lost: a look finds what they were of
			i.unwatchIf(!open)
		case <-i.wake:
		case <-due:
		case <-ctx.Done():
		}
		return
	}
}

// Arrived notes that a table was imported, from the folder or by hand. The status tells of
// reports alone.
func (i *Inbox) Arrived(kind core.TableKind, a core.ReportArrival) {
	i.mu.Lock()
	defer i.mu.Unlock()
	if before, came := i.status.Newest[kind]; !kind.Report() || came && before.AsOf().After(a.AsOf()) {
		return
	}
	newest := maps.Clone(i.status.Newest) // watchers have the other one
	if newest == nil {
		newest = map[core.TableKind]core.ReportArrival{}
	}
	newest[kind] = a
	i.status.Newest = newest
	i.save()
}

// failed notes that a file was not.
func (i *Inbox) failed(f core.FailedReport) {
	i.mu.Lock()
	defer i.mu.Unlock()
	before := i.status.Failed[:min(len(i.status.Failed), mostFailed-1)]
	i.status.Failed = append([]core.FailedReport{f}, before...)
	i.save()
}

func (i *Inbox) save() {
	if err := i.cfg.Store.SaveReports(core.ReportsMemo{Newest: i.status.Newest, Failed: i.status.Failed}); err != nil {
		i.cfg.Log.Error("how reports went could not be noted", "err", err)
	}
	i.cfg.Tell(i.status)
}

// goes notes whether the folder can be worked with, and tells what is new of that.
func (i *Inbox) goes(problem error) {
	i.mu.Lock()
	defer i.mu.Unlock()
	was := i.status
	i.status.Dir, i.status.Problem = i.dir, problem
	news := text(was.Problem) != text(problem)
	switch {
	case news && problem != nil:
		i.cfg.Log.Warn("the folder of reports cannot be used; trying again", "err", problem)
	case news:
		i.cfg.Log.Info("the folder of reports can be used")
	}
	if news || was.Dir != i.dir {
		i.cfg.Tell(i.status)
	}
}

// text is an error's, to compare it with another.
func text(err error) string {
	if err == nil {
		return ""
	}
	return err.Error()
}
