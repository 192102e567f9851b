//go:build linux || freebsd || netbsd || openbsd || dragonfly

package machine

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/godbus/dbus/v5"

	"rentbell/core"
)

// notifications is the service of the desktop notifications specification,
// https://specifications.freedesktop.org/notification-spec
const notifications = "org.freedesktop.Notifications"

// notifierTime bounds the question: a session bus that hangs must not hang us.
const notifierTime = 2 * time.Second

var errNobodyShows = errors.New("nobody on the session bus shows notifications")

// Notifier implements core.Machine: it asks the session bus whether somebody
// shows notifications, or would be started for one. It shows none itself.
func (m *Machine) Notifier(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, notifierTime)
	defer cancel()
	if err := askForNotifier(ctx); err != nil {
		return fmt.Errorf("%w: %w", core.ErrNoNotifier, err)
	}
	return nil
}

func askForNotifier(ctx context.Context) error {
	conn, err := dbus.SessionBusPrivateNoAutoStartup(dbus.WithContext(ctx)) // closed when ctx ends, so joining is bounded too
	if err != nil {
		return fmt.Errorf("find session bus: %w", err)
	}
	defer func() { _ = conn.Close() }() // it was only asked
	if err := conn.Auth(nil); err != nil {
		return fmt.Errorf("join session bus: %w", err)
	}
	if err := conn.Hello(); err != nil {
		return fmt.Errorf("join session bus: %w", err)
	}
	var running bool
	if err := conn.BusObject().CallWithContext(ctx, "org.freedesktop.DBus.NameHasOwner", 0, notifications).Store(&running); err != nil {
		return fmt.Errorf("ask session bus: %w", err)
	}
	if running {
		return nil
	}
	var startable []string
	if err := conn.BusObject().CallWithContext(ctx, "org.freedesktop.DBus.ListActivatableNames", 0).Store(&startable); err != nil {
		return fmt.Errorf("ask session bus: %w", err)
	}
	if !slices.Contains(startable, notifications) {
		return errNobodyShows
	}
	return nil
}
