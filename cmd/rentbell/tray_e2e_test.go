//go:build linux

package main_test

import (
	"errors"
	"net/http"
	"strings"
	"syscall"
	"testing"
)

// choose clicks a line of the tray menu once it is there: the path leads to it
// through submenus.
func choose(t *testing.T, item trayItem, path ...string) {
	t.Helper()
	var entry menuEntry
	eventually(t, "the tray menu has "+strings.Join(path, " > "), func() error {
		menu, err := item.menu()
		for _, label := range path {
			if err != nil {
				return err
			}
			entry, err = find(menu, label)
			menu = entry.Submenu
		}
		return err
	})
	if err := item.click(entry); err != nil {
		t.Fatal(err)
	}
}

// shown waits until the window is on the screen.
func (d *desktop) shown(t *testing.T, picture string) {
	t.Helper()
	eventually(t, "the window is drawn", func() error {
		img, data := d.capture(t)
		keep(t, picture, data)
		return showsWindow(img)
	})
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

	choose(t, item, "Copy address")
	eventually(t, "the address is copied", func() error {
		if got := d.clipboard(t); got != a.address {
			return errors.New("the clipboard has " + got)
		}
		return nil
	})

	choose(t, item, "Pause the bell", "For an hour")
	eventually(t, "the bell is paused", func() error { return menuHas(item, "Resume the bell") })
	deliver("evt_paused")
	eventually(t, "what came is counted", func() error { return menuHas(item, "1 new while you were away") })
	choose(t, item, "Resume the bell")
	eventually(t, "the bell is resumed", func() error { return menuHas(item, "Pause the bell") })
	deliver("evt_rings")
	first := take(t, "notification", d.notifications.shown)
	if first.Title != "Rent received: $1,450.00" { // with the paused one it would be two payments
		t.Errorf("notification %+v", first)
	}

	choose(t, item, "Open Rentbell")
	d.shown(t, "tray-open.png")
	eventually(t, "nothing is unread", func() error {
		if err := menuHas(item, "2 new while you were away"); err == nil {
			return errors.New("the menu still counts")
		}
		return nil
	})
	choose(t, item, "Quit Rentbell")
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
