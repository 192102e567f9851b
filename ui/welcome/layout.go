package welcome

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"rentbell/assets"
	"rentbell/ui/frame"
	"rentbell/ui/kit"
)

// step is one of the three steps. Pressing its title opens it.
type step struct {
	object *fyne.Container
	line   *kit.Box // leads to the next step
	badge  *kit.Box
	number *kit.Text
	tick   *kit.Icon
	title  *kit.Text
	head   *kit.Press
	text   *kit.Prose
	body   fyne.CanvasObject
}

func newStep(number, title, text string, body fyne.CanvasObject, onOpen func()) *step {
	s := &step{
		line:   kit.NewBox(kit.ColorBorder, "", 0),
		badge:  kit.NewBox(kit.ColorPrimary, "", 14),
		number: kit.NewText(number, kit.Strong),
		tick:   kit.NewIcon(assets.Check, kit.ColorPrimary, 16),
		title:  kit.NewText(title, kit.Title).Tight(),
		text:   kit.NewProse(text, kit.Muted),
		body:   kit.Inset(11, 0, 4, 0, body),
	}
	s.badge.Stroke = 2
	badge := container.NewStack(s.badge, container.NewCenter(s.number), container.NewCenter(s.tick))
	s.head = kit.NewPress(title, kit.Inset(2, 0, 0, 0, s.title), 4, onOpen)
	words := kit.VStack(0, s.head, s.text, s.body)
	s.object = &fyne.Container{Layout: stepLine{}, Objects: []fyne.CanvasObject{s.line, badge, words}}
	return s
}

// tell says what the step is about.
func (s *step) tell(title, text string) {
	s.title.Set(title)
	s.head.SetLabel(title)
	s.text.Set(text)
}

// show shows whether the step is open and whether it is done. A skipped step
// looks like one that is still to come.
func (s *step) show(open, done bool) {
	frame.SetVisible(s.body, open)
	frame.SetVisible(s.tick, done && !open)
	frame.SetVisible(s.number, open || !done)
	ink := kit.ColorText2
	switch {
	case open:
		ink = kit.ColorText
		s.badge.Paint(kit.ColorPrimary, kit.ColorPrimary)
		s.number.SetStyled(s.number.Text(), kit.Strong.In(kit.ColorOnPrimary))
	case done:
		s.badge.Paint(kit.ColorTint, kit.ColorTint)
	default:
		s.badge.Paint(kit.ColorPage, kit.ColorInput)
		s.number.SetStyled(s.number.Text(), kit.Strong.In(kit.ColorText2))
	}
	s.title.SetStyled(s.title.Text(), kit.Title.In(ink))
}

// stepLine puts the badge before the words, and a line from it to the next
// step.
type stepLine struct{}

const (
	badgeSide = 28
	stepIn    = 42 // where the words begin
)

func (stepLine) MinSize(objects []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(kit.Dp(stepIn), max(kit.Dp(52), objects[2].MinSize().Height))
}

func (stepLine) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	dp := kit.Dp
	objects[1].Resize(fyne.NewSquareSize(dp(badgeSide)))
	kit.Place(objects[0], dp(badgeSide)/2-1, dp(badgeSide+4), 2, max(0, size.Height-dp(badgeSide)))
	kit.Place(objects[2], dp(stepIn), 0, max(0, size.Width-dp(stepIn)), size.Height)
}

// viewLayout puts the panel at the left and the steps beside it.
type viewLayout struct{}

func (viewLayout) MinSize([]fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(frame.LeastWidth, frame.LeastHeight)
}

func (viewLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	panel := kit.Dp(432)
	if size.Width < kit.Dp(frame.PairedWindow) {
		panel = kit.Dp(300)
	}
	objects[0].Resize(size)
	objects[1].Resize(fyne.NewSize(panel, size.Height))
	kit.Place(objects[2], panel, 0, max(0, size.Width-panel), size.Height)
}

// panelLayout centres the panel's words vertically. It hides the icon if the
// words need the room.
type panelLayout struct{ picture fyne.CanvasObject }

func (panelLayout) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.Size{} }

func (l panelLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	pad := kit.Dp(48)
	if size.Width < kit.Dp(400) {
		pad = kit.Dp(24)
	}
	objects[0].Resize(size)
	kit.Place(objects[1], size.Width-1, 0, 1, size.Height)
	frame.SetVisible(l.picture, true)
	high := frame.HeightAt(objects[2], size.Width-pad-kit.Dp(24))
	if high > size.Height {
		frame.SetVisible(l.picture, false)
		high = frame.HeightAt(objects[2], size.Width-pad-kit.Dp(24))
	}
	kit.Place(objects[2], pad, max(0, (size.Height-high)/2), size.Width-pad-kit.Dp(24), high)
}

// middleLayout puts the steps in the middle of the visible area. It uses a
// fixed height for them, so that their top does not move when another step
// opens.
type middleLayout struct{ of *View }

// stepsHigh is the approximate height of the steps.
const stepsHigh = 560

func (middleLayout) pad(width float32) float32 {
	if width < kit.Dp(640) {
		return kit.Dp(24)
	}
	return kit.Dp(72)
}

func (l middleLayout) top() float32 {
	return max(kit.Dp(24), (l.of.scroll.Object.Size().Height-kit.Dp(stepsHigh))/2)
}

func (l middleLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	width := l.of.scroll.Object.Size().Width
	return fyne.NewSize(0, l.top()+frame.HeightAt(objects[0], max(0, width-2*l.pad(width)))+kit.Dp(24))
}

func (l middleLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	pad := l.pad(size.Width)
	high := frame.HeightAt(objects[0], size.Width-2*pad)
	kit.Place(objects[0], pad, l.top(), size.Width-2*pad, high)
}
