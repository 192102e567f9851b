package login

import (
	"fmt"
	"os"
	"path/filepath"
)

// place returns the path of the launch agent. launchd reads it at the next
// sign-in. Rentbell does not load it before, because that would start a second
// Rentbell now.
func place() (string, error) {
	home, err := os.UserHomeDir()
	if err != nil {
		return "", fmt.Errorf("find a place for sign-in entries: %w", err)
	}
	return filepath.Join(home, "Library", "LaunchAgents", name+".plist"), nil
}

func compose(command []string) (string, error) { return composeAgent(command) }

func starts(text string, command []string) bool { return agentStarts(text, command) }
