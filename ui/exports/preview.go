package exports

import (
	"slices"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"rentbell/core"
	"rentbell/core/export"
	"rentbell/ui/explain"
	"rentbell/ui/frame"
	"rentbell/ui/kit"
	"rentbell/ui/words"
)

// previewColumn is a column of the preview.
type previewColumn struct {
	head string // the column's title in the file
	look frame.Column
	form cellForm
}

// cellForm is how a cell of the file is shown.
type cellForm int

const (
	asItIs cellForm = iota
	amount          // with thousands separators
	dollars
	bankDay // "20260618120000[0:GMT]" as "Jun 18"
)

// columnsOf returns the columns of a format's preview. Their titles are those in the file,
// so they are not translated; a bank file has none.
func columnsOf(f core.Format) []previewColumn {
	switch f {
	case core.FormatOFX, core.FormatQBO:
		return []previewColumn{
			{"DTPOSTED", frame.Column{Title: words.Say("Date"), Width: 68}, bankDay},
			{"NAME", frame.Column{Title: words.Say("Payee"), Width: 124, Grow: 1}, asItIs},
			{"MEMO", frame.Column{Title: words.Say("Memo"), Width: 178, Grow: 1}, asItIs},
			{"FITID", frame.Column{Title: words.Say("Number"), Width: 88}, asItIs},
			{"TRNAMT", frame.Column{Title: words.Say("Amount"), Width: 84, Right: true}, dollars},
		}
	case core.FormatXero:
		return []previewColumn{
			{"*Date", frame.Column{Title: "Date", Width: 100}, asItIs},
			{"Payee", frame.Column{Title: "Payee", Width: 140, Grow: 1}, asItIs},
			{"Reference", frame.Column{Title: "Reference", Width: 120, Grow: 1}, asItIs},
			{"*Amount", frame.Column{Title: "Amount", Width: 100, Right: true}, amount},
		}
	case core.FormatXLSX, core.FormatFull:
		return []previewColumn{
			{"occurred_at", frame.Column{Title: "occurred_at", Width: 196}, asItIs},
			{"tenant", frame.Column{Title: "tenant", Width: 120, Grow: 1}, asItIs},
			{"property", frame.Column{Title: "property", Width: 100, Grow: 1}, asItIs},
			{"amount", frame.Column{Title: "amount", Width: 90, Right: true}, amount},
		}
	}
	return []previewColumn{
		{"Date", frame.Column{Title: "Date", Width: 112}, asItIs},
		{"Description", frame.Column{Title: "Description", Width: 200, Grow: 1}, asItIs},
		{"Amount", frame.Column{Title: "Amount", Width: 100, Right: true}, amount},
	}
}

// previewRows is the number of rows in the preview.
const previewRows = 3

// preview is a table with the first rows of the file.
type preview struct {
	object *fyne.Container

	head *fyne.Container
	rows [previewRows]*fyne.Container
	none *kit.Text
	note *kit.Text
}

func newPreview() *preview {
	p := &preview{none: kit.NewText("", kit.Muted.Centered()), note: kit.NewText("", kit.Caption).Tight()}
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
const previewMost = 5

func newPreviewRow(high float32) *fyne.Container {
	cells := &fyne.Container{Layout: frame.Columns{}}
	for range previewMost {
		cells.Objects = append(cells.Objects, kit.NewText("", kit.Body).Tight())
	}
	return kit.Sized(0, high, cells)
}

// show shows the first rows of a file, or none if there is no row.
func (p *preview) show(format core.Format, v export.Preview, none string) {
	columns := columnsOf(format)
	heads, layout := make([]string, len(columns)), make(frame.Columns, len(columns))
	for i, c := range columns {
		heads[i], layout[i] = c.look.Title, c.look
	}
	fill(p.head, layout, heads, kit.Caption)
	for i, row := range p.rows {
		cells := make([]string, len(columns))
		if i < len(v.Rows) {
			for j, c := range columns {
				cells[j] = cellOf(v, i, c)
			}
		}
		fill(row, layout, cells, kit.Body)
	}
	p.none.Set(none)
	frame.SetVisible(p.none, v.Count == 0)
	p.note.Set(previewNote(format, v))
	p.object.Refresh()
}

func fill(row *fyne.Container, layout frame.Columns, texts []string, style kit.Style) {
	cells := row.Objects[0].(*fyne.Container) // newPreviewRow put a container there
	cells.Layout = layout
	for i, cell := range cells.Objects {
		text, look := cell.(*kit.Text), style
		frame.SetVisible(text, i < len(texts))
		if i < len(texts) {
			if layout[i].Right {
				look = style.Right()
			}
			text.SetStyled(texts[i], look)
		}
	}
	cells.Refresh()
}

// cellOf returns the text of a cell.
func cellOf(v export.Preview, row int, c previewColumn) string {
	i := slices.Index(v.Header, c.head)
	if i < 0 || i >= len(v.Rows[row]) {
		return ""
	}
	text := v.Rows[row][i]
	switch c.form {
	case amount:
		return grouped(text, "")
	case dollars:
		return grouped(text, "$")
	case bankDay:
		if day, err := time.Parse("20060102", text[:min(len(text), 8)]); err == nil {
			return words.Tongue.Date(day, "Jan 2")
		}
	}
	return text
}

// grouped writes an amount of the file with thousands separators.
func grouped(text, currency string) string {
	digits, negative := strings.CutPrefix(text, "-")
	whole, cents, _ := strings.Cut(digits, ".")
	text = currency + explain.Grouped(whole) + "." + cents
	if negative {
		text = "-" + text
	}
	return text
}

func previewNote(f core.Format, v export.Preview) string {
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
		if export.IsStatement(f) {
			zeros = words.Say("%s of $0.00 left out: a bank file takes none.", explain.Number(v.Zeros))
		}
	}
	if v.Unnamed != "" {
		unnamed = words.Say("Lease %s has no name yet, so the lease number is used.", v.Unnamed)
	}
	return words.Paragraph(shown, zeros, unnamed)
}
