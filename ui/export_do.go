package ui

import (
	"context"
	"errors"
	"os"
	"path/filepath"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/dialog"
	"fyne.io/fyne/v2/storage"

	"rentbell/core"
	"rentbell/ui/frame"
	"rentbell/ui/words"
)

// exporting is an open export dialog and what it does.
type exporting struct {
	ui      *UI
	view    *exportView
	dialog  *frame.Dialog
	recalls frame.Loader // what was exported before
	looks   frame.Loader // is there a file of that name?
	reads   frame.Loader // previews
	busy    bool         // a file is being written
	cancel  func()       // ends the writing
}

// showExport opens the export dialog, unless a dialog or the first run is open.
func (u *UI) showExport() {
	if u.free() {
		u.openExportDialog()
	}
}

// openExportDialog opens it for the month the payments page shows.
func (u *UI) openExportDialog() *exportView {
	var month core.Date
	if u.shell.open == paymentsSection {
		month = u.payments.query().month
	}
	x := &exporting{ui: u}
	x.view = newExportView(u.now, month, u.bell.Settings(), exportActions{
		recall: x.recall, preview: x.preview, look: x.look, folder: x.chooseFolder, write: x.write,
		stop: func() { x.cancel() }, reveal: u.openFolder, close: x.close,
	})
	x.dialog = frame.OpenDialog(u.window.Canvas(), frame.DialogParts{
		Title: words.Say("Export payments"), Purpose: words.Say("A file your accountant can import."),
		Body: x.view.body, Footer: x.view.footer,
	})
	x.dialog.OnDismiss = x.close
	x.view.update = x.dialog.Update
	x.view.paint()
	x.view.do.recall()
	return x.view
}

// exportDir is where files go: where the last one went, else among the
// documents.
func exportDir(s core.Settings) string {
	if s.ExportDir != "" {
		return s.ExportDir
	}
	home, err := os.UserHomeDir()
	if err != nil {
		return os.TempDir()
	}
	documents := filepath.Join(home, "Documents")
	if info, err := os.Stat(documents); err == nil && info.IsDir() {
		home = documents
	}
	return filepath.Join(home, "Rentbell exports")
}

// close leaves the dialog; a file that is being written is given up.
func (x *exporting) close() {
	if x.busy {
		x.cancel()
	}
	x.dialog.Close()
}

// recall brings in what was exported before. Where that cannot be read, periods
// are offered all the same.
func (x *exporting) recall() {
	x.recalls.Load(x.ui.post, func(context.Context) func() {
		past, err := x.ui.bell.PastExports()
		return func() {
			x.ui.report("read what was exported", err)
			x.view.setPast(past)
		}
	})
}

func (x *exporting) preview(q core.ExportQuery) {
	u := x.ui
	last, exported := core.LastExport(x.view.past, q.Format)
	x.reads.Replace(u.post, func(ctx context.Context) func() {
		behind := 0
		found, err := core.PreviewExport(ctx, u.bell, q, previewRows)
		if err == nil && exported && q.AfterSeq == 0 {
			behind, err = leftBehind(ctx, u.bell, q, last)
		}
		if ctx.Err() != nil {
			return nil // another question has taken its place
		}
		return u.showing("preview an export", err, func() {
			if asked, ok := x.view.query(); ok && asked == q {
				x.view.show(found, behind)
			}
		})
	})
}

// leftBehind counts the payments that came in since the last export and are not
// of q's period: once q is the last export, they are not new any more.
func leftBehind(ctx context.Context, r core.Reader, q core.ExportQuery, last core.PastExport) (int, error) {
	q.AfterSeq = last.LastSeq
	inside, err := core.PreviewExport(ctx, r, q, 0)
	if err != nil {
		return 0, err
	}
	q.From, q.To = core.Date{}, core.Date{}
	all, err := core.PreviewExport(ctx, r, q, 0)
	return max(0, all.Count-inside.Count), err // one may have come in meanwhile; it is new all the same
}

func (x *exporting) look(path string, parts int) {
	x.looks.Load(x.ui.post, func(context.Context) func() {
		_, err := os.Stat(core.ExportPart(path, 1, parts))
		return func() {
			if now, ok := x.view.path(); ok && now == path {
				x.view.setExists(err == nil)
			}
		}
	})
}

func (x *exporting) chooseFolder() {
	choose := dialog.NewFolderOpen(func(chosen fyne.ListableURI, err error) {
		x.ui.report("choose a folder", err)
		if chosen != nil {
			x.view.setDir(filepath.FromSlash(chosen.Path()))
		}
	}, x.ui.window)
	if at, err := storage.ListerForURI(storage.NewFileURI(x.view.dir)); err == nil {
		choose.SetLocation(at)
	}
	choose.Show()
}

// write writes the file, or several, and remembers the folder for the next one.
func (x *exporting) write(q core.ExportQuery, path string) {
	u := x.ui
	meter := &frame.Gauge{Post: u.post, Show: func(done, total int) {
		if x.busy {
			x.view.setProgress(done, total)
		}
	}}
	x.busy = true
	x.cancel = u.post(func(ctx context.Context) func() {
		dir := filepath.Dir(path)
		var done core.ExportedFiles
		err := os.MkdirAll(dir, 0o700)
		if err == nil {
			done, err = u.bell.Export(ctx, path, q, meter.Set)
		}
		return func() { x.finish(dir, done, err) }
	})
}

func (x *exporting) finish(dir string, done core.ExportedFiles, err error) {
	x.busy = false
	canceled := errors.Is(err, context.Canceled)
	if err != nil && !canceled {
		x.ui.report("export payments", err)
	}
	if err == nil {
		x.ui.saver.change(func(s *core.Settings) { s.ExportDir = dir }, x.ui.saved(nil))
	}
	x.view.finish(done, canceled, err)
}
