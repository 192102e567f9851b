package frame

import (
	"fyne.io/fyne/v2"

	"rentbell/ui/kit"
)

// Labelled puts a label of a fixed width before a control that takes the rest.
// Rows of one card pass the same width, in the units of kit.Dp.
func Labelled(width float32, label, control fyne.CanvasObject) *fyne.Container {
	return &fyne.Container{Layout: labelledLayout{width}, Objects: []fyne.CanvasObject{label, control}}
}

type labelledLayout struct{ label float32 }

func (l labelledLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	control := objects[1].MinSize()
	return fyne.NewSize(kit.Dp(l.label)+control.Width, max(control.Height, objects[0].MinSize().Height))
}

func (l labelledLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	width := kit.Dp(l.label)
	objects[0].Move(fyne.Position{})
	objects[0].Resize(fyne.NewSize(width-kit.Dp(4), HeightAt(objects[0], width-kit.Dp(4))))
	kit.Place(objects[1], width, 0, max(0, size.Width-width), size.Height)
}
