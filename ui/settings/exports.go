package settings

import (
	"cmp"
	"context"
	"slices"
	"time"

	"fyne.io/fyne/v2"

	"rentbell/assets"
	"rentbell/core"
	"rentbell/ui/explain"
	"rentbell/ui/frame"
	"rentbell/ui/kit"
	"rentbell/ui/words"
)

// newPastCard makes the card that lists earlier exports.
func newPastCard(w *tasks) *card {
	c := newCard(w)
	list := kit.VStack(0)
	none := kit.Inset(12, kit.CardPad, kit.CardPad, kit.CardPad, kit.VStack(12,
		kit.NewProse(words.Say("Nothing has been exported yet. What you export is remembered here, so that no payment gets into your books twice."), kit.Body),
		kit.HStack(0, kit.NewButton(words.Say("Export payments"), assets.Export, w.Do.Export))))
	none.Hide() // the list has not been read yet
	var listed *pastExports
	c.row(func(State) {
		past := w.disk.past
		if past == nil || listed != nil && past.dir == listed.dir && slices.Equal(past.list, listed.list) {
			return
		}
		listed = past
		list.Objects = nil
		for i, e := range listed.list {
			if i > 0 {
				list.Add(kit.NewRule())
			}
			list.Add(newPastRow(describePast(e, c.Now()), func() { c.Do.OpenFolder(cmp.Or(e.Dir, listed.dir)) }, func() { askForget(c, e) }))
		}
		frame.SetVisible(none, len(listed.list) == 0)
	})
	foot := kit.Inset(0, kit.CardPad, 0, kit.CardPad, c.trouble)
	c.object = kit.VStack(0, kit.NewBareCard(kit.VStack(0, kit.NewCardHead(words.Say("Exported before"), kit.HStack(0)), none, list)), foot)
	return c
}

// askForget forgets an export once the user agrees.
func askForget(c *card, e core.PastExport) {
	q := frame.Question{Title: words.Say("Forget this export?"), Verb: words.Say("Forget")}
	q.Text = words.Say("What came in after the export before it counts as new again, and may get into your books twice. The file stays where it is.")
	list := c.disk.past.list
	if slices.ContainsFunc(list[:max(0, slices.Index(list, e))], func(newer core.PastExport) bool { return newer.Format == e.Format }) {
		q.Text = words.Say("Rentbell no longer tells you when you export the same days again. The file stays where it is.")
	}
	q.Answer = func() {
		c.Saver.Do(func(context.Context) error { return c.Bell.ForgetExport(e) }, func(err error) {
			c.tell(err)
			c.view.lookAtDisk()
		})
	}
	c.ask(q)
}

// pastWords describes an earlier export.
type pastWords struct{ file, held, when string }

func describePast(e core.PastExport, now time.Time) pastWords {
	held := words.SayN(e.Rows, "%s: %s payment, %s", "%s: %s payments, %s", words.Days(e.From, e.To, now), explain.Number(e.Rows), words.Dollars(e.Total))
	return pastWords{e.File, held, words.Say("%s, exported %s", words.FormatName(e.Format), words.Tongue.At(e.At.In(now.Location()), now))}
}

// newPastRow makes the row of an earlier export.
func newPastRow(w pastWords, show, forget func()) fyne.CanvasObject {
	text := kit.VStack(1, kit.NewText(w.file, kit.Strong).Tight(), kit.NewProse(w.held, kit.Caption), kit.NewProse(w.when, kit.Caption))
	links := kit.HStack(10, kit.NewLink(words.Say("Show file"), show), kit.NewLink(words.Say("Forget"), forget))
	return kit.Inset(10, kit.CardPad, 10, kit.CardPad, kit.Spread(16, text, links))
}

// nextLabel is the width of the labels on the card of the next export.
const nextLabel = 96

// newNextExportCard makes the card that chooses what the export dialog begins
// with.
func newNextExportCard(w *tasks) *card {
	c := newCard(w)
	_, format := newSelect(c, words.Formats(), named(words.Formats(), words.FormatName), func(s *core.Settings) *core.Format { return &s.Exports.Format })
	periods := []core.FirstPeriod{core.FirstNew, core.FirstMonth, core.FirstLast, core.FirstQuarter, core.FirstYear}
	names := []string{words.Say("New since the last export"), words.Say("This month"), words.Say("Last month"), words.Say("This quarter"), words.Say("This year")}
	_, period := newSelect(c, periods, names, func(s *core.Settings) *core.FirstPeriod { return &s.Exports.Period })
	folder := c.text(kit.Body, func(State) string {
		if w.disk.past == nil {
			return ""
		}
		return words.FolderName(w.disk.past.dir)
	})
	choose := kit.NewButton(words.Say("Change folder"), assets.Folder, func() {
		w.chooseDir(func(dir string) {
			w.Saver.Change(func(s *core.Settings) { s.ExportDir = dir }, c.tell)
		})
	})
	return c.titled(words.Say("The next export"),
		nextRow(words.Say("Format"), kit.Sized(0, kit.ControlHigh, format)),
		nextRow(words.Say("Period"), kit.Sized(0, kit.ControlHigh, period)),
		nextRow(words.Say("Folder"), kit.VStack(10, kit.Inset(8, 0, 0, 0, folder), kit.HStack(0, choose))),
		kit.NewProse(words.Say("The export dialog begins with these. You can choose others there."), kit.Caption), c.trouble)
}

// newPaperCard makes the card for what the month sheet says about the user.
func newPaperCard(w *tasks) *card {
	c := newCard(w)
	company := c.field(fieldParts{
		label: words.Say("Your company's name"), icon: assets.House, stacked: true, optional: true,
		of: func(p State) fieldValue {
			return fieldValue{Text: p.Settings.Company, Caption: words.Say("Stands at the head of the month sheet.")}
		},
		save: func(text string, done func(error)) {
			w.Saver.Change(func(s *core.Settings) { s.Company = core.OneLine(text) }, done)
		},
	})
	return c.titled(words.Say("Month sheet"), company.object)
}

func nextRow(label string, control fyne.CanvasObject) *fyne.Container {
	name := kit.Inset(8, 0, 0, 0, kit.NewText(label, kit.Body).Tight())
	return frame.Labelled(nextLabel, name, control)
}
