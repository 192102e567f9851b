package exports

import (
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"rentbell/core"
	"rentbell/core/export"
	"rentbell/ui/explain"
	"rentbell/ui/frame"
	"rentbell/ui/kit"
	"rentbell/ui/words"
)

// exportFormats lists the formats in the order of their cards. Column titles
// are not translated, because they are the titles in the file.
var exportFormats = []struct {
	format  core.Format
	columns []previewColumn
}{
	{core.FormatQuickBooks, []previewColumn{
		{"Date", frame.Column{Title: "Date", Width: 112}},
		{"Description", frame.Column{Title: "Description", Width: 200, Grow: 1}},
		{"Amount", frame.Column{Title: "Amount", Width: 100, Right: true}},
	}},
	{core.FormatXero, []previewColumn{
		{"*Date", frame.Column{Title: "Date", Width: 100}},
		{"Payee", frame.Column{Title: "Payee", Width: 140, Grow: 1}},
		{"Reference", frame.Column{Title: "Reference", Width: 120, Grow: 1}},
		{"*Amount", frame.Column{Title: "Amount", Width: 100, Right: true}},
	}},
	{core.FormatFull, []previewColumn{
		{"occurred_at", frame.Column{Title: "occurred_at", Width: 196}},
		{"tenant", frame.Column{Title: "tenant", Width: 120, Grow: 1}},
		{"property", frame.Column{Title: "property", Width: 100, Grow: 1}},
		{"amount", frame.Column{Title: "amount", Width: 90, Right: true}},
	}},
}

// previewColumn is a column of the preview. head is the column's title in the
// file.
type previewColumn struct {
	head string
	look frame.Column
}

// previewRows is the number of rows in the preview.
const previewRows = 5

// preview is a table with the first rows of the file.
type preview struct {
	object *fyne.Container

	layouts [3]frame.Columns
	head    *fyne.Container
	rows    [previewRows]*fyne.Container
	none    *kit.Text
	note    *kit.Text
}

func newPreview() *preview {
	p := &preview{none: kit.NewText(words.Say("No payments in this period"), kit.Muted.Centered()), note: kit.NewText("", kit.Caption).Tight()}
	for i, f := range exportFormats {
		for _, c := range f.columns {
			p.layouts[i] = append(p.layouts[i], c.look)
		}
	}
	lines := kit.VStack(0)
	p.head = newPreviewRow(32)
	ground := kit.NewTopBox(kit.ColorSunken, kit.CardRadius-1)
	lines.Add(container.NewStack(ground, p.head))
	for i := range p.rows {
		p.rows[i] = newPreviewRow(31)
		lines.Add(kit.NewRule())
		lines.Add(p.rows[i])
	}
	lines.Add(kit.NewRule())
	square := kit.VStack(0, kit.Sized(0, 15, kit.NewBox(kit.ColorSunken, "", 0))) // squares the upper corners of the box behind
	lines.Add(container.NewStack(kit.NewBox(kit.ColorSunken, "", kit.CardRadius-1), square,
		kit.Sized(0, 31, kit.Inset(0, kit.CardPad, 0, kit.CardPad, kit.Spread(0, p.note)))))
	p.object = kit.NewBareCard(container.NewStack(lines, container.NewCenter(p.none)))
	return p
}

// previewMost is the largest number of columns.
const previewMost = 4

func newPreviewRow(high float32) *fyne.Container {
	cells := &fyne.Container{Layout: frame.Columns{}}
	for range previewMost {
		cells.Objects = append(cells.Objects, kit.NewText("", kit.Body).Tight())
	}
	return kit.Sized(0, high, cells)
}

// show shows the first rows of a file.
func (p *preview) show(format core.Format, v export.Preview) {
	f := formatIndex(format)
	columns := exportFormats[f].columns
	heads := make([]string, len(columns))
	for i, c := range columns {
		heads[i] = c.look.Title
	}
	p.fill(p.head, f, heads, kit.Caption)
	for i, row := range p.rows {
		cells := make([]string, len(columns))
		if i < len(v.Rows) {
			for j, c := range columns {
				cells[j] = cellOf(v, i, c)
			}
		}
		p.fill(row, f, cells, kit.Body)
	}
	frame.SetVisible(p.none, v.Count == 0)
	p.note.Set(previewNote(v))
	p.object.Refresh()
}

