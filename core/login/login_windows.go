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

// Below the user's own key: what Windows starts at sign-in, and what of it the
// user has switched off in the Task Manager, which leaves the first as it is.
const (
	runKey      = `Software\Microsoft\Windows\CurrentVersion\Run`
	approvedKey = `Software\Microsoft\Windows\CurrentVersion\Explorer\StartupApproved\Run`
)

// longestCommand is how much of a command line the Run key takes.
const longestCommand = 260

// Enabled reports whether signing in starts the command.
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
	var state []byte // its first byte is odd when the user has switched it off
	err := look(approvedKey, func(key registry.Key) (err error) {
		state, _, err = key.GetBinaryValue(name)
		return err
	})
	return err == nil && (len(state) == 0 || state[0]&1 == 0), err
}

// look reads from a key. It is no error when key or value is not there.
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

// Enable has signing in start the command, from the next time on. An error may
// be core.ErrLoginPath.
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

// Disable has signing in start nothing of ours. It is no error when it did not.
func (i *Item) Disable() error { return forget(runKey) }

// forget takes our value out of a key.
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
