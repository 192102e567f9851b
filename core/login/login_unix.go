//go:build !windows && !darwin

package login

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"rentbell/core"
)

// place is where desktops look for what they start, by the Desktop Application
// Autostart Specification.
func place() (string, error) {
	base, err := os.UserConfigDir() // $XDG_CONFIG_HOME
	if err != nil {
		return "", fmt.Errorf("find a place for sign-in entries: %w", err)
	}
	return filepath.Join(base, "autostart", name+".desktop"), nil
}

// compose is the desktop entry that starts a command.
func compose(command []string) (string, error) {
	if strings.Contains(command[0], "=") { // the specification allows a program's path none
		return "", core.ErrLoginPath
	}
	return entryGroup + `
Type=Application
Name=Rentbell
Comment=Rings when AppFolio reports rent, work orders and leases
Exec=` + execLine(command) + `
Terminal=false
`, nil
}

const entryGroup = "[Desktop Entry]"

// starts reports whether a desktop entry starts a command and has not been
// switched off: tools of the desktop do that by a key, and leave the file.
func starts(text string, command []string) bool {
	keys := map[string]string{}
	inGroup := false
	for line := range strings.Lines(text) {
		line = strings.TrimSpace(line)
		if strings.HasPrefix(line, "[") {
			inGroup = line == entryGroup
			continue
		}
		if key, value, ok := strings.Cut(line, "="); ok && inGroup {
			keys[strings.TrimSpace(key)] = strings.TrimSpace(value)
		}
	}
	return keys["Exec"] == execLine(command) && keys["Hidden"] != "true" && keys["X-GNOME-Autostart-enabled"] != "false"
}

// execLine is the value of Exec. The Desktop Entry Specification escapes an
// argument three times: a percent sign, which would begin a field code; what is
// special within quotes; and then, as in every value, each backslash.
func execLine(command []string) string {
	quoted := make([]string, len(command))
	for i, arg := range command {
		arg = strings.ReplaceAll(arg, "%", "%%")
		if arg == "" || strings.ContainsFunc(arg, reserved) {
			arg = `"` + withinQuotes.Replace(arg) + `"`
		}
		quoted[i] = arg
	}
	return strings.ReplaceAll(strings.Join(quoted, " "), `\`, `\\`)
}

var withinQuotes = strings.NewReplacer(`"`, `\"`, "`", "\\`", `$`, `\$`, `\`, `\\`)

// reserved reports whether a character makes quotes necessary.
func reserved(r rune) bool { return strings.ContainsRune(" \"'\\><~|&;$*?#()`", r) }
