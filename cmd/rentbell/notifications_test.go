//go:build linux

package main_test

import (
	"sync/atomic"

	"github.com/godbus/dbus/v5"
)

// notification is what a person would have seen pop up.
type notification struct {
	App, Title, Body string
}

// notifications stands in for the desktop's notification service
// (specifications.freedesktop.org/notification-spec).
type notifications struct {
	shown chan notification // room for more than any test sends, so that the app never waits
	last  atomic.Uint32
}

func serveNotifications(conn *dbus.Conn) (*notifications, error) {
	n := &notifications{shown: make(chan notification, 1000)}
	return n, own(conn, "org.freedesktop.Notifications", "/org/freedesktop/Notifications", notificationMethods{n})
}

// notificationMethods are those that may be called over the bus.
type notificationMethods struct{ service *notifications }

// Notify has the parameters the specification gives it.
func (m notificationMethods) Notify(app string, replaces uint32, _ /* icon */, title, body string,
	_ /* actions */ []string, _ /* hints */ map[string]dbus.Variant, _ /* expires */ int32,
) (uint32, *dbus.Error) {
	m.service.shown <- notification{App: app, Title: title, Body: body}
	if replaces != 0 {
		return replaces, nil
	}
	return m.service.last.Add(1), nil
}

func (notificationMethods) CloseNotification(uint32) *dbus.Error { return nil }

// GetCapabilities does not name "body-markup": a body is shown as it comes.
func (notificationMethods) GetCapabilities() ([]string, *dbus.Error) {
	return []string{"body"}, nil
}

func (notificationMethods) GetServerInformation() (name, vendor, version, spec string, err *dbus.Error) {
	return "Stand-in", "Rentbell", "1", "1.2", nil
}
