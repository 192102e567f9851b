package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"rentbell/assets"
)

// Banner says across a page that Rentbell has stopped receiving or keeping
// deliveries; all else goes to Needs attention. A notice looks calmer and tells
// what is over.
type Banner struct {
	Compound

	title, text *Text
	buttons     *fyne.Container
}

// BannerAction is one of a banner's buttons.
type BannerAction struct {
	Text  string
	Icon  fyne.Resource // may be nil
	OnTap func()
}

// NewBanner makes a hidden banner.
func NewBanner() *Banner {
	return newBanner(NewBox(ColorErrTint, ColorErr, CardRadius), NewIcon(assets.Offline, ColorErr, 24))
}

// NewNotice makes a hidden notice.
func NewNotice() *Banner {
	return newBanner(NewBox(ColorTint, ColorBorder, CardRadius), NewIcon(assets.Clock, ColorPrimary, 24))
}

func newBanner(ground, mark fyne.CanvasObject) *Banner {
	b := &Banner{
		title:   NewText("", Strong).Tight(),
		text:    NewText("", Body).Tight(),
		buttons: HStack(12),
	}
	icon := container.NewStack(NewBox(ColorSurface, "", 8), mark)
	row := Spread(12, Lead(12, Sized(40, 40, icon), VStack(0, b.title, b.text)), b.buttons)
	b.Init(b, container.NewStack(ground, Sized(0, 66, Inset(0, 15, 0, 15, row))))
	b.Hide()
	return b
}

// Set shows a sentence that says what is wrong, a line with cause and fix, and
// at most two actions, the last of which is the fix.
func (b *Banner) Set(title, text string, actions ...BannerAction) {
	b.title.Set(title)
	b.text.Set(text)
	b.buttons.RemoveAll()
	for i, a := range actions {
		button := NewButton(a.Text, a.Icon, a.OnTap)
		if i == len(actions)-1 {
			button.Primary()
		}
		b.buttons.Add(button)
	}
	b.Relayout()
	b.Show()
}

// Clear hides the banner.
func (b *Banner) Clear() { b.Hide() }

// NewNote is a trouble within a pane or card: amber, a bold sentence and what
// to do.
func NewNote(title, text string) *fyne.Container {
	words := VStack(2, NewProse(title, Strong.In(ColorWarn)), NewProse(text, Style{Size: Caption.Size}))
	icon := VStack(0, NewIcon(assets.Alert, ColorWarn, 20))
	row := &fyne.Container{Layout: factLayout{}, Objects: []fyne.CanvasObject{Sized(30, 0, Inset(0, 10, 0, 0, icon)), words}}
	return container.NewStack(NewBox(ColorWarnTint, "", 8), Inset(10, 12, 10, 12, row))
}
