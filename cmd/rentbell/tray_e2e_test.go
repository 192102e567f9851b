//go:build linux

package main_test

import (
	"errors"
	"net/http"
	"strings"
	"syscall"
	"testing"
	"time"
)

// choose clicks a line of the tray menu until it has done what it is for; the
// path leads to it through submenus. A menu that is made anew between our look
// and our click does not know the line any more, as when a person is too slow;
// clicking again does no harm.
func choose(t *testing.T, item trayItem, path []string, done func() error) {
	t.Helper()
	const rest = time.Second // a click has had its chance by then
	var clicked time.Time
	eventually(t, strings.Join(path, " > "), func() error {
		err := done()
		if err == nil || time.Since(clicked) < rest {
			return err
		}
		entry, missing := lineAt(item, path)
		if missing != nil {
			return missing
		}
		clicked = time.Now()
		return errors.Join(err, item.click(entry))
	})
}

// lineAt finds a line of the menu as it is now.
func lineAt(item trayItem, path []string) (entry menuEntry, err error) {
	menu, err := item.menu()
	for _, label := range path {
		if err != nil {
			return menuEntry{}, err
		}
		entry, err = find(menu, label)
		menu = entry.Submenu
	}
	return entry, err
}

// shown waits until the window is on the screen.
func (d *desktop) shown(t *testing.T, picture string) {
	t.Helper()
	defer func() { keep(t, picture, d.capture(t)) }() // also when it never was
	eventually(t, "the window is drawn", func() error { return showsWindow(d.capture(t)) })
}

// trayMenuActs does with the tray alone what a person with a closed window can.
func trayMenuActs(t *testing.T, program string) {
	t.Parallel()
	d := startDesktop(t)
	a := start(t, d, program, "--data", t.TempDir(), "--hidden")
	item := take(t, "tray item", d.tray.items)
	a.awaitListening(t)
	deliver := func(id string) {
		t.Helper()
		answers(t, a, webhookSecret, strings.Replace(rent, "evt_1", id, 1), http.StatusOK, `{"received":true}`)
	}

	choose(t, item, []string{"Copy address"}, func() error {
		got, err := d.clipboard(t)
		if err == nil && got != a.address {
			err = errors.New("the clipboard has " + got)
		}
		return err
	})
	choose(t, item, []string{"Pause the bell", "For an hour"}, func() error { return menuHas(item, "Resume the bell") })
	deliver("evt_paused")
	eventually(t, "what came is counted", func() error { return menuHas(item, "1 new while you were away") })
	choose(t, item, []string{"Resume the bell"}, func() error { return menuHas(item, "Pause the bell") })
	deliver("evt_rings")
	first := take(t, "notification", d.notifications.shown)
	if first.Title != "Rent received: $1,450.00" { // with the paused one it would be two payments
		t.Errorf("notification %+v", first)
	}

	choose(t, item, []string{"Open Rentbell"}, func() error { return showsWindow(d.capture(t)) })
	keep(t, "tray-open.png", d.capture(t))
	eventually(t, "nothing is unread", func() error {
		if err := menuHas(item, "2 new while you were away"); err == nil {
			return errors.New("the menu still counts")
		}
		return nil
	})
	quit(t, item, a)
}

// quit ends the app from the tray.
func quit(t *testing.T, item trayItem, a *app) {
	t.Helper()
	choose(t, item, []string{"Quit Rentbell"}, func() error {
		if len(a.status) == 0 {
			return errors.New("the app runs")
		}
		return nil
	})
	a.exits(t, 0)
}

func menuHas(item trayItem, label string) error {
	menu, err := item.menu()
	if err != nil {
		return err
	}
	_, err = find(menu, label)
	return err
}

// withoutTrayNothingIsHidden starts the app as at sign-in, on a desktop where
// nobody would see it.
func withoutTrayNothingIsHidden(t *testing.T, program string) {
	t.Parallel()
	d := startBareDesktop(t)
	a := start(t, d, program, "--data", t.TempDir(), "--hidden")
	a.awaitListening(t)
	d.shown(t, "no-tray.png")
	a.signal(t, syscall.SIGTERM)
	a.exits(t, 0)
}

// pressedNotificationOpensWindow presses one while the window is closed.
func pressedNotificationOpensWindow(t *testing.T, program string) {
	t.Parallel()
	d := startDesktop(t)
	a := start(t, d, program, "--data", t.TempDir(), "--hidden")
	take(t, "tray item", d.tray.items)
	a.awaitListening(t)
	answers(t, a, webhookSecret, rent, http.StatusOK, `{"received":true}`)
	if err := d.notifications.press(take(t, "notification", d.notifications.shown)); err != nil {
		t.Fatal(err)
	}
	d.shown(t, "notification-pressed.png")
	a.signal(t, syscall.SIGTERM)
	a.exits(t, 0)
}
