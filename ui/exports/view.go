package exports

import (
	"time"

	"fyne.io/fyne/v2"

	"rentbell/assets"
	"rentbell/core"
	"rentbell/core/export"
	"rentbell/ui/explain"
	"rentbell/ui/frame"
	"rentbell/ui/kit"
	"rentbell/ui/words"
)

// exportLabel is the width of the labels.
const exportLabel = 96

// exportActions is what the dialog calls.
type exportActions struct {
	loadPast    func() // loads earlier exports, then calls setPast
	preview     func(export.Query)
	checkExists func(path string, parts int) // checks whether the file exists, then calls setExists
	folder      func()
	write       func(q export.Query, path string)
	again       func(e core.PastExport, path string)
	office      func() Office
	stop        func() // stops writing
	reveal      func(path string)
	close       func()
}

// exportStage is the stage of the dialog.
type exportStage int

const (
	choosing exportStage = iota
	writing
	written
)

// exportView is the dialog's content.
type exportView struct {
	body, footer *fyne.Container

	do    exportActions
	now   func() time.Time
	stage exportStage
	periodForm
	formatForm
	fileForm
	answer

	needs   *needs   // below the formats
	warning *warning // below the period
	total   *kit.Text
	preview *preview
	foot    exportFooter
	update  func() // lays the dialog out after its height may have changed
}

// answer is the preview of the chosen period.
type answer struct {
	known  bool // false until it is loaded
	found  export.Preview
	behind int // new payments that are not in the period
}

// newExportView returns the dialog's content with the defaults of s. month is
// the month on the page behind the dialog, or zero.
func newExportView(now func() time.Time, month core.Date, s core.Settings, do exportActions) *exportView {
	v := &exportView{
		do: do, now: now, warning: newWarning(), total: kit.NewText("", kit.Strong.Right()), preview: newPreview(), update: func() {},
	}
	v.dir = Dir(s)
	v.formatForm.begin(s.Exports.Format)
	v.periods = periods{begin: s.Exports.Period, month: month, usual: usualPeriods(now(), month)}
	v.footer = v.foot.make(v)
	v.body = kit.VStack(15,
		exportRow(words.Say("Period"), v.makePeriod()),
		exportRow(words.Say("Format"), v.makeFormats(s.Exports.IntuBID)),
		exportRow(words.Say("Preview"), v.preview.object),
		exportRow(words.Say("File name"), v.makeFile()),
	)
	v.offer()
	return v
}

func exportRow(label string, control fyne.CanvasObject) *fyne.Container {
	return frame.Labelled(exportLabel,
		kit.Inset(8, 0, 0, 0, kit.NewText(label, kit.Body).Tight()), control)
}

func (v *exportView) makePeriod() fyne.CanvasObject {
	v.periodForm.make(v.ask)
	return kit.VStack(8, kit.Spread(12, kit.HStack(0, v.choice), v.total), v.custom, v.warning.line)
}

func (v *exportView) makeFormats(bid uint) fyne.CanvasObject {
	v.needs = newNeeds(bid, func() { v.paint() })
	return kit.VStack(12, v.formatForm.make(func(before core.Format) {
		if v.name.Text != v.proposed {
			v.name.SetText(withEnding(v.name.Text, before, v.format))
		}
		v.offer()
		v.ask()
	}), v.needs.object)
}

// numbered reports whether the bank's number can be used, or none is needed.
func (v *exportView) numbered() bool {
	_, ok := v.needs.bid()
	return ok || v.format != core.FormatQBO
}

func (v *exportView) makeFile() fyne.CanvasObject {
	var name fyne.CanvasObject
	v.name, name = kit.NewEntry(words.Say("Name of the file"), func(string) { v.renamed() })
	v.change = kit.NewButton(words.Say("Change folder"), assets.Folder, v.do.folder)
	v.where = kit.NewProse("", kit.Caption)
	return kit.VStack(4, kit.Spread(8, name, v.change), v.where)
}

// query returns the query for the present choices. ok is false while typed
// dates are wrong.
func (v *exportView) query() (q export.Query, ok bool) {
	p, ok := v.chosen()
	return export.Query{
		From: p.from, To: p.to, AfterSeq: p.after, Location: v.now().Location(), Format: v.format,
	}, ok
}

// ask loads the preview of the chosen period.
func (v *exportView) ask() {
	v.known, v.behind = false, 0
	frame.SetVisible(v.custom, v.period.Selected == otherDates())
	if p, ok := v.chosen(); ok && (v.name.Text == "" || v.name.Text == v.proposed) {
		v.propose(p.fileName(v.format))
	}
	if q, ok := v.query(); ok {
		v.do.preview(q)
	}
	v.renamed()
}

// propose proposes a name for the file.
func (v *exportView) propose(name string) {
	v.proposed = name
	v.name.SetText(name)
}

// renamed checks whether a file with the present name exists.
func (v *exportView) renamed() {
	v.exists, v.foot.trouble = false, explain.Words{}
	if path, ok := v.path(); ok {
		v.do.checkExists(path, v.parts())
	}
	v.paint()
}

// show shows a preview. behind is the number of new payments that are not in
// the period.
func (v *exportView) show(p export.Preview, behind int) {
	v.answer = answer{known: true, found: p, behind: behind}
	none := words.Say("No payments in this period")
	if last, ok := v.nothingNew(); ok {
		none = words.Say("Nothing new since %s", words.Tongue.LongDate(last.At.In(v.now().Location()), v.now()))
		if _, again := v.again(); again && v.name.Text == v.proposed {
			v.propose(last.File)
		}
	}
	v.preview.show(v.format, p, none)
	if v.parts() > 1 {
		v.renamed()
	}
	v.paint()
}

// setExists shows whether a file with the present name exists.
func (v *exportView) setExists(exists bool) {
	v.exists = exists
	v.paint()
}

// setDir changes the folder.
func (v *exportView) setDir(dir string) {
	v.dir = dir
	v.renamed()
}

// paint updates all widgets.
func (v *exportView) paint() {
	usable := v.stage == choosing
	for _, control := range []fyne.Disableable{v.period, v.from, v.to, v.name, v.change} {
		frame.SetEnabled(control, usable)
	}
	for i, card := range v.cards {
		card.show(v.formats[i] == v.format, usable)
	}
	v.needs.show(v.format, usable)
	v.total.Set(v.totalWords())
	v.where.SetStyled(v.whereWords(), kit.Caption)
	v.warning.show(v.pastNote())
	v.foot.show(v)
	v.update()
}

func (v *exportView) totalWords() string {
	switch _, ok := v.chosen(); {
	case !ok:
		return ""
	case !v.known:
		return v.total.Text()
	case v.found.Count == 0:
		return words.Say("No payments")
	}
	return words.SayN(v.found.Count, "%s payment, %s", "%s payments, %s", explain.Number(v.found.Count), words.Dollars(v.found.Total))
}
