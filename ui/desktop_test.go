package ui

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"rentbell/core"
	"rentbell/ui/kit"
	"rentbell/ui/uitest"
)

// screen is a Desktop that records its notifications.
type screen struct {
	tray  bool
	err   error // returned by Notify and ShowFile
	files []string
	shown []core.Notice
}

func (s *screen) Sounds() bool              { return true }
func (s *screen) Tray(context.Context) bool { return s.tray }
func (s *screen) ShowFile(_ context.Context, path string) error {
	if s.err == nil {
		s.files = append(s.files, path)
	}
	return s.err
}
func (s *screen) Notify(_ context.Context, n core.Notice) error {
	if s.err == nil {
		s.shown = append(s.shown, n)
	}
	return s.err
}

// press presses the newest notification.
func (s *screen) press(t *testing.T) {
	t.Helper()
	if len(s.shown) == 0 {
		t.Fatal("no notification is shown")
	}
	s.shown[len(s.shown)-1].Pressed()
}

// away returns a seat whose window is closed to the tray, and its screen.
func away(t *testing.T) (seat, *screen) {
	t.Helper()
	d := open(t, uitest.Office(t), kit.Light, windowSize)
	d.Hide()
	return d, d.desktop.(*screen)
}

func TestPressingANotificationOpensItsEvent(t *testing.T) {
	d, desk := away(t)
	e := d.arrive(t, uitest.Payment("new", uitest.Day(18, 10, 41), uitest.LeaseOf("Dana Whitfield"), 1450_00, "card"))
	d.notifier.Ring(core.Ring{Event: &e, Count: 1, Silent: true})
	if got := desk.shown[0]; got.Title != "Rent received: $1,450.00" || got.Press == "" || !got.Silent {
		t.Errorf("shown %+v", got)
	}
	desk.press(t)
	if d.hidden || d.shell.open != paymentsSection || !d.feeds.Page(paymentsSection).Pane.Open {
		t.Errorf("window hidden %v, page %d, pane open %v", d.hidden, d.shell.open, d.feeds.Page(paymentsSection).Pane.Open)
	}
	d.wantShown(t, "48213, to Oct 31, 2026")
}

func TestPressingADigestOpensThePageItIsAbout(t *testing.T) {
	d, desk := away(t)
	for _, tt := range []struct {
		ring core.Ring
		want section
	}{
		{core.Ring{Count: 2, Feeds: map[core.Feed]int{core.FeedPayments: 2}}, paymentsSection},
		{core.Ring{Count: 3, Feeds: map[core.Feed]int{core.FeedWorkOrders: 3}, Missed: true}, workOrdersSection},
		{core.Ring{Count: 2, Feeds: map[core.Feed]int{core.FeedLeases: 2}}, leasesSection},
		{core.Ring{Count: 2, Feeds: map[core.Feed]int{core.FeedTenants: 2}}, tenantsSection},
		{core.Ring{Count: 3, Feeds: map[core.Feed]int{core.FeedPayments: 2, core.FeedLeases: 1}}, activitySection},
		{core.Ring{Count: 2, Attention: 2, Feeds: map[core.Feed]int{core.FeedPayments: 2}}, activitySection},
	} {
		d.notifier.Ring(tt.ring)
		desk.press(t)
		if d.shell.open != tt.want || d.hidden {
			t.Errorf("%+v opens page %d, want %d", tt.ring, d.shell.open, tt.want)
		}
	}
	if !d.shows("Mark handled") {
		t.Error("what needs attention is not in front")
	}
	d.Open(overviewSection)
	d.notifier.Ring(core.Ring{Event: &core.Event{Detail: core.Payment{}}, Count: 1})
	desk.press(t)
	if d.shell.open != overviewSection {
		t.Error("pressing a sample opens a page")
	}
}

func TestWhereTheDesktopShowsNothingFyneDoes(t *testing.T) {
	d, desk := away(t)
	e := latestEvents()[0]
	desk.err = fmt.Errorf("%w: no bus", core.ErrNoNotifier)
	test.AssertNotificationSent(t, fyne.NewNotification("Rent received: $1,450.00", "Dana Whitfield, Alder Court 2A"), func() {
		d.notifier.Ring(core.Ring{Event: &e, Count: 1})
	})
	desk.err = context.DeadlineExceeded // the window may be visible
	test.AssertNotificationSent(t, nil, func() { d.notifier.Ring(core.Ring{Event: &e, Count: 1}) })
}

