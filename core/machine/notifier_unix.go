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

// notifications is the service that shows notifications,
// https://specifications.freedesktop.org/notification-spec
const notifications = "org.freedesktop.Notifications"

const busTimeout = 2 * time.Second // a session bus answers within a few milliseconds

var errNoService = errors.New("the session bus has no " + notifications)

// Notifier reports whether the session bus has a service that shows
// notifications. It returns core.ErrNoNotifier and the reason when there is
// none. It starts neither a bus nor a service.
func (m *Machine) Notifier(ctx context.Context) error { return notifier(ctx, busTimeout) }

func notifier(ctx context.Context, limit time.Duration) error {
	ctx, cancel := context.WithTimeout(ctx, limit)
	defer cancel() // this closes the connection too
	err := findService(ctx)
	switch {
	case err == nil:
		return nil
	case ctx.Err() != nil:
		err = fmt.Errorf("the session bus does not answer: %w", ctx.Err())
	}
	return fmt.Errorf("%w: %w", core.ErrNoNotifier, err)
}

// findService looks for the service, either running or one that the bus would
// start for the first notification.
func findService(ctx context.Context) error {
	conn, err := dbus.SessionBusPrivateNoAutoStartup(dbus.WithContext(ctx))
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
		return errNoService
	}
	return nil
}
