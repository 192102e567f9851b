package login

import (
	"errors"
	"fmt"
	"io/fs"
	"unicode/utf16"

	"golang.org/x/sys/windows"
	"golang.org/x/sys/windows/registry"

	"rentbell/core"
)

// Both keys are below HKEY_CURRENT_USER. Windows starts the programs in runKey.
// When the user switches one off in the Task Manager, Windows writes that to
// approvedKey and leaves runKey as it is.
const (
	runKey      = `Software\Microsoft\Windows\CurrentVersion\Run`
	approvedKey = `Software\Microsoft\Windows\CurrentVersion\Explorer\StartupApproved\Run`
)

// longestCommand is the longest command line, in UTF-16 code units, that
// Windows starts from the Run key.
const longestCommand = 260

// Enabled reports whether the system starts exactly this command at sign-in. It
// is false, without an error, when there is no entry.
func (i *Item) Enabled() (bool, error) {
	var line string
	if err := look(runKey, func(key registry.Key) (err error) {
		line, _, err = key.GetStringValue(name)
		return err
	}); err != nil {
		return false, err
	}
	if line != windows.ComposeCommandLine(i.command) {
		return false, nil
	}
	var state []byte // its first byte is odd when the user has switched the program off
	err := look(approvedKey, func(key registry.Key) (err error) {
		state, _, err = key.GetBinaryValue(name)
		return err
	})
	return err == nil && (len(state) == 0 || state[0]&1 == 0), err
}

// look calls read with a key. It is no error when the key or the value does not
// exist.
func look(path string, read func(registry.Key) error) error {
	key, err := registry.OpenKey(registry.CURRENT_USER, path, registry.QUERY_VALUE)
	if err == nil {
		err = read(key)
		_ = key.Close() // it was only read
	}
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("read sign-in entry: %w", err)
	}
	return nil
}

// Enable makes the system start the command from the next sign-in on. It
// returns core.ErrLoginPath when the system cannot start that command.
func (i *Item) Enable() error {
	if err := check(i.command); err != nil {
		return err
	}
	line := windows.ComposeCommandLine(i.command)
	if len(utf16.Encode([]rune(line))) > longestCommand {
		return core.ErrLoginPath
	}
	key, _, err := registry.CreateKey(registry.CURRENT_USER, runKey, registry.SET_VALUE)
	if err != nil {
		return fmt.Errorf("write sign-in entry: %w", err)
	}
	if err := errors.Join(key.SetStringValue(name, line), key.Close()); err != nil {
		return fmt.Errorf("write sign-in entry: %w", err)
	}
	return forget(approvedKey)
}

// Disable removes the entry. It is no error when there is none.
func (i *Item) Disable() error { return forget(runKey) }

// forget deletes our value from a key.
func forget(path string) error {
	key, err := registry.OpenKey(registry.CURRENT_USER, path, registry.SET_VALUE)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("take sign-in entry away: %w", err)
	}
	err = key.DeleteValue(name)
	if errors.Is(err, fs.ErrNotExist) {
		err = nil
	}
	if err := errors.Join(err, key.Close()); err != nil {
		return fmt.Errorf("take sign-in entry away: %w", err)
	}
	return nil
}
