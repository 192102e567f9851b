package naming

import (
	"cmp"
	"context"
	"path/filepath"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"rentbell/assets"
	"rentbell/core"
	"rentbell/core/names"
	"rentbell/core/table"
	"rentbell/ui/chooser"
	"rentbell/ui/explain"
	"rentbell/ui/frame"
	"rentbell/ui/kit"
	"rentbell/ui/words"
)

// mostPreviewed is the number of names in the preview.
const mostPreviewed = 5

// namesImport is the dialog that imports names from a file.
type namesImport struct {
	Config
	box   *frame.Dialog
	reads frame.Loader

	kind    *kit.Filters
	path    string // empty until a file is chosen
	found   names.Import
	file    *kit.Text
	columns *columnsAsked
	preview *fyne.Container
	note    *kit.Text
	take    *kit.Button
	trouble *kit.Prose
}

// Import opens the dialog that imports names from a file.
func Import(c Config) { openImport(c) }

func openImport(c Config) *namesImport {
	d := &namesImport{Config: c, file: kit.NewText(words.Say("No file chosen"), kit.Muted).Tight(), preview: kit.VStack(6), trouble: frame.NewTrouble()}
	var kinds []string
	for _, kind := range core.NameKinds() {
		kinds = append(kinds, words.OfKind(kind).Plural)
	}
	d.columns = newColumnsAsked(columnWords{
		ids: words.Say("Ids"), names: words.Say("Names"),
		unsure: words.Say("It is not certain which column holds the ids and which the names. Choose both."),
	}, d.read)
	d.kind = kit.NewFilters(kinds, func(int) {
		d.columns.forget()
		d.read()
	})
	d.note = kit.NewText(words.Say("A name you gave before is replaced."), kit.Muted).Tight()
	d.take = kit.NewButton(words.Say("Import"), nil, d.submit).Primary()
	choose := kit.NewButton(words.Say("Choose file"), assets.Folder, d.choose)
	d.box = frame.OpenDialog(c.Window.Canvas(), frame.DialogParts{
		Title: words.Say("Import names"), Purpose: words.Say("From any table saved as CSV or text. Where columns are unclear, Rentbell asks."),
		Body: kit.VStack(14,
			frame.Row(words.Say("Names of"), frame.Captioned(d.kind.Wrap(), words.Say("Rows with a column kind go by that."))),
			frame.Row(words.Say("File"), kit.Lead(10, choose, d.file)),
			d.columns.object, d.preview, d.trouble),
		Footer: kit.Spread(8, d.note, kit.NewButton(words.Say("Cancel"), nil, func() { d.box.Close() }), d.take),
	})
	d.paint()
	return d
}

func (d *namesImport) choose() {
	d.Chooser.Open(chooser.Ask{
		Title: words.Say("Choose a file of names"), About: "names", Files: words.Say("CSV files"), Kinds: []string{".csv", ".txt"},
	}, d.setFile)
}

func (d *namesImport) setFile(path string) {
	d.path = path
	d.columns.forget()
	d.file.SetStyled(filepath.Base(path), kit.Body)
	d.read()
}

// read reads the file for the chosen kind.
func (d *namesImport) read() {
	if d.path == "" {
		return
	}
	path, kind := d.path, core.NameKinds()[d.kind.Selected()]
	id, name := d.columns.chosen()
	d.reads.Load(d.Post, func(context.Context) func() {
		f, err := table.OpenFile(path)
		if err != nil {
			return func() { d.failed(err) }
		}
		columns, err := names.Settle(f, kind, id, name)
		var found names.Import
		if err == nil {
			found = names.Read(f, columns, kind)
		}
		return func() {
			d.found = found
			d.trouble.Hide()
			if err != nil || d.columns.asking {
				d.columns.ask(f, columns, err)
			}
			d.paint()
		}
	})
}

// failed shows why the file cannot be read.
func (d *namesImport) failed(err error) {
	d.found = names.Import{}
	d.columns.forget()
	frame.Tell(d.trouble, err)
	d.paint()
}

func (d *namesImport) paint() {
	d.preview.Objects = nil
	if texts := d.previewWords(); len(texts) > 0 {
		lines := kit.VStack(4)
		for _, text := range texts {
			lines.Add(kit.NewText(text, kit.Body).Tight())
		}
		d.preview.Add(container.NewStack(kit.NewBox(kit.ColorSunken, kit.ColorBorder, 6), kit.Inset(10, 12, 10, 12, lines)))
	}
	for _, text := range skippedWords(d.found.Skipped) {
		d.preview.Add(kit.NewProse(text, kit.Body.In(kit.ColorWarn)))
	}
	frame.SetVisible(d.preview, len(d.preview.Objects) > 0)
	verb := words.Say("Import")
	if n := len(d.found.Names); n > 0 {
		verb = words.SayN(n, "Import %s name", "Import %s names", explain.Number(n))
	}
	d.take.SetText(verb)
	frame.SetEnabled(d.take, len(d.found.Names) > 0)
	d.box.Update()
}

// previewWords returns the first names by kind and id, and how many more there
// are.
func (d *namesImport) previewWords() []string {
	keys := make([]core.NameKey, 0, len(d.found.Names))
	for key := range d.found.Names {
		keys = append(keys, key)
	}
	slices.SortFunc(keys, func(a, b core.NameKey) int { return cmp.Or(cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.ID, b.ID)) })
	var lines []string
	for _, key := range keys[:min(len(keys), mostPreviewed)] {
		lines = append(lines, rowOfKind(key, d.found.Names[key]))
	}
	if more := len(keys) - len(lines); more > 0 {
		lines = append(lines, words.Say("and %s more", explain.Number(more)))
	}
	if d.path != "" && len(keys) == 0 && !d.trouble.Visible() && !d.columns.table.Visible() {
		lines = append(lines, words.Say("There are no names in this file"))
	}
	return lines
}

func (d *namesImport) submit() {
	if d.take.Disabled() {
		return
	}
	d.take.Disable()
	names := d.found.Names
	frame.Run(d.Post, func(context.Context) error { return d.Bell.GiveNames(names) },
		func(err error) {
			if err != nil {
				frame.Tell(d.trouble, err)
				d.paint()
				return
			}
			d.box.Close()
			d.Given()
		})
}
