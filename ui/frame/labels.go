package frame

import (
	"fyne.io/fyne/v2"

	"rentbell/ui/kit"
)

// HeightAt resizes an object to a width and returns its height. Wrapped text
// has no height without a width.
func HeightAt(o fyne.CanvasObject, width float32) float32 {
	o.Resize(fyne.NewSize(width, o.Size().Height))
	return o.MinSize().Height
}

// LabelWidth is the width of labels in Row.
const LabelWidth = 128

// Row puts a text before a control. It is Labelled with LabelWidth; a long text wraps.
func Row(label string, control fyne.CanvasObject) *fyne.Container {
	name := kit.Inset(8, 0, 0, 0, kit.NewProse(label, kit.Body))
	return Labelled(LabelWidth, name, control)
}

// Captioned puts a line of explanation below filter chips.
func Captioned(of *kit.Filters, caption string) *fyne.Container {
	return kit.VStack(2, of, kit.NewProse(caption, kit.Caption))
}
