// Package imports is the dialog that imports a table from outside: names, expected
// rents, or one of AppFolio's reports, from a file or from the clipboard. It shows
// the table and which column holds what before anything is kept. It never guesses:
// while columns are not certain, it asks, and imports nothing. The file stays as it
// is.
package imports

import (
	"context"

	"fyne.io/fyne/v2"

	"rentbell/core"
	"rentbell/core/imports"
	"rentbell/ui/chooser"
	"rentbell/ui/frame"
	"rentbell/ui/kit"
	"rentbell/ui/words"
)

// Bell keeps what tables hold.
type Bell interface {
	// Import keeps what was found in a file with that base name; a dry run counts
	// alone.
	Import(ctx context.Context, file string, found imports.Found, dry bool) (core.Taken, error)
	// LastImport is the last one that can be undone; zero: there is none.
	LastImport() (core.PastImport, error)
	// UndoImport puts back what the last import changed of names and rents;
	// core.ErrLaterImport when it was another.
	UndoImport(ctx context.Context, of core.PastImport) (core.Undone, error)
	Layouts() ([]core.Layout, error)
	KeepLayout(core.Layout) error
}

// Config is what the dialog needs.
type Config struct {
	Window  fyne.Window
	Post    frame.Poster
	Chooser *chooser.Chooser
	Bell    Bell
	Pasted  func() string // the text in the clipboard
	// Delivered: AppFolio delivers payments under ids of its own, and nothing says which
	// of them a report has again.
	Delivered bool
	Given     func() // called after something was imported, or put back
	Report    func(doing string, err error)
}

// Dialog is an open import dialog.
type Dialog struct {
	Config
	box   *frame.Dialog
	reads frame.Loader
	open  bool

	wish  wish    // what the person has said
	now   reading // what is on screen
	stage stage

	file    *fileRow
	kinds   *kindRow
	columns *columnsBox
	skipped *skippedRow
	foot    *footer
}

// stage is how far the dialog has come.
type stage int

const (
	choosing stage = iota // also before there is a table
	looking               // a table is being read, or read again
	keeping               // it is being imported, or put back
	kept
	undone
)

// Open opens the dialog for a table that is likely to hold a kind of things; empty: of
// any kind.
func Open(c Config, likely core.TableKind) *Dialog {
	d := &Dialog{Config: c, open: true, wish: wish{kind: likely}}
	d.now.kind = d.shown()
	d.file = newFileRow(d.choose, d.paste)
	d.kinds = newKindRow(d.pickKind)
	d.skipped = newSkippedRow(d.paint)
	d.columns = newColumnsBox(d.skipped.object, d.pickColumn)
	d.foot = newFooter(d)
	d.box = frame.OpenDialog(c.Window.Canvas(), frame.DialogParts{
		Title: words.Say("Import a table"), Purpose: words.Say("Say what each column is. The file stays as it is."),
		Body: kit.VStack(16,
			row(words.Say("File"), d.file.object),
			row(words.Say("What it is"), d.kinds.object),
			d.columns.row),
		Footer: d.foot.object,
	})
	d.box.OnDismiss = d.close
	c.Window.Canvas().AddShortcut(&fyne.ShortcutPaste{}, func(fyne.Shortcut) { d.paste() })
	d.paint()
	return d
}

// shown is the kind to show while nothing is known of a table.
func (d *Dialog) shown() core.TableKind {
	if d.wish.kind == "" {
		return core.TableOfNames(core.NameLease)
	}
	return d.wish.kind
}

// labelWidth is the width of the labels.
const labelWidth = 96

func row(label string, control fyne.CanvasObject) *fyne.Container {
	return frame.Labelled(labelWidth, kit.Inset(8, 0, 0, 0, kit.NewProse(label, kit.Body)), control)
}

// InFront reports whether the dialog is open and nothing lies over it.
func (d *Dialog) InFront() bool { return d.box.InFront() }

// close closes the dialog. What is being imported comes in all the same.
func (d *Dialog) close() {
	d.open = false
	d.Window.Canvas().RemoveShortcut(&fyne.ShortcutPaste{})
	d.box.Close()
}

func (d *Dialog) choose() {
	d.Chooser.Open(chooser.Ask{
		Title: words.Say("Choose a table"), About: "tables", Files: words.Say("Tables"), Kinds: tableFiles,
	}, d.Take)
}

// tableFiles are the endings of files that may hold a table.
var tableFiles = []string{".csv", ".txt", ".tsv", ".tab", ".xlsx"}

// Take reads the file at a path.
func (d *Dialog) Take(path string) { d.take(fileAt(path)) }

func (d *Dialog) paste() { d.take(pasted(d.Pasted())) }

func (d *Dialog) take(s source) {
	if d.stage == keeping {
		return
	}
	d.wish.source, d.wish.columns = s, nil
	d.now = reading{source: s, kind: d.shown()}
	d.skipped.listed = false
	d.read()
}

// pickKind is for a person who says what the table holds.
func (d *Dialog) pickKind(k core.TableKind) {
	if d.stage == keeping {
		d.paint()
		return
	}
	d.wish.kind, d.wish.said, d.wish.columns = k, true, nil
	d.now.kind = k
	d.read()
}

// pickColumn is for a person who says what a column holds; the empty role: nothing
// that counts. A role that another column had is free there.
func (d *Dialog) pickColumn(column int, r imports.Role) {
	if d.stage == keeping {
		d.paint()
		return
	}
	columns := imports.Columns{}
	for role, at := range d.now.columns {
		if role != r && at != column {
			columns[role] = at
		}
	}
	if r != "" {
		columns[r] = column
	}
	d.wish.kind, d.wish.columns, d.now.columns = d.now.kind, columns, columns
	d.read()
}

// read reads what the person wants now, in the background.
func (d *Dialog) read() {
	if d.wish.source.none() {
		d.paint()
		return
	}
	d.stage = looking
	d.foot.trouble = nil
	d.paint()
	wish, was := d.wish, d.now
	d.reads.Load(d.Post, func(context.Context) func() {
		layouts, err := d.Bell.Layouts()
		now := wish.read(was, layouts)
		return func() {
			d.Report("recall the columns of tables", err)
			d.show(wish, now)
		}
	})
}

// show shows what was read, unless the person wants something else by now.
func (d *Dialog) show(of wish, now reading) {
	if !d.open || !of.same(d.wish) {
		return
	}
	d.now, d.stage = now, choosing
	d.paint()
}

// paint updates all parts.
func (d *Dialog) paint() {
	d.file.show(d.now, d.stage == looking)
	d.kinds.show(d.now.kind)
	d.columns.show(d.now, previewRows(d.Window.Canvas()))
	d.skipped.show(d.now, d.columns)
	d.foot.show(d)
	d.box.Update()
}
