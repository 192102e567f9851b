package ui

import (
	"context"
	"path/filepath"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/dialog"
	"fyne.io/fyne/v2/storage"

	"rentbell/core"
	"rentbell/ui/frame"
)

// dataActions ties the Data tab to the bell. Which folder or file, the user says
// in Fyne's own dialogs.
func (u *UI) dataActions() dataActions {
	return dataActions{
		look: func(done func(core.Data, error)) {
			u.holdings.Load(u.post, func(context.Context) func() {
				d, err := u.bell.Data()
				return func() {
					u.report("look at the data", err)
					done(d, err)
				}
			})
		},
		expired: func(years int, done func(core.Expired, error)) {
			frame.Background(u.post, func(ctx context.Context) (core.Expired, error) { return u.bell.Expired(ctx, years) }, done)
		},
		keepFor: func(years int, done func(error)) {
			u.saver.Do(func(ctx context.Context) error { return u.bell.KeepFor(ctx, years) }, done)
		},
		backUp: func(started func(func()), progress func(int, int), done func(string, error)) {
			u.chooseDir(func(dir string) { u.backUp(dir, started, progress, done) })
		},
		examine: func(started func(func()), progress func(int, int), ready func(core.Candidate, error)) {
			u.chooseBackup(func(path string) { u.examine(path, started, progress, ready) })
		},
		restore: u.restore,
	}
}

func (u *UI) chooseDir(chosen func(dir string)) {
	dialog.NewFolderOpen(func(dir fyne.ListableURI, err error) {
		u.report("choose a folder", err)
		if dir != nil {
			chosen(filepath.FromSlash(dir.Path()))
		}
	}, u.window).Show()
}

func (u *UI) chooseBackup(chosen func(path string)) {
	choose := dialog.NewFileOpen(func(file fyne.URIReadCloser, err error) {
		u.report("choose a backup", err)
		if file == nil {
			return
		}
		_ = file.Close() // it is only its name that we want
		chosen(filepath.FromSlash(file.URI().Path()))
	}, u.window)
	choose.SetFilter(storage.NewExtensionFileFilter([]string{".db"}))
	choose.Show()
}

// backUp makes a file that carries the day; a second one of the same day takes
// the place of the first.
func (u *UI) backUp(dir string, started func(stop func()), progress func(done, total int), done func(path string, err error)) {
	path := filepath.Join(dir, "Rentbell backup "+u.now().Format("2006-01-02")+".db")
	meter := &frame.Gauge{Post: u.post, Show: progress}
	started(u.post(func(ctx context.Context) func() {
		err := u.bell.Backup(ctx, path, meter.Set)
		return func() {
			u.report("back up", err)
			done(path, err)
			u.settings.lookAtData()
		}
	}))
}

func (u *UI) examine(path string, started func(stop func()), progress func(done, total int), ready func(core.Candidate, error)) {
	meter := &frame.Gauge{Post: u.post, Show: progress}
	started(u.post(func(ctx context.Context) func() {
		c, err := u.bell.Examine(ctx, path, meter.Set)
		return func() {
			u.report("examine a backup", err)
			ready(c, err)
		}
	}))
}

// restore goes on with a backup, and shows what is there then.
func (u *UI) restore(c core.Candidate, done func(aside string, err error)) {
	frame.Background(u.post, func(context.Context) (string, error) { return u.bell.Restore(c) }, func(aside string, err error) {
		u.report("restore", err)
		done(aside, err)
		u.feeds.Forget()
		u.showStatus(u.bell.Status())
		u.load(u.shell.open)
	})
}
