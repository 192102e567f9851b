package settings

import (
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"rentbell/core"
	"rentbell/core/bell"
	"rentbell/core/office"
	"rentbell/ui/kit"
	"rentbell/ui/uitest"
)

// asManager is a page of the desk that manages an office of four.
func asManager(t *testing.T) (*desk, *receiver) {
	t.Helper()
	d, r := openOffice(t, func(c *bell.Config) {
		s := core.DefaultSettings()
		s.Kind = core.KindOffice
		if err := c.Store.SaveSettings(s); err != nil {
			t.Fatal(err)
		}
	})
	r.list = rosterOf(t, "Morgan's MacBook", "Leasing desk", "Maintenance desk", "Home laptop")
	r.away = map[string]time.Duration{"Maintenance desk": 20*time.Hour + 40*time.Minute, "Home laptop": 9 * 24 * time.Hour}
	r.behind = map[string]uint64{"Maintenance desk": 312, "Home laptop": 840}
	d.showStatus(managed())
	d.work.All(t)
	return d, r
}

// rosterOf lists desks, of which the first manages. They have not joined by codes, which
// take long to make.
func rosterOf(t *testing.T, names ...string) *office.Roster {
	t.Helper()
	var kept struct{ Desks []office.Desk }
	for i, name := range names {
		kept.Desks = append(kept.Desks, office.Desk{Name: name, Key: "key of " + name, Manager: i == 0})
	}
	text, err := json.Marshal(kept)
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, office.FileName), text, 0o600); err != nil {
		t.Fatal(err)
	}
	list, err := office.OpenRoster(dir)
	if err != nil {
		t.Fatal(err)
	}
	return list
}

// uses has a desk join by the code in force.
func (r *receiver) uses(t *testing.T, name string) {
	t.Helper()
	_, _, err := r.list.Admit(t.Context(), r.now.Add(r.ahead), office.Desk{Name: name, Key: "key of " + name}, func(office.Verifier) bool { return true })
	if err != nil {
		t.Fatal(err)
	}
}

// managed is the status of a desk that manages.
func managed() core.Status {
	s := atOffice()
	s.Office.Name, s.Office.Manager = "Morgan's MacBook", true
	return s
}

// later shows the page some time later, as the window does every second.
func (d *desk) later(t *testing.T, r *receiver, after time.Duration) {
	t.Helper()
	r.now = r.now.Add(after)
	d.status.Office.Heard = r.now
	d.refresh()
	d.work.All(t)
}

// row is what the list says of a desk.
func (d *desk) row(t *testing.T, name string) string {
	t.Helper()
	return strings.Join(uitest.Texts(d.deskRow(t, name).object), "; ")
}

func (d *desk) deskRow(t *testing.T, name string) *deskRow {
	t.Helper()
	rows := d.desks.rows
	i := slices.IndexFunc(rows, func(r *deskRow) bool { return r.name.Text() == name })
	if i < 0 {
		t.Fatalf("%s is not on the list:\n%s", name, d.text())
	}
	return rows[i]
}

func TestAManagerSeesWhichDesksAreThere(t *testing.T) {
	d, r := asManager(t)
	for name, want := range map[string]string{
		"Morgan's MacBook": "Morgan's MacBook; This desk; Here now; Manages",
		"Leasing desk":     "Leasing desk; Here now; Remove",
		"Maintenance desk": "Maintenance desk; Yesterday; 2:02 PM, 312 behind; Remove",
		"Home laptop":      "Home laptop; June 9; Asleep for 9 days; Remove",
	} {
		if got := d.row(t, name); got != want {
			t.Errorf("it says %q, want %q", got, want)
		}
	}
	if !says(d.Page.Object, "4 desks, 2 here now") {
		t.Errorf("it says\n%s", d.text())
	}
	own := d.deskRow(t, "Morgan's MacBook")
	if own.choose.Visible() || own.remove.Visible() {
		t.Error("a manager can remove itself or change its own role")
	}
	if got := d.deskRow(t, "Leasing desk").may.AccessibilityLabel(); got != "What Leasing desk may do, Works" {
		t.Errorf("a screen reader says %q", got)
	}
	// A receiver whose clock is a year ahead tells the same.
	r.ahead = 365 * 24 * time.Hour
	d.later(t, r, renewEvery)
	if got, want := d.row(t, "Maintenance desk"), "Maintenance desk; Yesterday; 2:02 PM, 312 behind; Remove"; got != want {
		t.Errorf("with another clock there it says %q", got)
	}
}

