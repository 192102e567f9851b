// Package exports is the dialog that writes payments to a file for an accountant:
// what to export, in which format and where to, with a preview. It reads and
// writes through Records alone, and tells who opened it what to remember.
package exports

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"time"

	"fyne.io/fyne/v2"

	"rentbell/core"
	"rentbell/core/export"
	"rentbell/ui/chooser"
	"rentbell/ui/frame"
	"rentbell/ui/words"
)

// Records is what the dialog reads, and what writes its files.
type Records interface {
	export.Reader
	PastExports() ([]core.PastExport, error)
	Export(ctx context.Context, path string, q export.Query, progress func(done, total int)) (export.WrittenFiles, error)
}

// Config is what the dialog is opened with.
type Config struct {
	Window   fyne.Window
	Post     frame.Poster
	Chooser  *chooser.Chooser
	Now      func() time.Time
	Records  Records
	Settings core.Settings // with what it begins
	Month    core.Date     // what the user is looking at; zero: no month

	Reveal  func(dir string) // shows a folder in the system's own way
	KeepDir func(dir string) // remembers a folder for the next export
	Report  func(doing string, err error)
}

// exporting is an open export dialog and what it does.
type exporting struct {
	Config
	view    *exportView
	dialog  *frame.Dialog
	recalls frame.Loader // what was exported before
	looks   frame.Loader // is there a file of that name?
	reads   frame.Loader // previews
	busy    bool         // a file is being written
	cancel  func()       // ends the writing
}

// Open shows the export dialog over a window.
func Open(c Config) { open(c) }

func open(c Config) *exportView {
	x := &exporting{Config: c}
	x.view = newExportView(c.Now, c.Month, c.Settings, exportActions{
		recall: x.recall, preview: x.preview, look: x.look, folder: x.chooseFolder, write: x.write,
		stop: func() { x.cancel() }, reveal: c.Reveal, close: x.close,
	})
	x.dialog = frame.OpenDialog(c.Window.Canvas(), frame.DialogParts{
		Title: words.Say("Export payments"), Purpose: words.Say("A file your accountant can import."),
		Body: x.view.body, Footer: x.view.footer,
	})
	x.dialog.OnDismiss = x.close
	x.view.update = x.dialog.Update
	x.view.paint()
	x.view.do.recall()
	return x.view
}

// Dir is where files go: where the last one went, else among the
// documents.
func Dir(s core.Settings) string {
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
	x.recalls.Load(x.Post, func(ctx context.Context) func() {
		past, err := x.Records.PastExports()
		newest, lost := newestMonth(ctx, x.Records, x.Now().Location())
		return func() {
			x.Report("read what was exported", errors.Join(err, lost))
			x.view.setPast(past, newest)
		}
	})
}

// newestMonth is the first day of the month of the newest payment; zero: there is none.
func newestMonth(ctx context.Context, r export.Reader, zone *time.Location) (month core.Date, err error) {
	err = r.Each(ctx, core.Query{Payments: true, Newest: true}, func(e core.Event) error {
		month = core.DateOf(e.OccurredAt.In(zone))
		month.Day = 1
		return errFound
	})
	if errors.Is(err, errFound) {
		err = nil
	}
	return month, err
}

// errFound ends the reading of payments.
var errFound = errors.New("found")

func (x *exporting) preview(q export.Query) {
	last, exported := export.LastExport(x.view.past, q.Format)
	x.reads.Replace(x.Post, func(ctx context.Context) func() {
		behind := 0
		found, err := export.NewPreview(ctx, x.Records, q, previewRows)
		if err == nil && exported && q.AfterSeq == 0 {
			behind, err = leftBehind(ctx, x.Records, q, last)
		}
		if ctx.Err() != nil {
			return nil // another question has taken its place
		}
		return func() {
			x.Report("preview an export", err)
			if asked, ok := x.view.query(); err == nil && ok && asked == q {
				x.view.show(found, behind)
			}
		}
	})
}

// leftBehind counts the payments that came in since the last export and are not
// of q's period: once q is the last export, they are not new any more.
func leftBehind(ctx context.Context, r export.Reader, q export.Query, last core.PastExport) (int, error) {
	q.AfterSeq = last.LastSeq
	inside, err := export.NewPreview(ctx, r, q, 0)
	if err != nil {
		return 0, err
	}
	q.From, q.To = core.Date{}, core.Date{}
	all, err := export.NewPreview(ctx, r, q, 0)
	return max(0, all.Count-inside.Count), err // one may have come in meanwhile; it is new all the same
}

func (x *exporting) look(path string, parts int) {
	x.looks.Load(x.Post, func(context.Context) func() {
		_, err := os.Stat(export.PartName(path, 1, parts))
		return func() {
			if now, ok := x.view.path(); ok && now == path {
				x.view.setExists(err == nil)
			}
		}
	})
}

func (x *exporting) chooseFolder() {
	x.Chooser.Folder(chooser.Ask{Title: words.Say("Choose a folder"), Dir: x.view.dir}, x.view.setDir)
}

// write writes the file, or several, and remembers the folder for the next one.
func (x *exporting) write(q export.Query, path string) {
	meter := &frame.Gauge{Post: x.Post, Show: func(done, total int) {
		if x.busy {
			x.view.setProgress(done, total)
		}
	}}
	x.busy = true
	x.cancel = x.Post(func(ctx context.Context) func() {
		dir := filepath.Dir(path)
		var done export.WrittenFiles
		err := os.MkdirAll(dir, 0o700)
		if err == nil {
			done, err = x.Records.Export(ctx, path, q, meter.Set)
		}
		return func() { x.finish(dir, done, err) }
	})
}

func (x *exporting) finish(dir string, done export.WrittenFiles, err error) {
	x.busy = false
	canceled := errors.Is(err, context.Canceled)
	if err != nil && !canceled {
		x.Report("export payments", err)
	}
	if err == nil {
		x.KeepDir(dir)
	}
	x.view.finish(done, canceled, err)
}
