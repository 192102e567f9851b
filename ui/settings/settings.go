// Package settings is the Settings page: tabs of cards, each of which shows what
// it needs of a State and saves what its user changes at once.
//
// All cards work with the same tasks; none knows the others. Changes go through
// one saver, one after the other. What could not be saved goes back to what is
// saved, and the card says why. Everything runs on Fyne's main goroutine.
package settings

import (
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
	Page    *frame.Page
	tabs    *kit.Tabs
	bodies  []*kit.Scroll
	parts   []settingsPart
	login   *loginCard
	data    *dataCard
	past    *pastCard
	updates *updatesCard
	tab     int // in front

	showing bool // the cards are being shown, one after the other
}

// settingsPart is a card, or what has one.
type settingsPart interface{ self() *card }

func newView(w *tasks) *View {
	v := &View{}
	w.view = v
	account := newAppFolioCard(w)
	mendID := func() {
		v.bodies[ConnectionTab].ToTop() // where the account is
		account.clientID.mend()
	}
	v.addTab(
		column{newLockedCard(w), account, newAddressCard(w), newTryCard(w)},
		column{newWebhookCard(w), newGuideCard(w), newReadingCard(w), newHealthCard(w, mendID)})
	v.addTab(column{newBellsCard(w), newLimitsCard(w)}, column{newPreviewCard(w), newSaysCard(w), newPauseCard(w), newClosingCard(w)})
	v.updates = newUpdatesCard(w)
	next, backup := newNextExportCard(w), newBackupCard(w)
	v.past, v.data, v.login = newPastCard(w, next.paintFolder), newDataCard(w, backup.look), newLoginCard(w)
	v.addTab(column{v.past}, column{next})
	v.addTab(column{newLookCard(w)}, column{v.login})
	v.addTab(column{v.data, newKeepCard(w), newKeysCard(w)}, column{backup, newNamesCard(w), newMovingCard(w)})
	v.addTab(column{newLeavesCard(w)}, column{newAboutCard(w), v.updates})
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

// column is some of a tab's cards, one below the other.
type column []settingsPart

func (v *View) addTab(main, side column) {
	columns := &fyne.Container{Layout: &columnsLayout{}}
	for _, cards := range []column{main, side} {
		stack := kit.VStack(kit.CardGap)
		for _, c := range cards {
			stack.Objects = append(stack.Objects, c.self().object)
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

// LookForUpdates looks for a newer version when the user wants that and it is
// time. found is called once for each version.
func (v *View) LookForUpdates(wanted bool, found func(core.Release)) {
	v.updates.lookWeekly(wanted, found)
}

// Show puts the present state on the screen.
func (v *View) Show(p State) {
	v.showing = true
	for _, part := range v.parts {
		part.self().show(p)
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
