// Package settings is the Settings page: tabs of cards, each of which shows what
// it needs of a State and saves what its user changes at once.
//
// A card is given the few things it asks for, and knows neither the window nor
// the other cards. Changes go through one saver, one after the other; what could
// not be saved goes back to what is saved, and the card says why. Everything
// runs on Fyne's main goroutine.
package settings

import (
	"runtime"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"rentbell/core"
	"rentbell/core/names"
	"rentbell/ui/explain"
	"rentbell/ui/frame"
	"rentbell/ui/kit"
	"rentbell/ui/words"
)

// State is what the Settings page shows: always complete. Account and Secrets are
// those in force; Override is what was given for this run, before what is saved.
type State struct {
	Status   core.Status
	Settings core.Settings
	Secrets  core.Secrets  // in force
	Account  core.Account  // in force
	Override core.Override // given for this run, before what is saved
	Names    *names.Table
}

// installation is what About and Data tell and no setting changes.
type installation struct {
	Version string
	Dir     string // where the data is
}

// about is what a support report tells of it: not where the data is.
func (i installation) about(door core.TunnelKind) explain.About {
	return explain.About{Program: "Rentbell", Version: i.Version, System: runtime.GOOS, Arch: runtime.GOARCH, Tunnel: door}
}

// The tabs of the Settings page.
const (
	ConnectionTab = iota
	NotificationsTab
	ExportsTab
	AppearanceTab
	DataTab
	AboutTab
)

// View is the Settings page.
type View struct {
	Page   *frame.Page
	tabs   *kit.Tabs
	bodies []*kit.Scroll
	parts  []settingsPart
	login  *loginCard
	data   *dataCard
	past   *pastCard
	tab    int // in front

	showing bool // the cards are being shown, one after the other
}

// settingsPart is a card, or several, that shows what it needs of the page.
type settingsPart interface{ show(State) }

func newView(w *tasks) *View {
	v := &View{}
	now, change, inst := w.Now, changer(w.Saver.Change), installation{w.Version, w.Dir}
	register := func(done func(error)) { w.Saver.Do(w.Bell.Register, done) }
	data, past := w.dataActions(), w.exportsActions()
	appfolio := newAppFolioCard(accountActions{
		change: change, changeSecrets: w.Saver.ChangeSecrets, saveKey: w.saveKey,
		saveAccount: w.saveAccount, forgetAccount: w.forgetAccount, copy: w.Do.Copy, ask: w.ask,
	}, v.update)
	address := newAddressCard(addressActions{change, w.Saver.ChangeSecrets, w.Do.Copy, w.ask}, v.update)
	webhook := newWebhookCard(now, webhookActions{register, func(done func(error)) { w.Saver.Do(w.Bell.Unregister, done) }, w.ask}, v.update)
	guide, reading := newGuideCard(now, w.Do.Copy, w.Do.OpenPage, v.update), newReadingCard(now, w.Bell.ReadNow, v.update)
	try := newTryCard(func(done func(time.Duration, error)) { frame.Background(w.Post, w.Bell.SendTest, done) }, v.update)
	health := newHealthCard(now, healthActions{
		check: w.checkHealth, reconnect: w.Bell.Reconnect, register: register, whyKeptOut: w.whyKeptOut,
		showKeys: func() { v.Open(DataTab) }, copy: w.Do.Copy,
	}, inst, v.update)
	bells := newBellsCard(change, w.Sounds, v.update)
	limits := newLimitsCard(change, v.update)
	preview, says := newPreviewCard(w.Notice, w.Do.Notify), newSaysCard(change, v.update)
	pause := newPauseCard(now, change)
	closing := newClosingCard(change, v.update)
	look := newLookCard(change, v.update)
	v.login = newLoginCard(w.Login, w.Saver.Ask, v.update)
	v.data = newDataCard(now, data, inst, v.update)
	keep := newKeepCard(now, data, v.update)
	backup := newBackupCard(now, data, v.update)
	v.data.onLook = backup.paint
	keys := newKeysCard(w.Do.Unlock, w.Do.Protect, w.toKeychain, v.update)
	names := newNamesCard(w.Do.ImportNames, w.saveNames, v.update)
	next := newNextExportCard(change, past.folder, v.update)
	v.past = newPastCard(now, past, v.update)
	v.past.onLook = next.paintFolder
	v.parts = []settingsPart{appfolio, address, webhook, guide, reading, try, health, bells, limits, preview, says, pause, closing, look, v.data, keep, backup, keys, names, next}

	v.addTab(kit.VStack(kit.CardGap, appfolio.object, address.object, try.object), kit.VStack(kit.CardGap, webhook.object, guide.object, reading.object, health.object))
	v.addTab(kit.VStack(kit.CardGap, bells.object, limits.object), kit.VStack(kit.CardGap, preview.object, says.object, pause.object, closing.object))
	v.addTab(v.past.object, next.object)
	v.addTab(kit.VStack(kit.CardGap, look.object), kit.VStack(kit.CardGap, v.login.object))
	v.addTab(kit.VStack(kit.CardGap, v.data.object, keep.object, keys.object), kit.VStack(kit.CardGap, backup.object, names.object, newMovingCard()))
	v.addTab(newLeavesCard(), newAboutCard(inst))

	v.tabs = kit.NewTabs([]string{words.Say("Connection"), words.Say("Notifications"), words.Say("Exports"), words.Say("Appearance"), words.Say("Data"), words.Say("About")}, v.Open)
	stack := container.NewStack()
	for _, body := range v.bodies {
		stack.Add(body.Object)
	}
	v.Page = frame.NewPage(words.Say("Settings"), v.tabs, stack, nil)
	v.Page.Tighten()
	v.Open(ConnectionTab)
	return v
}

