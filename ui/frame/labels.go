package frame

import (
	"fyne.io/fyne/v2"

	"rentbell/ui/kit"
)

// HeightAt is an object's height at a width, which wrapped text needs to know.
func HeightAt(o fyne.CanvasObject, width float32) float32 {
	o.Resize(fyne.NewSize(width, o.Size().Height))
	return o.MinSize().Height
}

// LabelWidth is that of the labels before fields.
const LabelWidth = 128

// Row is a control with its label before it.
func Row(label string, control fyne.CanvasObject) *fyne.Container {
	name := kit.Inset(8, 0, 0, 0, kit.NewText(label, kit.Body).Tight())
	return Labelled(LabelWidth, name, control)
}

// Captioned is a choice with a line below it.
func Captioned(of *kit.Filters, caption string) *fyne.Container {
	return kit.VStack(2, of, kit.NewProse(caption, kit.Caption))
}
