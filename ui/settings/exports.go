package settings

import (
	"cmp"
	"context"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"fyne.io/fyne/v2"

	"rentbell/assets"
	"rentbell/core"
	"rentbell/ui/chooser"
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
	var me string // what this desk is called in its office
	c.row(func(p State) {
		past, same := w.disk.past, me == p.Status.Office.Name
		if past == nil || listed != nil && same && past.dir == listed.dir && slices.Equal(past.list, listed.list) {
			return
		}
		listed, me = past, p.Status.Office.Name
		list.Objects = nil
		for i, e := range listed.list {
			if i > 0 {
				list.Add(kit.NewRule())
			}
			by := e.ByOther(me)
			list.Add(newPastRow(describePast(e, by, c.Now()), pastLinks(c, e, by, cmp.Or(e.Dir, listed.dir))))
		}
		frame.SetVisible(none, len(listed.list) == 0)
	})
	c.object = kit.VStack(8, c.trouble, kit.NewBareCard(kit.VStack(0, kit.NewCardHead(words.Say("Exported before"), kit.HStack(0)), none, list)))
	return c
}

// pastLinks makes the links of an earlier export. by is the desk that has the file, empty
// for this one; dir is where it is here, as far as is known.
func pastLinks(c *card, e core.PastExport, by, dir string) *fyne.Container {
	links := kit.HStack(10)
	if e.File != core.StandardOutput && by == "" {
		links.Add(kit.NewLink(words.Say("Show file"), func() { c.Do.OpenFolder(dir) }))
	}
	if e.SHA256 != "" { // else an earlier version did not keep what it takes
		links.Add(kit.NewLink(words.Say("Make again"), func() { makeAgain(c, e, dir) }))
	}
	links.Add(kit.NewLink(words.Say("Forget"), func() { askForget(c, e) }))
	return links
}

// makeAgain asks for a file, and makes that of an export anew.
func makeAgain(c *card, e core.PastExport, dir string) {
	ext := filepath.Ext(e.File)
	name := e.File
	switch {
	case name == core.StandardOutput:
		name = "Rentbell" + e.Format.Ext()
	case e.Files > 1: // whoever agrees to a name is not asked about those of the parts
		name = strings.TrimSuffix(name, ext) + " again" + ext
	}
	c.Chooser.Save(chooser.Ask{Title: words.Say("Make this export again"), Dir: dir, Name: name}, func(path string) {
		c.say(words.Say("Making the export again"), kit.Body)
		c.Post(func(ctx context.Context) func() {
			err := c.Bell.ExportAgain(ctx, path, e)
			return func() {
				c.Report("make an export again", err)
				if err != nil {
					c.tell(err)
					return
				}
				c.say(words.Say("Made again as %s in %s, byte for byte.", filepath.Base(path), words.FolderName(filepath.Dir(path))), kit.Body)
			}
		})
	})
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
		c.Saver.Do(func(ctx context.Context) error { return c.Bell.ForgetExport(ctx, e) }, func(err error) {
			c.tell(err)
			c.view.lookAtDisk()
		})
	}
	c.ask(q)
}

// pastWords describes an earlier export.
type pastWords struct{ file, held, when string }

// describePast describes an export, and says by which other desk it was made; by is empty
// for this one.
func describePast(e core.PastExport, by string, now time.Time) pastWords {
	held := words.SayN(e.Rows, "%s: %s payment, %s", "%s: %s payments, %s", words.Days(e.From, e.To, now), explain.Number(e.Rows), words.Dollars(e.Total))
	file := e.File
	if file == core.StandardOutput {
		file = words.Say("Printed by rentbelld")
	}
	format, at := words.FormatName(e.Format), words.Tongue.At(e.At.In(now.Location()), now)
	if by != "" {
		return pastWords{file, held, words.Say("%s, exported by %s %s", format, by, at)}
	}
	return pastWords{file, held, words.Say("%s, exported %s", format, at)}
}

// newPastRow makes the row of an earlier export.
func newPastRow(w pastWords, links *fyne.Container) fyne.CanvasObject {
	text := kit.VStack(1, kit.NewProse(w.held, kit.Caption), kit.NewProse(w.when, kit.Caption))
	return kit.Inset(10, kit.CardPad, 10, kit.CardPad, kit.VStack(1, kit.NewText(w.file, kit.Strong).Tight(), kit.Spread(16, text, links)))
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
