package desktop

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"strings"

	"rentbell/core"
)

// session is empty: Fyne speaks to the system.
type session struct{}

// errNoBundle: Fyne hands the text of a program that is no app bundle to a script
// of osascript, and Rentbell has nothing that came from outside run.
var errNoBundle = errors.New("notifications need Rentbell.app")

// Notify returns core.ErrNoNotifier in an app bundle, where Fyne shows the
// notification, and elsewhere an error after which nothing is shown.
func (*Desktop) Notify(context.Context, core.Notice) error {
	program, err := os.Executable()
	if err != nil || !strings.Contains(program, ".app/Contents/MacOS/") {
		return errors.Join(errNoBundle, err)
	}
	return fmt.Errorf("%w but the app's own", core.ErrNoNotifier)
}

// Tray is true: the system always has a menu bar.
func (*Desktop) Tray(context.Context) bool { return true }

// ShowFile shows a file selected in the Finder. path is absolute.
func (*Desktop) ShowFile(ctx context.Context, path string) error {
	if err := exec.CommandContext(ctx, "/usr/bin/open", "-R", path).Run(); err != nil {
		return fmt.Errorf("show file: %w", err)
	}
	return nil
}

// Sounds is false: only the system's own settings turn the sound of a
// notification off.
func (*Desktop) Sounds() bool { return false }

// Close does nothing.
func (*Desktop) Close() error { return nil }
