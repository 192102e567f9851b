package ui

import (
	"path/filepath"
	"strings"
	"time"

	"fyne.io/fyne/v2"

	"rentbell/assets"
	"rentbell/core"
	"rentbell/ui/explain"
	"rentbell/ui/kit"
)

// exportLabel is the width of the labels in the export dialog.
const exportLabel = 96

// exportActions is what the export dialog can ask for.
type exportActions struct {
	preview func(core.ExportQuery)
	look    func(path string) // is there a file already?
	folder  func()
	write   func(q core.ExportQuery, path string)
	stop    func() // the writing
	reveal  func(dir string)
	close   func()
}

// exportStage is how far the dialog is.
type exportStage int

const (
	choosing exportStage = iota
	writing
	written
)

// exportView is the export dialog: what to export, how and where to.
type exportView struct {
	body, footer *fyne.Container

	do      exportActions
	now     func() time.Time
	periods []period
	stage   exportStage
	format  core.Format
	dir     string
	named   string // the file name Rentbell gave last; a name of the user's own stays
	exists  bool   // a file of that name is there
	found   core.Preview
	known   bool // found is of the period that is chosen

	period   *kit.Select
	from, to *kit.Entry
	custom   *fyne.Container
	total    *kit.Text
	cards    []*formatCard
	preview  *preview
	name     *kit.Entry
	change   *kit.Button
	where    *kit.Prose
	foot     exportFooter
	update   func() // the dialog may have changed its height
}

// newExportView makes the dialog's parts for files in dir. month, where it is
// one, is chosen at first.
func newExportView(now func() time.Time, month core.Date, dir string, do exportActions) *exportView {
	v := &exportView{
		do: do, now: now, dir: dir, periods: usualPeriods(now(), month), format: core.FormatQuickBooks,
		total: kit.NewText("", kit.Strong.Right()), preview: newPreview(),
		where: kit.NewProse("", kit.Caption), update: func() {},
	}
	v.footer = v.foot.make(v)
	v.body = kit.VStack(16,
		exportRow("Period", v.makePeriod()),
		exportRow("Format", v.makeFormats()),
		exportRow("Preview", v.preview.object),
		exportRow("File name", v.makeFile()),
	)
	if !month.IsZero() {
		v.period.Selected = monthName(month)
	}
	return v
}

func exportRow(label string, control fyne.CanvasObject) *fyne.Container {
	return &fyne.Container{Layout: fieldLayout{exportLabel}, Objects: []fyne.CanvasObject{
		kit.Inset(8, 0, 0, 0, kit.NewText(label, kit.Body).Tight()), control,
	}}
}

func (v *exportView) makePeriod() fyne.CanvasObject {
	names := make([]string, 0, len(v.periods)+1)
	for _, p := range v.periods {
		names = append(names, p.name)
	}
	var choice, from, to fyne.CanvasObject
	v.period, choice = kit.NewSelect(append(names, otherDates), func(string) { v.ask() })
	v.from, from = kit.NewEntry("First day, like 6/1/2026", func(string) { v.ask() })
	v.to, to = kit.NewEntry("Last day", func(string) { v.ask() })
	v.custom = kit.HStack(8, kit.Sized(190, kit.ControlHigh, from), kit.NewText("to", kit.Muted), kit.Sized(130, kit.ControlHigh, to))
	v.custom.Hide()
	return kit.VStack(8, kit.Spread(12, kit.HStack(0, kit.Sized(170, kit.ControlHigh, choice)), v.total), v.custom)
}

func (v *exportView) makeFormats() fyne.CanvasObject {
	row := kit.Equal(8)
	for _, f := range exportFormats {
		card := newFormatCard(f.title, f.text, func() {
			v.format = f.format
			v.ask()
		})
		v.cards = append(v.cards, card)
		row.Objects = append(row.Objects, card)
	}
	return row
}

