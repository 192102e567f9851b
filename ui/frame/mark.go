package frame

import (
	"fyne.io/fyne/v2"

	"rentbell/ui/kit"
)

// MarkLayout places up to three objects beside each other: an icon of 20,
// words, and optionally a link at the right end. Icon and link are vertically
// centred.
type MarkLayout struct{}

// markIndent is where the words begin.
const markIndent = 32

func (MarkLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(kit.Dp(markIndent), max(objects[1].MinSize().Height, kit.Dp(20)))
}

func (MarkLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	objects[0].Move(fyne.NewPos(0, (size.Height-kit.Dp(20))/2))
	objects[0].Resize(fyne.NewSquareSize(kit.Dp(20)))
	right := size.Width
	if len(objects) > 2 {
		link := objects[2].MinSize()
		right -= link.Width + kit.Dp(4)
		objects[2].Move(fyne.NewPos(size.Width-link.Width, (size.Height-link.Height)/2))
		objects[2].Resize(link)
	}
	kit.Place(objects[1], kit.Dp(markIndent), 0, max(0, right-kit.Dp(markIndent)), size.Height)
}
