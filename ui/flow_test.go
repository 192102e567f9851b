package ui

import (
	"errors"
	"net"
	"reflect"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/test"

	"rentbell/core"
	"rentbell/ui/kit"
	"rentbell/ui/uitest"
	"rentbell/ui/words"
)

// press sends a key as a real window does: to the focused widget, or else to
// the window.
func (d seat) press(name fyne.KeyName) {
	key := &fyne.KeyEvent{Name: name}
	if focused := d.window.Canvas().Focused(); focused != nil {
		focused.TypedKey(key)
		return
	}
	d.window.Canvas().OnTypedKey()(key)
}

// shortcut does what Ctrl and a key do. Fyne's test canvas takes no shortcuts.
func (d seat) shortcut(key fyne.KeyName, extra fyne.KeyModifier) {
	for _, a := range d.keys() {
		if a.key == key && a.extra == extra {
			a.do()
		}
	}
}

// wantShown fails the test for every text that is not visible.
func (d seat) wantShown(t *testing.T, texts ...string) {
	t.Helper()
	all := strings.Join(d.texts(), "\n")
	for _, text := range texts {
		if !strings.Contains(all, text) {
			t.Errorf("%q is not on the window", text)
		}
	}
}

func (d seat) wantGone(t *testing.T, texts ...string) {
	t.Helper()
	for _, text := range texts {
		if d.shows(text) {
			t.Errorf("%q is on the window", text)
		}
	}
}

func TestPressingAPaymentOpensItsDetailAndEscClosesIt(t *testing.T) {
	d := open(t, uitest.Office(t), kit.Light, usual)
	d.Open(paymentsSection)
	d.wantGone(t, "This lease so far")
	uitest.TapText(t, d.window, "Dana Whitfield")
	d.wantShown(t, "This lease so far", "Thu, June 18 at 10:40 AM", "48213, to Oct 31, 2026", "June rent", "PMT-90417", "Signature verified")
	d.press(fyne.KeyDown)
	d.wantShown(t, "47770, to Oct 14, 2026") // the pane follows the arrow keys
	d.press(fyne.KeyEscape)
	d.wantGone(t, "This lease so far")
	if d.feeds.List(paymentsSection).Selected() != -1 {
		t.Error("a closed pane leaves its row selected")
	}
}

func TestThinDataIsShownAsItIs(t *testing.T) {
	d := open(t, uitest.Office(t), kit.Light, usual)
	d.Open(paymentsSection)
	uitest.TapText(t, d.window, "Lease 20931")
	d.wantShown(t, "Name not sent yet", "Property not known", "$640.00")
}

func TestSearchMonthAndMethodFilterPayments(t *testing.T) {
	d := open(t, uitest.Office(t), kit.Light, usual)
	d.Open(paymentsSection)
	d.wantShown(t, "42 payments, $58,310.00")

	d.shortcut(fyne.KeyF, 0)
	if d.window.Canvas().Focused() != d.feeds.Search(paymentsSection) {
		t.Fatal("Ctrl+F does not lead to the search")
	}
	test.Type(d.feeds.Search(paymentsSection), "dana alder")
	d.wantShown(t, "1 payment, $1,450.00", "Dana Whitfield")
	d.wantGone(t, "Luis Cardenas")
	d.press(fyne.KeyEscape)
	d.wantShown(t, "42 payments, $58,310.00")

	test.Type(d.feeds.Search(paymentsSection), "1,890.00")
	d.wantShown(t, "1 payment, $1,890.00", "Priya Raman")
	test.Type(d.feeds.Search(paymentsSection), "zzz")
	d.wantShown(t, "No payments found")
	uitest.TapText(t, d.window, "Clear search")
	d.wantShown(t, "42 payments, $58,310.00")

	d.choose(t, "Money order")
	d.wantShown(t, "1 payment, $1,120.00", "Terrence Cole")
	d.choose(t, "May 2026")
	d.wantShown(t, "No payments found")
	if !slices.Contains(d.choices(t, "All methods"), "eCheck") {
		t.Errorf("the methods of May are %v", d.choices(t, "All methods"))
	}
}

