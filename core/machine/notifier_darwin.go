package machine

import (
	"context"
	"fmt"
	"os"
	"strings"

	"rentbell/core"
)

// Notifier reports whether this program is an app bundle. macOS shows the
// notifications of those alone.
func (m *Machine) Notifier(context.Context) error {
	program, err := os.Executable()
	if err != nil || !strings.Contains(program, ".app/Contents/MacOS/") {
		return fmt.Errorf("%w for a program outside Rentbell.app", core.ErrNoNotifier)
	}
	return nil
}
