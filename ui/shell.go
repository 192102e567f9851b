package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"rentbell/ui/frame"
	"rentbell/ui/kit"
)

// The window's width at which its form changes, and its size at first, at a text
// size of 100 %.
const (
	wideWindow  = 1140 // from here the full navigation
	firstWidth  = 1180
	firstHeight = 760
)

// shell is the window's content: the navigation, and the page of one section.
type shell struct {
	object *fyne.Container
	nav    *navigation
	ground *kit.Box
	pages  [sections]*frame.Page
	open   section
	single func(bool) // told when the window is too narrow for two columns
}

func newShell(nav *navigation, pages [sections]*frame.Page, single func(bool)) *shell {
	s := &shell{nav: nav, pages: pages, single: single, ground: kit.NewBox(kit.ColorPage, "", 0)}
	s.object = &fyne.Container{Layout: shellLayout{s}, Objects: []fyne.CanvasObject{s.ground, nav.object}}
	for i, p := range pages {
		if p == nil {
			continue
		}
		p.Object.Hidden = section(i) != s.open
		s.object.Objects = append(s.object.Objects, p.Object)
	}
	return s
}

// show brings a section to the front.
func (s *shell) show(to section) {
	s.open = to
	for i, p := range s.pages {
		if p != nil {
			frame.SetVisible(p.Object, section(i) == to)
		}
	}
	canvas.Refresh(s.object) // a repaint: what is in front is read and filled anew anyhow
}

// Page is the page in front.
func (s *shell) page() *frame.Page { return s.pages[s.open] }

type shellLayout struct{ of *shell }

func (l shellLayout) MinSize([]fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(frame.LeastWidth, frame.LeastHeight)
}

func (l shellLayout) Layout(_ []fyne.CanvasObject, size fyne.Size) {
	s := l.of
	width := size.Width / kit.Dp(1)
	s.nav.setRail(width < wideWindow)
	s.single(width < frame.PairedWindow)
	s.ground.Resize(size)
	nav := s.nav.object.MinSize().Width
	s.nav.object.Resize(fyne.NewSize(nav, size.Height))
	for _, p := range s.pages {
		if p != nil {
			p.Object.Move(fyne.NewPos(nav, 0))
			p.Object.Resize(fyne.NewSize(size.Width-nav, size.Height))
		}
	}
}
