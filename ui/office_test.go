package ui

import (
	"slices"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"rentbell/core"
	"rentbell/core/office"
	"rentbell/ui/kit"
	"rentbell/ui/uitest"
)

// following is the status of a desk whose office was heard a while ago.
func following(ago time.Duration, change func(*core.OfficeStatus)) core.Status {
	s := core.Status{Kind: core.KindOffice, Office: core.OfficeStatus{
		Name: "Leasing desk", Address: "192.168.1.20:4443", Receiver: "Front desk PC", Following: true, Heard: present.Add(-ago).UTC(),
	}}
	if change != nil {
		change(&s.Office)
	}
	return s
}

func behind(n uint64) func(*core.OfficeStatus) {
	return func(o *core.OfficeStatus) { o.Behind = n }
}

func gone(err error) func(*core.OfficeStatus) {
	return func(o *core.OfficeStatus) { o.Following, o.Problem = false, err }
}

// waiting is a desk that waits between two tries.
func waiting(o *core.OfficeStatus) {
	gone(office.ErrUnreachable)(o)
	o.Retry = present.Add(11500 * time.Millisecond)
}

func TestDescribeTheOffice(t *testing.T) {
	muted := following(0, nil)
	muted.MutedUntil = present.Add(time.Hour)
	full := following(0, nil)
	full.Storage = core.ErrStorage
	tests := []struct {
		name              string
		status            core.Status
		word, short, note string
		color             fyne.ThemeColorName
		tray              trayState
		line              string
	}{
		{"not joined", core.Status{Kind: core.KindOffice}, "Not set up", "", "Open Settings to begin", kit.ColorInput, trayOffline, "Not set up"},
		{"up to date", following(time.Minute, nil), "Up to date", "", "Last heard 1 min ago", kit.ColorLive, trayListening, "Office: up to date"},
		{"older", following(time.Minute, func(o *core.OfficeStatus) { o.ReadOnly = true }), "Only reads", "", "Update to change things", kit.ColorWarn, trayListening, "Office: up to date"},
		{"paused", muted, "Paused", "", "Until 11:42 AM", kit.ColorWarn, trayPaused, "Paused until 11:42 AM"},
		{"behind", following(time.Minute, behind(312)), "Catching up 312", "312 left", "Last heard 1 min ago", kit.ColorBarMuted, trayConnecting, "Last heard 10:41 AM, catching up 312"},
		{"loading", following(0, func(o *core.OfficeStatus) { o.Loading = true }), "Catching up", "", "Everything is fetched", kit.ColorBarMuted, trayConnecting, "Office: catching up"},
		{"silent", following(2*time.Minute, nil), "Heard 10:40 AM", "Not heard", "Tries again by itself", kit.ColorWarn, trayOffline, "Office: last heard 10:40 AM"},
		{"since yesterday", following(24*time.Hour, gone(office.ErrUnreachable)), "Not heard", "", "Last heard yesterday", kit.ColorWarn, trayOffline, "Office: last heard yesterday"},
		{"never", core.Status{Kind: core.KindOffice, Office: core.OfficeStatus{Name: "Leasing desk", Problem: office.ErrUnreachable}}, "Not heard", "", "Trying now", kit.ColorWarn, trayOffline, "Office: not heard"},
		{"out of reach", following(3*time.Minute, waiting), "Heard 10:39 AM", "Not heard", "Trying again in 12 s", kit.ColorWarn, trayOffline, "Office: last heard 10:39 AM"},
		{"starting", core.Status{Kind: core.KindOffice, Office: core.OfficeStatus{Name: "Leasing desk"}}, "Connecting", "", "Usually takes a few seconds", kit.ColorWarn, trayConnecting, "Office: connecting"},
		{"a moment away", following(10*time.Second, gone(office.ErrUnreachable)), "Connecting", "", "Usually takes a few seconds", kit.ColorWarn, trayConnecting, "Office: connecting"},
		{"removed", following(time.Hour, gone(office.ErrRevoked)), "Desk removed", "Removed", "Last heard 9:42 AM", kit.ColorErr, trayOffline, "This desk was removed"},
		{"a stranger", following(time.Hour, gone(office.ErrStranger)), "Not followed", "", "Open Settings to see why", kit.ColorErr, trayOffline, "Office: not followed"},
		{"a full disk", full, "Disk trouble", "", "Events are not kept", kit.ColorErr, trayOffline, "Disk trouble, events are not kept"},
	}
	for _, tt := range tests {
		w := describeConnection(tt.status, present)
		if w.word != tt.word || w.short != tt.short || w.note != tt.note || w.color != tt.color || !w.local {
			t.Errorf("%s: %q, in the rail %q, %q in %s; want %q, %q, %q in %s", tt.name, w.word, w.short, w.note, w.color, tt.word, tt.short, tt.note, tt.color)
		}
		if v := viewTray(tt.status, nil, present); v.state != tt.tray || v.line != tt.line {
			t.Errorf("%s: the tray says %q with icon %d; want %q, %d", tt.name, v.line, v.state, tt.line, tt.tray)
		}
	}
	if menu := labels(trayMenu(viewTray(following(0, nil), nil, present), trayActions{}, "linux")); slices.Contains(menu, "[Copy address]") {
		t.Errorf("the menu is %q", menu)
	}
}

func TestConnectionCardOfAnOfficeLooks(t *testing.T) {
	uitest.DrawsOnly(t)
	for name, look := range map[string]kit.Appearance{"light": kit.Light, "dark": kit.Dark} {
		appLooking(kit.Theme{Appearance: look, Still: true})
		all := kit.VStack(8)
		for _, s := range []core.Status{following(0, nil), following(time.Minute, behind(312)), following(2*time.Minute, waiting), following(time.Hour, gone(office.ErrRevoked))} {
			wide, rail := newConnectionCard(func() {}, func() {}), newConnectionCard(func() {}, func() {})
			wide.show(describeConnection(s, present))
			rail.show(describeConnection(s, present))
			rail.setRail(true)
			all.Add(kit.HStack(8, kit.Sized(183, 82, wide), kit.Sized(68, 48, rail)))
		}
		w := fyne.CurrentApp().NewWindow("card")
		w.SetPadded(false)
		w.SetContent(kit.Inset(8, 8, 8, 8, all))
		w.Resize(fyne.NewSize(280, 380))
		uitest.Looks(t, "office_card_"+name, w)
		w.Close()
	}
}
