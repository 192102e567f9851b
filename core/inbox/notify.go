package inbox

import (
	"errors"
	"os"
	"path/filepath"

	"github.com/fsnotify/fsnotify"
)

// Notifier tells of changes in a folder.
type Notifier struct {
	Events <-chan fsnotify.Event
	Errors <-chan error
	Close  func() error
}

// notify has the system tell of changes.
func notify(dir string) (*Notifier, error) {
	w, err := fsnotify.NewWatcher()
	if err != nil {
		return nil, err
	}
	if err := w.Add(dir); err != nil {
		return nil, errors.Join(err, w.Close())
	}
	return &Notifier{w.Events, w.Errors, w.Close}, nil
}

// concerns reports whether an event may be about a report. Whoever looks through files,
// as virus scanners and searches do, only changes when they were read.
func concerns(e fsnotify.Event) bool {
	return e.Op != fsnotify.Chmod && !unfinished(filepath.Base(e.Name))
}

// watch has the system tell of changes in a folder, unless it does so already. Where it
// cannot, looks come more often.
func (i *Inbox) watch(f *folder) {
	if i.notes != nil && os.SameFile(i.noted, f.info) {
		return
	}
	i.unwatch()
	notes, err := i.cfg.Notify(f.Name())
	if err != nil {
		i.cfg.Log.Debug("the system does not watch the folder of reports", "err", err)
		return
	}
	i.notes, i.noted = notes, f.info
}

func (i *Inbox) unwatchIf(ended bool) {
	if ended {
		i.unwatch()
	}
}

func (i *Inbox) unwatch() {
	if i.notes != nil {
		_ = i.notes.Close() // nothing is lost with it: looks find what it would have told
		i.notes = nil
	}
}

// forget leaves a folder.
func (i *Inbox) forget() {
	i.unwatch()
	clear(i.seen)
}