func (v *View) addTab(left, right fyne.CanvasObject) {
	columns := &fyne.Container{Layout: &columnsLayout{}, Objects: []fyne.CanvasObject{left, right}}
	v.bodies = append(v.bodies, kit.NewScroll(kit.Inset(4, 0, kit.PagePad, 0, columns), kit.PagePad))
}

// Open shows a tab.
func (v *View) Open(tab int) {
	v.tab = tab
	v.tabs.Select(tab)
	for i, body := range v.bodies {
		frame.SetVisible(body.Object, i == tab)
	}
	if tab == AppearanceTab {
		v.login.look()
	}
	v.lookAtData()
	v.update() // its cards may have changed while another was in front
}

// lookAtData asks the disk while the answer can be seen.
func (v *View) lookAtData() {
	switch v.tab {
	case DataTab:
		v.data.look()
	case ExportsTab:
		v.past.look()
	}
}

// Show puts the present state on the screen.
func (v *View) Show(p State) {
	v.showing = true
	for _, part := range v.parts {
		part.show(p)
	}
	v.lookAtData()
	v.showing = false
	v.update()
}

// update lays the tab in front out again after a card has changed its height;
// once, when all of them are shown.
func (v *View) update() {
	if !v.showing {
		v.bodies[v.tab].Update()
	}
}

// columnsLayout puts the main column beside a column of fixed width, or above
// it where there is no room.
type columnsLayout struct{ width float32 }

// The side column's width, and the width of page from which it stands beside.
const (
	sideColumn  = 344
	sideBySides = 860
)

func (l *columnsLayout) split(width float32) (left, right float32, beside bool) {
	if width < kit.Dp(sideBySides) {
		return width, width, false
	}
	right = kit.Dp(sideColumn)
	return width - right - kit.Dp(kit.CardGap), right, true
}

func (l *columnsLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	left, right, beside := l.split(l.width)
	first, second := frame.HeightAt(objects[0], left), frame.HeightAt(objects[1], right)
	if beside {
		return fyne.NewSize(0, max(first, second))
	}
	return fyne.NewSize(0, first+kit.Dp(kit.CardGap)+second)
}

func (l *columnsLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	l.width = size.Width
	left, right, beside := l.split(size.Width)
	high := frame.HeightAt(objects[0], left)
	objects[0].Move(fyne.Position{})
	objects[0].Resize(fyne.NewSize(left, high))
	at := fyne.NewPos(0, high+kit.Dp(kit.CardGap))
	if beside {
		at = fyne.NewPos(left+kit.Dp(kit.CardGap), 0)
	}
	objects[1].Move(at)
	objects[1].Resize(fyne.NewSize(right, frame.HeightAt(objects[1], right)))
}
