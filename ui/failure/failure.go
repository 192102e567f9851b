// Package failure says why Rentbell could not start, in a notification or in a
// small window, and offers to mend what can be mended.
package failure

import (
	"context"
	"path/filepath"
	"slices"

	"fyne.io/fyne/v2"

	"rentbell/assets"
	"rentbell/ui/explain"
	"rentbell/ui/frame"
	"rentbell/ui/kit"
	"rentbell/ui/words"
)

// Notify says why Rentbell could not start in a notification, and does
// not wait. The words are our own: nothing in them comes from outside.
func Notify(app fyne.App, err error) {
	w := words.Tongue.Error(err)
	app.SendNotification(fyne.NewNotification(w.Title, w.Text()))
}

// Problem is why Rentbell could not start.
type Problem struct {
	Err error
	// Mend makes a new file of what can be read of a damaged one. nil: there is
	// nothing to mend.
	Mend func(context.Context) (Mended, error)
	// Again is called when Rentbell shall start again, once the app has ended.
	Again func()
}

// Mended is what was saved of a damaged file.
type Mended struct {
	Events int
	Lost   int      // events that could not be read
	Left   []string // what could not be read besides: "settings", "exports" or a note of Rentbell's own
	Aside  string   // the path of the damaged file
}

// Show opens a small window that says why Rentbell could not start, and
// offers to mend what can be mended. The app ends when it is closed; ctx ends
// then.
func Show(ctx context.Context, app fyne.App, f Problem) {
	app.Settings().SetTheme(&kit.Theme{})
	w := app.NewWindow("Rentbell")
	w.SetIcon(assets.AppIcon256)
	w.SetPadded(false)
	v := newFailure(f, frame.NewPoster(ctx, fyne.Do), app.Quit)
	w.SetContent(v.content)
	w.Resize(fyne.NewSize(520, 240))
	w.CenterOnScreen()
	w.Canvas().SetOnTypedKey(func(key *fyne.KeyEvent) {
		switch key.Name {
		case fyne.KeyEscape:
			app.Quit()
		case fyne.KeyReturn, fyne.KeyEnter:
			v.primary()
		}
	})
	w.SetMaster()
	w.Show()
}

// failure is the window's content, which changes while a file is mended.
type failure struct {
	Problem
	post    frame.Poster
	quit    func()
	content *fyne.Container
	primary func() // what Enter does
}

func newFailure(f Problem, post frame.Poster, quit func()) *failure {
	v := &failure{Problem: f, post: post, quit: quit, content: &fyne.Container{Layout: failureLayout{}}}
	w := words.Tongue.Error(f.Err)
	if f.Mend == nil {
		v.show(w, v.close())
		return v
	}
	w.Fix = words.Say("Rentbell can save what can be read into a new file. The damaged one is kept beside it.")
	v.show(w, press{words.Say("Save what can be read"), v.mend}, v.close())
	return v
}

// press is a button and what it does.
type press struct {
	text string
	do   func()
}

func (v *failure) close() press { return press{words.Say("Close"), v.quit} }

// show says w over buttons. Enter presses main, which may be none.
func (v *failure) show(w explain.Words, main press, others ...press) {
	foot := kit.HStack(8)
	for _, p := range others {
		foot.Add(kit.NewButton(p.text, nil, p.do))
	}
	v.primary = func() {}
	if main.do != nil {
		v.primary = main.do
		foot.Add(kit.NewButton(main.text, nil, main.do).Primary())
	}
	said := kit.VStack(6,
		kit.NewText(w.Title, kit.Heading).Tight(),
		kit.NewProse(w.Cause, kit.Body),
		kit.NewProse(w.Fix, kit.Muted),
	)
	row := &fyne.Container{Layout: tileLayout{}, Objects: []fyne.CanvasObject{kit.NewIcon(assets.AppIcon, "", 48), said}}
	v.content.Objects = []fyne.CanvasObject{kit.NewBox(kit.ColorPage, "", 0), row, kit.Spread(8, kit.HStack(0), foot)}
	v.content.Refresh()
}

// mend saves what can be read, beside the main goroutine, and says what came of it.
func (v *failure) mend() {
	v.show(explain.Words{
		Title: words.Say("Saving what can be read"),
		Cause: words.Say("Rentbell looks through the whole file and puts its events together anew. With many of them this takes minutes."),
		Fix:   words.Say("If you close this window, everything stays as it is."),
	}, press{}, v.close())
	frame.Background(v.post, v.Mend, func(m Mended, err error) {
		if err != nil {
			v.show(words.Tongue.Error(err), v.close())
			return
		}
		v.show(m.words(), press{words.Say("Start Rentbell"), func() {
			v.Again()
			v.quit()
		}}, v.close())
	})
}

func (m Mended) words() explain.Words {
	w := explain.Words{
		Title: words.Say("Your data can be read again"),
		Cause: words.SayN(m.Events, "%s event is saved.", "%s events are saved.", explain.Number(m.Events)),
		Fix:   words.Say("The damaged file is kept as %s in %s.", filepath.Base(m.Aside), filepath.Dir(m.Aside)),
	}
	if m.Lost > 0 {
		w.Cause = words.SayN(m.Lost, "Events saved: %s. %s could not be read; AppFolio may still have it.",
			"Events saved: %s. %s could not be read; AppFolio may still have them.", explain.Number(m.Events), explain.Number(m.Lost))
	}
	for _, left := range m.left() {
		w.Cause += "\n" + left
	}
	return w
}

// left says what could not be read besides events.
func (m Mended) left() (said []string) {
	known := 0
	if slices.Contains(m.Left, "settings") {
		said, known = append(said, words.Say("Your settings could not be read. Set them again.")), known+1
	}
	if slices.Contains(m.Left, "exports") {
		said, known = append(said, words.Say("What was exported before could not be read. Take care that no payment gets into your books twice.")), known+1
	}
	if len(m.Left) > known {
		said = append(said, words.Say("Some of Rentbell's own notes could not be read."))
	}
	return said
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

// failureLayout keeps the button at the bottom, below the words however long they are.
type failureLayout struct{}

func (failureLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	words := objects[1].MinSize().Height + objects[2].MinSize().Height + 3*kit.Dp(24)
	return fyne.NewSize(kit.Dp(480), max(kit.Dp(220), words))
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
