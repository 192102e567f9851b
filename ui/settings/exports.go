package settings

import (
	"cmp"
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
	card
	do     exportsActions
	now    func() time.Time
	list   *fyne.Container
	rows   []*pastRow
	none   *fyne.Container
	shown  pastExports
	onLook func(pastExports)
}

func newPastCard(now func() time.Time, do exportsActions, update func()) *pastCard {
	c := &pastCard{card: newCard(update), do: do, now: now, list: kit.VStack(0), onLook: func(pastExports) {}}
	export := kit.NewButton(words.Say("Export payments"), assets.Export, do.open)
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
	c.do.look(func(past pastExports, err error) {
		if err != nil {
			c.tell(err)
			return
		}
		c.onLook(past)
		c.fill(past)
	})
}

func (c *pastCard) fill(past pastExports) {
	if slices.Equal(past.list, c.shown.list) && past.dir == c.shown.dir && len(c.rows) > 0 {
		return
	}
	c.shown = past
	c.list.Objects, c.rows = nil, nil
	for i, e := range past.list {
		if i > 0 {
			c.list.Add(kit.NewRule())
		}
		row := newPastRow(describePast(e, c.now()), func() { c.do.openFolder(cmp.Or(e.Dir, past.dir)) }, func() { c.ask(e) })
		c.rows = append(c.rows, row)
		c.list.Add(row.object)
	}
	frame.SetVisible(c.none, len(past.list) == 0)
	c.relayout()
}

// ask asks before an export is forgotten.
func (c *pastCard) ask(e core.PastExport) {
	q := frame.Question{Title: words.Say("Forget this export?"), Verb: words.Say("Forget"), Answer: func() { c.forget(e) }}
	q.Text = words.Say("Rentbell no longer tells you when you export the same days again. The file stays where it is.")
	later := slices.Index(c.shown.list, e)
	for _, newer := range c.shown.list[:max(0, later)] {
		if newer.Format == e.Format {
			c.do.ask(q)
			return
		}
	}
	q.Text = words.Say("What came in after the export before it counts as new again, and may get into your books twice. The file stays where it is.")
	c.do.ask(q)
}

func (c *pastCard) forget(e core.PastExport) {
	c.do.forget(e, func(err error) {
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

// pastRow is an export with its two links.
type pastRow struct {
	object       *fyne.Container
	show, forget *kit.Press
}

func newPastRow(w pastWords, show, forget func()) *pastRow {
	r := &pastRow{show: kit.NewLink(words.Say("Show file"), show), forget: kit.NewLink(words.Say("Forget"), forget)}
	words := kit.VStack(1, kit.NewText(w.file, kit.Strong).Tight(), kit.NewProse(w.held, kit.Caption), kit.NewProse(w.when, kit.Caption))
	body := &fyne.Container{Layout: besideLayout{}, Objects: []fyne.CanvasObject{words, kit.HStack(10, r.show, r.forget)}}
	r.object = kit.Inset(10, kit.CardPad, 10, kit.CardPad, body)
	return r
}
