//go:build !windows && !darwin

package login

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"rentbell/core"
)

// place returns the path of the autostart entry, by the Desktop Application
// Autostart Specification,
// https://specifications.freedesktop.org/autostart-spec
func place() (string, error) {
	base, err := os.UserConfigDir() // $XDG_CONFIG_HOME
	if err != nil {
		return "", fmt.Errorf("find a place for sign-in entries: %w", err)
	}
	return filepath.Join(base, "autostart", name+".desktop"), nil
}

// compose returns the text of the desktop entry that starts command.
func compose(command []string) (string, error) {
	if strings.Contains(command[0], "=") { // the specification forbids "=" in the path of a program
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

// starts reports whether a desktop entry starts command and is switched on.
// Desktops switch an entry off by a key and leave the file.
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

// execLine returns the value of the key Exec. The Desktop Entry Specification
// escapes an argument in three steps: a percent sign, which would begin a field
// code; characters that are special within quotes; and each backslash, as in
// every value.
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

// reserved reports whether an argument with this character must be quoted.
func reserved(r rune) bool { return strings.ContainsRune(" \"'\\><~|&;$*?#()`", r) }
