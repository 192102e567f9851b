package kit

import (
	"strings"

	"fyne.io/fyne/v2"
)

// What a screen reader says of the kit's parts is here where it is more than
// their own words. Fyne knows buttons, links and text; how a switch stands has
// to be said with its name.

var (
	_ fyne.Accessible = (*Entry)(nil)
	_ fyne.Accessible = (*Select)(nil)
	_ fyne.Accessible = (*List)(nil)
)

// withState adds how a switch stands to what it is for.
func withState(label string, on bool) string {
	if on {
		return label + ", on"
	}
	return label + ", off"
}

// AccessibilityLabel says what it is for and how it stands.
func (c *Check) AccessibilityLabel() string { return withState(c.label, c.on) }

// AccessibilityLabel says what it is for and how it stands.
func (s *Switch) AccessibilityLabel() string { return withState(s.label, s.on) }

// AccessibilityLabel says what it is for and how it stands.
func (c *FilterChip) AccessibilityLabel() string { return withState(c.label, c.on) }

// AccessibilityLabel says the hint and what was typed, but no secret.
func (e *Entry) AccessibilityLabel() string {
	if e.Password || e.Text == "" {
		return e.PlaceHolder
	}
	return e.PlaceHolder + ", " + e.Text
}

// AccessibilityRole is that of text: Fyne has none for an entry.
func (e *Entry) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleText }

// AccessibilityLabel says what is chosen.
func (s *Select) AccessibilityLabel() string { return s.Selected }

// AccessibilityRole is that of a button.
func (s *Select) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleButton }

// AccessibilityLabel says the selected row.
func (l *List) AccessibilityLabel() string {
	if row, visible := l.visible[l.Selected()]; visible {
		return strings.Join(words(row.child), ", ")
	}
	return ""
}

// AccessibilityRole is that of text.
func (l *List) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleText }

// words are the lines of text that can be seen in an object.
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
