// Package settings is the Settings page: tabs of cards, each of which shows what
// it needs of a State and saves what its user changes at once.
//
// A card is given the few things it asks for, and knows neither the window nor
// the other cards. Changes go through one saver, one after the other; what could
// not be saved goes back to what is saved, and the card says why. Everything
// runs on Fyne's main goroutine.
package settings

import (
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"rentbell/core"
	"rentbell/core/names"
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

// settingsPart is a card that shows what it needs of the page.
type settingsPart interface {
	show(State)
	box() fyne.CanvasObject
}

func newView(w *tasks) *View {
	v := &View{}
	m := means{w.Now, w.Saver.Change, w.Saver.ChangeSecrets, w.Do.Copy, w.ask, v.update}
	v.addConnection(w, m)
	v.addTab(column{newBellsCard(m, w.Sounds), newLimitsCard(m)},
		column{newPreviewCard(m, w.Notice, w.Do.Notify), newSaysCard(m), newPauseCard(m), newClosingCard(m)})
	v.addExports(w, m)
	v.login = newLoginCard(m, w.Login, w.Saver.Ask)
	v.addTab(column{newLookCard(m)}, column{v.login})
	v.addData(w, m)
	v.addTab(column{newLeavesCard()}, column{newAboutCard(w.Version)})
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

func (v *View) addConnection(w *tasks, m means) {
	register := func(done func(error)) { w.Saver.Do(w.Bell.Register, done) }
	unregister := func(done func(error)) { w.Saver.Do(w.Bell.Unregister, done) }
	send := func(done func(time.Duration, error)) { frame.Background(w.Post, w.Bell.SendTest, done) }
	account := newAppFolioCard(m, accountActions{w.saveKey, w.saveAccount, w.forgetAccount})
	mendID := func() {
		v.bodies[ConnectionTab].ToTop() // where the account is
		account.space.fields[0].mend()
	}
	health := healthActions{w.checkHealth, w.Bell.Reconnect, register, w.whyKeptOut, func() { v.Open(DataTab) }, mendID}
	v.addTab(
		column{newLockedCard(m, w.Do.Unlock, w.Do.InMemory), account, newAddressCard(m), newTryCard(m, send)},
		column{
			newWebhookCard(m, webhookActions{register, unregister}), newGuideCard(m, w.Do.OpenPage),
			newReadingCard(m, w.Bell.ReadNow), newHealthCard(m, health, w.about()),
		})
}

func (v *View) addExports(w *tasks, m means) {
	do := w.exportsActions()
	next := newNextExportCard(m, do.folder)
	v.past = newPastCard(m, do)
	v.past.onLook = next.paintFolder
	v.addTab(column{v.past}, column{next})
}

func (v *View) addData(w *tasks, m means) {
	do := w.dataActions()
	backup := newBackupCard(m, do)
	v.data = newDataCard(m, do, w.Dir)
	v.data.onLook = backup.paint
	v.addTab(column{v.data, newKeepCard(m, do), newKeysCard(m, w.Do.Unlock, w.Do.Protect, w.toKeychain)},
		column{backup, newNamesCard(m, w.Do.ImportNames, w.saveNames), newMovingCard()})
}

// column is some of a tab's cards, one below the other.
type column []settingsPart

func (v *View) addTab(main, side column) {
	columns := &fyne.Container{Layout: &columnsLayout{}}
	for _, cards := range []column{main, side} {
		stack := kit.VStack(kit.CardGap)
		for _, c := range cards {
			stack.Objects = append(stack.Objects, c.box())
		}
		columns.Objects = append(columns.Objects, stack)
		v.parts = append(v.parts, cards...)
	}
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