func TestANewPaymentMovesNeitherSelectionNorPane(t *testing.T) {
	d := open(t, uitest.Office(t), kit.Light, usual)
	d.Open(paymentsSection)
	uitest.TapText(t, d.window, "Ruth Abernathy")
	before := d.feeds.List(paymentsSection).Selected()
	d.arrive(t, uitest.Payment("new", present, uitest.LeaseOf("Jamal Pierce"), 75_00, "cash"))
	d.wantShown(t, "43 payments, $58,385.00", "from", "31108, to Aug 31, 2027")
	if got := d.feeds.List(paymentsSection).Selected(); got != before+1 {
		t.Errorf("the selection was on row %d and is on %d, want one further down", before, got)
	}
	if !d.feeds.List(paymentsSection).Fresh(0) || d.feeds.List(paymentsSection).Fresh(1) {
		t.Error("the new payment does not stand out, or another one does")
	}
	uitest.TapText(t, d.window, "Jamal Pierce")
	if d.feeds.List(paymentsSection).Fresh(0) {
		t.Error("the new payment still stands out after a press")
	}
}

func TestNewsAboutWhatIsOpenJoinsItsTimeline(t *testing.T) {
	d := open(t, uitest.Office(t), kit.Light, usual)
	d.Open(workOrdersSection)
	uitest.TapText(t, d.window, "Kitchen faucet drips")
	d.wantShown(t, "Work order 1191", "9 open")
	done := core.WorkOrder{
		Place: core.Place{Property: "Alder Court", Unit: "2A", Tenant: "Dana Whitfield"},
		ID:    "1191", Status: "Completed", Vendor: "Tolliver Plumbing", Title: "Kitchen faucet drips", Priority: "Normal",
	}
	d.arrive(t, uitest.Event("wo_done", present, done, core.Attention{}))
	d.wantShown(t, "8 open", "Tolliver Plumbing, 10:42 AM", "Took")
	if got := d.feeds.List(workOrdersSection).Selected(); got != -1 {
		t.Errorf("a work order that is no longer listed is selected as row %d", got)
	}
}

func TestWorkOrderGroupsFoldAndFiltersApply(t *testing.T) {
	d := open(t, uitest.Office(t), kit.Light, usual)
	d.Open(workOrdersSection)
	uitest.TapText(t, d.window, "Scheduled")
	d.wantGone(t, "Replace dishwasher", "Annual furnace service")
	d.wantShown(t, "Scheduled", "Garage door opener")
	uitest.TapText(t, d.window, "Scheduled")
	d.wantShown(t, "Replace dishwasher")
	uitest.TapText(t, d.window, "Completed")
	d.wantShown(t, "Gutter cleaning")
	d.wantGone(t, "No hot water")
	uitest.TapText(t, d.window, "Open 9")
	d.choose(t, "Linden House")
	d.wantShown(t, "Window will not close", "Smoke detector chirps")
	d.wantGone(t, "No hot water")
	test.Type(d.feeds.Search(workOrdersSection), "nothing like it")
	d.wantShown(t, "No work orders found")
}

func TestLeasesFilterAndEndingSoonOpens(t *testing.T) {
	d := open(t, uitest.Office(t), kit.Light, usual)
	d.Open(leasesSection)
	d.wantShown(t, "47 leases, 3 signed in June", "5 leases in the next 60 days", "14 days", "Ended 1")
	uitest.TapText(t, d.window, "Ended 1")
	d.wantShown(t, "Victor Amaral", "Over")
	uitest.TapText(t, d.window, "14 days")
	d.wantShown(t, "Lease 45987", "Jul 3, 2025", "12 months from Jul 3, 2025")
}

func TestOverviewLeadsOn(t *testing.T) {
	d := open(t, uitest.Office(t), kit.Light, usual)
	d.wantShown(t, "Good morning", "Thursday, June 18. Three payments have arrived today.",
		"$58,310.00", "$2,335.00 ahead of May", "2 are older than a week", "Next move-in: June 20", "First: July 2, Alder Court 3B",
		"$15,284.00", "on June 1, 11 payments")
	uitest.TapText(t, d.window, "Luis Cardenas")
	if d.shell.open != paymentsSection || d.feeds.List(paymentsSection).Selected() != 1 {
		t.Errorf("a payment under Latest led to section %d, row %d", d.shell.open, d.feeds.List(paymentsSection).Selected())
	}
	d.wantShown(t, "47770, to Oct 14, 2026")
	d.shortcut(fyne.Key1, 0)
	uitest.TapText(t, d.window, "No hot water")
	d.wantShown(t, "Work order 1194")
	d.shortcut(fyne.Key1, 0)
	uitest.TapText(t, d.window, "Ending in 60 days")
	if d.shell.open != leasesSection {
		t.Errorf("the figure of ending leases led to section %d", d.shell.open)
	}
	d.shortcut(fyne.Key1, 0)
	uitest.TapText(t, d.window, "Review")
	d.wantShown(t, "Mark handled")
}

