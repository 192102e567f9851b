// Package login makes the system start a program when its user signs in: by an
// XDG autostart entry on Linux, a launch agent on macOS, and the Run key of the
// registry on Windows.
//
// The system's entry is the only state; the package keeps none of its own. So
// an entry that the user removes or switches off with another program is off
// here too. An entry that starts another command, such as a copy of the program
// that has moved or one with other data, counts as off. The package needs no
// more rights than the user's, and starts no program itself.
package login

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"rentbell/core"
)

// name is Rentbell's id, as in FyneApp.toml. The system tells programs apart by
// it.
const name = "app.rentbell.Rentbell"

// Item is one command that the system can start at sign-in. Its methods access
// the disk or the registry. They may be called from any goroutine, one at a
// time.
type Item struct {
	command []string // the program's path, then its arguments
}

// New makes an Item. program is an absolute path. Nothing changes until Enable
// or Disable is called.
func New(program string, args ...string) *Item {
	return &Item{append([]string{program}, args...)}
}

// check refuses arguments that no system can start. The error does not repeat
// the path, because it is logged.
func check(command []string) error {
	for _, arg := range command {
		if !utf8.ValidString(arg) || strings.ContainsFunc(arg, unicode.IsControl) {
			return core.ErrLoginPath
		}
	}
	return nil
}
