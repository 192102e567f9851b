package ui

import (
	"io/fs"
	"slices"
	"testing"
	"time"

	"rentbell/core"
	"rentbell/ui/kit"
	"rentbell/ui/uitest"
)

func TestDescribeConnection(t *testing.T) {
	const address = "https://oakline.ngrok.app"
	at := present.Add(-11 * time.Minute)
	tests := []struct {
		name       string
		status     core.Status
		word, note string
	}{
		{"new", core.Status{}, "Not set up", "Open Settings to begin"},
		{"on the way", core.Status{Connection: core.Connecting}, "Connecting", "Usually takes a few seconds"},
		{"quiet", core.Status{Connection: core.Listening}, "Listening", "No event yet"},
		{"busy", core.Status{Connection: core.Listening, Summary: core.Summary{LastEvent: present.Add(-2 * time.Minute).UTC()}}, "Listening", "Last event 2 min ago"},
		{"paused", core.Status{Connection: core.Listening, MutedUntil: present.Add(time.Hour)}, "Paused", "Until 11:42 AM"},
		{"rings again", core.Status{Connection: core.Listening, MutedUntil: present.Add(-time.Hour)}, "Listening", "No event yet"},
		{"sample", core.Status{Connection: core.Listening, Sample: true}, "Sample data", "No event yet"},
		{"a full disk", core.Status{Connection: core.Listening, Storage: core.ErrStorage, MutedUntil: present.Add(time.Hour), Sample: true}, "Disk trouble", "Deliveries are not kept"},
		{"a full disk, and down", core.Status{Connection: core.Unreachable, Storage: core.ErrStorage}, "Disk trouble", "Deliveries are not kept"},
		{"down", core.Status{Connection: core.Unreachable, Since: at.UTC()}, "Not reachable", "Since 10:31 AM"},
		{"down since yesterday", core.Status{Connection: core.Unreachable, Since: at.AddDate(0, 0, -1)}, "Not reachable", "Since yesterday"},
		{"down for days", core.Status{Connection: core.ConnectionRefused, Since: at.AddDate(0, 0, -2), MutedUntil: present.Add(time.Hour)}, "Not reachable", "Since Tuesday"},
	}
	for _, tt := range tests {
		tt.status.Address = address
		w := describeConnection(tt.status, present)
		if w.word != tt.word || w.note != tt.note || w.address != "oakline.ngrok.app" {
			t.Errorf("%s: %q, %q at %q; want %q, %q", tt.name, w.word, w.note, w.address, tt.word, tt.note)
		}
	}
}

// watching is the status of a folder into which reports came a while ago.
func watching(ago time.Duration) core.Status {
	arrived := core.ReportArrival{At: present.Add(-ago).UTC(), File: "income_register.csv", Rows: 412}
	return core.Status{Kind: core.KindReports, Reports: core.ReportsStatus{
		Dir: "/home/morgan/Documents/AppFolio reports",
		Newest: map[core.TableKind]core.ReportArrival{
			core.TableIncome: arrived, core.TableRentRoll: {At: arrived.At.AddDate(0, 0, -9), File: "rent_roll.csv", Rows: 43},
		},
	}}
}

func TestDescribeTheFolderOfReports(t *testing.T) {
	with := func(s core.Status, change func(*core.Status)) core.Status { change(&s); return s }
	new := with(watching(0), func(s *core.Status) { s.Reports.Newest = nil })
	tests := []struct {
		name       string
		status     core.Status
		word, note string
		tray       trayState
		line       string
	}{
		{"no folder", core.Status{Kind: core.KindReports, Connection: core.ConnectionOff}, "Not set up", "Open Settings to begin", trayOffline, "Not set up"},
		{"keys are locked", with(new, func(s *core.Status) { s.Vault = core.ErrLocked }), "Watching", "No report yet", trayListening, "Watching, AppFolio reports"},
		{"minutes ago", watching(3 * time.Minute), "Watching", "Last report 3 min ago", trayListening, "Watching, AppFolio reports"},
		{"today", watching(2 * time.Hour), "Watching", "Last report at 8:42 AM", trayListening, "Watching, AppFolio reports"},
		{"for two days", watching(71 * time.Hour), "Watching", "Last report on Monday", trayListening, "Watching, AppFolio reports"},
		{"for three days", watching(72 * time.Hour), "No report for 3 days", "Last report on Monday", trayListening, "No report for 3 days"},
		{"paused", with(watching(0), func(s *core.Status) { s.MutedUntil = present.Add(time.Hour) }), "Paused", "Until 11:42 AM", trayPaused, "Paused until 11:42 AM"},
		{"gone", with(watching(0), func(s *core.Status) { s.Reports.Problem = fs.ErrNotExist }), "The folder is gone", "Open Settings to see why", trayOffline, "The folder is gone"},
		{"closed", with(watching(0), func(s *core.Status) { s.Reports.Problem = fs.ErrPermission }), "Folder trouble", "Open Settings to see why", trayOffline, "Folder trouble"},
		{"a full disk", with(watching(0), func(s *core.Status) { s.Storage = core.ErrStorage }), "Disk trouble", "Reports are not kept", trayOffline, "Disk trouble, reports are not kept"},
		{"sample", with(watching(time.Minute), func(s *core.Status) { s.Sample = true }), "Sample data", "Last report 1 min ago", trayListening, "Sample data"},
	}
	for _, tt := range tests {
		w := describeConnection(tt.status, present)
		if w.word != tt.word || w.note != tt.note || !w.local {
			t.Errorf("%s: %q, %q; want %q, %q", tt.name, w.word, w.note, tt.word, tt.note)
		}
		if v := viewTray(tt.status, nil, present); v.state != tt.tray || v.line != tt.line {
			t.Errorf("%s: the tray says %q with icon %d; want %q, %d", tt.name, v.line, v.state, tt.line, tt.tray)
		}
	}
	menu := labels(trayMenu(viewTray(watching(3*time.Minute), nil, present), trayActions{}, "linux"))
	if want := []string{"[Watching, AppFolio reports]", "[Last report 3 min ago]"}; !slices.Equal(menu[:2], want) || slices.Contains(menu, "[Copy address]") {
		t.Errorf("the menu is %q", menu)
	}
}

