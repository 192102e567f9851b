package exports

import (
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"rentbell/core"
	"rentbell/ui/kit"
	"rentbell/ui/words"
)

// formatForm is the choice of a format.
type formatForm struct {
	formats []core.Format // in the order of their cards
	format  core.Format
	cards   []*formatCard
}

// make makes the cards, two beside each other. picked gets the format before the one that
// the user has chosen.
func (f *formatForm) make(picked func(before core.Format)) fyne.CanvasObject {
	rows := kit.VStack(8)
	for i, format := range f.formats {
		card := newFormatCard(format, func() {
			before := f.format
			f.format = format
			picked(before)
		})
		f.cards = append(f.cards, card)
		if i%formatColumns == 0 {
			rows.Add(kit.Equal(8))
		}
		row := rows.Objects[len(rows.Objects)-1].(*fyne.Container) // made above
		row.Add(card.Press)
	}
	return rows
}

// formatColumns is the number of cards beside each other.
const formatColumns = 2

// begin chooses a format; one that is not known is the first.
func (f *formatForm) begin(format core.Format) {
	f.formats = words.Formats()
	f.format = f.formats[max(0, slices.Index(f.formats, format))]
}

// arrow moves the focus from one card to another.
func (f *formatForm) arrow(key *fyne.KeyEvent) {
	by := map[fyne.KeyName]int{fyne.KeyLeft: -1, fyne.KeyRight: 1, fyne.KeyUp: -formatColumns, fyne.KeyDown: formatColumns}[key.Name]
	canvas := fyne.CurrentApp().Driver().CanvasForObject(f.cards[0].Press)
	if by == 0 || canvas == nil {
		return
	}
	at := slices.IndexFunc(f.cards, func(c *formatCard) bool { return canvas.Focused() == fyne.Focusable(c.Press) })
	if to := at + by; at >= 0 && to >= 0 && to < len(f.cards) {
		canvas.Focus(f.cards[to].Press)
	}
}

// formatCard is the card of one format.
type formatCard struct {
	*kit.Press
	ground *kit.Box
	ring   *kit.Box
	dot    *kit.Box
	title  *kit.Text
	ending *kit.Text
}

func newFormatCard(format core.Format, pick func()) *formatCard {
	name, ending := words.FormatName(format), endingWords(format)
	c := &formatCard{
		ground: kit.NewBox(kit.ColorSurface, kit.ColorInput, 8),
		ring:   kit.NewBox(kit.ColorSurface, kit.ColorInput, 10),
		dot:    kit.NewBox(kit.ColorPrimary, "", 5),
		title:  kit.NewText(name, kit.Strong).Tight(),
		ending: kit.NewText(ending, kit.Caption),
	}
	c.ring.Stroke = 2
	radio := container.NewStack(kit.Sized(20, 20, c.ring), kit.Inset(5, 5, 5, 5, c.dot))
	line := kit.Inset(0, 13, 0, 13, kit.Spread(8, kit.Lead(7, radio, c.title), c.ending))
	c.Press = kit.NewPress(name+", "+ending, container.NewStack(c.ground, kit.Sized(0, 40, line)), 8, pick)
	return c
}

// endingWords returns what a file of a format is: "CSV" or ".qbo".
func endingWords(f core.Format) string {
	if ext := f.Ext(); ext != ".csv" {
		return ext
	}
	return "CSV"
}

// show shows whether the format is chosen, and whether it can be chosen.
func (c *formatCard) show(chosen, usable bool) {
	c.dot.Hidden = !chosen
	c.ground.Stroke = 1
	fill, edge, ring, ink, ink2 := kit.ColorSurface, kit.ColorInput, kit.ColorInput, kit.ColorText, kit.ColorText2
	if chosen {
		c.ground.Stroke, fill, edge, ring = 2, kit.ColorTint, kit.ColorPrimary, kit.ColorPrimary
	}
	c.Enable()
	if !usable {
		c.Disable()
		c.ground.Stroke, fill, edge, ring, ink, ink2 = 1, kit.ColorSunken, kit.ColorBorder, kit.ColorBorder, kit.ColorDisabled, kit.ColorDisabled
	}
	c.ground.Paint(fill, edge)
	c.ring.Paint(kit.ColorSurface, ring)
	c.title.SetStyled(c.title.Text(), kit.Strong.In(ink))
	c.ending.SetStyled(c.ending.Text(), kit.Caption.In(ink2))
	c.ground.Refresh()
	c.dot.Refresh()
}

// withEnding returns a file's name with the ending of another format.
func withEnding(name string, from, to core.Format) string {
	if n := len(name) - len(from.Ext()); n > 0 && strings.EqualFold(name[n:], from.Ext()) {
		return name[:n] + to.Ext()
	}
	return name
}
