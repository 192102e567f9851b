// Package login has the system start a program when its user signs in: by an
// XDG autostart entry on Linux, a launch agent on macOS, and the Run key of the
// registry on Windows.
//
// What the system holds is the only truth. Nothing is remembered beside it, so
// an entry that the user has taken away or switched off elsewhere is off here
// too, and so is one that starts anything but this very command: a copy of the
// program that has moved, or one with other data. It must never need more rights
// than the user's own, and it starts nothing by itself.
package login

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"rentbell/core"
)

// name is Rentbell's, as FyneApp.toml has it: the system tells programs apart by it.
const name = "app.rentbell.Rentbell"

// Item is one command that may start at sign-in. Its methods touch the disk or
// the registry, and may be called from any goroutine, one at a time.
type Item struct {
	command []string // the program's path, then its arguments
}

// New makes an Item of a program's absolute path and its arguments. It changes
// nothing yet.
func New(program string, args ...string) *Item {
	return &Item{append([]string{program}, args...)}
}

// check refuses what no system can be told to start. The error names no path: it
// reaches the log.
func check(command []string) error {
	for _, arg := range command {
		if !utf8.ValidString(arg) || strings.ContainsFunc(arg, unicode.IsControl) {
			return core.ErrLoginPath
		}
	}
	return nil
}
