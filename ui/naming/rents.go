package naming

import (
	"context"
	"path/filepath"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"rentbell/assets"
	"rentbell/core"
	"rentbell/core/names"
	"rentbell/core/rents"
	"rentbell/core/table"
	"rentbell/ui/chooser"
	"rentbell/ui/explain"
	"rentbell/ui/frame"
	"rentbell/ui/kit"
	"rentbell/ui/words"
)

// rentsImport is the dialog that imports expected rents from a table.
type rentsImport struct {
	Config
	box   *frame.Dialog
	reads frame.Loader

	path    string // empty until a file is chosen
	found   rents.Import
	file    *kit.Text
	columns *columnsAsked
	preview *fyne.Container
	take    *kit.Button
	trouble *kit.Prose
}

// ImportRents opens the dialog that imports expected rents from a table.
func ImportRents(c Config) { openRents(c) }

func openRents(c Config) *rentsImport {
	d := &rentsImport{Config: c, file: kit.NewText(words.Say("No file chosen"), kit.Muted).Tight(), preview: kit.VStack(6), trouble: frame.NewTrouble()}
	d.columns = newColumnsAsked(columnWords{
		ids: words.Say("Lease ids"), names: words.Say("Rents"),
		unsure: words.Say("It is not certain which column holds the lease ids and which the rents. Choose both."),
	}, d.read)
	d.take = kit.NewButton(words.Say("Import"), nil, d.submit).Primary()
	choose := kit.NewButton(words.Say("Choose file"), assets.Folder, d.choose)
	note := kit.NewText(words.Say("A rent you typed stays."), kit.Muted).Tight()
	d.box = frame.OpenDialog(c.Window.Canvas(), frame.DialogParts{
		Title: words.Say("Import rents"), Purpose: words.Say("A rent roll, or any table with lease ids and rents, saved as CSV or text."),
		Body:   kit.VStack(14, frame.Row(words.Say("File"), kit.Lead(10, choose, d.file)), d.columns.object, d.preview, d.trouble),
		Footer: kit.Spread(8, note, kit.NewButton(words.Say("Cancel"), nil, func() { d.box.Close() }), d.take),
	})
	d.paint()
	return d
}

func (d *rentsImport) choose() {
	d.Chooser.Open(chooser.Ask{
		Title: words.Say("Choose a table of rents"), About: "rents", Files: words.Say("CSV files"), Kinds: []string{".csv", ".txt"},
	}, d.setFile)
}

func (d *rentsImport) setFile(path string) {
	d.path = path
	d.columns.forget()
	d.file.SetStyled(filepath.Base(path), kit.Body)
	d.read()
}

// read reads the file.
func (d *rentsImport) read() {
	if d.path == "" {
		return
	}
	path := d.path
	id, chosen := d.columns.chosen()
	picked := rents.Columns{Lease: id, Rent: -1}
	if len(chosen) > 0 {
		picked.Rent = chosen[0]
	}
	d.reads.Load(d.Post, func(context.Context) func() {
		f, err := table.OpenFile(path)
		if err != nil {
			return func() { d.failed(err) }
		}
		columns, err := rents.Settle(f, picked)
		var found rents.Import
		if err == nil {
			found = rents.Read(f, columns)
		}
		return func() {
			d.found = found
			d.trouble.Hide()
			if err != nil || d.columns.asking {
				d.columns.ask(f, certain(columns), err)
			}
			d.paint()
		}
	})
}

// certain returns the columns that are certain, as those of names.
func certain(c rents.Columns) names.Columns {
	if c.Rent < 0 {
		return names.Columns{ID: c.Lease}
	}
	return names.Columns{ID: c.Lease, Name: [][]int{{c.Rent}}}
}

// failed shows why the file cannot be read.
func (d *rentsImport) failed(err error) {
	d.found = rents.Import{}
	d.columns.forget()
	frame.Tell(d.trouble, err)
	d.paint()
}

func (d *rentsImport) paint() {
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
	verb, n := words.Say("Import"), len(d.found.Rents)
	if n > 0 {
		verb = words.SayN(n, "Import %s rent", "Import %s rents", explain.Number(n))
	}
	d.take.SetText(verb)
	frame.SetEnabled(d.take, n > 0)
	d.box.Update()
}

// previewWords returns the first rents by lease, and how many more there are.
func (d *rentsImport) previewWords() (lines []string) {
	leases := make([]string, 0, len(d.found.Rents))
	for lease := range d.found.Rents {
		leases = append(leases, lease)
	}
	slices.SortFunc(leases, strings.Compare)
	for _, lease := range leases[:min(len(leases), mostPreviewed)] {
		lines = append(lines, words.Say("Lease %s: %s", lease, words.Dollars(d.found.Rents[lease])))
	}
	if more := len(leases) - len(lines); more > 0 {
		lines = append(lines, words.Say("and %s more", explain.Number(more)))
	}
	if d.path != "" && len(leases) == 0 && !d.trouble.Visible() && !d.columns.table.Visible() {
		lines = append(lines, words.Say("There are no rents in this file"))
	}
	return lines
}

func (d *rentsImport) submit() {
	if d.take.Disabled() {
		return
	}
	d.take.Disable()
	found := d.found.Rents
	frame.Background(d.Post, func(ctx context.Context) (core.Taken, error) { return d.Bell.ImportRents(ctx, found) },
		func(_ core.Taken, err error) {
			if err != nil {
				frame.Tell(d.trouble, err)
				d.paint()
				return
			}
			d.box.Close()
			d.Given()
		})
}
