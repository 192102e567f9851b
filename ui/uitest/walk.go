package uitest

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/test"

	"rentbell/ui/kit"
)

// Walk calls visit for every visible object of a tree, parents first.
func Walk(o fyne.CanvasObject, visit func(fyne.CanvasObject)) {
	if o == nil || !o.Visible() {
		return
	}
	visit(o)
	switch o := o.(type) {
	case *fyne.Container:
		for _, child := range o.Objects {
			Walk(child, visit)
		}
	case fyne.Widget:
		for _, child := range test.WidgetRenderer(o).Objects() {
			Walk(child, visit)
		}
	}
}

// Texts returns all visible texts of a tree, in reading order.
func Texts(o fyne.CanvasObject) []string {
	var all []string
	Walk(o, func(o fyne.CanvasObject) {
		if t, ok := o.(interface{ Text() string }); ok {
			all = append(all, t.Text())
		}
	})
	return all
}

// Cut returns the lines of a tree that do not fit and are drawn with "…".
func Cut(o fyne.CanvasObject) (whole []string) {
	Walk(o, func(o fyne.CanvasObject) {
		if line, ok := o.(*kit.Text); ok && line.Size().Width > 0 {
			drawn := test.WidgetRenderer(line).Objects()[0].(*canvas.Text).Text
			if drawn != line.Text() && strings.HasSuffix(drawn, "…") {
				whole = append(whole, line.Text())
			}
		}
	})
	return whole
}

// FindText returns the first visible line in a window that is exactly text. It
// fails the test if there is none.
func FindText(t testing.TB, w fyne.Window, text string) *kit.Text {
	t.Helper()
	var found *kit.Text
	Walk(w.Content(), func(o fyne.CanvasObject) {
		if line, ok := o.(*kit.Text); ok && found == nil && line.Text() == text && line.Size().Width > 0 {
			found = line
		}
	})
	if found == nil {
		t.Fatalf("%q is not on the window", text)
	}
	return found
}

// TapText taps a window where a text is.
func TapText(t testing.TB, w fyne.Window, text string) {
	t.Helper()
	found := FindText(t, w, text)
	at := fyne.CurrentApp().Driver().AbsolutePositionForObject(found)
	test.TapCanvas(w.Canvas(), at.AddXY(found.Size().Width/2, found.Size().Height/2))
}

// Heads returns the column headers of a table that sorts, from the left.
func Heads(table fyne.CanvasObject) (all []*kit.Press) {
	Walk(table, func(o fyne.CanvasObject) {
		if p, ok := o.(*kit.Press); ok && strings.HasPrefix(p.AccessibilityLabel(), "Sort by ") {
			all = append(all, p)
		}
	})
	return all
}

// ButtonIn returns the button with a text, visible or not. It fails the test if
// there is none.
func ButtonIn(t testing.TB, o fyne.CanvasObject, verb string) *kit.Button {
	t.Helper()
	var found *kit.Button
	var look func(fyne.CanvasObject)
	look = func(o fyne.CanvasObject) {
		switch o := o.(type) {
		case *kit.Button:
			if o.AccessibilityLabel() == verb {
				found = o
			}
		case *fyne.Container:
			for _, part := range o.Objects {
				look(part)
			}
		case fyne.Widget:
			for _, part := range test.WidgetRenderer(o).Objects() {
				look(part)
			}
		}
	}
	look(o)
	if found == nil {
		t.Fatalf("no button %q", verb)
	}
	return found
}

// Tap taps the visible widget with an accessibility label. It fails the test if
// there is none.
func Tap(t testing.TB, in fyne.CanvasObject, name string) {
	t.Helper()
	var found fyne.Tappable
	Walk(in, func(o fyne.CanvasObject) {
		named, ok := o.(interface {
			fyne.Tappable
			AccessibilityLabel() string
		})
		if ok && named.AccessibilityLabel() == name {
			found = named
		}
	})
	if found == nil {
		t.Fatalf("nothing called %q can be pressed", name)
	}
	test.Tap(found)
}
