// Package settings is the Settings page: tabs of cards. A card shows what it needs
// of a State, and saves a change at once.
//
// All cards share one value of tasks, and do not know each other. A frame.Saver
// saves their changes one after the other. If that fails, the card shows the saved
// value again and says why. Everything but slow work runs on Fyne's main
// goroutine.
package settings

import (
	"cmp"
	"context"
	"errors"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"rentbell/assets"
	"rentbell/core"
	"rentbell/core/names"
	"rentbell/ui/frame"
	"rentbell/ui/kit"
	"rentbell/ui/words"
)

// State is what the Settings page shows. It is always complete.
type State struct {
	Status   core.Status
	Settings core.Settings
	Secrets  core.Secrets  // in force, not only the saved ones
	Account  core.Account  // in force
	Override core.Override // given for this run; it comes before what is saved
	Names    *names.Table
}

// The tabs of the Settings page.
const (
	ConnectionTab = iota
	NotificationsTab
	ExportsTab
	AppearanceTab
	DataTab
	OfficeTab
	AboutTab
)

// View is the Settings page.
type View struct {
	Page    *frame.Page
	tabs    *kit.Tabs
	bodies  []*kit.Scroll
	parts   []settingsPart
	tasks   *tasks
	past    *card
	follow  *followCard
	login   *loginCard
	updates *updatesCard
	desks   *desksCard
	tab     int // the visible one

	shown   bool // Show has been called
	showing bool // the cards are being painted; update waits for the last one
}

// settingsPart is a card, or a type that embeds one.
type settingsPart interface{ self() *card }

func newView(w *tasks) *View {
	v := &View{tasks: w}
	w.view = v
	account := newAppFolioCard(w)
	mendID := func() {
		v.bodies[ConnectionTab].ToTop() // where the account is
		account.clientID.mend()
	}
	v.addTab(
		column{newLockedCard(w), newThroughCard(w), account, newArrivalsCard(w), newFailedCard(w), newAddressCard(w), newTryCard(w)},
		column{newWebhookCard(w), newGuideCard(w), newReadingCard(w), newHealthCard(w, mendID)})
	v.addTab(column{newBellsCard(w), newLimitsCard(w), newFindingsCard(w)},
		column{newPreviewCard(w), newSaysCard(w), newPauseCard(w), newClosingCard(w), newDueCard(w), newLadderCard(w)})
	v.past, v.login, v.updates, v.desks = newPastCard(w), newLoginCard(w), newUpdatesCard(w), newDesksCard(w)
	v.addTab(column{v.past}, column{newNextExportCard(w), newPaperCard(w)})
	v.addTab(column{newLookCard(w)}, column{v.login})
	v.addTab(column{newDataCard(w), newKeepCard(w), newKeysCard(w)}, column{newBackupCard(w), newImportCard(w), newNamesCard(w), newMovingCard(w)})
	v.follow = newFollowCard(w)
	v.addTab(column{newDeskCard(w), v.desks, v.follow, newSilenceCard(w), newLeaveCard(w)},
		column{newReceiveCard(w), newSharedCard(w), newStaysCard(w)}, newInviteCard(w))
	v.addTab(column{newLeavesCard(w)}, column{newAboutCard(w), v.updates})
	v.tabs = kit.NewTabs([]string{words.Say("Connection"), words.Say("Notifications"), words.Say("Exports"), words.Say("Appearance"), words.Say("Data"), words.Say("Office"), words.Say("About")}, v.Open)
	stack := container.NewStack()
	for _, body := range v.bodies {
		stack.Add(body.Object)
	}
	v.Page = frame.NewPage(words.Say("Settings"), v.tabs, stack, nil)
	v.Page.Tighten()
	v.Open(ConnectionTab)
	return v
}

// column has cards of a tab, one below the other.
type column []settingsPart

// addTab adds a tab. lead stand above the side column, or above all where there is one
// column alone.
func (v *View) addTab(main, side column, lead ...settingsPart) {
	columns := &fyne.Container{Layout: &columnsLayout{}}
	for _, cards := range []column{main, lead, side} {
		stack := kit.VStack(kit.CardGap)
		for _, c := range cards {
			stack.Objects = append(stack.Objects, c.self().object)
		}
		columns.Objects = append(columns.Objects, stack)
		v.parts = append(v.parts, cards...)
	}
	v.bodies = append(v.bodies, kit.NewScroll(kit.Inset(4, 0, kit.PagePad, 0, columns), kit.PagePad))
}

// Open shows one of the tabs.
func (v *View) Open(tab int) {
	v.tab = tab
	v.tabs.Select(tab)
	for i, body := range v.bodies {
		frame.SetVisible(body.Object, i == tab)
	}
	if tab == AppearanceTab {
		v.login.look()
	}
	v.lookAtDisk()
	if v.shown { // otherwise Show follows
		v.follow.see(tab == OfficeTab)
	}
	v.renewOffice()
	if v.Counts() > 0 {
		v.tasks.Do.CountDown()
	}
	v.update() // its cards may have changed while it was hidden
}

// Leave ends what only a page that can be seen needs. Show begins it again.
func (v *View) Leave() { v.follow.see(false) }

// disk is what was read from the disk for the tabs that show it.
type disk struct {
	reads frame.Loader
	data  core.Data
	seen  bool         // data has been read
	past  *pastExports // nil: not read yet

	lastImport core.PastImport // that can be undone; zero: there is none
}

// pastExports has the earlier exports, newest first, and the folder of the next.
type pastExports struct {
	list []core.PastExport
	dir  string
}

