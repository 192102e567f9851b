// Package exports is the dialog that exports payments for an accountant: which
// payments, in which format, to which file, with a preview. It reads and writes
// only through Records. Callbacks in Config tell the caller what to remember.
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

// Records reads payments and writes export files. In the app it is a
// *bell.Bell.
type Records interface {
	export.Reader
	PastExports() ([]core.PastExport, error)
	StatementAccount() (core.StatementAccount, error)
	ExportAgain(ctx context.Context, path string, e core.PastExport) error
	Export(ctx context.Context, path string, q export.Query, progress func(done, total int)) (export.WrittenFiles, error)
}

// Config is what the dialog needs.
type Config struct {
	Window   fyne.Window
	Post     frame.Poster
	Chooser  *chooser.Chooser
	Now      func() time.Time
	Records  Records
	Settings core.Settings // defaults for the dialog
	Office   func() Office // asked whenever the dialog is drawn; nil: this computer is in none
	Month    core.Date     // month on the page behind the dialog; zero: none

	Reveal func(path string)                    // shows a file in the system's file manager
	Keep   func(dir string, begin core.Exports) // remembers what the next export begins with
	Report func(doing string, err error)
}

// Office is how this computer stands in its office.
type Office struct {
	Me   string // what it is called there; empty: it is in none
	Away bool   // the receiver is out of reach
}

// exporting is an open dialog with its background work.
type exporting struct {
	Config
	view          *exportView
	dialog        *frame.Dialog
	pastLoader    frame.Loader // loads earlier exports
	existsLoader  frame.Loader // checks whether the file exists
	previewLoader frame.Loader // loads previews
	busy          bool         // a file is being written
	cancel        func()       // stops writing
}

// Open shows the export dialog.
func Open(c Config) { open(c) }

func open(c Config) *exportView {
	if c.Office == nil {
		c.Office = func() Office { return Office{} }
	}
	x := &exporting{Config: c}
	x.view = newExportView(c.Now, c.Month, c.Settings, exportActions{
		loadPast: x.loadPast, preview: x.preview, checkExists: x.checkExists, folder: x.chooseFolder, write: x.write, again: x.again, office: c.Office,
		stop: func() { x.cancel() }, reveal: c.Reveal, close: x.close,
	})
	x.dialog = frame.OpenDialog(c.Window.Canvas(), frame.DialogParts{
		Title: words.Say("Export payments"), Purpose: words.Say("A file your accountant can import."),
		Body: x.view.body, Footer: x.view.footer,
	})
	x.dialog.OnDismiss = x.close
	x.dialog.OnKey = x.view.arrow
	x.view.update = x.dialog.Update
	x.view.paint()
	x.view.do.loadPast()
	return x.view
}

// Dir returns the folder for the next export: that of the last one, or a folder
// among the user's documents. It does not create the folder.
func Dir(s core.Settings) string {
	if s.ExportDir != "" {
		return s.ExportDir
	}
	return frame.Documents("Rentbell exports")
}

// close closes the dialog. A file that is being written is abandoned.
func (x *exporting) close() {
	if x.busy {
		x.cancel()
	}
	x.dialog.Close()
}

// loadPast loads the earlier exports. If they cannot be read, the dialog offers
// its periods all the same.
func (x *exporting) loadPast() {
	x.pastLoader.Load(x.Post, func(ctx context.Context) func() {
		past, err := x.Records.PastExports()
		newest, lost := newestMonth(ctx, x.Records, x.Now().Location())
		return func() {
			x.Report("read what was exported", errors.Join(err, lost))
			x.view.setPast(past, newest)
		}
	})
}

// newestMonth returns the first day of the newest payment's month, or zero if
// there is no payment.
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

// errFound ends newestMonth's iteration.
var errFound = errors.New("found")

func (x *exporting) preview(q export.Query) {
	last, exported := export.LastExport(x.view.past, q.Format)
	x.previewLoader.Replace(x.Post, func(ctx context.Context) func() {
		behind := 0
		found, err := export.NewPreview(ctx, x.Records, q, previewRows)
		if err == nil && exported && q.AfterSeq == 0 {
			behind, err = leftBehind(ctx, x.Records, q, last)
		}
		if ctx.Err() != nil {
			return nil // the user has changed the query meanwhile
		}
		return func() {
			x.Report("preview an export", err)
			if asked, ok := x.view.query(); err == nil && ok && asked == q {
				x.view.show(found, behind)
			}
		}
	})
}

// leftBehind counts the payments that have come in since the last export and
// are not in q's period. After exporting q they would not count as new any
// more, so they might never be exported.
func leftBehind(ctx context.Context, r export.Reader, q export.Query, last core.PastExport) (int, error) {
	q.AfterSeq = last.LastSeq
	inside, err := export.NewPreview(ctx, r, q, 0)
	if err != nil {
		return 0, err
	}
	q.From, q.To = core.Date{}, core.Date{}
	all, err := export.NewPreview(ctx, r, q, 0)
	return max(0, all.Count-inside.Count), err // negative if payments came in between the two previews; they are new either way
}

func (x *exporting) checkExists(path string, parts int) {
	x.existsLoader.Load(x.Post, func(context.Context) func() {
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

// write writes the file, or several, and remembers the choices.
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
		if err == nil && export.IsStatement(q.Format) {
			q.Account, err = x.Records.StatementAccount()
		}
		if err == nil {
			done, err = x.Records.Export(ctx, path, q, meter.Set)
		}
		return func() {
			x.finish(path, done, err)
			var claimed *core.ClaimedError
			if errors.As(err, &claimed) && claimed.Stale {
				x.askTakeOver(*claimed, q, path)
			}
		}
	})
}

// askTakeOver asks whether to export what another desk began to export, and writes it then.
func (x *exporting) askTakeOver(c core.ClaimedError, q export.Query, path string) {
	now := x.Now()
	frame.Ask(x.Window.Canvas(), frame.Question{
		Title: words.Say("Export these payments here?"),
		Text: words.Say("%s began to export them %s and did not finish. If its file is there all the same, payments would be twice in your books.",
			c.By, words.Tongue.At(c.At.In(now.Location()), now)),
		Verb: words.Say("Cancel"), Answer: func() {}, // the default, so that Enter takes nothing over
		Other: words.Say("Export here"), OnOther: func() {
			q.TakeOver = true
			x.view.begin(x.view.found.Count)
			x.write(q, path)
		},
	})
}

// again writes the files of an earlier export once more.
func (x *exporting) again(e core.PastExport, path string) {
	x.busy = true
	x.cancel = x.Post(func(ctx context.Context) func() {
		err := os.MkdirAll(filepath.Dir(path), 0o700)
		if err == nil {
			err = x.Records.ExportAgain(ctx, path, e)
		}
		done := export.WrittenFiles{Written: export.Written{Rows: e.Rows}, Files: e.Files}
		return func() { x.finish(path, done, err) }
	})
}

func (x *exporting) finish(path string, done export.WrittenFiles, err error) {
	x.busy = false
	canceled := errors.Is(err, context.Canceled)
	if err != nil && !canceled {
		x.Report("export payments", err)
	}
	if err == nil {
		begin := x.Settings.Exports
		begin.Format = x.view.format
		begin.IntuBID, _ = x.view.needs.bid()
		x.Keep(filepath.Dir(path), begin)
	}
	x.view.finish(path, done, canceled, err)
}
