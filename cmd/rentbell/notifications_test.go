//go:build linux

package main_test

import (
	"fmt"
	"slices"
	"sync/atomic"

	"github.com/godbus/dbus/v5"
)

// notification is what a person would have seen pop up.
type notification struct {
	App, Title, Body string

	id      uint32
	actions []string
}

// notifications stands in for the desktop's notification service
// (specifications.freedesktop.org/notification-spec).
type notifications struct {
	conn  *dbus.Conn
	shown chan notification // room for more than any test sends, so that the app never waits
	last  atomic.Uint32
}

func serveNotifications(conn *dbus.Conn) (*notifications, error) {
	n := &notifications{conn: conn, shown: make(chan notification, 1000)}
	return n, own(conn, "org.freedesktop.Notifications", "/org/freedesktop/Notifications", notificationMethods{n})
}

// notificationMethods are those that may be called over the bus.
type notificationMethods struct{ service *notifications }

// Notify has the parameters the specification gives it.
func (m notificationMethods) Notify(app string, replaces uint32, _ /* icon */, title, body string,
	actions []string, _ /* hints */ map[string]dbus.Variant, _ /* expires */ int32,
) (uint32, *dbus.Error) {
	id := replaces
	if id == 0 {
		id = m.service.last.Add(1)
	}
	m.service.shown <- notification{App: app, Title: title, Body: body, id: id, actions: actions}
	return id, nil
}

// press presses a notification, as a person does to see what it tells of.
func (n *notifications) press(shown notification) error {
	if !slices.Contains(shown.actions, "default") {
		return fmt.Errorf("notification %q cannot be pressed", shown.Title)
	}
	if err := n.conn.Emit("/org/freedesktop/Notifications", "org.freedesktop.Notifications.ActionInvoked", shown.id, "default"); err != nil {
		return fmt.Errorf("press notification %q: %w", shown.Title, err)
	}
	return nil
}

func (notificationMethods) CloseNotification(uint32) *dbus.Error { return nil }

// GetCapabilities does not name "body-markup": a body is shown as it comes.
func (notificationMethods) GetCapabilities() ([]string, *dbus.Error) {
	return []string{"body"}, nil
}

func (notificationMethods) GetServerInformation() (name, vendor, version, spec string, err *dbus.Error) {
	return "Stand-in", "Rentbell", "1", "1.2", nil
}
