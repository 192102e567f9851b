package frame

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"

	"rentbell/ui/kit"
	"rentbell/ui/words"
)

// Column is a column of a table. Width includes the gap to the next column and
// is in the units of kit.Dp. Columns share the rest of the table's width in
// proportion to Grow.
type Column struct {
	Title string
	Width float32
	Grow  float32
	From  float32     // least table width at which the column is shown; 0: always
	Spare func() bool // hides the column while it returns true; nil: never
	Right bool
	Flush bool // cells may use the gap, because the next column is aligned to the right

	Falling bool // the first press on the header sorts the largest to the top
}

// columnGap is the free space at the end of every column but the last.
const columnGap = 12

// Columns is a fyne.Layout for a row. It places one object in each column,
// vertically centred, and hides the objects of columns that are not shown.
type Columns []Column

func (c Columns) MinSize(objects []fyne.CanvasObject) fyne.Size {
	var high float32
	for _, o := range objects {
		high = max(high, o.MinSize().Height)
	}
	return fyne.NewSize(0, high)
}

func (c Columns) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	dp := kit.Dp
	spare, grow := size.Width-2*dp(kit.CardPad), float32(0)
	for i, col := range c {
		shown := size.Width >= dp(col.From) && (col.Spare == nil || !col.Spare())
		SetVisible(objects[i], shown)
		if shown {
			spare -= dp(col.Width)
			grow += col.Grow
		}
	}
	x := dp(kit.CardPad)
	for i, col := range c {
		if !objects[i].Visible() {
			continue
		}
		width := dp(col.Width)
		if grow > 0 {
			width += spare * col.Grow / grow
		}
		inner := width
		if i < len(c)-1 && !col.Flush {
			inner -= dp(columnGap)
		}
		high := objects[i].MinSize().Height
		kit.Place(objects[i], x, Floor((size.Height-high)/2), max(1, inner), high)
		x += width
	}
}

// heads returns the columns for the headers. An arrow beside a title may use
// the gap.
func (c Columns) heads() Columns {
	heads := slices.Clone(c)
	for i := range heads {
		heads[i].Flush = heads[i].Flush || !heads[i].Right
	}
	return heads
}

// Table is a card with column headers over a list. The card is as high as its
// rows. If they do not fit, it extends below the window's edge.
type Table struct {
	Object *fyne.Container
	list   *kit.List
	heads  *fyne.Container // column headers; nil without columns
	By     Order           // present order; set by Sorts
	card   *fyne.Container
	none   *fyne.Container // shown instead of the card while there are no rows

	sorters []*head // headers that sort; nil without Sorts
}

// headHigh is the height of the column headers.
const headHigh = 36

// NewTable returns a table over list. columns may be nil for a list without
// headers.
func NewTable(columns Columns, list *kit.List) *Table {
	t := &Table{list: list, none: container.NewStack()}
	t.none.Hide()
	var head fyne.CanvasObject
	if columns != nil {
		titles := make([]fyne.CanvasObject, len(columns))
		for i, c := range columns {
			style := kit.Caption
			if c.Right {
				style = style.Right()
			}
			titles[i] = kit.NewText(words.Say(c.Title), style).Tight()
		}
		t.heads = &fyne.Container{Layout: columns.heads(), Objects: titles}
		ground := kit.NewTopBox(kit.ColorSunken, kit.CardRadius-1)
		head = &fyne.Container{Layout: headLayout{}, Objects: []fyne.CanvasObject{ground, t.heads, kit.NewRule()}}
	}
	t.card = &fyne.Container{Layout: tableLayout{t}, Objects: []fyne.CanvasObject{
		kit.NewBox(kit.ColorSurface, kit.ColorBorder, kit.CardRadius), list,
	}}
	if head != nil {
		t.card.Objects = append(t.card.Objects, head)
	}
	t.Object = container.NewStack(t.card, t.none)
	return t
}

// Opens calls open for a row that the user presses. While the pane is open, it
// also calls open for a row that the arrow keys select.
func (t *Table) Opens(p *Pane, open func(row int)) {
	t.list.OnOpen = open
	t.list.OnSelect = func(row int) {
		if p.Open {
			open(row)
		}
	}
}

// Settle closes the pane if the selected row is not in the list any more.
func (t *Table) Settle(p *Pane) {
	if p.Open && t.list.Gone() {
		p.Dismiss()
	}
}

// Update reads the rows again and resizes the card. It replaces what ShowEmpty
// showed.
func (t *Table) Update() {
	SetVisible(t.none, false)
	SetVisible(t.card, true)
	t.list.Refresh()
	kit.Relayout(t.card)
	canvas.Refresh(t.card)
}

// ShowEmpty shows e instead of the rows, until Update.
func (t *Table) ShowEmpty(e kit.Empty) {
	t.list.Refresh()
	t.none.Objects = []fyne.CanvasObject{kit.Inset(0, 0, kit.PagePad, 0, e.Object())}
	t.none.Show()
	t.none.Refresh()
	SetVisible(t.card, false)
}

// headLayout places the background, the headers and the rule below them.
type headLayout struct{}

func (headLayout) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(0, kit.Dp(headHigh)) }

func (headLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	ground, line, rule := objects[0], objects[1], objects[2]
	ground.Resize(size)
	line.Move(fyne.NewPos(0, -2)) // small text looks centred a little above the middle
	line.Resize(size.SubtractWidthHeight(0, 1))
	kit.Place(rule, 0, size.Height-1, size.Width, 1)
}

type tableLayout struct{ of *Table }

func (l tableLayout) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.Size{} }

func (l tableLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	ground, list := objects[0], l.of.list
	top := float32(1)
	if len(objects) > 2 {
		head := objects[2]
		kit.Place(head, 1, 1, size.Width-2, kit.Dp(headHigh))
		top += kit.Dp(headHigh)
	}
	rows := list.ContentHeight()
	card, view := top+rows, rows
	if card > size.Height-kit.Dp(kit.CardGap) {
		card, view = size.Height+kit.Dp(kit.PagePad), size.Height-top
	}
	ground.Resize(fyne.NewSize(size.Width, card))
	kit.Place(list, 1, top, size.Width-2, max(0, view))
}