func TestReportsAskForNoKeys(t *testing.T) {
	d := open(t, uitest.Office(t), kit.Light, windowSize)
	locked := watching(0)
	locked.Vault = core.ErrLocked
	d.showStatus(locked)
	d.askOnce()
	if d.window.Canvas().Overlays().Top() != nil {
		t.Error("a passphrase is asked for")
	}
	d.Hide()
	d.remindLocked()
	if d.UI.asked {
		t.Error("a notification says that keys are locked")
	}
}

func TestTheCardOfAFolderLooks(t *testing.T) {
	d := open(t, uitest.Office(t), kit.Light, windowSize)
	d.showStatus(watching(3 * time.Minute))
	uitest.LooksAt(t, "card_folder", d.window, d.card.Press)
	gone := watching(0)
	gone.Reports.Problem = fs.ErrNotExist
	d.showStatus(gone)
	uitest.LooksAt(t, "card_folder_gone", d.window, d.card.Press)
}

func TestLastEvent(t *testing.T) {
	tests := map[time.Duration]string{
		0: "Last event just now", 3 * time.Minute: "Last event 3 min ago", 2 * time.Hour: "Last event at 8:42 AM",
		24 * time.Hour: "Last event yesterday", 3 * 24 * time.Hour: "Last event on Monday", 20 * 24 * time.Hour: "Last event on May 29",
	}
	for since, want := range tests {
		if got := lastEvent(present.Add(-since).UTC(), present); got != want {
			t.Errorf("after %v: %q, want %q", since, got, want)
		}
	}
}

func TestCountDownGoesOnWhileItCanBeSeen(t *testing.T) {
	d := open(t, uitest.Office(t), kit.Light, windowSize)
	var calls []func()
	d.after = func(_ time.Duration, do func()) { calls = append(calls, do) }
	s := d.status
	s.Connection, s.RetryAt = core.Unreachable, present.Add(12*time.Second)
	d.showStatus(s)
	d.showStatus(s)
	if len(calls) != 1 {
		t.Fatalf("%d count-downs at a time, want one", len(calls))
	}
	calls[0]()
	if len(calls) != 2 {
		t.Error("it stops after a second")
	}
	d.hidden = true
	calls[1]()
	if len(calls) != 2 {
		t.Error("it counts down behind a hidden window")
	}
	d.hidden, s.Connection = false, core.Listening
	d.showStatus(s)
	if len(calls) != 2 {
		t.Error("it counts down to nothing")
	}
	s.Kind, s.Office = core.KindOffice, following(time.Hour, waiting).Office
	d.showStatus(s)
	if len(calls) != 3 {
		t.Error("a desk does not count down to its next try")
	}
}

func TestTheWorstStateWinsEverywhere(t *testing.T) {
	d := open(t, uitest.OpenStore(t, t.TempDir()), kit.Light, windowSize)
	d.wantShown(t, "All is well.")
	for name, tt := range map[string]struct {
		change               func(*core.Status)
		card, overview, tray string
		icon                 trayState
	}{
		"a full disk": {func(s *core.Status) { s.Storage = core.ErrStorage }, "Disk trouble", "Rentbell cannot keep what arrives.", "Disk trouble, deliveries are not kept", trayOffline},
		"a full disk while the bell is paused": {func(s *core.Status) { s.Storage, s.MutedUntil = core.ErrStorage, present.Add(time.Hour) },
			"Disk trouble", "Rentbell cannot keep what arrives.", "Disk trouble, deliveries are not kept", trayOffline},
		"a full disk while connecting": {func(s *core.Status) { s.Storage, s.Connection = core.ErrStorage, core.Connecting },
			"Disk trouble", "Rentbell cannot keep what arrives.", "Disk trouble, deliveries are not kept", trayOffline},
		"locked":     {func(s *core.Status) { s.Connection, s.Vault = core.ConnectionOff, core.ErrLocked }, "Locked", "Your keys are locked.", "Locked", trayOffline},
		"not set up": {func(s *core.Status) { s.Connection = core.ConnectionOff }, "Not set up", "Nothing can arrive yet: Rentbell is not set up.", "Not set up", trayOffline},
		"closed":     {func(s *core.Status) { s.Connection = core.ConnectionClosed }, "Closed by you", "Nothing can arrive: you have closed the address.", "Closed by you", trayOffline},
	} {
		s := allWell(t, d.bell)
		tt.change(&s)
		d.changed(core.Change{Status: s}, nil)
		d.wantShown(t, tt.card, tt.overview)
		d.wantGone(t, "All is well.", "Listening")
		if line, icon := trayLine(s, present), trayStateOf(s, present); line != tt.tray || icon != tt.icon {
			t.Errorf("%s: the tray says %q with icon %d", name, line, icon)
		}
	}
}

func TestTheSampleWindowSaysSoInItsTitle(t *testing.T) {
	if got := windowTitle(true); got != "Rentbell: sample data" || windowTitle(false) != "Rentbell" {
		t.Errorf("titles %q and %q", got, windowTitle(false))
	}
}
