package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"rentbell/assets"
)

// NewCard puts content on a card with CardPad on all sides.
func NewCard(content fyne.CanvasObject) *fyne.Container {
	return NewBareCard(Inset(CardPad, CardPad, CardPad, CardPad, content))
}

// NewBareCard puts content on a card without padding, for rows and lines that
// reach the border.
func NewBareCard(content fyne.CanvasObject) *fyne.Container {
	return container.NewStack(NewBox(ColorSurface, ColorBorder, CardRadius), Inset(1, 1, 1, 1, content))
}

// NewCardHead returns the title line of a bare card, 42 high, with a rule below
// it. right stands at its right end and may be nil.
func NewCardHead(title string, right fyne.CanvasObject) *fyne.Container {
	objects := []fyne.CanvasObject{NewText(title, Title).Tight()}
	if right != nil {
		objects = append(objects, right)
	}
	head := Sized(0, 42, Inset(0, CardPad, 2, CardPad, Spread(8, objects[0], objects[1:]...)))
	return VStack(0, head, NewRule())
}

// Empty is what a page shows while it has no data: what will appear here, and
// what the user can do to get there.
type Empty struct {
	Title   string
	Text    string              // one sentence
	Actions []fyne.CanvasObject // at most two buttons; may be empty
	Note    string              // below the buttons; may be empty
}

// Object draws e in the middle of a card.
func (e Empty) Object() *fyne.Container {
	bell := container.NewStack(NewBox(ColorTint, "", 56), NewIcon(assets.BellOutline, ColorPrimary, 64))
	parts := VStack(0,
		container.NewCenter(Sized(112, 112, bell)),
		Inset(20, 0, 6, 0, NewText(e.Title, Heading.Centered())),
		Sized(400, 0, NewProse(e.Text, Muted.Centered())),
	)
	if len(e.Actions) > 0 {
		parts.Add(Inset(18, 0, 8, 0, container.NewCenter(HStack(8, e.Actions...))))
	}
	if e.Note != "" {
		parts.Add(NewText(e.Note, Caption.Centered()))
	}
	return NewBareCard(container.NewCenter(parts))
}
