package kit

import (
	"testing"

	"fyne.io/fyne/v2"
)

func TestALineStaysWithinItsWidth(t *testing.T) {
	const id = "WO b2dc40c6-4085-8b53-a783-f7b90ff8113e"
	for name, line := range map[string]func(long, short fyne.CanvasObject) *fyne.Container{
		"beside":           func(long, short fyne.CanvasObject) *fyne.Container { return HStack(6, long, short) },
		"the last grows":   func(long, short fyne.CanvasObject) *fyne.Container { return Lead(6, long, short) },
		"the first yields": func(long, short fyne.CanvasObject) *fyne.Container { return Spread(6, short, long) },
	} {
		t.Run(name, func(t *testing.T) {
			long, short := NewText(id, Caption), NewText("High", Caption)
			row := line(long, short)
			row.Resize(fyne.NewSize(140, 20))
			for _, o := range []*Text{long, short} {
				if right := o.Position().X + o.Size().Width; o.Position().X < 0 || right > 141 {
					t.Errorf("%q reaches from %v to %v of 140", o.Text(), o.Position().X, right)
				}
			}
			if name == "beside" && short.Size().Width < short.MinSize().Width {
				t.Error("the short text is cut before the long one")
			}
		})
	}
}

func TestChipsStayWithinTheirLine(t *testing.T) {
	long := NewChip(Petrol, nil, "Waiting for the owner's word about the third estimate of the year")
	row := HStack(6, long, NewChip(Good, nil, "Signature verified"))
	row.Resize(fyne.NewSize(275, 22))
	last := row.Objects[1]
	if right := last.Position().X + last.Size().Width; right > 276 {
		t.Errorf("the last chip ends at %v of 275", right)
	}
}

func TestTheWidestGiveWay(t *testing.T) {
	sizes := []fyne.Size{{Width: 20}, {Width: 120}, {Width: 80}}
	for _, want := range []struct{ missing, long, short float32 }{{60, 70, 70}, {1000, leastCut, leastCut}} {
		narrow(sizes, want.missing)
		if sizes[0].Width != 20 || sizes[1].Width != want.long || sizes[2].Width != want.short {
			t.Errorf("without %v: %v, want 20, %v and %v", want.missing, sizes, want.long, want.short)
		}
	}
}

func TestButtonsThatDoNotFitGoBelow(t *testing.T) {
	first, hidden, second := NewButton("Open Rentbell", nil, nil), NewButton("Register webhook", nil, nil), NewButton("Send test event", nil, nil)
	hidden.Hide()
	row := Flow(14, first, hidden, second)
	wide := first.MinSize().Width + 14 + second.MinSize().Width
	for width, below := range map[float32]bool{wide + 1: false, wide - 10: true} {
		row.Resize(fyne.NewSize(width, row.MinSize().Height))
		if got := second.Position().Y > first.Position().Y; got != below || second.Size().Width < second.MinSize().Width {
			t.Errorf("%v wide: the second button is below the first: %v; it has %v of %v", width, got, second.Size().Width, second.MinSize().Width)
		}
		if got, want := row.MinSize().Height, second.Position().Y+second.Size().Height; got != want {
			t.Errorf("%v wide: it asks for a height of %v and needs %v", width, got, want)
		}
	}
}