func TestMarkHandledTakesAnItemOffTheList(t *testing.T) {
	d := open(t, uitest.Office(t), kit.Light, usual)
	var later []func()
	d.after = func(_ time.Duration, do func()) { later = append(later, do) }
	left := func() int {
		t.Helper()
		concerns, err := d.bell.Concerns(10)
		if err != nil {
			t.Fatal(err)
		}
		return len(concerns)
	}
	d.Open(activitySection)
	uitest.TapText(t, d.window, "Needs attention")
	d.wantShown(t, "Tenant without a property", "A delivery came without an id")
	uitest.TapText(t, d.window, "Mark handled")
	d.wantShown(t, "Handled.")
	d.shortcut(fyne.KeyZ, 0)
	d.wantGone(t, "Handled.")
	uitest.TapText(t, d.window, "Review")
	d.wantShown(t, "Tenant 8812", "Tenant without a property")
	d.Open(activitySection)
	uitest.TapText(t, d.window, "Mark handled")
	uitest.TapText(t, d.window, "Mark handled")
	if n := left(); n != 2 {
		t.Errorf("while it can be undone, the store has %d concerns, want 2", n)
	}
	for _, do := range later {
		do()
	}
	d.wantShown(t, "Nothing needs you")
	if n := left(); n != 0 {
		t.Errorf("the store still has %d concerns", n)
	}
}

func TestADeliveryThatIsNoEventCanBeLookedAt(t *testing.T) {
	d := open(t, uitest.Office(t), kit.Light, usual)
	d.Open(activitySection)
	uitest.TapText(t, d.window, "Needs attention")
	uitest.TapText(t, d.window, "See one")
	uitest.TapText(t, d.window, "Raw data from AppFolio")
	d.wantShown(t, `"type": "payment.received"`)
}

func TestActivityListsByDayAndFilters(t *testing.T) {
	d := open(t, uitest.Office(t), kit.Light, usual)
	d.Open(activitySection)
	d.wantShown(t, "Today: 4 accepted", "Today", "Yesterday", "Tuesday, June 16", "Payment, lease 20931", "Lease signed, Nathan Kowalski")
	uitest.Walk(d.window.Content(), func(o fyne.CanvasObject) {
		if filters, ok := o.(*kit.Filters); ok {
			filters.OnChanged(4)
			filters.Pick(4)
		}
	})
	d.onlyTenants(t)
}

func (d seat) onlyTenants(t *testing.T) {
	t.Helper()
	d.load(activitySection)
	d.wantShown(t, "New tenant, Aisha Rahmani")
	d.wantGone(t, "Payment, Dana Whitfield")
}

func TestCopyPutsTextOnTheClipboard(t *testing.T) {
	d := open(t, uitest.Office(t), kit.Light, usual)
	d.copyAddress()
	if got := d.app.Clipboard().Content(); got != "https://oakline.ngrok.app" {
		t.Errorf("Copy address gave %q", got)
	}
	d.Open(paymentsSection)
	uitest.TapText(t, d.window, "Dana Whitfield")
	uitest.TapText(t, d.window, "Copy details")
	want := "$1,450.00 from Dana Whitfield\nReceived: Thu, June 18 at 10:40 AM\nProperty: Alder Court, Unit 2A\n" +
		"Lease: 48213, to Oct 31, 2026\nFor: June rent\nReference: PMT-90417\n"
	if got := d.app.Clipboard().Content(); got != want {
		t.Errorf("Copy details gave %q", got)
	}
	uitest.TapText(t, d.window, "Copy")
	if got := d.app.Clipboard().Content(); !strings.Contains(got, `"id": "pay_1"`) {
		t.Errorf("Copy gave %q", got)
	}
}

