package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
)

// Scroll scrolls content that wraps. It sets the content's width before it asks
// for its height.
type Scroll struct {
	Object  *fyne.Container
	scroll  *container.Scroll
	content fyne.CanvasObject
	beside  float32
}

// NewScroll returns a scroll whose Object is to be put into a layout. The
// scroll reaches beside further right than Object, so that its bar stands next
// to the content and not on it.
func NewScroll(content fyne.CanvasObject, beside float32) *Scroll {
	content = Inset(0, beside, 0, 0, content)
	s := &Scroll{content: content, beside: beside, scroll: container.NewVScroll(content)}
	s.Object = &fyne.Container{Layout: scrollLayout{s}, Objects: []fyne.CanvasObject{s.scroll}}
	return s
}

// ToTop scrolls to the beginning.
func (s *Scroll) ToTop() { s.scroll.ScrollToTop() }

// Update lays the content out again. Call it after the content has changed.
func (s *Scroll) Update() {
	Relayout(s.Object)
	s.scroll.Refresh()
}

type scrollLayout struct{ of *Scroll }

func (l scrollLayout) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(0, 0) }

func (l scrollLayout) Layout(_ []fyne.CanvasObject, size fyne.Size) {
	s := l.of
	size.Width += Dp(s.beside)
	s.content.Resize(fyne.NewSize(size.Width, s.content.Size().Height))
	s.content.Resize(fyne.NewSize(size.Width, s.content.MinSize().Height))
	s.scroll.Resize(size)
	s.scroll.Refresh()
}