func TestTheListIsRenewedWhileItIsShown(t *testing.T) {
	d, r := asManager(t)
	if got := d.Counts(); got != renewEvery {
		t.Errorf("the page is shown every %v", got)
	}
	focus := d.deskRow(t, "Leasing desk").may
	d.window.Canvas().Focus(focus)
	asked := len(r.asks)
	d.later(t, r, time.Second)
	if len(r.asks) != asked {
		t.Error("the receiver is asked every second")
	}
	r.away["Leasing desk"] = time.Minute
	d.later(t, r, renewEvery)
	if got, want := d.row(t, "Leasing desk"), "Leasing desk; Today; 10:41 AM; Remove"; got != want {
		t.Errorf("it says %q, want %q", got, want)
	}
	if d.window.Canvas().Focused() != fyne.Focusable(focus) {
		t.Error("the renewal takes the focus away")
	}
	d.Open(DataTab)
	asked = len(r.asks)
	d.later(t, r, time.Minute)
	if len(r.asks) != asked || d.Counts() > 0 {
		t.Error("the receiver is asked while nobody looks")
	}
	d.Open(OfficeTab)
	d.work.All(t)
	if len(r.asks) != asked+1 {
		t.Error("the tab does not ask when it is opened")
	}
}

func TestAManagerChangesARole(t *testing.T) {
	d, r := asManager(t)
	d.deskRow(t, "Leasing desk").may.SetSelected("Manages")
	d.work.All(t)
	if got := r.list.Desks()[1]; !got.Manager {
		t.Fatalf("the office has %+v", got)
	}
	r.lost = office.ErrUnreachable
	d.deskRow(t, "Leasing desk").may.SetSelected("Works")
	d.work.All(t)
	if got := d.deskRow(t, "Leasing desk").may.Selected; got != "Manages" || !says(d.Page.Object, "The office is out of reach.") {
		t.Errorf("what was not done is shown as %q; it says\n%s", got, d.text())
	}
}

func TestARemovedDeskGoesAfterAQuestion(t *testing.T) {
	d, r := asManager(t)
	remove := func() fyne.CanvasObject {
		test.Tap(d.deskRow(t, "Home laptop").remove)
		return d.window.Canvas().Overlays().Top()
	}
	asks := remove()
	if !says(asks, "Remove Home laptop?") || !says(asks, "It keeps what it has and gets nothing new.") || kit.DefaultButton(asks).AccessibilityLabel() != "Cancel" {
		t.Errorf("it asks %q", uitest.Texts(asks))
	}
	uitest.Tap(t, asks, "Cancel")
	d.work.All(t)
	if r.list.Desks()[3].Revoked {
		t.Fatal("Cancel removes the desk")
	}
	uitest.Tap(t, remove(), "Remove")
	d.work.All(t)
	if !r.list.Desks()[3].Revoked || says(d.Page.Object, "Home laptop") || !says(d.Page.Object, "3 desks, 2 here now") {
		t.Errorf("it says\n%s", d.text())
	}
}

func TestWhatWasKnownStaysWhileTheOfficeIsOutOfReach(t *testing.T) {
	d, r := asManager(t)
	r.lost = office.ErrUnreachable
	d.later(t, r, renewEvery)
	for _, text := range []string{"4 desks", "The office is out of reach. This is how it was at 10:42 AM."} {
		if !says(d.Page.Object, text) {
			t.Errorf("%q is not shown in\n%s", text, d.text())
		}
	}
	if says(d.Page.Object, "Here now") {
		t.Errorf("nobody knows who is there:\n%s", d.text())
	}
	r.lost = nil
	d.later(t, r, renewEvery)
	if !says(d.Page.Object, "4 desks, 2 here now") {
		t.Errorf("it says\n%s", d.text())
	}
}

func TestTheCardsOfAManagerGoWithTheRole(t *testing.T) {
	d, r := asManager(t)
	r.lost = office.ErrNoManager
	d.later(t, r, renewEvery)
	if d.bell.again != 1 {
		t.Errorf("the receiver is asked %d times what this desk may do", d.bell.again)
	}
	s := managed()
	s.Office.Manager = false
	d.showStatus(s)
	if says(d.Page.Object, "Add a desk") || says(d.Page.Object, "Home laptop") || d.Counts() > 0 {
		t.Errorf("it says\n%s", d.text())
	}
	r.lost = nil
	d.showStatus(managed())
	d.work.All(t)
	if !says(d.Page.Object, "Home laptop") {
		t.Errorf("as a manager again it says\n%s", d.text())
	}
}

