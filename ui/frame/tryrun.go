package frame

import (
	"strconv"
	"time"

	"fyne.io/fyne/v2"

	"rentbell/assets"
	"rentbell/ui/kit"
	"rentbell/ui/words"
)

// TestRun is the button that sends a test event, and the result below it.
// Settings and the welcome pages show it.
type TestRun struct {
	Button *kit.Button
	Result *fyne.Container // icon and text; hidden until the first press

	send    func(done func(time.Duration, error))
	updated func() // called after Result has changed its height
	mark    *kit.Icon
	text    *kit.Prose
	busy    bool
}

// NewTestRun returns a button that calls send. updated is called after Result
// has changed its height.
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

// Enable enables the button if there is an open address to send to and no test
// is under way.
func (r *TestRun) Enable(open bool) { SetEnabled(r.Button, open && !r.busy) }

func (r *TestRun) press() {
	r.busy = true
	r.Button.Disable()
	r.show(assets.Send, kit.ColorText2, kit.Muted, words.Say("On its way"))
	r.send(func(took time.Duration, err error) {
		r.busy = false
		r.Button.Enable()
		if err != nil {
			r.show(assets.Alert, kit.ColorWarn, kit.Body.In(kit.ColorWarn), words.Trouble(words.Tongue.Error(err)))
			return
		}
		r.show(assets.Verified, kit.ColorOk, kit.Body.In(kit.ColorOk), arrivedIn(took))
	})
}

func (r *TestRun) show(icon fyne.Resource, ink fyne.ThemeColorName, style kit.Style, text string) {
	r.mark.Set(icon, ink)
	r.text.SetStyled(text, style)
	r.Result.Show()
	kit.Relayout(r.Result)
	r.updated()
}

// arrivedIn describes a success: "Arrived in 0.8 seconds, signature verified".
func arrivedIn(took time.Duration) string {
	tenths := max(1, int((took+50*time.Millisecond)/(100*time.Millisecond)))
	if tenths == 10 {
		return words.Say("Arrived in 1 second, signature verified")
	}
	return words.Say("Arrived in %s seconds, signature verified", strconv.Itoa(tenths/10)+"."+strconv.Itoa(tenths%10))
}

// resultLayout puts an icon before the first line of wrapped text.
type resultLayout struct{}

const resultIndent = 25

func (resultLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(kit.Dp(resultIndent), max(kit.Dp(20), objects[1].MinSize().Height))
}

func (resultLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	objects[0].Move(fyne.NewPos(0, kit.Dp(1)))
	objects[0].Resize(fyne.NewSquareSize(kit.Dp(18)))
	kit.Place(objects[1], kit.Dp(resultIndent), 0, max(1, size.Width-kit.Dp(resultIndent)), size.Height)
}
