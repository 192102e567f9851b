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

// reachable reports why there is no keychain to ask. It looks for itself because
// go-keyring cannot tell that from a refusal, and would start a session bus of
// its own where there is none.
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

// hasCollection looks for the keyring that go-keyring uses. A desktop that logs
// in by itself may have none, until some program has made it.
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