func (v *exportView) makeFile() fyne.CanvasObject {
	var name fyne.CanvasObject
	v.name, name = kit.NewEntry("Name of the file", func(string) { v.renamed() })
	v.change = kit.NewButton("Change folder", assets.Folder, v.do.folder)
	return kit.VStack(4, kit.Spread(8, name, v.change), v.where)
}

// chosen is the period that is chosen; ok is false while its dates are wrong.
func (v *exportView) chosen() (p period, ok bool) {
	for _, p := range v.periods {
		if p.name == v.period.Selected {
			return p, true
		}
	}
	return customPeriod(v.from.Text, v.to.Text)
}

// query is what the dialog asks for.
func (v *exportView) query() (q core.ExportQuery, ok bool) {
	p, ok := v.chosen()
	return core.ExportQuery{From: p.from, To: p.to, Location: v.now().Location(), Format: v.format}, ok
}

// path is where the file goes; ok is false while it has no proper name.
func (v *exportView) path() (path string, ok bool) {
	name := strings.TrimSpace(v.name.Text)
	if name == "" || strings.ContainsAny(name, `/\`) || strings.HasPrefix(name, ".") {
		return "", false
	}
	if !strings.EqualFold(filepath.Ext(name), ".csv") {
		name += ".csv"
	}
	return filepath.Join(v.dir, name), true
}

// ask asks what is in the period that is chosen now.
func (v *exportView) ask() {
	v.known = false
	setVisible(v.custom, v.period.Selected == otherDates)
	if p, ok := v.chosen(); ok && (v.name.Text == "" || v.name.Text == v.named) {
		v.named = p.fileName()
		v.name.SetText(v.named)
	}
	if q, ok := v.query(); ok {
		v.do.preview(q)
	}
	v.renamed()
}

// renamed asks whether there is a file of the present name.
func (v *exportView) renamed() {
	v.exists = false
	if path, ok := v.path(); ok {
		v.do.look(path)
	}
	v.paint()
}

// show shows what is in the period.
func (v *exportView) show(p core.Preview) {
	v.found, v.known = p, true
	v.preview.show(v.format, p)
	v.paint()
}

// setExists says whether there is a file of the present name.
func (v *exportView) setExists(exists bool) {
	v.exists = exists
	v.paint()
}

// setDir changes the folder.
func (v *exportView) setDir(dir string) {
	v.dir = dir
	v.renamed()
}

// paint brings everything in line with the stage.
func (v *exportView) paint() {
	usable := v.stage == choosing
	for _, control := range []fyne.Disableable{v.period, v.from, v.to, v.name, v.change} {
		setEnabled(control, usable)
	}
	for i, card := range v.cards {
		card.show(exportFormats[i].format == v.format, usable)
	}
	v.total.Set(v.totalWords())
	v.where.SetStyled(v.whereWords(), kit.Caption)
	v.foot.show(v)
	v.update()
}

// setEnabled enables or disables a control where that is a change.
func setEnabled(d fyne.Disableable, enabled bool) {
	switch {
	case enabled == !d.Disabled():
	case enabled:
		d.Enable()
	default:
		d.Disable()
	}
}

func (v *exportView) totalWords() string {
	switch _, ok := v.chosen(); {
	case !ok:
		return ""
	case !v.known:
		return v.total.Text()
	case v.found.Count == 0:
		return "No payments"
	}
	return explain.Count(v.found.Count, "payment") + ", " + dollars(v.found.Total)
}

func (v *exportView) whereWords() string {
	if _, ok := v.path(); !ok {
		return "A file name has no slashes and does not begin with a dot."
	}
	text := folderWords(v.dir)
	if v.exists && v.stage == choosing {
		text += ". The file of this name is replaced."
	}
	return text
}

// folderWords are the last two steps of a folder's path, as people say it.
func folderWords(dir string) string {
	parent, last := filepath.Split(filepath.Clean(dir))
	if before := filepath.Base(filepath.Clean(parent)); before != string(filepath.Separator) && before != "." {
		return before + ", " + last
	}
	return last
}
