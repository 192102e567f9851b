package expected

import (
	"fyne.io/fyne/v2"

	"rentbell/ui/frame"
	"rentbell/ui/kit"
)

// summary is the bar of what has come, with its words.
type summary struct {
	object    *fyne.Container
	bar       *kit.Progress
	due, rest *kit.Text
	received  *kit.Text
}

func newSummary() summary {
	bold := kit.Style{Size: kit.Caption.Size, Bold: true}
	s := summary{
		bar: kit.NewProgress(kit.ColorBar, 0), due: kit.NewText("", bold), rest: kit.NewText("", kit.Caption),
		received: kit.NewText("", kit.Caption.Right()).Tight(),
	}
	s.object = kit.VStack(5, s.bar, kit.Lead(4, s.due, s.rest, s.received))
	return s
}

// show shows the figures of a month; without a known rent there is nothing to show.
func (s summary) show(t totals) {
	frame.SetVisible(s.object, t.known > 0)
	s.bar.Set(t.done())
	sum, rest := t.dueWords()
	s.due.Set(sum)
	s.rest.Set(rest)
	s.received.Set(t.receivedWords())
	kit.Relayout(s.object)
}

// setSingle leaves out what a narrow window has no room for.
func (s summary) setSingle(single bool) { frame.SetVisible(s.received, !single) }
