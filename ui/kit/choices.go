package kit

import (
	"math"

	"fyne.io/fyne/v2"
)

// Choice is one chip of Choices.
type Choice struct {
	Text  string
	Label string // what a screen reader says; empty: Text
}

// Choices is a group of filter chips. Any number of them may be on. They wrap
// to as many rows as they need.
type Choices struct {
	Compound

	choices   []Choice
	chips     []*FilterChip
	onChanged func(i int, on bool)
}

// NewChoices returns the chips with none on. onChanged gets the index and new
// state of a chip that the user pressed; it may be nil.
func NewChoices(choices []Choice, onChanged func(i int, on bool)) *Choices {
	c := &Choices{choices: choices, onChanged: onChanged}
	row := &fyne.Container{Layout: &flow{gap: 6}}
	for i, choice := range choices {
		chip := NewFilterChip(choice.Text, func() { c.toggle(i) })
		c.chips = append(c.chips, chip)
		row.Objects = append(row.Objects, chip)
	}
	c.Init(c, row)
	for i := range choices {
		c.Set(i, false)
	}
	return c
}

// On reports whether the chip at index i is on.
func (c *Choices) On(i int) bool { return c.chips[i].on }

// Set turns the chip at index i on or off without calling onChanged.
func (c *Choices) Set(i int, on bool) {
	c.chips[i].Set(c.choices[i].Text, on)
	if label := c.choices[i].Label; label != "" {
		c.chips[i].label = label
	}
	c.chips[i].Refresh()
}

func (c *Choices) toggle(i int) {
	c.Set(i, !c.On(i))
	if c.onChanged != nil {
		c.onChanged(i, c.On(i))
	}
}

// Flow places objects beside each other, gap apart and with their own widths.
// It starts a new row when one is full. Hidden objects take no room.
func Flow(gap float32, objects ...fyne.CanvasObject) *fyne.Container {
	return &fyne.Container{Layout: &flow{gap: gap, below: 8, whole: true}, Objects: objects}
}

// flow is the layout of Flow.
type flow struct {
	gap, below float32 // between objects, and between rows
	whole      bool    // objects begin at whole pixels, as in an HStack
	width      float32 // width of the last layout; MinSize needs it to know the height
}

func (f *flow) MinSize(objects []fyne.CanvasObject) fyne.Size {
	var widest float32
	for _, o := range objects {
		if o.Visible() {
			widest = max(widest, o.MinSize().Width)
		}
	}
	high := float32(0)
	for i, row := range f.rows(objects) {
		if i > 0 {
			high += Dp(f.below)
		}
		high += rowHigh(row)
	}
	return fyne.NewSize(widest, high)
}

func (f *flow) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	f.width = size.Width
	y := float32(0)
	for _, row := range f.rows(objects) {
		x, high := float32(0), rowHigh(row)
		for _, o := range row {
			size, at := o.MinSize(), x
			if f.whole {
				at = float32(math.Floor(float64(x)))
			}
			o.Move(fyne.NewPos(at, y+(high-size.Height)/2))
			o.Resize(size)
			x += size.Width + Dp(f.gap)
		}
		y += high + Dp(f.below)
	}
}

// rows distributes the visible objects to rows that fit the last layout's
// width.
func (f *flow) rows(objects []fyne.CanvasObject) (rows [][]fyne.CanvasObject) {
	x := float32(0)
	for _, o := range objects {
		if !o.Visible() {
			continue
		}
		width := o.MinSize().Width
		if len(rows) == 0 || f.width > 0 && x+width > f.width+widthSlack {
			rows, x = append(rows, nil), 0
		}
		rows[len(rows)-1] = append(rows[len(rows)-1], o)
		x += width + Dp(f.gap)
	}
	return rows
}

func rowHigh(row []fyne.CanvasObject) (high float32) {
	for _, o := range row {
		high = max(high, o.MinSize().Height)
	}
	return high
}
