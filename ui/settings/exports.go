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

// pastCard lists what was exported before.
type pastCard struct {
	*card
	list   *fyne.Container
	none   *fyne.Container
	shown  pastExports
	reads  frame.Loader
	onLook func(pastExports)
}

func newPastCard(w *tasks, onLook func(pastExports)) *pastCard {
	c := &pastCard{card: newCard(w), list: kit.VStack(0), onLook: onLook}
	export := kit.NewButton(words.Say("Export payments"), assets.Export, w.Do.Export)
	c.none = kit.Inset(12, kit.CardPad, kit.CardPad, kit.CardPad, kit.VStack(12,
		kit.NewProse(words.Say("Nothing has been exported yet. What you export is remembered here, so that no payment gets into your books twice."), kit.Body),
		kit.HStack(0, export)))
	c.none.Hide() // until the disk has said so
	foot := kit.Inset(0, kit.CardPad, 0, kit.CardPad, c.trouble)
	c.object = kit.VStack(0, kit.NewBareCard(kit.VStack(0, kit.NewCardHead(words.Say("Exported before"), kit.HStack(0)), c.none, c.list)), foot)
	return c
}

// look asks the disk.
func (c *pastCard) look() {
	read(c.tasks, &c.reads, "read what was exported", func() (pastExports, error) {
		list, err := c.Bell.PastExports()
		slices.Reverse(list)
		return pastExports{list, c.ExportDir(c.Bell.Settings())}, err
	}, func(past pastExports, err error) {
		if err != nil {
			c.tell(err)
			return
		}
		c.onLook(past)
		c.fill(past)
	})
}

func (c *pastCard) fill(past pastExports) {
	if slices.Equal(past.list, c.shown.list) && past.dir == c.shown.dir && len(c.list.Objects) > 0 {
		return
	}
	c.shown = past
	c.list.Objects = nil
	for i, e := range past.list {
		if i > 0 {
			c.list.Add(kit.NewRule())
		}
		c.list.Add(newPastRow(describePast(e, c.Now()), func() { c.Do.OpenFolder(cmp.Or(e.Dir, past.dir)) }, func() { c.askForget(e) }))
	}
	frame.SetVisible(c.none, len(past.list) == 0)
	c.relayout()
}

// askForget asks before an export is forgotten.
func (c *pastCard) askForget(e core.PastExport) {
	q := frame.Question{Title: words.Say("Forget this export?"), Verb: words.Say("Forget"), Answer: func() { c.forget(e) }}
	q.Text = words.Say("Rentbell no longer tells you when you export the same days again. The file stays where it is.")
	later := slices.Index(c.shown.list, e)
	for _, newer := range c.shown.list[:max(0, later)] {
		if newer.Format == e.Format {
			c.ask(q)
			return
		}
	}
	q.Text = words.Say("What came in after the export before it counts as new again, and may get into your books twice. The file stays where it is.")
	c.ask(q)
}

func (c *pastCard) forget(e core.PastExport) {
	c.Saver.Do(func(context.Context) error { return c.Bell.ForgetExport(e) }, func(err error) {
		c.tell(err)
		c.look()
	})
}

// pastWords is an export in words.
type pastWords struct{ file, held, when string }

func describePast(e core.PastExport, now time.Time) pastWords {
	held := words.SayN(e.Rows, "%s: %s payment, %s", "%s: %s payments, %s", words.Days(e.From, e.To, now), explain.Number(e.Rows), words.Dollars(e.Total))
	return pastWords{e.File, held, words.Say("%s, exported %s", words.FormatName(e.Format), words.Tongue.At(e.At.In(now.Location()), now))}
}

// newPastRow is an export with its two links.
func newPastRow(w pastWords, show, forget func()) fyne.CanvasObject {
	text := kit.VStack(1, kit.NewText(w.file, kit.Strong).Tight(), kit.NewProse(w.held, kit.Caption), kit.NewProse(w.when, kit.Caption))
	links := kit.HStack(10, kit.NewLink(words.Say("Show file"), show), kit.NewLink(words.Say("Forget"), forget))
	return kit.Inset(10, kit.CardPad, 10, kit.CardPad, kit.Spread(16, text, links))
}

// nextLabel is the width of the labels on the card of the next export.
const nextLabel = 96

// nextExportCard chooses what the export dialog begins with.
type nextExportCard struct {
	*card
	folder *kit.Prose
}

func newNextExportCard(w *tasks) *nextExportCard {
	c := &nextExportCard{card: newCard(w), folder: kit.NewProse("", kit.Body)}
	_, format := newSelect(c.card, words.Formats(), named(words.Formats(), words.FormatName), func(s *core.Settings) *core.Format { return &s.Exports.Format })
	periods := []core.FirstPeriod{core.FirstNew, core.FirstMonth, core.FirstLast, core.FirstQuarter, core.FirstYear}
	names := []string{words.Say("New since the last export"), words.Say("This month"), words.Say("Last month"), words.Say("This quarter"), words.Say("This year")}
	_, period := newSelect(c.card, periods, names, func(s *core.Settings) *core.FirstPeriod { return &s.Exports.Period })
	folder := kit.NewButton(words.Say("Change folder"), assets.Folder, func() {
		w.chooseDir(func(dir string) {
			w.Saver.Change(func(s *core.Settings) { s.ExportDir = dir }, c.tell)
		})
	})
	c.titled(words.Say("The next export"),
		nextRow(words.Say("Format"), kit.Sized(0, kit.ControlHigh, format)),
		nextRow(words.Say("Period"), kit.Sized(0, kit.ControlHigh, period)),
		nextRow(words.Say("Folder"), kit.VStack(10, kit.Inset(8, 0, 0, 0, c.folder), kit.HStack(0, folder))),
		kit.NewProse(words.Say("The export dialog begins with these. You can choose others there."), kit.Caption), c.trouble)
	return c
}

// paintFolder shows the folder, which the disk has been asked for.
func (c *nextExportCard) paintFolder(past pastExports) {
	c.folder.Set(words.FolderName(past.dir))
	c.relayout()
}

func nextRow(label string, control fyne.CanvasObject) *fyne.Container {
	name := kit.Inset(8, 0, 0, 0, kit.NewText(label, kit.Body).Tight())
	return frame.Labelled(nextLabel, name, control)
}

// pastExports is what was exported before, newest first, and where the next
// file goes.
type pastExports struct {
	list []core.PastExport
	dir  string
}
