package settings

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/dialog"
	"fyne.io/fyne/v2/storage"

	"rentbell/core"
	"rentbell/ui/frame"
)

// dataActions ties the Data tab to the bell. Which folder or file, the user says
// in Fyne's own dialogs.
func (w *tasks) dataActions() dataActions {
	return dataActions{
		look: func(done func(core.Data, error)) {
			w.holdings.Load(w.Post, func(context.Context) func() {
				d, err := w.Bell.Data()
				return func() {
					w.Report("look at the data", err)
					done(d, err)
				}
			})
		},
		expired: func(years int, done func(core.Expired, error)) {
			frame.Background(w.Post, func(ctx context.Context) (core.Expired, error) { return w.Bell.Expired(ctx, years) }, done)
		},
		keepFor: func(years int, done func(error)) {
			w.Saver.Do(func(ctx context.Context) error { return w.Bell.KeepFor(ctx, years) }, done)
		},
		backUp: func(started func(func()), progress func(int, int), done func(string, error)) {
			w.chooseDir(func(dir string) { w.backUp(dir, started, progress, done) })
		},
		examine: func(started func(func()), progress func(int, int), ready func(core.Candidate, error)) {
			w.chooseBackup(func(path string) { w.examine(path, started, progress, ready) })
		},
		restore:    w.restore,
		openFolder: w.Do.OpenFolder, copy: w.Do.Copy, ask: w.ask,
	}
}

func (w *tasks) chooseDir(chosen func(dir string)) {
	choose := dialog.NewFolderOpen(func(dir fyne.ListableURI, err error) {
		w.Report("choose a folder", err)
		if dir != nil {
			chosen(filepath.FromSlash(dir.Path()))
		}
	}, w.Window)
	frame.Choose(w.Window.Canvas(), choose)
}

func (w *tasks) chooseBackup(chosen func(path string)) {
	choose := dialog.NewFileOpen(func(file fyne.URIReadCloser, err error) {
		w.Report("choose a backup", err)
		if file == nil {
			return
		}
		_ = file.Close() // it is only its name that we want
		chosen(filepath.FromSlash(file.URI().Path()))
	}, w.Window)
	choose.SetFilter(storage.NewExtensionFileFilter([]string{".db"}))
	frame.Choose(w.Window.Canvas(), choose)
}

// backUp makes a file that carries the day. A second one of the same day gets a
// number, for the first may be the one that is needed.
func (w *tasks) backUp(dir string, started func(stop func()), progress func(done, total int), done func(path string, err error)) {
	day := w.Now()
	meter := &frame.Gauge{Post: w.Post, Show: progress}
	started(w.Post(func(ctx context.Context) func() {
		path := backupPath(dir, day)
		err := w.Bell.Backup(ctx, path, meter.Set)
		return func() {
			w.Report("back up", err)
			done(path, err)
			w.view.lookAtData()
		}
	}))
}

// backupPath is a name of a day's backup that no file in dir has.
func backupPath(dir string, day time.Time) string {
	name := filepath.Join(dir, "Rentbell backup "+day.Format("2006-01-02"))
	path := name + ".db"
	for n := 2; ; n++ {
		if _, err := os.Lstat(path); err != nil {
			return path // there is none, or the backup itself will tell why not
		}
		path = fmt.Sprintf("%s (%d).db", name, n)
	}
}

func (w *tasks) examine(path string, started func(stop func()), progress func(done, total int), ready func(core.Candidate, error)) {
	meter := &frame.Gauge{Post: w.Post, Show: progress}
	started(w.Post(func(ctx context.Context) func() {
		c, err := w.Bell.Examine(ctx, path, meter.Set)
		return func() {
			w.Report("examine a backup", err)
			ready(c, err)
		}
	}))
}

// restore goes on with a backup, and shows what is there then.
func (w *tasks) restore(c core.Candidate, done func(aside string, err error)) {
	frame.Background(w.Post, func(context.Context) (string, error) { return w.Bell.Restore(c) }, func(aside string, err error) {
		w.Report("restore", err)
		done(aside, err)
		w.Do.Restored()
	})
}
