package ui

import (
	"strings"

	"rentbell/ui/uitest"
)

// shows reports whether a text stands on the window, whole or as part of one.
func (d seat) shows(text string) bool {
	return strings.Contains(strings.Join(d.texts(), "\n"), text)
}

// texts are all texts on the window, in reading order as they are laid out.
func (d seat) texts() []string { return uitest.Texts(d.window.Content()) }