func TestBannerComesAndGoesWithTheTrouble(t *testing.T) {
	d := open(t, uitest.Office(t), kit.Light, usual)
	d.Open(leasesSection)
	s := allWell(t, d.bell)
	s.Storage = core.ErrStorage
	d.changed(core.Change{Status: s}, nil)
	d.wantShown(t, "Rentbell cannot keep what arrives")
	d.Open(tenantsSection)
	d.wantShown(t, "Rentbell cannot keep what arrives")
	d.changed(core.Change{Status: allWell(t, d.bell)}, nil)
	d.wantGone(t, "Rentbell cannot keep what arrives")
}

func TestBannersAreWholeWhateverTheSizeOfText(t *testing.T) {
	dropped := func(err error) core.Status {
		return core.Status{Connection: core.Unreachable, Address: "https://a.ngrok.app", Problem: err, RetryAt: present.Add(12 * time.Second)}
	}
	refused := func(err error) core.Status { return core.Status{Connection: core.ConnectionRefused, Problem: err} }
	troubles := []core.Status{
		{Storage: core.ErrStorage}, {Connection: core.ConnectionOff, Vault: core.ErrLocked},
		dropped(&core.TunnelError{Err: &net.DNSError{}}), dropped(errors.New("gone")), dropped(core.ErrPortal),
		dropped(&core.TunnelError{Code: "ERR_NGROK_334"}), dropped(&core.TunnelError{Code: "ERR_NGROK_99999"}),
		refused(&core.TunnelError{Code: "ERR_NGROK_121", Refused: true}), refused(&core.TunnelError{Code: "ERR_NGROK_105", Refused: true}),
		refused(&core.TunnelError{Refused: true, Err: &net.OpError{Op: "listen", Err: syscall.EADDRINUSE}}),
	}
	for _, language := range []fyne.Locale{"en", "es", "zh-Hans"} {
		uitest.Speak(t, language)
		d := openIn(t, uitest.Office(t), kit.Theme{Appearance: kit.Light, Still: true, Scale: 1.3}, fyne.NewSize(900, 600))
		for _, trouble := range troubles {
			s := allWell(t, d.bell)
			s.Connection, s.Storage, s.Vault, s.Problem, s.RetryAt = trouble.Connection, trouble.Storage, trouble.Vault, trouble.Problem, trouble.RetryAt
			d.changed(core.Change{Status: s}, nil)
			w, _ := words.Tongue.Status(s, present)
			for _, sentence := range []string{w.Title, w.Text()} {
				if drawn := drawnIn(d, sentence); !slices.Contains(drawn, strings.ReplaceAll(sentence, " ", "")) {
					t.Errorf("%s: of %q stands %q", language, sentence, drawn)
				}
			}
		}
	}
}

// drawnIn returns what is drawn of a text, for each place where it stands. It
// leaves out the spaces at which lines are broken.
func drawnIn(d seat, text string) (drawn []string) {
	uitest.Walk(d.window.Content(), func(o fyne.CanvasObject) {
		said, ok := o.(interface {
			fyne.Widget
			Text() string
		})
		if !ok || said.Text() != text || said.Size().Height < said.MinSize().Height {
			return
		}
		var lines []string
		for _, line := range test.WidgetRenderer(said).Objects() {
			lines = append(lines, line.(*canvas.Text).Text) // only texts and prose draw text
		}
		drawn = append(drawn, strings.ReplaceAll(strings.Join(lines, ""), " ", ""))
	})
	return drawn
}

func TestTextFromOutsideIsNeverMarkup(t *testing.T) {
	db := uitest.Office(t)
	name := "**Bold** [link](http://x) <b>\u202eevil\x1b[0m\nnext"
	uitest.Add(t, db, uitest.Payment("evil", present.Add(-time.Second), uitest.Tenancy{Lease: "6", Place: core.Place{Tenant: name, Property: "# One", Unit: "_2_"}}, 1_00, "*card*"))
	d := open(t, db, kit.Light, usual)
	const plain = "**Bold** [link](http://x) <b>evil [0m next"
	d.wantShown(t, plain)
	uitest.TapText(t, d.window, plain)
	d.wantShown(t, plain, "# One, Unit _2_")
	d.Open(activitySection)
	d.wantShown(t, "Payment, "+plain)
}

