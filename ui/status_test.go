package ui

import (
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
