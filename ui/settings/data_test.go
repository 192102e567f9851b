package settings

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2/test"

	"rentbell/core"
	"rentbell/ui/kit"
	"rentbell/ui/uitest"
)

// openData opens the Data tab over a bell with two old payments and a new one.
func openData(t *testing.T) *desk {
	t.Helper()
	d := openDesk(t, nil)
	for id, at := range map[string]time.Time{"old": uitest.Day(5, 9, 0).AddDate(-3, 0, 0), "older": uitest.Day(5, 9, 0).AddDate(-4, 0, 0)} {
		uitest.Add(t, d.db, uitest.Payment(id, at, uitest.Tenancy{Lease: "1"}, 100_00, "check"))
	}
	uitest.Add(t, d.db, uitest.Payment("new", uitest.Present, uitest.Tenancy{Lease: "1"}, 100_00, "check"))
	d.showStatus(d.bell.Status())
	d.Open(DataTab)
	d.work.All(t)
	return d
}

func TestDataTabTellsWhatThereIs(t *testing.T) {
	d := openData(t)
	got := strings.Join(uitest.Texts(d.titled(t, "Your data").object), "|")
	for _, want := range []string{"Records|3 events.|", "|Received|Since June ", "B."} {
		if !strings.Contains(got, want) {
			t.Errorf("says %q, not %q", got, want)
		}
	}
}

func TestOldRecordsGoOnlyAfterTheUserHasSeenHowMany(t *testing.T) {
	d := openData(t)
	years := all[*kit.Choices](d.titled(t, "Keep records for").object, "")[0]
	tapChip(t, years, "2 years")
	d.work.All(t)
	top := d.window.Canvas().Overlays().Top()
	if top == nil || d.bell.Settings().KeepYears != 0 || !years.On(0) || years.On(2) {
		t.Fatal("it is saved, or shown as saved, before the user was asked")
	}
	test.Tap(uitest.ButtonIn(t, top, "Cancel"))
	if d.window.Canvas().Overlays().Top() != nil || d.bell.Settings().KeepYears != 0 {
		t.Error("Cancel is no way out")
	}
	tapChip(t, years, "2 years")
	d.work.All(t)
	test.Tap(uitest.ButtonIn(t, d.window.Canvas().Overlays().Top(), "Delete 2 events"))
	d.work.All(t)
	if d.bell.Settings().KeepYears != 2 || !years.On(2) {
		t.Error("the confirmed choice is not saved, or not shown")
	}
	tapChip(t, years, "10 years") // nothing is as old
	d.work.All(t)
	if d.window.Canvas().Overlays().Top() != nil || d.bell.Settings().KeepYears != 10 {
		t.Error("a choice that deletes nothing asks")
	}
}

func TestADeskSaysWhatTheOfficeKeeps(t *testing.T) {
	d := openData(t)
	years := all[*kit.Choices](d.titled(t, "Keep records for").object, "")[0]
	at := time.FixedZone("", -5*60*60)
	for _, tt := range []struct {
		facts      core.OfficeFacts
		keep, kept string
	}{
		{core.OfficeFacts{}, "At the moment the office deletes nothing.", "3 events."},
		{core.OfficeFacts{KeepYears: 1, Before: time.Date(2025, 1, 1, 0, 0, 0, 0, at), Quarantined: 1},
			"The office keeps records for 1 year. What was received before January 1, 2025 is deleted on all desks.", "1 delivery could not be read. It is kept on the receiver."},
		{core.OfficeFacts{KeepYears: 3, Before: time.Date(2023, 1, 1, 0, 0, 0, 0, at), Quarantined: 312},
			"The office keeps records for 3 years.", "312 deliveries could not be read. They are kept on the receiver."},
	} {
		s := d.bell.Status()
		s.Kind, s.Office.Facts = core.KindOffice, tt.facts
		d.showStatus(s)
		d.work.All(t)
		text := strings.Join(append(uitest.Texts(d.titled(t, "Keep records for").object), uitest.Texts(d.titled(t, "Your data").object)...), "|")
		if !strings.Contains(text, tt.keep) || !strings.Contains(text, tt.kept) || years.Visible() {
			t.Errorf("it says %q; the years can be chosen: %v", text, years.Visible())
		}
	}
}

