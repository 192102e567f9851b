package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"rentbell/ui/frame"
	"rentbell/ui/kit"
)

// Window widths at which the layout changes, and the size of the first window,
// for a text size of 100 %.
const (
	wideWindow  = 1140 // least width for the full navigation
	firstWidth  = 1180
	firstHeight = 760
)

// shell is the window's content: the navigation and the open page.
type shell struct {
	object *fyne.Container
	nav    *navigation
	ground *kit.Box
	pages  [sections]*frame.Page
	open   section
	single func(bool) // called after a resize: whether the window is too narrow for list and pane
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

// show opens a section.
func (s *shell) show(to section) {
	s.open = to
	for i, p := range s.pages {
		if p != nil {
			frame.SetVisible(p.Object, section(i) == to)
		}
	}
	canvas.Refresh(s.object) // the page itself is loaded and drawn by load
}

// page returns the open page.
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
