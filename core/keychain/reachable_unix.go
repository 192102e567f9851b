//go:build linux || freebsd || netbsd || openbsd || dragonfly

package keychain

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/godbus/dbus/v5"

	"rentbell/core"
)

// The Secret Service, https://specifications.freedesktop.org/secret-service
const (
	secretsName  = "org.freedesktop.secrets"
	secretsPath  = "/org/freedesktop/secrets"
	secretsIface = "org.freedesktop.Secret.Service"
	loginPath    = "/org/freedesktop/secrets/collection/login"

	collectionIface = "org.freedesktop.Secret.Collection"
	promptIface     = "org.freedesktop.Secret.Prompt"
	busIface        = "org.freedesktop.DBus"
)

var (
	errNoCollection = errors.New("no keyring was set up")
	errGone         = errors.New("the keyring's service has gone")
)

// reachable returns the reason why secrets cannot be reached, or nil. It unlocks
// the keyring; where ask is false it asks nobody for that. The error is
// core.ErrKeychainLocked when it stays locked. go-keyring cannot tell a missing
// keychain from a locked one, waits without a limit, and would start a session
// bus where there is none.
func reachable(ctx context.Context, ask bool) error {
	conn, err := dbus.SessionBusPrivateNoAutoStartup()
	if err != nil {
		return err
	}
	defer context.AfterFunc(ctx, func() { _ = conn.Close() })() // joining the bus takes no context
	defer func() { _ = conn.Close() }()                         // it was only asked
	if err := conn.Auth(nil); err != nil {
		return fmt.Errorf("join session bus: %w", err)
	}
	if err := conn.Hello(); err != nil {
		return fmt.Errorf("join session bus: %w", err)
	}
	keyring, err := findKeyring(ctx, conn.Object(secretsName, secretsPath))
	if err != nil {
		return err
	}
	return unlock(ctx, conn, keyring, ask)
}

// findKeyring finds the keyring that go-keyring uses. A desktop that signs its
// user in by itself may have none until a program makes it.
func findKeyring(ctx context.Context, secrets dbus.BusObject) (dbus.ObjectPath, error) {
	var all []dbus.ObjectPath
	if err := property(ctx, secrets, secretsIface, "Collections").Store(&all); err != nil {
		return "", fmt.Errorf("list keyrings: %w", err)
	}
	if slices.Contains(all, loginPath) {
		return loginPath, nil
	}
	var normal dbus.ObjectPath
	if err := secrets.CallWithContext(ctx, secretsIface+".ReadAlias", 0, "default").Store(&normal); err != nil {
		return "", fmt.Errorf("find keyring: %w", err)
	}
	if normal == "/" {
		return "", errNoCollection
	}
	return normal, nil
}

func property(ctx context.Context, of dbus.BusObject, iface, name string) *dbus.Call {
	return of.CallWithContext(ctx, "org.freedesktop.DBus.Properties.Get", 0, iface, name)
}

// unlock opens a keyring. The service asks the user through a prompt, which it
// may leave open for ever.
func unlock(ctx context.Context, conn *dbus.Conn, keyring dbus.ObjectPath, ask bool) error {
	locked := false
	if err := property(ctx, conn.Object(secretsName, keyring), collectionIface, "Locked").Store(&locked); err != nil {
		return fmt.Errorf("look whether the keyring is locked: %w", err)
	}
	switch {
	case !locked:
		return nil
	case !ask:
		return core.ErrKeychainLocked
	}
	var unlocked []dbus.ObjectPath
	var prompt dbus.ObjectPath
	service := conn.Object(secretsName, secretsPath)
	err := service.CallWithContext(ctx, secretsIface+".Unlock", 0, []dbus.ObjectPath{keyring}).Store(&unlocked, &prompt)
	if err != nil {
		return fmt.Errorf("unlock keyring: %w", err)
	}
	if prompt == "/" {
		return nil
	}
	return answerOf(ctx, conn, prompt)
}

// answerOf shows a prompt and waits for the user.
func answerOf(ctx context.Context, conn *dbus.Conn, prompt dbus.ObjectPath) error {
	for _, heard := range [][]dbus.MatchOption{
		{dbus.WithMatchObjectPath(prompt), dbus.WithMatchInterface(promptIface)},
		{dbus.WithMatchInterface(busIface), dbus.WithMatchMember("NameOwnerChanged"), dbus.WithMatchArg(0, secretsName)},
	} {
		if err := conn.AddMatchSignalContext(ctx, heard...); err != nil {
			return fmt.Errorf("listen for the keyring's user: %w", err)
		}
	}
	signals := make(chan *dbus.Signal, 8) // godbus drops what does not fit; two are expected
	conn.Signal(signals)
	object := conn.Object(secretsName, prompt)
	if err := object.CallWithContext(ctx, promptIface+".Prompt", 0, "").Err; err != nil {
		return fmt.Errorf("ask for the keyring's password: %w", err)
	}
	for {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case s, open := <-signals:
			switch {
			case !open, s.Name == busIface+".NameOwnerChanged":
				return errGone
			case s.Name != promptIface+".Completed" || s.Path != prompt:
			case len(s.Body) > 0 && s.Body[0] == false:
				return nil
			default: // dismissed
				return core.ErrKeychainLocked
			}
		}
	}
}
