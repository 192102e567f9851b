package frame

import (
	"strconv"
	"time"

	"fyne.io/fyne/v2"

	"rentbell/assets"
	"rentbell/ui/kit"
	"rentbell/ui/words"
)

// TestRun is the test event's button and what came of it, in Settings and in the
// first run.
type TestRun struct {
	Button *kit.Button
	Result *fyne.Container // a mark and words; hidden until there is a result

	send    func(done func(time.Duration, error))
	updated func() // the result may have changed its height
	mark    *kit.Icon
	text    *kit.Prose
	busy    bool
}

// NewTestRun makes a button that sends; updated is called when the result has
// changed its height.
func NewTestRun(send func(done func(time.Duration, error)), updated func()) *TestRun {
	r := &TestRun{
		send: send, updated: updated,
		mark: kit.NewIcon(assets.Verified, kit.ColorOk, 18),
		text: kit.NewProse("", kit.Body),
	}
	r.Button = kit.NewButton(words.Say("Send test event"), assets.Send, r.press)
	r.Result = &fyne.Container{Layout: resultLayout{}, Objects: []fyne.CanvasObject{r.mark, r.text}}
	r.Result.Hide()
	return r
}

// Enable says whether there is an open address to send to.
func (r *TestRun) Enable(open bool) { SetEnabled(r.Button, open && !r.busy) }

func (r *TestRun) press() {
	r.busy = true
	r.Button.Disable()
	r.tell(assets.Send, kit.ColorText2, kit.Muted, words.Say("On its way"))
	r.send(func(took time.Duration, err error) {
		r.busy = false
		r.Button.Enable()
		if err != nil {
			r.tell(assets.Alert, kit.ColorWarn, kit.Body.In(kit.ColorWarn), words.Trouble(words.Tongue.Error(err)))
			return
		}
		r.tell(assets.Verified, kit.ColorOk, kit.Body.In(kit.ColorOk), arrivedIn(took))
	})
}

func (r *TestRun) tell(icon fyne.Resource, ink fyne.ThemeColorName, style kit.Style, text string) {
	r.mark.Set(icon, ink)
	r.text.SetStyled(text, style)
	r.Result.Show()
	kit.Relayout(r.Result)
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
