package ui

import (
	"fyne.io/fyne/v2"

	"rentbell/assets"
	"rentbell/ui/explain"
	"rentbell/ui/kit"
)

// NotifyFailure says why Rentbell could not start in a notification, and does
// not wait. The words are our own: nothing in them comes from outside.
func NotifyFailure(app fyne.App, err error) {
	words := tongue.Error(err)
	app.SendNotification(fyne.NewNotification(words.Title, words.Text()))
}

// ShowFailure opens a small window that says why Rentbell could not start. The
// app ends when it is closed.
func ShowFailure(app fyne.App, err error) {
	app.Settings().SetTheme(&kit.Theme{})
	w := app.NewWindow("Rentbell")
	w.SetIcon(assets.AppIcon256)
	w.SetPadded(false)
	w.SetContent(newFailure(tongue.Error(err), app.Quit))
	w.Resize(fyne.NewSize(520, 240))
	w.CenterOnScreen()
	w.Canvas().SetOnTypedKey(func(key *fyne.KeyEvent) {
		if key.Name == fyne.KeyEscape || key.Name == fyne.KeyReturn || key.Name == fyne.KeyEnter {
			app.Quit()
		}
	})
	w.SetMaster()
	w.Show()
}

func newFailure(words explain.Words, quit func()) fyne.CanvasObject {
	said := kit.VStack(6,
		kit.NewText(words.Title, kit.Heading).Tight(),
		kit.NewProse(words.Cause, kit.Body),
		kit.NewProse(words.Fix, kit.Muted),
	)
	row := &fyne.Container{Layout: tileLayout{}, Objects: []fyne.CanvasObject{kit.NewIcon(assets.AppIcon, "", 48), said}}
	foot := kit.Spread(8, kit.HStack(0), kit.NewButton(say("Close"), nil, quit).Primary())
	return &fyne.Container{Layout: failureLayout{}, Objects: []fyne.CanvasObject{
		kit.NewBox(kit.ColorPage, "", 0), row, foot,
	}}
}

// tileLayout puts a picture of 48 before words that wrap.
type tileLayout struct{}

func (tileLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(kit.Dp(300), max(kit.Dp(48), objects[1].MinSize().Height))
}

func (tileLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	objects[0].Resize(fyne.NewSquareSize(kit.Dp(48)))
	objects[1].Move(fyne.NewPos(kit.Dp(64), 0))
	objects[1].Resize(fyne.NewSize(max(0, size.Width-kit.Dp(64)), size.Height))
}

// failureLayout keeps the button at the bottom.
type failureLayout struct{}

func (failureLayout) MinSize([]fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(kit.Dp(480), kit.Dp(220))
}

func (failureLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	pad := kit.Dp(24)
	objects[0].Resize(size)
	foot := objects[2].MinSize().Height
	objects[1].Move(fyne.NewSquareOffsetPos(pad))
	objects[1].Resize(fyne.NewSize(size.Width-2*pad, size.Height-3*pad-foot))
	objects[2].Move(fyne.NewPos(pad, size.Height-pad-foot))
	objects[2].Resize(fyne.NewSize(size.Width-2*pad, foot))
}
