package ui

import (
	"context"
	"testing"

	"fyne.io/fyne/v2/test"

	"rentbell/core"
	"rentbell/ui/uitest"
)

// openTray returns a UI with a tray, and a count of how often it quit.
func openTray(t *testing.T) (d settingsDesk, quits *int) {
	t.Helper()
	d = openSettings(t, nil)
	quits = new(int)
	d.quit = func() { *quits++ }
	d.tray = &tray{desk: &desk{}, system: "linux"}
	d.tray.start(d.window, viewTray(d.status, nil, june18))
	return d, quits
}

func TestClosingLooksLikeAQuestionOnceAndThenHides(t *testing.T) {
	d, quits := openTray(t)
	d.closing()
	d.work.All(t)
	top := d.window.Canvas().Overlays().Top()
	if top == nil || d.hidden || *quits > 0 {
		t.Fatal("the first close does not ask")
	}
	looks(t, "closing", d.UI)
	d.closing()
	d.work.All(t)
	if len(d.window.Canvas().Overlays().List()) != 1 {
		t.Error("asked twice at a time")
	}
	test.Tap(uitest.ButtonIn(t, top, "Keep listening"))
	if !d.hidden || d.window.Canvas().Overlays().Top() != nil {
		t.Error("the window stays")
	}
	d.Show()
	d.closing()
	d.work.All(t)
	if !d.hidden || *quits > 0 {
		t.Error("the second close does not just hide the window")
	}
}

func TestClosingQuitsWhereNothingStays(t *testing.T) {
	d, quits := openTray(t)
	d.closing()
	d.work.All(t)
	test.Tap(uitest.ButtonIn(t, d.window.Canvas().Overlays().Top(), "Quit Rentbell"))
	if *quits != 1 {
		t.Errorf("Quit Rentbell quits %d times", *quits)
	}
	d.saver.Change(func(s *core.Settings) { s.CloseToTray = false }, nil)
	d.work.All(t)
	d.closing()
	if *quits != 2 {
		t.Error("without the setting, closing does not quit")
	}
	d, quits = openTray(t)
	d.tray = nil
	d.closing()
	if *quits != 1 {
		t.Error("without a tray, closing does not quit")
	}
}

func TestNewsReachTrayAndBell(t *testing.T) {
	d, _ := openTray(t)
	var sent []core.Notice
	d.notifier.Send = func(_ context.Context, n core.Notice) { sent = append(sent, n) }
	e := latestEvents()[0]
	d.changed(core.Change{Status: listening(), Fresh: []core.Event{e}}, []core.Ring{{Event: &e, Count: 1}})
	d.work.All(t)
	if len(sent) != 1 || sent[0].Body != "Dana Whitfield, Alder Court 2A" {
		t.Errorf("sent %+v", sent)
	}
	if got := d.tray.shown.latest[0]; got.seq != 9 || got.text != "$1,450.00 from Dana Whitfield" || d.tray.shown.state != trayListening {
		t.Errorf("the tray shows %+v", d.tray.shown)
	}
	for seq := range uint64(5) {
		d.refreshTray([]core.Event{{Seq: 10 + seq, Detail: e.Detail}})
	}
	if len(d.latest) != trayLatest || d.latest[0].Seq != 14 {
		t.Errorf("keeps %d events, the newest %d", len(d.latest), d.latest[0].Seq)
	}
}

func TestPauseKeyPausesAndResumes(t *testing.T) {
	d := openSettings(t, nil)
	for _, want := range []bool{true, false} {
		d.togglePause()
		d.work.All(t)
		if got := d.status.Muted(june18); got != want {
			t.Errorf("paused: %v, want %v", got, want)
		}
	}
}