func TestHiddenWindowReadsAndDrawsNothing(t *testing.T) {
	d := open(t, uitest.Office(t), kit.Light, usual)
	d.Open(paymentsSection)
	d.Hide()
	*d.reads = 0
	before := d.window.Canvas().Capture()
	d.arrive(t, uitest.Payment("new", present, uitest.LeaseOf("Jamal Pierce"), 75_00, "cash"))
	cut := d.status
	cut.Connection, cut.Problem = core.Unreachable, errors.New("gone")
	d.changed(core.Change{Status: cut}, nil)
	d.tick()
	if *d.reads != 0 {
		t.Errorf("a hidden window read %d times", *d.reads)
	}
	if !reflect.DeepEqual(d.window.Canvas().Capture(), before) {
		t.Error("a hidden window was drawn anew")
	}
	d.wantShown(t, "42 payments, $58,310.00")
	d.Show()
	d.wantShown(t, "43 payments, $58,385.00")
	if *d.reads != 1 {
		t.Errorf("to come back it read %d times", *d.reads)
	}
	d.wantShown(t, "Not reachable")
}

func TestNarrowWindowsShowListOrPane(t *testing.T) {
	d := open(t, uitest.Office(t), kit.Light, least)
	d.Open(paymentsSection)
	uitest.TapText(t, d.window, "Dana Whitfield")
	d.wantShown(t, "This lease so far", "Back")
	d.wantGone(t, "Luis Cardenas")
	uitest.TapText(t, d.window, "Back")
	d.wantShown(t, "Luis Cardenas")
	d.window.Resize(usual)
	uitest.TapText(t, d.window, "Dana Whitfield")
	d.wantShown(t, "This lease so far", "Luis Cardenas")
}

func TestKeysOpenThePages(t *testing.T) {
	d := open(t, uitest.Office(t), kit.Light, usual)
	for i, key := range []fyne.KeyName{fyne.Key1, fyne.Key2, fyne.Key3, fyne.Key4, fyne.Key5, fyne.Key6} {
		d.shortcut(key, 0)
		if d.shell.open != section(i) {
			t.Errorf("Ctrl+%d opened section %d", i+1, d.shell.open)
		}
	}
	d.shortcut(fyne.Key2, 0)
	d.press(fyne.KeyDown) // nothing has the focus, so the list gets the key
	if d.feeds.List(paymentsSection).Selected() != 0 {
		t.Errorf("the arrow key selected row %d", d.feeds.List(paymentsSection).Selected())
	}
	d.press(fyne.KeyReturn)
	d.wantShown(t, "This lease so far")
	d.shortcut(fyne.KeyC, fyne.KeyModifierShift)
	if got := d.app.Clipboard().Content(); got != "https://oakline.ngrok.app" {
		t.Errorf("Ctrl+Shift+C copied %q", got)
	}
}

func TestCtrlTabShowsTheOtherTab(t *testing.T) {
	d := open(t, uitest.Office(t), kit.Light, usual)
	d.Open(paymentsSection)
	keys := d.keys()
	other := keys[slices.IndexFunc(keys, func(a keyAction) bool { return a.key == fyne.KeyTab })]
	other.do()
	d.wantShown(t, "One moment")
	other.do()
	d.wantShown(t, "42 payments, $58,310.00")
	d.Open(activitySection)
	other.do()
	d.wantShown(t, "Tenant without a property")
	if got := shortcutName(fyne.KeyTab, 0, "darwin"); got != "Ctrl+Tab" {
		t.Errorf("on a Mac it is %s", got)
	}
}

func TestTheOverviewLeadsToTheRentsOfTheMonth(t *testing.T) {
	d := open(t, uitest.Office(t), kit.Light, usual)
	s := d.status
	s.Radar = core.RadarSummary{Ready: true, Known: 43, Paid: 37, NotKnown: 4, Late: 5, LateDue: 5307_50}
	d.changed(core.Change{Status: s}, nil)
	uitest.TapText(t, d.window, "5 late or in part, $5,307.50 still due")
	if d.shell.open != paymentsSection {
		t.Errorf("it leads to section %d", d.shell.open)
	}
	d.wantShown(t, "No rent is known yet")
}
