package kit

import (
	"fyne.io/fyne/v2"
)

// Moment is the state of a timeline's step.
type Moment int

// The moments.
const (
	Past Moment = iota
	Now
	ToCome
)

// Step is one step of a timeline.
type Step struct {
	Moment Moment
	Title  string
	Note   string // below the title; may be empty
	When   string // at the right; may be empty
}

// NewTimeline draws steps below each other, joined by a line.
func NewTimeline(steps []Step) *fyne.Container {
	list := VStack(0)
	for i, s := range steps {
		list.Add(newStep(s, i == len(steps)-1))
	}
	return list
}

func newStep(s Step, last bool) fyne.CanvasObject {
	dot, style := NewBox(ColorInput, "", 5), Body
	switch s.Moment {
	case Now:
		dot.Fill, style = ColorPrimary, Strong
	case ToCome:
		dot = NewBox(ColorSurface, ColorInput, 5)
		dot.Stroke, style = 2, Muted
	}
	words := VStack(0, Spread(8, NewText(s.Title, style).Tight(), NewText(s.When, Caption)))
	if s.Note != "" {
		words.Add(NewText(s.Note, Caption).Tight())
	}
	gap := float32(11)
	if last {
		gap = 0
	}
	line := NewBox(ColorBorder, "", 0)
	line.Hidden = last
	return &fyne.Container{Layout: stepLayout{}, Objects: []fyne.CanvasObject{line, dot, Inset(0, 0, gap, 28, words)}}
}

// stepLayout puts the dot beside the title, and the line between this dot and
// the next step's.
type stepLayout struct{}

func (stepLayout) MinSize(objects []fyne.CanvasObject) fyne.Size { return objects[2].MinSize() }

func (stepLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	line, dot, words := objects[0], objects[1], objects[2]
	const side, x, y = 10, 4, 5 // of the dot; y centres it on a line of body text
	dot.Move(fyne.NewPos(Dp(x), Dp(y)))
	dot.Resize(fyne.NewSquareSize(Dp(side)))
	Place(line, Dp(x+side/2-1), Dp(y+side), 2, max(0, size.Height-Dp(side)))
	words.Move(fyne.Position{})
	words.Resize(size)
}

// Fact is a label with its value in a detail pane.
type Fact struct {
	Label, Value string
	Style        Style  // style of the value
	Verb         string // text of the link below the value; empty: no link
	OnVerb       func()
}

// factLabel is the width of a label with the space after it.
const factLabel = 92

// NewFacts lists facts. A label or value that does not fit wraps.
func NewFacts(facts []Fact) *fyne.Container {
	list := VStack(9)
	for _, f := range facts {
		label := Inset(0, 4, 0, 0, NewProse(f.Label, Muted))
		var value fyne.CanvasObject = NewProse(f.Value, f.Style)
		if f.Verb != "" {
			value = VStack(0, value, Inset(0, 0, 0, -2, HStack(0, NewLink(f.Verb, f.OnVerb))))
		}
		list.Add(&fyne.Container{Layout: factLayout{factLabel}, Objects: []fyne.CanvasObject{label, value}})
	}
	return list
}

// factLayout places a label of a given width before its value. Both are at the
// top.
type factLayout struct{ label float32 }

func (l factLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	high := max(objects[0].MinSize().Height, objects[1].MinSize().Height)
	return fyne.NewSize(Dp(l.label), high)
}

func (l factLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	width := Dp(l.label)
	objects[0].Move(fyne.Position{})
	objects[0].Resize(fyne.NewSize(width, size.Height))
	Place(objects[1], width, 0, max(0, size.Width-width), size.Height)
}
