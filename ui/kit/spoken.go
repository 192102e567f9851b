package kit

import (
	"strings"

	"fyne.io/fyne/v2"
)

// This file has what a screen reader says about widgets whose text alone is not
// enough. Fyne has roles for buttons, links and text only, so the label of a
// switch has to include its state.

var (
	_ fyne.Accessible = (*Entry)(nil)
	_ fyne.Accessible = (*Select)(nil)
	_ fyne.Accessible = (*List)(nil)
)

// withState adds a switch's state to its label.
func withState(label string, on bool) string {
	if on {
		return label + ", on"
	}
	return label + ", off"
}

// AccessibilityLabel returns the label and the state.
func (c *Check) AccessibilityLabel() string { return withState(c.label, c.on) }

// AccessibilityLabel returns the label and the state.
func (s *Switch) AccessibilityLabel() string { return withState(s.label, s.on) }

// AccessibilityLabel returns the label and the state.
func (c *FilterChip) AccessibilityLabel() string { return withState(c.label, c.on) }

// AccessibilityLabel returns the hint and the text, but never a secret.
func (e *Entry) AccessibilityLabel() string {
	if e.Password || e.Text == "" {
		return e.PlaceHolder
	}
	return e.PlaceHolder + ", " + e.Text
}

// AccessibilityRole returns that of text, because Fyne has none for entries.
func (e *Entry) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleText }

// AccessibilityLabel returns the label, if there is one, and the chosen option.
func (s *Select) AccessibilityLabel() string {
	if s.Label == "" {
		return s.Selected
	}
	return s.Label + ", " + s.Selected
}

// AccessibilityRole returns that of a button.
func (s *Select) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleButton }

// AccessibilityLabel returns the text of the selected row, or nothing if it is
// not in view.
func (l *List) AccessibilityLabel() string {
	if row, visible := l.visible[l.Selected()]; visible {
		return strings.Join(words(row.child), ", ")
	}
	return ""
}

// AccessibilityRole returns that of text.
func (l *List) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleText }

// words returns the visible texts in an object, in their order on screen.
func words(o fyne.CanvasObject) []string {
	var all []string
	if !o.Visible() {
		return nil
	}
	switch o := o.(type) {
	case interface{ inside() *fyne.Container }:
		return words(o.inside())
	case *fyne.Container:
		for _, part := range o.Objects {
			all = append(all, words(part)...)
		}
	case *Text:
		if o.text != "" {
			all = append(all, o.text)
		}
	}
	return all
}
