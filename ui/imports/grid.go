package imports

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"

	"rentbell/core"
	"rentbell/core/imports"
	"rentbell/core/table"
	"rentbell/ui/kit"
)

// Lengths of a grid, in the units of kit.Dp.
const (
	selectsHigh = 48 // the selects above the titles
	titlesHigh  = 30
	rowHigh     = 32
	gridSide    = 8   // left of the first column, and between columns
	arrowWide   = 46  // of a select, besides its text
	leastColumn = 84  // below it nothing can be read
	mostColumn  = 230 // above it a long address pushes the others away
)

// mostFitted is how many columns are made to fit. More scroll sideways.
const mostFitted = 6

// mostRunes is how much of a cell is drawn: more than fits, and no more than can be
// measured quickly.
const mostRunes = 40

// grid is a table with a select above each column.
type grid struct {
	scroll  *container.Scroll
	content *fyne.Container
	ground  *kit.Box // of the rows
	rules   []fyne.CanvasObject
	columns []*gridColumn
	rows    []table.Row // that are shown
	offered core.TableKind
	roles   []imports.Role // by option; the first is that of no use
}

// gridColumn is a column on screen.
type gridColumn struct {
	choice *kit.Select
	object fyne.CanvasObject // choice with its border
	title  *kit.Text
	cells  []*kit.Text
	wanted float32 // the width that it needs to be read
}

func newGrid(s table.Sheet, most int, pick func(column int, r imports.Role)) *grid {
	g := &grid{ground: kit.NewBox(kit.ColorSurface, "", 0)}
	for _, row := range s.Rows {
		if row.Fault == "" && !row.Caption() && len(g.rows) < most {
			g.rows = append(g.rows, row)
		}
	}
	for i, title := range s.Titles {
		g.columns = append(g.columns, g.newColumn(i, title, pick))
	}
	g.content = &fyne.Container{Layout: gridLayout{g}, Objects: []fyne.CanvasObject{g.ground}}
	for range len(g.rows) + 2 {
		g.rules = append(g.rules, kit.NewBox(kit.ColorBorder, "", 0))
	}
	g.content.Objects = append(g.content.Objects, g.rules...)
	for _, c := range g.columns {
		g.content.Objects = append(g.content.Objects, c.object, c.title)
		for _, cell := range c.cells {
			g.content.Objects = append(g.content.Objects, cell)
		}
	}
	g.scroll = container.NewHScroll(g.content)
	return g
}

func (g *grid) newColumn(at int, title string, pick func(int, imports.Role)) *gridColumn {
	c := &gridColumn{title: kit.NewText(cellText(title), kit.Caption)}
	c.choice, c.object = kit.NewSelect(nil, func(string) { pick(at, g.roles[max(0, c.choice.SelectedIndex())]) })
	c.choice.OnFocus = func() { g.reveal(c) }
	for _, row := range g.rows {
		c.cells = append(c.cells, kit.NewText(cellText(row.Cell(at)), kit.Body))
	}
	return c
}

// cellText is the beginning of a cell, on one line.
func cellText(cell string) string {
	const longest = 4 * mostRunes // bytes
	if len(cell) > longest {
		cell = cell[:longest]
	}
	if runes := []rune(core.OneLine(cell)); len(runes) > mostRunes {
		return string(runes[:mostRunes]) + "…"
	}
	return core.OneLine(cell)
}

// show shows what each column holds.
func (g *grid) show(r reading) {
	if g.offered != r.kind {
		g.offered = r.kind
		roles, _ := imports.Roles(r.kind)
		g.roles = append([]imports.Role{""}, roles...)
	}
	options := make([]string, len(g.roles))
	for i, role := range g.roles {
		options[i] = roleText(r.kind, role)
	}
	for i, c := range g.columns {
		at := slices.IndexFunc(g.roles, func(role imports.Role) bool {
			column, used := r.columns[role]
			return used && column == i
		})
		c.show(options, max(0, at))
		c.measure()
	}
	kit.Relayout(g.content)
}

