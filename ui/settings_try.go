package ui

import (
	"strconv"
	"time"

	"fyne.io/fyne/v2"

	"rentbell/assets"
	"rentbell/core"
	"rentbell/ui/frame"
	"rentbell/ui/kit"
	"rentbell/ui/words"
)

// testRun is the test event's button and what came of it, in Settings and in the
// first run.
type testRun struct {
	button *kit.Button
	result *fyne.Container // a mark and words; hidden until there is a result

	send    func(done func(time.Duration, error))
	updated func() // the result may have changed its height
	mark    *kit.Icon
	text    *kit.Prose
	busy    bool
}

func newTestRun(send func(done func(time.Duration, error)), updated func()) *testRun {
	r := &testRun{
		send: send, updated: updated,
		mark: kit.NewIcon(assets.Verified, kit.ColorOk, 18),
		text: kit.NewProse("", kit.Body),
	}
	r.button = kit.NewButton(words.Say("Send test event"), assets.Send, r.press)
	r.result = &fyne.Container{Layout: resultLayout{}, Objects: []fyne.CanvasObject{r.mark, r.text}}
	r.result.Hide()
	return r
}

// enable says whether there is an open address to send to.
func (r *testRun) enable(open bool) { frame.SetEnabled(r.button, open && !r.busy) }

func (r *testRun) press() {
	r.busy = true
	r.button.Disable()
	r.tell(assets.Send, kit.ColorText2, kit.Muted, words.Say("On its way"))
	r.send(func(took time.Duration, err error) {
		r.busy = false
		r.button.Enable()
		if err != nil {
			r.tell(assets.Alert, kit.ColorWarn, kit.Body.In(kit.ColorWarn), words.Trouble(words.Tongue.Error(err)))
			return
		}
		r.tell(assets.Verified, kit.ColorOk, kit.Body.In(kit.ColorOk), arrivedIn(took))
	})
}

func (r *testRun) tell(icon fyne.Resource, ink fyne.ThemeColorName, style kit.Style, text string) {
	r.mark.Set(icon, ink)
	r.text.SetStyled(text, style)
	r.result.Show()
	kit.Relayout(r.result)
	r.updated()
}

// arrivedIn is the good news: "Arrived in 0.8 seconds, signature verified".
func arrivedIn(took time.Duration) string {
	tenths := max(1, int((took+50*time.Millisecond)/(100*time.Millisecond)))
	if tenths == 10 {
		return words.Say("Arrived in 1 second, signature verified")
	}
	return words.Say("Arrived in %s seconds, signature verified", strconv.Itoa(tenths/10)+"."+strconv.Itoa(tenths%10))
}

// tryCard sends a pretend delivery the whole way round.
type tryCard struct {
	object *fyne.Container
	run    *testRun
	text   *kit.Prose
	note   *kit.Prose
}

func newTryCard(do settingsActions, onLayout func()) *tryCard {
	c := &tryCard{note: kit.NewProse("", kit.Caption), text: kit.NewProse("", kit.Body)}
	c.run = newTestRun(do.test, func() { kit.Relayout(c.object); onLayout() })
	words := kit.VStack(0,
		kit.NewText(words.Say("Try it"), kit.Title).Tight(),
		kit.Inset(6, 0, 0, 0, c.text),
	)
	head := &fyne.Container{Layout: besideLayout{}, Objects: []fyne.CanvasObject{words, c.run.button}}
	c.object = kit.NewBareCard(kit.Inset(12, kit.CardPad, kit.CardPad, kit.CardPad, kit.VStack(8, head, c.run.result, c.note)))
	return c
}

func (c *tryCard) show(p settingsPage) {
	open := p.status.Connection == core.Listening
	c.run.enable(open)
	byHand := p.status.Kind == core.KindDeveloperSpace
	frame.SetVisible(c.run.button, !byHand)
	c.text.Set(words.Say("Sends a pretend delivery the whole way round. It never reaches your records."))
	if byHand {
		w := words.Tongue.Error(core.ErrTestByHand)
		c.text.Set(w.Title + ". " + w.Text())
	}
	c.note.Set(words.Say("You can send a test event when your address is open."))
	frame.SetVisible(c.note, !open && !byHand)
	kit.Relayout(c.object)
}

// resultLayout puts a mark before the first line of wrapped text.
type resultLayout struct{}

const resultIndent = 25

func (resultLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(kit.Dp(resultIndent), max(kit.Dp(20), objects[1].MinSize().Height))
}

func (resultLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	objects[0].Move(fyne.NewPos(0, kit.Dp(1)))
	objects[0].Resize(fyne.NewSquareSize(kit.Dp(18)))
	objects[1].Move(fyne.NewPos(kit.Dp(resultIndent), 0))
	objects[1].Resize(fyne.NewSize(max(1, size.Width-kit.Dp(resultIndent)), size.Height))
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
