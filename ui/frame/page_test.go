package frame

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"rentbell/ui/explain"
	"rentbell/ui/kit"
)

// laidOut counts how often its content is laid out.
type laidOut struct{ times int }

func (*laidOut) MinSize([]fyne.CanvasObject) fyne.Size   { return fyne.Size{} }
func (l *laidOut) Layout([]fyne.CanvasObject, fyne.Size) { l.times++ }
func (l *laidOut) during(change func()) (times int) {
	before := l.times
	change()
	return l.times - before
}

func TestABannerThatCountsDownLeavesThePageAlone(t *testing.T) {
	test.NewTempApp(t).Settings().SetTheme(&kit.Theme{})
	body := &laidOut{}
	pg := NewPage("Payments", nil, &fyne.Container{Layout: body}, nil)
	test.NewTempWindow(t, pg.Object).Resize(fyne.NewSize(LeastWidth, LeastHeight))
	show := func(text string) func() {
		return func() {
			pg.SetBanner(explain.Words{Title: "Not reachable", Cause: text}, kit.BannerAction{Text: "Try now"})
		}
	}
	if body.during(show("Trying again in 10 seconds.")) == 0 {
		t.Error("the body makes no room for the banner")
	}
	if n := body.during(show("Trying again in 9 seconds.")); n > 0 {
		t.Errorf("the body is laid out %d times for another number", n)
	}
	long := "Trying again in 8 seconds. A firewall may shut the way to ngrok, and so may a virus scanner, a proxy of your office, a hotel or the phone that you are connected with. Try another network."
	if body.during(show(long+" "+long)) == 0 {
		t.Error("the body makes no room for more words")
	}
	if body.during(func() { pg.SetBanner(explain.Words{}) }) == 0 {
		t.Error("the body does not take the room of the banner that has gone")
	}
}
