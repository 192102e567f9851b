//go:build linux || freebsd || netbsd || openbsd || dragonfly

package keychain

import (
	"errors"
	"fmt"
	"slices"

	"github.com/godbus/dbus/v5"
)

// The Secret Service, https://specifications.freedesktop.org/secret-service
const (
	secretsName  = "org.freedesktop.secrets"
	secretsPath  = "/org/freedesktop/secrets"
	secretsIface = "org.freedesktop.Secret.Service"
	loginPath    = "/org/freedesktop/secrets/collection/login"
)

var errNoCollection = errors.New("no keyring was set up")

// reachable returns the reason why there is no keychain, or nil. go-keyring
// cannot tell a missing keychain from one that refuses, and it would start a
// session bus where there is none.
func reachable() error {
	conn, err := dbus.SessionBusPrivateNoAutoStartup()
	if err != nil {
		return err
	}
	defer func() { _ = conn.Close() }() // it was only asked
	if err := conn.Auth(nil); err != nil {
		return fmt.Errorf("join session bus: %w", err)
	}
	if err := conn.Hello(); err != nil {
		return fmt.Errorf("join session bus: %w", err)
	}
	return hasCollection(conn.Object(secretsName, secretsPath))
}

// hasCollection looks for the keyring that go-keyring uses. A desktop that
// signs its user in by itself may have none until a program makes it.
func hasCollection(secrets dbus.BusObject) error {
	var normal dbus.ObjectPath
	if err := secrets.Call(secretsIface+".ReadAlias", 0, "default").Store(&normal); err != nil {
		return fmt.Errorf("find keyring: %w", err)
	}
	if normal != "/" {
		return nil
	}
	var all []dbus.ObjectPath
	if err := secrets.StoreProperty(secretsIface+".Collections", &all); err != nil {
		return fmt.Errorf("list keyrings: %w", err)
	}
	if !slices.Contains(all, loginPath) {
		return errNoCollection
	}
	return nil
}
