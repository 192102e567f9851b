package settings

import (
	"time"

	"fyne.io/fyne/v2"

	"rentbell/core"
	"rentbell/ui/frame"
	"rentbell/ui/kit"
	"rentbell/ui/words"
)

// tryCard sends a pretend delivery the whole way round.
type tryCard struct {
	card
	run        *frame.TestRun
	text, note *kit.Prose
}

func newTryCard(send func(done func(time.Duration, error)), update func()) *tryCard {
	c := &tryCard{card: newCard(update), note: kit.NewProse("", kit.Caption), text: kit.NewProse("", kit.Body)}
	c.run = frame.NewTestRun(send, c.relayout)
	words := kit.VStack(0,
		kit.NewText(words.Say("Try it"), kit.Title).Tight(),
		kit.Inset(6, 0, 0, 0, c.text),
	)
	head := &fyne.Container{Layout: besideLayout{}, Objects: []fyne.CanvasObject{words, c.run.Button}}
	c.object = newPaddedCard(kit.VStack(8, head, c.run.Result, c.note))
	return c
}

func (c *tryCard) show(p State) {
	open := p.Status.Connection == core.Listening
	c.run.Enable(open)
	byHand := p.Status.Kind == core.KindDeveloperSpace
	frame.SetVisible(c.run.Button, !byHand)
	c.text.Set(words.Say("Sends a pretend delivery the whole way round. It never reaches your records."))
	if byHand {
		w := words.Tongue.Error(core.ErrTestByHand)
		c.text.Set(w.Title + ". " + w.Text())
	}
	c.note.Set(words.Say("You can send a test event when your address is open."))
	frame.SetVisible(c.note, !open && !byHand)
	c.relayout()
}

// besideLayout gives words the room that a button beside them leaves.
type besideLayout struct{}

func (besideLayout) room(objects []fyne.CanvasObject, width float32) float32 {
	if !objects[1].Visible() {
		return width
	}
	return max(1, width-objects[1].MinSize().Width-kit.Dp(16))
}

func (besideLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(0, max(objects[0].MinSize().Height, objects[1].MinSize().Height))
}

func (l besideLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	words, button := objects[0], objects[1]
	words.Resize(fyne.NewSize(l.room(objects, size.Width), size.Height))
	b := button.MinSize()
	button.Move(fyne.NewPos(size.Width-b.Width, max(0, (size.Height-b.Height)/2)))
	button.Resize(b)
}