func TestWhatCameWhileTheUserWasAwayIsCounted(t *testing.T) {
	d, _ := openTray(t)
	d.Open(overviewSection)
	status := listening()
	news := func() string {
		i := slices.IndexFunc(uitest.Texts(d.window.Content()), func(text string) bool { return strings.HasSuffix(text, " new") })
		if i < 0 {
			return ""
		}
		return uitest.Texts(d.window.Content())[i]
	}
	come := func(unread int) {
		status.Unread = unread
		e := latestEvents()[0]
		d.changed(core.Change{Status: status, Fresh: []core.Event{e}}, nil)
		d.work.All(t)
	}
	come(1)
	if d.status.Unread != 0 || d.tray.shown.unread != 0 {
		t.Error("what comes before the user's eyes is counted")
	}
	for name, there := range map[string]struct{ leave, comeBack func() }{
		"hidden":    {d.Hide, d.Show},
		"elsewhere": {d.lostFocus, d.gotFocus},
	} {
		there.leave()
		come(3)
		if got := labels(d.tray.menu); got[3] != "3 new while you were away" {
			t.Errorf("%s: the menu is %q", name, got)
		}
		there.comeBack()
		d.work.All(t)
		if d.tray.shown.unread != 0 || news() != "3 new" {
			t.Errorf("%s: back, the tray counts %d and Latest says %q", name, d.tray.shown.unread, news())
		}
	}
}

func TestWithoutATrayTheWindowStaysAndLooksSo(t *testing.T) {
	d, quits := openTray(t)
	d.screen.tray = false
	d.closing()
	d.work.All(t)
	top := d.window.Canvas().Overlays().Top()
	if top == nil {
		t.Fatal("it does not ask")
	}
	looks(t, "closing_without_tray", d.UI)
	test.Tap(uitest.ButtonIn(t, top, "Keep the window"))
	if d.hidden || *quits > 0 || d.window.Canvas().Overlays().Top() != nil {
		t.Error("the window is gone")
	}
	d.closing()
	d.work.All(t)
	test.Tap(uitest.ButtonIn(t, d.window.Canvas().Overlays().Top(), "Quit Rentbell"))
	if *quits != 1 {
		t.Errorf("Quit Rentbell quits %d times", *quits)
	}
}

func TestStartedHiddenItShowsOnlyWhereThereIsNoTray(t *testing.T) {
	for _, tray := range []bool{true, false} {
		d, _ := openTray(t)
		d.screen.tray = tray
		d.hidden = true // as it is before the first Show
		var wait time.Duration
		d.after = func(after time.Duration, do func()) { wait = after; do() }
		d.StartHidden()
		d.work.All(t)
		if wait < 5*time.Second || d.hidden != tray {
			t.Errorf("with a tray %v: hidden %v after %v", tray, d.hidden, wait)
		}
	}
	d, _ := openTray(t)
	d.tray, d.hidden = nil, true
	d.StartHidden()
	if d.hidden {
		t.Error("without the means for a tray it stays hidden")
	}
}

func TestWhereNoFileManagerSelectsAFileItsFolderOpens(t *testing.T) {
	d, desk := away(t)
	var opened []string
	d.app = opener{d.app, &opened}
	d.showFile("/home/ana/exports/June.qbo")
	desk.err = errors.New("no file manager")
	d.showFile("/home/ana/exports/May.qbo")
	if want := []string{"/home/ana/exports/June.qbo"}; !slices.Equal(desk.files, want) || !slices.Equal(opened, []string{"file:///home/ana/exports"}) {
		t.Errorf("selected %q, opened %q", desk.files, opened)
	}
}

// opener is an app that records the pages it is to open.
type opener struct {
	fyne.App
	opened *[]string
}

func (o opener) OpenURL(page *url.URL) error {
	*o.opened = append(*o.opened, page.String())
	return nil
}
