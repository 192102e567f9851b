//go:build !windows && !darwin

package login

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"rentbell/core"
)

// nasty are paths with what quoting has to survive.
var nasty = []string{
	"/opt/rentbell/rentbell",
	"/home/morgan reed/Rent bell/rentbell",
	`/srv/"quoted" 'names'/rentbell`,
	"/srv/100%/%f/%%/rentbell",
	`/srv/back\slash\\twice\n/rentbell`,
	"/srv/$HOME/`id`/$(id)/rentbell",
	"/srv/~a;b&c|d<e>f*g?h#i(j)/rentbell",
	"/srv/Büro 租金/rentbell",
}

func entryIn(t *testing.T) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "not there yet")
	t.Setenv("XDG_CONFIG_HOME", dir)
	return filepath.Join(dir, "autostart", "app.rentbell.Rentbell.desktop")
}

func TestEntryComesAndGoes(t *testing.T) {
	path := entryIn(t)
	item := New("/opt/rentbell/rentbell", "--hidden")
	expect := func(want bool) {
		t.Helper()
		if got, err := item.Enabled(); got != want || err != nil {
			t.Errorf("enabled: %v, error %v; want %v", got, err, want)
		}
	}
	expect(false)
	for range 2 { // again is the same
		if err := item.Enable(); err != nil {
			t.Fatal(err)
		}
		expect(true)
	}
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for _, line := range []string{"[Desktop Entry]\n", "\nType=Application\n", "\nName=Rentbell\n", "\nExec=/opt/rentbell/rentbell --hidden\n"} {
		if !strings.Contains(string(text), line) {
			t.Errorf("the entry lacks %q:\n%s", line, text)
		}
	}
	left, err := os.ReadDir(filepath.Dir(path))
	if err != nil || len(left) != 1 {
		t.Errorf("beside the entry lies %v, error %v", left, err)
	}
	for range 2 {
		if err := item.Disable(); err != nil {
			t.Fatal(err)
		}
		expect(false)
	}
}

func TestEveryPathSurvivesTheQuoting(t *testing.T) {
	path := entryIn(t)
	for _, program := range nasty {
		command := []string{program, "--hidden", "--data", filepath.Dir(program) + "/da ta"}
		item := New(command[0], command[1:]...)
		if err := item.Enable(); err != nil {
			t.Fatalf("%s: %v", program, err)
		}
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if got := started(t, string(text)); !slices.Equal(got, command) {
			t.Errorf("signing in starts %q, want %q", got, command)
		}
		if on, err := item.Enabled(); !on || err != nil {
			t.Errorf("%s: enabled %v, error %v", program, on, err)
		}
		if on, err := New(program).Enabled(); on || err != nil {
			t.Errorf("%s with other arguments: enabled %v, error %v", program, on, err)
		}
	}
}

// started reads an entry as the Desktop Entry Specification says, in its order:
// the value's backslashes, the quotes, the field codes.
func started(t *testing.T, text string) (command []string) {
	t.Helper()
	_, value, _ := strings.Cut(text, "\nExec=")
	value, _, _ = strings.Cut(value, "\n")
	value = strings.NewReplacer(`\\`, `\`, `\s`, " ", `\n`, "\n", `\t`, "\t").Replace(value)
	var arg strings.Builder
	quoted := false
	for i := 0; i < len(value); i++ {
		switch c := value[i]; {
		case c == '"':
			quoted = !quoted
		case c == '\\' && quoted:
			i++
			if !strings.ContainsRune("\"`$\\", rune(value[i])) {
				t.Errorf("%q is escaped, and may not be", value[i])
			}
			arg.WriteByte(value[i])
		case c == ' ' && !quoted:
			command = append(command, arg.String())
			arg.Reset()
		default:
			if !quoted && strings.IndexByte("\"'\\><~|&;$*?#()`", c) >= 0 || quoted && strings.IndexByte("`$", c) >= 0 {
				t.Errorf("%q stands as it is in %s", c, value)
			}
			arg.WriteByte(c)
		}
	}
	command = append(command, arg.String())
	for i, arg := range command {
		if strings.Contains(strings.ReplaceAll(arg, "%%", ""), "%") {
			t.Errorf("%s has a field code", arg)
		}
		command[i] = strings.ReplaceAll(arg, "%%", "%")
	}
	return command
}

func TestWhatTheDesktopSwitchedOffIsOff(t *testing.T) {
	command := []string{"/opt/rentbell", "--hidden"}
	entry := "[Desktop Entry]\nType=Application\nExec=/opt/rentbell --hidden\n"
	tests := []struct {
		name, text string
		want       bool
	}{
		{"ours", entry, true},
		{"spaced", strings.ReplaceAll(entry, "=", " = "), true},
		{"kept by name", entry + "X-GNOME-Autostart-enabled=true\nHidden=false\n", true},
		{"hidden", entry + "Hidden=true\n", false},
		{"switched off in GNOME", entry + "X-GNOME-Autostart-enabled=false\n", false},
		{"another program", strings.ReplaceAll(entry, "/opt/rentbell", "/usr/bin/rentbell"), false},
		{"other arguments", strings.ReplaceAll(entry, "--hidden", ""), false},
		{"an action's command", "[Desktop Entry]\nType=Application\n[Desktop Action x]\nExec=/opt/rentbell --hidden\n", false},
		{"an action that is hidden", entry + "[Desktop Action x]\nHidden=true\n", true},
		{"empty", "", false},
	}
	for _, tt := range tests {
		if got := starts(tt.text, command); got != tt.want {
			t.Errorf("%s: enabled %v, want %v", tt.name, got, tt.want)
		}
	}
}

func TestPathThatCannotBeStartedIsRefused(t *testing.T) {
	path := entryIn(t)
	for _, program := range []string{"/opt/a=b/rentbell", "/opt/new\nline", "/opt/\x1b[1m", "/opt/not \xff text"} {
		if err := New(program).Enable(); !errors.Is(err, core.ErrLoginPath) {
			t.Errorf("%q: %v", program, err)
		}
	}
	if _, err := os.Stat(path); !errors.Is(err, os.ErrNotExist) {
		t.Error("an entry was written all the same")
	}
}

func TestTroubleWithTheDiskIsTold(t *testing.T) {
	path := entryIn(t)
	item := New("/opt/rentbell")
	if err := os.MkdirAll(filepath.Join(path, "a directory where the entry belongs"), 0o700); err != nil {
		t.Fatal(err)
	}
	if on, err := item.Enabled(); on || err == nil {
		t.Errorf("reading: enabled %v, error %v", on, err)
	}
	if err := item.Enable(); err == nil {
		t.Error("writing tells no error")
	}
	if err := item.Disable(); err == nil {
		t.Error("removing tells no error")
	}
	t.Setenv("XDG_CONFIG_HOME", "not/absolute")
	if _, err := item.Enabled(); err == nil {
		t.Error("without a place there is no error")
	}
}
