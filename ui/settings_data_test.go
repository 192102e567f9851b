package ui

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2/test"

	"rentbell/core"
	"rentbell/ui/frame"
	"rentbell/ui/kit"
	"rentbell/ui/uitest"
)

// openData opens the Data tab over a bell with two old payments and a new one.
func openData(t *testing.T) settingsDesk {
	t.Helper()
	d := openSettings(t, nil)
	for id, at := range map[string]time.Time{"old": uitest.Day(5, 9, 0).AddDate(-3, 0, 0), "older": uitest.Day(5, 9, 0).AddDate(-4, 0, 0)} {
		uitest.Add(t, d.db, uitest.Payment(id, at, uitest.Tenancy{Lease: "1"}, 100_00, "check"))
	}
	uitest.Add(t, d.db, uitest.Payment("new", june18, uitest.Tenancy{Lease: "1"}, 100_00, "check"))
	d.showStatus(d.bell.Status())
	d.settings.open(dataTab)
	d.work.All(t)
	return d
}

func TestDataTabTellsWhatThereIs(t *testing.T) {
	d := openData(t)
	card := partOf[*dataCard](t, d.UI)
	if got := card.records.Text(); got != "3 events." {
		t.Errorf("records: %q", got)
	}
	if got := card.span.Text(); !strings.HasPrefix(got, "Since June ") {
		t.Errorf("received: %q", got)
	}
	if got := card.room.Text(); !strings.Contains(got, "B.") {
		t.Errorf("room: %q", got)
	}
}

func TestOldRecordsGoOnlyAfterTheUserHasSeenHowMany(t *testing.T) {
	d := openData(t)
	card := partOf[*keepCard](t, d.UI)
	tapChip(t, card.years, "2 years")
	d.work.All(t)
	top := d.window.Canvas().Overlays().Top()
	if top == nil || d.bell.Settings().KeepYears != 0 || !card.years.On(0) || card.years.On(2) {
		t.Fatal("it is saved, or shown as saved, before the user was asked")
	}
	test.Tap(uitest.ButtonIn(t, top, "Cancel"))
	if d.window.Canvas().Overlays().Top() != nil || d.bell.Settings().KeepYears != 0 {
		t.Error("Cancel is no way out")
	}
	tapChip(t, card.years, "2 years")
	d.work.All(t)
	test.Tap(uitest.ButtonIn(t, d.window.Canvas().Overlays().Top(), "Delete 2 events"))
	d.work.All(t)
	if d.bell.Settings().KeepYears != 2 || !card.years.On(2) {
		t.Error("the confirmed choice is not saved, or not shown")
	}
	tapChip(t, card.years, "10 years") // nothing is as old
	d.work.All(t)
	if d.window.Canvas().Overlays().Top() != nil || d.bell.Settings().KeepYears != 10 {
		t.Error("a choice that deletes nothing asks")
	}
}

// backUpAndExamine makes a backup in dir, adds an event, and has the backup checked.
func (d settingsDesk) backUpAndExamine(t *testing.T, dir string) *backupCard {
	t.Helper()
	card := partOf[*backupCard](t, d.UI)
	card.do.data.backUp = func(started func(func()), progress func(int, int), done func(string, error)) {
		d.backUp(dir, started, progress, done)
	}
	test.Tap(card.backUp)
	if !card.work.Visible() || !card.backUp.Disabled() {
		t.Error("nothing shows that a backup is being made")
	}
	d.work.All(t)
	files, err := filepath.Glob(filepath.Join(dir, "Rentbell backup *.db"))
	if err != nil || len(files) != 1 || card.work.Visible() || !strings.HasPrefix(card.said.Text(), "Backed up as "+filepath.Base(files[0])) {
		t.Fatalf("files %v, %v; said %q", files, err, card.said.Text())
	}
	if got := card.last.Text(); !strings.HasPrefix(got, "The last backup was made at ") {
		t.Errorf("afterwards: %q", got)
	}
	uitest.Add(t, d.db, uitest.Payment("after", june18, uitest.Tenancy{Lease: "1"}, 100_00, "check"))
	card.do.data.examine = func(started func(func()), progress func(int, int), ready func(core.Candidate, error)) {
		d.UI.examine(files[0], started, progress, ready)
	}
	test.Tap(card.restore)
	d.work.All(t)
	return card
}

func TestRestoreAsksAndKeepsWhatWasThere(t *testing.T) {
	d := openData(t)
	card := d.backUpAndExamine(t, t.TempDir())
	test.Tap(uitest.ButtonIn(t, d.window.Canvas().Overlays().Top(), "Cancel"))
	if s := d.bell.Status().Summary; s.Events != 4 {
		t.Errorf("after Cancel: %d events", s.Events)
	}
	test.Tap(card.restore) // the copy that was checked is gone, or this would wait for ever
	d.work.All(t)
	test.Tap(uitest.ButtonIn(t, d.window.Canvas().Overlays().Top(), "Restore"))
	d.work.All(t)
	if s := d.bell.Status().Summary; s.Events != 3 || !strings.Contains(card.said.Text(), "rentbell-before-restore-2026-06-18-") {
		t.Errorf("%d events; said %q", s.Events, card.said.Text())
	}
}

func TestFileThatIsNoBackupIsExplained(t *testing.T) {
	d := openData(t)
	path := filepath.Join(t.TempDir(), "x.db")
	if err := os.WriteFile(path, []byte("no"), 0o600); err != nil {
		t.Fatal(err)
	}
	card := partOf[*backupCard](t, d.UI)
	card.do.data.examine = func(started func(func()), progress func(int, int), ready func(core.Candidate, error)) {
		d.UI.examine(path, started, progress, ready)
	}
	test.Tap(card.restore)
	d.work.All(t)
	if got := card.said.Text(); !strings.HasPrefix(got, "This is no backup of Rentbell.") {
		t.Errorf("said %q", got)
	}
	card.end("", errors.Join(errors.New("x"), core.ErrStorage))
	if !card.said.Visible() {
		t.Error("trouble is not shown")
	}
}

func TestDataDialogsLook(t *testing.T) {
	uitest.DrawsOnly(t)
	found := core.Holdings{Events: 1180, Oldest: uitest.Day(5, 9, 0).AddDate(-2, 0, 0), Newest: uitest.Day(10, 9, 0)}
	have := core.Data{Holdings: core.Holdings{Events: 1204, Newest: uitest.Day(18, 10, 40)}}
	for name, q := range map[string]frame.Question{
		"data_keep":    keepQuestion(core.Expired{Events: 1204, Payments: 800, Quarantined: 2, Concerns: 3}, "January 1, 2024", func() {}),
		"data_restore": restoreQuestion(found, have, present),
	} {
		t.Run(name, func(t *testing.T) {
			d := open(t, uitest.Office(t), kit.Light, windowSize)
			d.settings.data.do.look = func(done func(core.Data, error)) { done(newSettingsBench().data, nil) }
			d.Open(settingsSection)
			d.settings.open(dataTab)
			frame.Ask(d.window.Canvas(), q)
			uitest.Looks(t, name, d.window)
		})
	}
}
