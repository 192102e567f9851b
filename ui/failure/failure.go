// Package failure says why Rentbell could not start, in a notification or in a
// small window. The window can repair a damaged file. It also shows how far the data
// is when Rentbell cannot start yet.
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

// Notice returns the texts of a notification that says why Rentbell could not
// start. They contain nothing from outside.
func Notice(err error) (title, body string) {
	w := words.Tongue.Error(err)
	return w.Title, w.Text()
}

// NoOpenGL returns what to say where the computer cannot draw a window.
func NoOpenGL() (title, text string) {
	return words.Say("Rentbell cannot draw its window"),
		words.Say("It needs OpenGL 2.1, and this computer's graphics driver has none or an older one. Install the newest driver for the graphics card. Over a remote desktop, start Rentbell at the computer itself.")
}

// Problem is the reason why Rentbell could not start, and what the window
// offers to do about it.
type Problem struct {
	Err error
	// Repair saves what can be read of a damaged file to a new one. It runs on
	// a goroutine of its own. If nil, the window offers no repair.
	Repair func(context.Context) (Repaired, error)
	// Restart is called when the user asks to start Rentbell again. The app
	// quits right afterwards.
	Restart func()
}

// Repaired is the result of a repair.
type Repaired struct {
	Events int
	Lost   int      // number of events that could not be read
	Left   []string // what else could not be read: "settings", "exports", or a name of the store's own
	Aside  string   // path of the damaged file
}

// Show opens a small window that says why Rentbell could not start and offers a
// repair. Closing the window quits the app. The repair stops when ctx ends, so
// ctx should end when the app does.
func Show(ctx context.Context, app fyne.App, f Problem) {
	open(app, func() *failure { return newFailure(f, frame.NewPoster(ctx, fyne.Do), app.Quit) })
}

// open shows a view in the app's only window. The view is made once the theme is there.
func open(app fyne.App, view func() *failure) {
	app.Settings().SetTheme(&kit.Theme{})
	v := view()
	w := app.NewWindow("Rentbell")
	w.SetIcon(assets.AppIcon256)
	w.SetPadded(false)
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

// failure is the content of the window.
type failure struct {
	Problem
	post    frame.Poster
	quit    func()
	content *fyne.Container
	primary func() // what Enter does
}

func newFailure(f Problem, post frame.Poster, quit func()) *failure {
	v := newView(post, quit)
	v.tell(f)
	return v
}

func newView(post frame.Poster, quit func()) *failure {
	return &failure{post: post, quit: quit, content: &fyne.Container{Layout: failureLayout{}}}
}

// tell shows why Rentbell could not start, and offers what can be done.
func (v *failure) tell(f Problem) {
	v.Problem = f
	w := words.Tongue.Error(f.Err)
	if f.Repair == nil {
		v.show(w, v.close())
		return
	}
	w.Fix = words.Say("Rentbell can save what can be read into a new file. The damaged one is kept beside it.")
	v.show(w, action{words.Say("Save what can be read"), v.repair}, v.close())
}

// action is a button.
type action struct {
	text string
	do   func()
}

func (v *failure) close() action { return action{words.Say("Close"), v.quit} }

// show replaces the content of the window by words. Enter runs main, which may be
// the zero action.
func (v *failure) show(w explain.Words, main action, others ...action) {
	v.put(saying(w), main, others...)
}

// saying lays out words: title, cause and fix.
func saying(w explain.Words) *fyne.Container {
	return kit.VStack(6,
		kit.NewProse(w.Title, kit.Heading),
		kit.NewProse(w.Cause, kit.Body),
		kit.NewProse(w.Fix, kit.Muted),
	)
}

// put replaces the content of the window.
func (v *failure) put(said fyne.CanvasObject, main action, others ...action) {
	foot := kit.HStack(8)
	for _, p := range others {
		foot.Add(kit.NewButton(p.text, nil, p.do))
	}
	v.primary = func() {}
	if main.do != nil {
		v.primary = main.do
		foot.Add(kit.NewButton(main.text, nil, main.do).Primary())
	}
	row := &fyne.Container{Layout: tileLayout{}, Objects: []fyne.CanvasObject{kit.NewIcon(assets.AppIcon, "", 48), said}}
	v.content.Objects = []fyne.CanvasObject{kit.NewBox(kit.ColorPage, "", 0), row, kit.Spread(8, kit.HStack(0), foot)}
	v.content.Refresh()
}

// repair runs the repair in the background and shows its result.
func (v *failure) repair() {
	v.show(explain.Words{
		Title: words.Say("Saving what can be read"),
		Cause: words.Say("Rentbell looks through the whole file and puts its events together anew. With many of them this takes minutes."),
		Fix:   words.Say("If you close this window, everything stays as it is."),
	}, action{}, v.close())
	frame.Background(v.post, v.Repair, func(m Repaired, err error) {
		if err != nil {
			v.show(words.Tongue.Error(err), v.close())
			return
		}
		v.show(m.words(), action{words.Say("Start Rentbell"), func() {
			v.Restart()
			v.quit()
		}}, v.close())
	})
}

func (m Repaired) words() explain.Words {
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

// left returns a sentence for each kind of data besides events that could not
// be read.
func (m Repaired) left() (said []string) {
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

// tileLayout puts an icon of 48 before words that wrap.
type tileLayout struct{}

func (tileLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(kit.Dp(300), max(kit.Dp(48), objects[1].MinSize().Height))
}

func (tileLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	objects[0].Resize(fyne.NewSquareSize(kit.Dp(48)))
	kit.Place(objects[1], kit.Dp(64), 0, max(0, size.Width-kit.Dp(64)), size.Height)
}

// failureLayout keeps the buttons at the bottom. The window has to be as high
// as the words need.
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
	kit.Place(objects[2], pad, size.Height-pad-foot, size.Width-2*pad, foot)
}