func (p *preview) fill(row *fyne.Container, format int, texts []string, style kit.Style) {
	cells := row.Objects[0].(*fyne.Container) // newPreviewRow put a container there
	cells.Layout = p.layouts[format]
	for i, cell := range cells.Objects {
		text, look := cell.(*kit.Text), style
		frame.SetVisible(text, i < len(texts))
		if i < len(texts) {
			if p.layouts[format][i].Right {
				look = style.Right()
			}
			text.SetStyled(texts[i], look)
		}
	}
	cells.Refresh()
}

// cellOf returns the text of a cell. Amounts get thousands separators, which
// the file has not.
func cellOf(v export.Preview, row int, c previewColumn) string {
	i := slices.Index(v.Header, c.head)
	if i < 0 || i >= len(v.Rows[row]) {
		return ""
	}
	text := v.Rows[row][i]
	if c.look.Right {
		digits, negative := strings.CutPrefix(text, "-")
		whole, cents, _ := strings.Cut(digits, ".")
		text = explain.Grouped(whole) + "." + cents
		if negative {
			text = "-" + text
		}
	}
	return text
}

func previewNote(v export.Preview) string {
	if v.Count == 0 {
		return ""
	}
	shown := words.Say("First %s of %s rows.", explain.Number(len(v.Rows)), explain.Number(v.Count))
	if v.Count <= len(v.Rows) {
		shown = words.Say("All %s rows.", explain.Number(v.Count))
	}
	if v.Count == 1 {
		shown = words.Say("The only row.")
	}
	var zeros, unnamed string
	if v.Zeros > 0 {
		zeros = words.Say("%s of $0.00 left out: QuickBooks takes none.", explain.Number(v.Zeros))
	}
	if v.Unnamed != "" {
		unnamed = words.Say("Lease %s has no name yet, so the lease number is used.", v.Unnamed)
	}
	return words.Paragraph(shown, zeros, unnamed)
}

func formatText(f core.Format) string {
	switch f {
	case core.FormatXero:
		return words.Say("Date, amount, payee, reference")
	case core.FormatFull:
		return words.Say("Every field Rentbell has")
	}
	return words.Say("Date, description, amount")
}

func formatIndex(f core.Format) int {
	for i, known := range exportFormats {
		if known.format == f {
			return i
		}
	}
	return 0
}

// formatForm is the choice of a format.
type formatForm struct {
	format core.Format
	cards  []*formatCard
}

// formatCard is the card of one format.
type formatCard struct {
	*kit.Press
	ground *kit.Box
	ring   *kit.Box
	dot    *kit.Box
	title  *kit.Prose
	text   *kit.Prose
}

func newFormatCard(title, text string, pick func()) *formatCard {
	c := &formatCard{
		ground: kit.NewBox(kit.ColorSurface, kit.ColorInput, 8),
		ring:   kit.NewBox(kit.ColorSurface, kit.ColorInput, 9),
		dot:    kit.NewBox(kit.ColorPrimary, "", 4.5),
		title:  kit.NewProse(title, kit.Strong),
		text:   kit.NewProse(text, kit.Caption),
	}
	c.ring.Stroke = 2
	radio := &fyne.Container{Layout: radioLayout{}, Objects: []fyne.CanvasObject{c.ring, c.dot, kit.VStack(1, c.title, c.text)}}
	body := container.NewStack(c.ground, kit.Sized(0, 77, container.NewStack()), kit.Inset(10, 4, 8, 12, radio))
	c.Press = kit.NewPress(title, body, 8, pick)
	return c
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
	c.text.SetStyled(c.text.Text(), kit.Caption.In(ink2))
	c.ground.Refresh()
	c.dot.Refresh()
}

// radioLayout puts a radio button of 18 before the words.
type radioLayout struct{}

func (radioLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(kit.Dp(120), objects[2].MinSize().Height)
}

func (radioLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	dp := kit.Dp
	objects[0].Move(fyne.NewPos(0, dp(1)))
	objects[0].Resize(fyne.NewSquareSize(dp(18)))
	objects[1].Move(fyne.NewPos(dp(4.5), dp(5.5)))
	objects[1].Resize(fyne.NewSquareSize(dp(9)))
	kit.Place(objects[2], dp(27), 0, max(0, size.Width-dp(27)), size.Height)
}
