package kit

import "fyne.io/fyne/v2"

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
		chip := newFilterChip(choice.Text, func() { c.toggle(i) })
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
	c.chips[i].show(c.choices[i].Text, on)
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

// flow puts objects beside each other and starts a new row when one is full.
type flow struct {
	gap   float32
	width float32 // width of the last layout; MinSize needs it to know the height
}

func (f *flow) MinSize(objects []fyne.CanvasObject) fyne.Size {
	var widest float32
	for _, o := range objects {
		widest = max(widest, o.MinSize().Width)
	}
	return fyne.NewSize(widest, f.place(objects, f.width, false))
}

func (f *flow) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	f.width = size.Width
	f.place(objects, size.Width, true)
}

// place returns the height that the objects take at a width. With move it also
// places them.
func (f *flow) place(objects []fyne.CanvasObject, width float32, move bool) float32 {
	var x, y, high float32
	for _, o := range objects {
		size := o.MinSize()
		if x > 0 && width > 0 && x+size.Width > width {
			x, y = 0, y+high
		}
		if move {
			o.Move(fyne.NewPos(x, y))
			o.Resize(size)
		}
		x += size.Width + Dp(f.gap)
		high = max(high, size.Height)
	}
	return y + high
}
