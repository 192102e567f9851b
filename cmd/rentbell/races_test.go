//go:build linux

package main_test

import (
	"strings"
	"testing"
)

// ownRaces returns the race detector's reports about Rentbell's own memory.
// Fyne's tray library and the D-Bus library under it race with each other over
// the icon when the desktop reads it while it changes; Rentbell cannot help that.
func ownRaces(log string) []string {
	var own []string
	for _, report := range strings.Split(log, "==================\n") {
		if !strings.HasPrefix(report, "WARNING: DATA RACE\n") {
			continue
		}
		for _, stack := range strings.Split(report, "\n\n") {
			if isOurs(accessor(stack)) {
				own = append(own, report)
				break
			}
		}
	}
	return own
}

// accessor returns the function that touched the memory: the innermost one
// that is not of the standard library. Empty: the stack tells of no access.
func accessor(stack string) string {
	title, frames, _ := strings.Cut(strings.TrimPrefix(stack, "WARNING: DATA RACE\n"), "\n")
	if !strings.Contains(title, " at 0x") {
		return ""
	}
	for _, line := range strings.Split(frames, "\n") {
		function := strings.TrimPrefix(line, "  ")
		if strings.HasPrefix(function, " ") {
			continue // the file of the function above
		}
		root, _, inFolder := strings.Cut(function, "/")
		if isOurs(function) || inFolder && strings.Contains(root, ".") {
			return function
		}
	}
	return ""
}

func isOurs(function string) bool {
	return strings.HasPrefix(function, "main.") || strings.HasPrefix(function, "rentbell/")
}

func TestOwnRaces(t *testing.T) {
	access := func(how string, functions ...string) string {
		stack := how + " at 0x00c0017b5b90 by goroutine 7:\n"
		for _, f := range functions {
			stack += "  " + f + "\n      /src/file.go:1 +0x0\n"
		}
		return stack
	}
	report := func(stacks ...string) string {
		return "==================\nWARNING: DATA RACE\n" + strings.Join(stacks, "\n") +
			"\nGoroutine 7 (running) created at:\n  rentbell/ui.run()\n      /src/file.go:1 +0x0\n==================\n"
	}
	theirs := report(
		access("Write", "reflect.Value.Set()", "github.com/godbus/dbus/v5.store()", "rentbell/ui.(*tray).show()"),
		access("Previous read", "reflect.Value.Int()", "github.com/godbus/dbus/v5.(*encoder).encode()"))
	ours := report(
		access("Write", "runtime.mapassign()", "rentbell/ui.(*UI).changed()", "fyne.io/fyne/v2.run()"),
		access("Previous read", "fyne.io/fyne/v2.draw()"))
	mains := report(access("Read", "fyne.io/fyne/v2.draw()"), access("Previous write", "main.run()"))
	for name, tt := range map[string]struct {
		log  string
		want int
	}{
		"none":            {"time=1 level=INFO\n", 0},
		"in a library":    {"a line\n" + theirs, 0},
		"in ui":           {ours, 1},
		"in main, second": {mains, 1},
		"one of each":     {theirs + "a line\n" + ours + mains, 2},
	} {
		if got := ownRaces(tt.log); len(got) != tt.want {
			t.Errorf("%s: found %d, want %d: %q", name, len(got), tt.want, got)
		}
	}
}
