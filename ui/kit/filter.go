package kit

import (
	"math"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"rentbell/assets"
)

// FilterChip is a chip of Filters or Choices, or of a choice of its own kind. It
// is 30 high; the area that takes presses is 36.
type FilterChip struct {
	Press

	ground *Box
	text   *Text
	arrow  *Icon // behind the text, for a chip that opens a menu
	on     bool
}

// NewFilterChip returns a chip that is off.
func NewFilterChip(text string, onTapped func()) *FilterChip {
	c := &FilterChip{ground: NewBox(ColorSurface, ColorBorder, 15), text: NewText(text, Muted), arrow: NewIcon(assets.ChevronDown, ColorText2, 16)}
	c.arrow.Hide()
	pill := container.NewStack(c.ground, Sized(0, 30, Inset(0, 13, 0, 13, container.NewCenter(HStack(4, c.text, c.arrow)))))
	c.init(c, text, Inset(3, 0, 3, 0, pill), onTapped)
	c.radius = 18
	return c
}

// SetOpens says whether c opens a menu, which an arrow behind the text shows.
func (c *FilterChip) SetOpens(opens bool) { c.arrow.Hidden = !opens }

// On reports whether c is on.
func (c *FilterChip) On() bool { return c.on }

// Set sets the text and whether the chip is on. The chip has to be laid out
// again after a change, as it may have another width.
func (c *FilterChip) Set(text string, on bool) {
	c.label, c.on = text, on
	fill, border, style, ink := ColorSurface, ColorBorder, Muted, ColorText2
	if on {
		fill, border, style, ink = ColorTint, ColorPrimary, LinkText, ColorPrimary
	}
	c.ground.Paint(fill, border)
	c.text.SetStyled(text, style)
	c.arrow.Set(assets.ChevronDown, ink)
}

// Filters is a row of filter chips. Exactly one of them is on.
type Filters struct {
	Compound

	// OnChanged gets the index of the chip that the user pressed. It may be
	// nil.
	OnChanged func(int)

	chips []*FilterChip
	on    int
}

// NewFilters returns the row with its first chip on.
func NewFilters(labels []string, onChanged func(int)) *Filters {
	f := &Filters{OnChanged: onChanged}
	row := HStack(8)
	for i, label := range labels {
		chip := NewFilterChip(label, func() { f.pick(i) })
		f.chips = append(f.chips, chip)
		row.Objects = append(row.Objects, chip)
	}
	f.Init(f, row)
	f.Set(labels, 0)
	return f
}

// Wrap lets the chips take more than one row, and returns f.
func (f *Filters) Wrap() *Filters {
	f.content.Layout = &flow{gap: 8}
	return f
}

// Selected returns the index of the chip that is on.
func (f *Filters) Selected() int { return f.on }

// Set changes the labels, one for each chip, and turns on the chip at index on.
// It does not call OnChanged.
func (f *Filters) Set(labels []string, on int) {
	f.on = on
	for i, chip := range f.chips {
		chip.Set(labels[i], i == on)
	}
	f.Relayout()
	for _, chip := range f.chips {
		chip.Refresh()
	}
}

// Pick turns on the chip at index on without calling OnChanged.
func (f *Filters) Pick(on int) {
	labels := make([]string, len(f.chips))
	for i, chip := range f.chips {
		labels[i] = chip.label
	}
	f.Set(labels, on)
}

func (f *Filters) pick(i int) {
	f.Pick(i)
	if f.OnChanged != nil {
		f.OnChanged(i)
	}
}

// Tabs is the row of tabs below a page's title. Exactly one is selected.
type Tabs struct {
	Compound

	// OnChanged gets the index of the tab that the user pressed. It may be nil.
	OnChanged func(int)

	tabs []*tab
	on   int
}

type tab struct {
	Press
	text  *Text
	badge *Badge
	line  *Box
}

// NewTabs returns the row with its first tab selected.
func NewTabs(labels []string, onChanged func(int)) *Tabs {
	t := &Tabs{OnChanged: onChanged}
	row := &fyne.Container{Layout: tabRow{hstack{gap: 4, grow: -1}}}
	for i, label := range labels {
		one := &tab{text: NewText(label, Strong), badge: NewBadge(), line: NewBox("", "", 0)}
		words := Sized(0, 34, &fyne.Container{Layout: tabWords{}, Objects: []fyne.CanvasObject{HStack(8, one.text, one.badge)}})
		one.init(one, label, Above(0, words, Sized(0, 3, one.line)), func() { t.pick(i) })
		one.radius = 4
		t.tabs = append(t.tabs, one)
		row.Objects = append(row.Objects, one)
	}
	t.Init(t, container.NewStack(container.NewBorder(nil, NewRule(), nil, nil), row))
	t.Select(0)
	return t
}

// tabSide is the padding at the sides of a tab, if there is room for it.
const tabSide = 12

// tabRow places tabs beside each other. If they do not fit, it reduces the
// padding of all tabs alike before it cuts any text.
type tabRow struct{ hstack }

func (r tabRow) Layout(tabs []fyne.CanvasObject, size fyne.Size) {
	n := float32(len(tabs))
	tight := min(max(0, r.MinSize(tabs).Width-size.Width)/n, 2*Dp(tabSide))
	sizes := make([]fyne.Size, len(tabs))
	for i, o := range tabs {
		sizes[i] = o.MinSize().SubtractWidthHeight(tight, 0)
	}
	narrow(sizes, r.MinSize(tabs).Width-tight*n-size.Width)
	x := float32(0)
	for i, o := range tabs {
		o.Move(fyne.NewPos(float32(math.Floor(float64(x))), (size.Height-sizes[i].Height)/2))
		o.Resize(sizes[i])
		x += sizes[i].Width + Dp(r.gap)
	}
}

// tabWords centres a tab's text.
type tabWords struct{}

func (tabWords) MinSize(words []fyne.CanvasObject) fyne.Size {
	return words[0].MinSize().AddWidthHeight(2*Dp(tabSide), 0)
}

func (tabWords) Layout(words []fyne.CanvasObject, size fyne.Size) {
	width := min(words[0].MinSize().Width, size.Width)
	Place(words[0], (size.Width-width)/2, 0, width, size.Height)
}

// Selected returns the index of the selected tab.
func (t *Tabs) Selected() int { return t.on }

// Select selects a tab without calling OnChanged.
func (t *Tabs) Select(on int) {
	t.on = on
	for i, one := range t.tabs {
		ink, line := ColorText2, fyne.ThemeColorName("")
		if i == on {
			ink, line = ColorPrimary, ColorPrimary
		}
		one.text.SetStyled(one.text.text, Strong.In(ink))
		one.line.Paint(line, "")
	}
}

// SetBadge shows a count beside a tab's label. An empty text hides it.
func (t *Tabs) SetBadge(i int, text string) {
	t.tabs[i].badge.Set(text)
	t.Relayout()
	t.tabs[i].content.Refresh()
}

// Press selects a tab as the user does.
func (t *Tabs) Press(i int) { t.pick(i) }

func (t *Tabs) pick(i int) {
	t.Select(i)
	if t.OnChanged != nil {
		t.OnChanged(i)
	}
}