// backUpAndExamine makes a backup in dir, adds an event, and has the backup checked.
func (d *desk) backUpAndExamine(t *testing.T, dir string) *backupCard {
	t.Helper()
	card := partOf[*backupCard](t, d)
	d.chosen = dir
	test.Tap(card.backUp)
	d.work.Next(t) // the folder is chosen
	if !card.work.Visible() || !card.backUp.Disabled() {
		t.Error("nothing shows that a backup is being made")
	}
	d.work.All(t)
	files, err := filepath.Glob(filepath.Join(dir, "Rentbell backup *.db"))
	if err != nil || len(files) != 1 || card.work.Visible() || !strings.HasPrefix(card.trouble.Text(), "Backed up as "+filepath.Base(files[0])) {
		t.Fatalf("files %v, %v; said %q", files, err, card.trouble.Text())
	}
	if !says(card.object, "The last backup was made at ") {
		t.Errorf("afterwards: %q", uitest.Texts(card.object))
	}
	uitest.Add(t, d.db, uitest.Payment("after", uitest.Present, uitest.Tenancy{Lease: "1"}, 100_00, "check"))
	d.chosen = files[0]
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
	if s := d.bell.Status().Summary; s.Events != 3 || !strings.Contains(card.trouble.Text(), "rentbell-before-restore-2026-06-18-") {
		t.Errorf("%d events; said %q", s.Events, card.trouble.Text())
	}
}

func TestFileThatIsNoBackupIsExplained(t *testing.T) {
	d := openData(t)
	d.chosen = filepath.Join(t.TempDir(), "x.db")
	if err := os.WriteFile(d.chosen, []byte("no"), 0o600); err != nil {
		t.Fatal(err)
	}
	card := partOf[*backupCard](t, d)
	test.Tap(card.restore)
	d.work.All(t)
	if got := card.trouble.Text(); !strings.HasPrefix(got, "This is no backup of Rentbell.") {
		t.Errorf("said %q", got)
	}
	card.end("", errors.Join(errors.New("x"), core.ErrStorage))
	if !card.trouble.Visible() {
		t.Error("trouble is not shown")
	}
}

func TestQuestionsSayWhatBecomesOfRecords(t *testing.T) {
	found := core.Holdings{Events: 1180, Oldest: uitest.Day(5, 9, 0).AddDate(-2, 0, 0), Newest: uitest.Day(10, 9, 0)}
	have := core.Data{Holdings: core.Holdings{Events: 1204, Newest: uitest.Day(18, 10, 40)}}
	keep := keepQuestion(core.Expired{Events: 1204, Payments: 800, Quarantined: 2, Concerns: 3}, "January 1, 2024", func() {})
	restore := restoreQuestion(found, have, uitest.Present)
	for _, tt := range []struct{ got, want string }{
		{keep.Title + "|" + keep.Verb, "Delete old records?|Delete 1,204 events"},
		{keep.Text, "1,204 events from before January 1, 2024 would go. Payments among them: 800. Deliveries that could not be read: 2. Still to be looked at: 3. " +
			"Open work orders, leases that run and tenants stay. What is deleted cannot be brought back, so back up first. Every New Year one more year goes."},
		{restore.Title + "|" + restore.Verb, "Go back to this backup?|Restore"},
		{restore.Text, "It is whole and holds 1,180 events, received from June 5, 2024 to June 10, 2026. Here are 1,204 events now, the last of June 18, 2026. " +
			"All that is here now, and all that still arrives until you restore, stays in a file of its own in your data folder. What AppFolio sent after the backup was made is only there, and AppFolio does not send it again. Settings and keys stay as they are."},
	} {
		if tt.got != tt.want {
			t.Errorf("got  %q\nwant %q", tt.got, tt.want)
		}
	}
}

func TestASecondBackupOfADayLeavesTheFirst(t *testing.T) {
	d, dir := openData(t), t.TempDir()
	d.chosen = dir
	for range 3 {
		test.Tap(partOf[*backupCard](t, d).backUp)
		d.work.All(t)
	}
	day := "Rentbell backup " + uitest.Present.Format("2006-01-02")
	for _, name := range []string{day + ".db", day + " (2).db", day + " (3).db"} {
		if _, err := os.Stat(filepath.Join(dir, name)); err != nil {
			t.Error(err)
		}
	}
}

func TestNamesAreWrittenToAFile(t *testing.T) {
	d := openDesk(t, nil)
	if err := d.bell.GiveNames(map[core.NameKey]string{{Kind: core.NameLease, ID: "48213"}: "=Dana"}); err != nil {
		t.Fatal(err)
	}
	card := d.titled(t, "Names")
	d.chosen = filepath.Join(t.TempDir(), "names.csv")
	d.refresh()
	uitest.Tap(t, card.object, "Export names")
	d.work.All(t)
	if got := card.trouble.Text(); got != "Saved as names.csv." || !card.trouble.Visible() {
		t.Errorf("says %q", got)
	}
	file, err := os.ReadFile(d.chosen)
	if err != nil || !strings.Contains(string(file), "\"lease\",\"48213\",\"'=Dana\"\n") {
		t.Errorf("the exported file is %q, %v", file, err)
	}
}