func (c *gridColumn) show(options []string, at int) {
	style := kit.Body
	if at == 0 {
		style = kit.Body.In(kit.ColorDisabled)
	}
	for _, cell := range c.cells {
		cell.SetStyled(cell.Text(), style)
	}
	if c.choice.Selected == options[at] && slices.Equal(c.choice.Options, options) {
		return
	}
	c.choice.Options, c.choice.Selected, c.choice.Quiet = options, options[at], at == 0
	c.choice.Refresh()
}

// reveal scrolls sideways so that a column is in view.
func (g *grid) reveal(c *gridColumn) {
	left, width := c.object.Position().X-kit.Dp(gridSide), c.object.Size().Width+2*kit.Dp(gridSide)
	offset := g.scroll.Offset
	offset.X = max(min(offset.X, left), left+width-g.scroll.Size().Width)
	g.scroll.ScrollToOffset(offset)
}

// high is the height of the grid in the units of kit.Dp.
func (g *grid) high() float32 { return selectsHigh + titlesHigh + rowHigh*float32(len(g.rows)) }

func (c *gridColumn) measure() {
	dp := kit.Dp
	width := fyne.MeasureText(c.choice.Selected, theme.Size(theme.SizeNameText), fyne.TextStyle{}).Width + dp(arrowWide)
	for _, text := range append([]*kit.Text{c.title}, c.cells...) {
		width = max(width, text.MinSize().Width+2*dp(gridSide))
	}
	c.wanted = min(max(width, dp(leastColumn)), dp(mostColumn))
}

// widths shares out the width between the columns.
func (g *grid) widths(room float32) []float32 {
	widths, all := make([]float32, len(g.columns)), float32(0)
	for i, c := range g.columns {
		widths[i] = c.wanted
		all += widths[i]
	}
	room -= kit.Dp(gridSide) * float32(len(widths)+1)
	if spare := room - all; spare > 0 {
		for i := range widths {
			widths[i] += spare / float32(len(widths))
		}
	} else if len(widths) <= mostFitted {
		narrow(widths, -spare)
	}
	return widths
}

// narrow takes what is missing from the widest.
func narrow(widths []float32, missing float32) {
	const step = 1
	for ; missing > 0; missing -= step {
		widest := slices.Index(widths, slices.Max(widths))
		if widths[widest] <= kit.Dp(leastColumn) {
			return
		}
		widths[widest] -= step
	}
}

type gridLayout struct{ *grid }

func (l gridLayout) MinSize([]fyne.CanvasObject) fyne.Size {
	size := fyne.NewSize(0, kit.Dp(l.high()))
	if len(l.columns) <= mostFitted {
		return size
	}
	for _, c := range l.columns {
		size.Width += c.wanted + kit.Dp(gridSide)
	}
	size.Width += kit.Dp(gridSide)
	return size
}

func (l gridLayout) Layout(_ []fyne.CanvasObject, size fyne.Size) {
	dp := kit.Dp
	top := dp(selectsHigh + titlesHigh)
	kit.Place(l.ground, 0, top, size.Width, size.Height-top)
	kit.Place(l.rules[0], 0, dp(selectsHigh)-1, size.Width, 1)
	for i, rule := range l.rules[1:] {
		kit.Place(rule, 0, top+dp(rowHigh)*float32(i)-1, size.Width, 1)
	}
	x := dp(gridSide)
	for i, width := range l.widths(size.Width) {
		c := l.columns[i]
		kit.Place(c.object, x, (dp(selectsHigh)-dp(kit.ControlHigh)-1)/2, width, dp(kit.ControlHigh))
		inset := x + dp(gridSide)
		centred(c.title, inset, dp(selectsHigh), width-dp(gridSide), dp(titlesHigh))
		for j, cell := range c.cells {
			centred(cell, inset, top+dp(rowHigh)*float32(j), width-dp(gridSide), dp(rowHigh))
		}
		x += width + dp(gridSide)
	}
}

// centred places a line in a band.
func centred(t *kit.Text, x, y, width, high float32) {
	own := t.MinSize().Height
	kit.Place(t, x, y+float32(int((high-own)/2)), width, own)
}