// lookAtDisk reads from the disk what the visible tab shows.
func (v *View) lookAtDisk() {
	w := v.tasks
	switch v.tab {
	case DataTab:
		w.disk.reads.Load(w.Post, func(context.Context) func() {
			d, err := w.Bell.Data()
			last, lost := w.Bell.LastImport()
			return func() {
				w.Report("look at the data", errors.Join(err, lost))
				w.disk.lastImport = last
				if err == nil { // the page's banner tells of a broken disk
					w.disk.data, w.disk.seen = d, true
				}
				v.repaint()
			}
		})
	case ExportsTab:
		w.disk.reads.Load(w.Post, func(context.Context) func() {
			list, err := w.Bell.PastExports()
			slices.Reverse(list)
			past := &pastExports{list, w.ExportDir(w.Bell.Settings())}
			return func() {
				w.Report("read what was exported", err)
				if err == nil {
					w.disk.past = past
				} else {
					v.past.tell(err)
				}
				v.repaint()
			}
		})
	}
}

// LookForUpdates looks for a newer version if the user wants that and a week has
// passed. It calls found once for each version.
func (v *View) LookForUpdates(wanted bool, found func(core.Release)) {
	v.updates.lookWeekly(wanted, found)
}

// Show shows a State in all tabs.
func (v *View) Show(p State) {
	v.shown = true
	v.each(func(c *card) { c.show(p) })
	v.follow.see(v.tab == OfficeTab)
	v.lookAtDisk()
	v.renewOffice()
}

// repaint shows the same State again, with what was read from the disk.
func (v *View) repaint() {
	if v.shown {
		v.each(func(c *card) { c.paint(c.chosen) })
	}
}

func (v *View) each(show func(*card)) {
	v.showing = true
	for _, part := range v.parts {
		show(part.self())
	}
	v.showing = false
	v.update()
}

// update lays the visible tab out again after a card's height has changed.
func (v *View) update() {
	if !v.showing {
		v.bodies[v.tab].Update()
	}
}

// columnsLayout puts the main column beside a column of fixed width, or above it if the
// page is narrow. What leads is at the top of the fixed column, or of the page.
type columnsLayout struct{ width float32 }

// The width of the side column, and the least width of the page that has room for
// it at the side.
const (
	sideColumn  = 344
	sideBySides = 860
)

func (l *columnsLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(0, placeColumns(objects, l.width))
}

func (l *columnsLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	l.width = size.Width
	placeColumns(objects, size.Width)
}

// placeColumns places the columns in a width and returns the height they need.
func placeColumns(objects []fyne.CanvasObject, width float32) float32 {
	main, lead, side := objects[0], objects[1], objects[2]
	gap := kit.Dp(kit.CardGap)
	stack := func(x, width float32, columns ...fyne.CanvasObject) (y float32) {
		for _, o := range columns {
			high := frame.HeightAt(o, width)
			kit.Place(o, x, y, width, high)
			if high > 0 {
				y += high + gap
			}
		}
		return y - gap
	}
	if width < kit.Dp(sideBySides) {
		return stack(0, width, lead, main, side)
	}
	beside := width - kit.Dp(sideColumn)
	return max(stack(0, beside-gap, main), stack(beside, kit.Dp(sideColumn), lead, side))
}

// newLeavesCard makes the card that lists all data that leaves the computer.
func newLeavesCard(w *tasks) *card {
	others := words.Say("Nothing. There is no Rentbell server, no account and no statistics.")
	if w.Updates != nil {
		others = words.Say("Nothing, unless you have Rentbell look for new versions: then its makers' page is asked, and told nothing about you. There is no Rentbell server, no account and no statistics.")
	}
	c := newCard(w)
	return c.titled(words.Say("What leaves this computer"),
		c.only(atDesk, dataRow(words.Say("To your office"), kit.NewProse(words.Say("This desk's name, and how far it has come. It goes to the computer that receives, encrypted."), kit.Body))),
		c.only(not(atDesk), dataRow(words.Say("To AppFolio"), kit.NewProse(words.Say("When you register: your address, the kinds of events you want and the webhook secret, signed in with your API key."), kit.Body))),
		c.only(not(atDesk), dataRow(words.Say("To ngrok"), kit.NewProse(words.Say("Your authtoken, to open the address. What AppFolio delivers passes through ngrok on its way to you."), kit.Body))),
		dataRow(words.Say("To anyone else"), kit.NewProse(others, kit.Body)),
	)
}

func newAboutCard(w *tasks) *card {
	c := newCard(w)
	title := kit.Lead(12, kit.NewIcon(assets.AppIcon, "", 48), kit.VStack(0,
		kit.NewText("Rentbell", kit.Title).Tight(),
		kit.NewText(words.Say("Version %s", cmp.Or(w.Version, words.Say("not known"))), kit.Caption).Tight(),
	))
	c.object = kit.NewCard(kit.VStack(12, title,
		kit.NewProse(words.Say("The bell on your desk that rings when the rent arrives."), kit.Body),
		kit.NewProse(words.Say("Free software under the MIT licence. Not made by AppFolio or ngrok, whose names belong to them."), kit.Caption),
	))
	return c
}

// newMovingCard makes the card that says how to move to another computer.
func newMovingCard(w *tasks) *card {
	return newCard(w).titled(words.Say("Move to another computer"),
		kit.NewProse(words.Say("Back up here, restore the file there, and enter the keys again. Close Rentbell here before you register there."), kit.Body),
		kit.NewProse(words.Say("Only you can read the folder."), kit.Caption),
	)
}
