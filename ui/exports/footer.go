package exports

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"rentbell/assets"
	"rentbell/core/export"
	"rentbell/ui/explain"
	"rentbell/ui/frame"
	"rentbell/ui/kit"
	"rentbell/ui/words"
)

// exportFooter is the last line of the dialog. It shows, one after the other: a
// note with the export button, the progress, and the result.
type exportFooter struct {
	choose, progress, done *fyne.Container

	note   *kit.Prose
	why    *kit.Prose // error of the last attempt
	export *kit.Button
	bar    *kit.Progress
	step   *kit.Text
	share  *kit.Text
	result *kit.Prose
	file   *kit.Press // shows the one file
	folder *kit.Press // shows the first of several
	saved  string     // the path of that one

	unknown *warning // of an export that is not remembered

	trouble explain.Words // error of the last attempt; zero: none
}

func (f *exportFooter) make(v *exportView) *fyne.Container {
	f.note = kit.NewProse("", kit.Muted)
	f.export = kit.NewButton(words.Say("Export"), assets.Export, v.start).Primary()
	f.choose = kit.Spread(8, f.note, kit.NewButton(words.Say("Cancel"), nil, func() { v.do.close() }), f.export)

	f.step, f.share = kit.NewText("", kit.Body).Tight(), kit.NewText("", kit.Muted)
	f.bar = kit.NewProgress(kit.ColorPrimary, 0)
	line := kit.VStack(5, kit.Spread(8, f.step, f.share), f.bar)
	f.progress = kit.Spread(16, line, kit.NewButton(words.Say("Cancel"), nil, func() { v.do.stop() }))

	f.result = kit.NewProse("", kit.Body)
	said := kit.Lead(8, kit.NewIcon(assets.Verified, kit.ColorOk, 20), f.result)
	f.file = kit.NewLink(words.Say("Show file"), func() { v.do.reveal(f.saved) })
	f.folder = kit.NewLink(words.Say("Show folder"), func() { v.do.reveal(f.saved) })
	f.folder.Hide()
	f.done = kit.Spread(8, said, container.NewStack(f.file, f.folder),
		kit.Inset(0, 0, 0, 8, kit.NewButton(words.Say("Close"), nil, func() { v.do.close() }).Primary()))
	f.why, f.unknown = frame.NewTrouble(), newWarning()
	f.unknown.show("", true)
	return kit.VStack(8, f.why, f.unknown.line, container.NewStack(f.choose, f.progress, f.done))
}

func (f *exportFooter) show(v *exportView) {
	frame.SetVisible(f.choose, v.stage == choosing)
	frame.SetVisible(f.progress, v.stage == writing)
	frame.SetVisible(f.done, v.stage == written)
	f.export.SetText(v.exportWords())
	_, named := v.path()
	_, dated := v.chosen()
	last, again := v.again()
	frame.SetEnabled(f.export, v.known && (v.found.Count > 0 || again) && named && dated && v.numbered())
	f.why.Hide()
	switch {
	case f.trouble != explain.Words{}:
		f.note.Set("")
		frame.TellText(f.why, words.Trouble(f.trouble))
		return
	case !dated:
		f.note.SetStyled(words.Say("Write both days like 6/1/2026."), kit.Muted)
	case !v.numbered():
		f.note.SetStyled(words.Say("Write the bank number in digits, like 3000."), kit.Muted)
	case again:
		f.note.SetStyled(words.Say("Writes the last export again: %s.", words.Days(last.From, last.To, v.now())), kit.Muted)
	case v.known && v.found.LeftOut > 0: // the preview's note has the payments of $0.00
		f.note.SetStyled(leftOutWords(0, v.found.LeftOut), kit.Body.In(kit.ColorWarn))
	default:
		f.note.SetStyled(words.Say("Returned payments are listed as negative amounts."), kit.Muted)
	}
}

// exportWords says what the button does.
func (v *exportView) exportWords() string {
	_, again := v.again()
	switch {
	case again:
		return words.Say("Export again")
	case v.known && v.found.Count > 0:
		return words.SayN(v.found.Count, "Export %s payment", "Export %s payments", explain.Number(v.found.Count))
	}
	return words.Say("Export")
}

// start starts writing the file.
func (v *exportView) start() {
	q, dated := v.query()
	path, named := v.path()
	if !dated || !named || !v.numbered() || v.stage != choosing {
		return
	}
	q.IntuBID, _ = v.needs.bid()
	last, again := v.again()
	v.begin(max(v.found.Count, last.Rows))
	if again {
		v.do.again(last, path)
		return
	}
	v.do.write(q, path)
}

// begin shows that rows are being written.
func (v *exportView) begin(rows int) {
	v.stage, v.foot.trouble = writing, explain.Words{}
	v.setProgress(0, rows)
	v.paint()
}

// setProgress shows how many rows are written.
func (v *exportView) setProgress(done, total int) {
	part := float32(0)
	if total > 0 {
		part = float32(done) / float32(total)
	}
	v.foot.step.Set(words.Say("Writing payment %s of %s", explain.Number(done), explain.Number(total)))
	v.foot.share.Set(explain.Number(int(part*100+0.5)) + "%")
	v.foot.bar.Set(part)
	v.footer.Refresh()
}

// finish shows the result of an export to path. canceled says that the user stopped it.
func (v *exportView) finish(path string, e export.WrittenFiles, canceled bool, err error) {
	switch {
	case canceled:
		v.stage = choosing
	case err != nil:
		v.stage, v.foot.trouble = choosing, words.Tongue.Error(err)
	default:
		v.stage = written
		v.foot.saved = export.PartName(path, 1, e.Files)
		v.foot.result.Set(savedWords(e))
		if e.NotRemembered {
			v.foot.unknown.show(words.Say("The office does not know of this export. The next one may hold the same payments."), true)
		}
		frame.SetVisible(v.foot.file, e.Files <= 1)
		frame.SetVisible(v.foot.folder, e.Files > 1)
	}
	v.paint()
}

func savedWords(e export.WrittenFiles) string {
	saved := words.SayN(e.Rows, "Saved %s payment.", "Saved %s payments.", explain.Number(e.Rows))
	if e.Files > 1 {
		saved = words.Say("Saved %s payments in %s files.", explain.Number(e.Rows), explain.Number(e.Files))
	}
	return words.Paragraph(saved, leftOutWords(e.Zeros, e.LeftOut))
}

// leftOutWords says which payments of the period are in no file.
func leftOutWords(zeros, unusable int) string {
	var none, unknown string
	if zeros > 0 {
		none = words.Say("%s of $0.00 left out.", explain.Number(zeros))
	}
	if unusable > 0 {
		unknown = words.Say("%s more had no usable amount.", explain.Number(unusable))
	}
	return words.Paragraph(none, unknown)
}