func TestAManagerAddsADesk(t *testing.T) {
	d, r := asManager(t)
	invite := partOf[*inviteCard](t, d)
	expect := func(what string, shown ...string) {
		t.Helper()
		for _, text := range shown {
			if !says(invite.object, text) {
				t.Errorf("%s: %q is not shown in\n%s", what, text, uitest.Texts(invite.object))
			}
		}
	}
	press := func(verb string) {
		t.Helper()
		uitest.Tap(t, invite.object, verb)
		d.work.All(t)
	}
	expect("at first", "A code lets one more computer")
	press("Make a code")
	code := invite.code.Text()
	if _, err := office.ParseCode(code); err != nil || !says(invite.object, code) {
		t.Fatalf("the code is %q: %v", code, err)
	}
	expect("a code", "Type it on the other computer, in Settings, Office.", "Good for 10 minutes, once.")
	press("Copy")
	if got := d.app.Clipboard().Content(); got != code {
		t.Errorf("Copy gives %q", got)
	}
	d.later(t, r, 61*time.Second)
	expect("a minute later", "Good for 9 minutes, once.")
	d.later(t, r, 8*time.Minute+19*time.Second)
	expect("near its end", "Good for 40 seconds, once.")
	if got := d.Counts(); got != time.Second {
		t.Errorf("the seconds are counted every %v", got)
	}
	press("Make another")
	if again := invite.code.Text(); again == code {
		t.Error("another code is the same")
	}
	r.uses(t, "New laptop")
	d.later(t, r, renewEvery)
	expect("a code that was used", "The code is used up. Make another.")
	if says(invite.object, invite.code.Text()) || !says(d.Page.Object, "5 desks, 3 here now") {
		t.Errorf("it says\n%s", d.text())
	}
	press("Make another")
	press("Stop")
	expect("a code that was stopped", "A code lets one more computer")
	press("Make a code")
	r.lost = office.ErrUnreachable
	d.later(t, r, 10*time.Minute)
	expect("a code that ran out", "The code is used up. Make another.")
	r.lost = nil
	if _, err := r.list.Invite(context.Background(), r.now); err != nil {
		t.Fatal(err)
	}
	d.later(t, r, renewEvery)
	expect("a code of somebody else", "A code that was made elsewhere is good for 10 minutes.", "Stop")
}

func TestAnAnswerThatComesLateDoesNotUndoALaterOne(t *testing.T) {
	now := uitest.Present
	var m managing
	m.take(2, office.Answer{At: now, Newest: 2}, nil, now)
	m.take(1, office.Answer{At: now, Newest: 1}, nil, now)
	if m.answer.Newest != 2 {
		t.Errorf("the answer is %+v", m.answer)
	}
}

// withCode is a page of a manager who has just made a code.
func withCode(t *testing.T) *desk {
	t.Helper()
	d, r := asManager(t)
	r.now = r.now.Add(-61 * time.Second)
	uitest.Tap(t, partOf[*inviteCard](t, d).object, "Make a code")
	d.work.All(t)
	r.now = uitest.Present
	d.tasks.managing.code = "7K3M9-QX2TD" // the real one differs from run to run
	d.refresh()
	d.work.All(t)
	return d
}

func TestManagerLooks(t *testing.T) {
	d := withCode(t)
	d.window.Resize(fyne.NewSize(972, 760))
	uitest.Looks(t, "office_manager", d.window)
	d.app.Settings().SetTheme(&kit.Theme{Appearance: kit.Dark, Still: true})
	d.window.Resize(fyne.NewSize(820, 900)) // one column
	uitest.Looks(t, "office_manager_narrow_dark", d.window)
}

func TestManagerLooksInSpanish(t *testing.T) {
	uitest.Speak(t, "es")
	d, r := asManager(t)
	if err := r.list.SetRole(t.Context(), "Leasing desk", true); err != nil {
		t.Fatal(err)
	}
	d.later(t, r, renewEvery)
	d.app.Settings().SetTheme(&kit.Theme{Appearance: kit.Light, Still: true, Scale: 1.3})
	d.window.Resize(fyne.NewSize(820, 1000))
	uitest.Looks(t, "office_manager_spanish", d.window)
}

func TestAManagerSaysForHowLongTheOfficeKeepsRecords(t *testing.T) {
	d, r := asManager(t)
	uitest.Add(t, d.db, uitest.Payment("old", uitest.Present.AddDate(-4, 0, 0), uitest.Tenancy{Lease: "1"}, 100_00, "check"))
	d.Open(DataTab)
	d.work.All(t)
	years := all[*kit.Choices](d.titled(t, "Keep records for").object, "")[0]
	asks := len(r.asks)
	tapChip(t, years, "2 years")
	d.work.All(t)
	top := d.window.Canvas().Overlays().Top()
	if top == nil || !strings.Contains(strings.Join(uitest.Texts(top), " "), "That goes for the computer that receives and for all desks.") || len(r.asks) > asks {
		t.Fatalf("the receiver is told before the user was asked: %+v", r.asks[asks:])
	}
	uitest.Tap(t, top, "Delete 1 event")
	d.work.All(t)
	if want := (office.Ask{Do: office.AskKeep, Years: 2}); len(r.asks) != asks+1 || r.asks[asks] != want || d.bell.Settings().KeepYears != 0 {
		t.Errorf("the receiver is asked %+v", r.asks[asks:])
	}
	d.status.Office.Facts.KeepYears = 2
	d.refresh()
	if !years.On(2) || !says(d.titled(t, "Keep records for").object, "The office keeps records for 2 years.") {
		t.Errorf("it says\n%s", d.text())
	}
	d.status.Office.Manager = false
	d.refresh()
	if years.Visible() {
		t.Error("a desk that does not manage chooses")
	}
}
