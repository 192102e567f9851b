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

// settingsActions is what the Settings page can ask for.
type settingsActions struct {
	change        changer
	changeSecrets func(edit func(*core.Secrets), done func(error))
	saveKey       func(key core.Secret, done func(error)) // once AppFolio has been asked about it
	register      func(done func(error))
	unregister    func(done func(error))
	reconnect     func()
	test          func(done func(took time.Duration, err error))
	check         func(done func(core.Report))
	unlock        func() // asks for the passphrase
	protect       func() // asks for a new passphrase and keeps the keys in a file under it
	toKeychain    func(done func(error))
	showKeys      func() // where keys are kept, on the Data tab
	whyKeptOut    func() // what a delivery that was kept out means
	copy          func(text string)
	ask           func(frame.Question)
	openFolder    func(dir string)
	importNames   func() // asks for a file of names
	exportNames   func(done func(path string, err error))
	sounds        bool // notifications can be silent or not
	notice        func(core.Says) (title, body string)
	notify        func()                       // shows a notification as a payment would
	startsAtLogin func(done func(bool, error)) // nil: nothing starts Rentbell at sign-in
	startAtLogin  func(on bool, done func(error))
	data          dataActions
	exports       exportsActions
	spaceActions
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

func newSettingsView(now func() time.Time, do settingsActions, inst installation) *View {
	v := &View{}
	appfolio := newAppFolioCard(do, v.update)
	address := newAddressCard(do, v.update)
	webhook := newWebhookCard(now, do)
	guide, reading := newGuideCard(now, do, v.update), newReadingCard(now, do)
	try := newTryCard(do, v.update)
	health := newHealthCard(now, do, inst, v.update)
	bells := newBellsCard(do.change, do.sounds, v.update)
	limits := newLimitsCard(do.change, v.update)
	preview, says := newPreviewCard(do), newSaysCard(do.change, v.update)
	pause := newPauseCard(now, do.change)
	closing := newClosingCard(do.change, v.update)
	look := newLookCard(do.change, v.update)
	v.login = newLoginCard(do, v.update)
	v.data = newDataCard(now, do, inst, v.update)
	keep := newKeepCard(now, do, v.update)
	backup := newBackupCard(now, do, v.update)
	v.data.onLook = backup.paint
	keys := newKeysCard(do, v.update)
	names := newNamesCard(do, v.update)
	next := newNextExportCard(do.change, do.exports.folder, v.update)
	v.past = newPastCard(now, do, v.update)
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

// newTitledCard is a card of Settings. The title's line takes part of the room
// above it.
func newTitledCard(title string, objects ...fyne.CanvasObject) *fyne.Container {
	body := kit.VStack(12, append([]fyne.CanvasObject{kit.NewText(title, kit.Title).Tight()}, objects...)...)
	return kit.NewBareCard(kit.Inset(12, kit.CardPad, kit.CardPad, kit.CardPad, body))
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
