package ui

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"rentbell/ui/frame"
	"rentbell/ui/kit"
)

// walk visits every object of a tree that can be seen, parents first.
func walk(o fyne.CanvasObject, visit func(fyne.CanvasObject)) {
	if o == nil || !o.Visible() {
		return
	}
	visit(o)
	switch o := o.(type) {
	case *fyne.Container:
		for _, child := range o.Objects {
			walk(child, visit)
		}
	case fyne.Widget:
		for _, child := range test.WidgetRenderer(o).Objects() {
			walk(child, visit)
		}
	}
}

// texts are all texts on the window, in reading order as they are laid out.
func (d seat) texts() []string {
	var all []string
	walk(d.window.Content(), func(o fyne.CanvasObject) {
		if t, ok := o.(interface{ Text() string }); ok {
			all = append(all, t.Text())
		}
	})
	return all
}

// shows reports whether a text stands on the window, whole or as part of one.
func (d seat) shows(text string) bool {
	return strings.Contains(strings.Join(d.texts(), "\n"), text)
}

// tapText presses the window where a text stands: the first of those that
// nothing covers up.
func tapText(t testing.TB, d seat, text string) {
	t.Helper()
	found := findText(t, d, text)
	at := fyne.CurrentApp().Driver().AbsolutePositionForObject(found)
	test.TapCanvas(d.window.Canvas(), at.AddXY(found.Size().Width/2, found.Size().Height/2))
}

// findText is where a text stands on the window.
func findText(t testing.TB, d seat, text string) *kit.Text {
	t.Helper()
	var found *kit.Text
	walk(d.window.Content(), func(o fyne.CanvasObject) {
		if line, ok := o.(*kit.Text); ok && found == nil && line.Text() == text && line.Size().Width > 0 {
			found = line
		}
	})
	if found == nil {
		t.Fatalf("%q is not on the window", text)
	}
	return found
}

// heads are the column heads of a table that sorts, from the left.
func heads(tb *frame.Table) (all []*kit.Press) {
	walk(tb.Object, func(o fyne.CanvasObject) {
		if p, ok := o.(*kit.Press); ok && strings.HasPrefix(p.AccessibilityLabel(), "Sort by ") {
			all = append(all, p)
		}
	})
	return all
}
