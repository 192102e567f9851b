package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
)

// Family is a pair of colours: a background tint and a text colour that is
// readable on it.
type Family int

// The families. Colour is never the only sign of a meaning: a word or an icon
// says the same.
const (
	Neutral Family = iota
	Petrol         // selected, or in progress
	Good
	Warn
	Bad
	Brass // the newest event's bell
)

func (f Family) colors() (tint, ink fyne.ThemeColorName) {
	switch f {
	case Petrol:
		return ColorTint, ColorPrimary
	case Good:
		return ColorOkTint, ColorOk
	case Warn:
		return ColorWarnTint, ColorWarn
	case Bad:
		return ColorErrTint, ColorErr
	case Brass:
		return ColorWarnTint, ColorBrass
	}
	return ColorChip, ColorText2
}

// Chip is a short word on a pill, 22 high. It cannot be pressed.
type Chip struct {
	Compound

	ground *Box
	icon   *Icon
	text   *Text
}

// NewChip returns a chip. icon may be nil.
func NewChip(f Family, icon fyne.Resource, text string) *Chip {
	tint, ink := f.colors()
	c := &Chip{
		ground: NewBox(tint, "", 11),
		icon:   NewIcon(icon, ink, 14),
		text:   NewText(text, Caption.In(ink)),
	}
	content := HStack(4, c.icon, c.text)
	c.icon.Hidden = icon == nil
	c.Init(c, container.NewStack(c.ground, Sized(0, 22, Inset(0, 9, 0, 9, content))))
	return c
}

// Set changes colours, icon and text. icon may be nil.
func (c *Chip) Set(f Family, icon fyne.Resource, text string) {
	tint, ink := f.colors()
	c.ground.Paint(tint, "")
	c.icon.Set(icon, ink)
	c.icon.Hidden = icon == nil
	c.text.SetStyled(text, Caption.In(ink))
	c.Relayout()
}

// Badge is a count on an amber pill. It is hidden while there is nothing to
// count.
type Badge struct {
	Compound
	text *Text
}

// NewBadge returns a hidden badge.
func NewBadge() *Badge {
	b := &Badge{text: NewText("", Style{Size: theme.SizeNameCaptionText, Color: ColorWarn, Bold: true})}
	pill := Sized(0, 20, Inset(0, 7, 0, 7, container.NewCenter(b.text)))
	b.Init(b, container.NewStack(NewBox(ColorWarnTint, "", 10), pill))
	b.Hide()
	return b
}

// Set shows a count that is already formatted. An empty text hides the badge.
func (b *Badge) Set(text string) {
	b.text.Set(text)
	b.Relayout()
	if text == "" {
		b.Hide()
	} else {
		b.Show()
	}
}

// Tile is an icon on a rounded square.
type Tile struct {
	Compound

	ground *Box
	icon   *Icon
}

// NewTile returns a tile of 32.
func NewTile(f Family, icon fyne.Resource) *Tile { return newTile(f, icon, 32, 20) }

// NewLargeTile returns a tile of 40.
func NewLargeTile(f Family, icon fyne.Resource) *Tile { return newTile(f, icon, 40, 24) }

func newTile(f Family, icon fyne.Resource, side, iconSide float32) *Tile {
	tint, ink := f.colors()
	t := &Tile{ground: NewBox(tint, "", 8), icon: NewIcon(icon, ink, iconSide)}
	t.Init(t, Sized(side, side, container.NewStack(t.ground, t.icon)))
	return t
}

// Set changes colours and icon.
func (t *Tile) Set(f Family, icon fyne.Resource) {
	tint, ink := f.colors()
	t.ground.Paint(tint, "")
	t.icon.Set(icon, ink)
}
