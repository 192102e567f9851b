package kit

import (
	"image"
	"image/color"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"

	"rentbell/assets"
)

// pressables returns one of every pressable widget. Each counts its presses.
func pressables(pressed *int) map[string]fyne.Focusable {
	count := func() { *pressed++ }
	filters := NewFilters([]string{"Open", "Completed"}, func(int) { count() })
	tabs := NewTabs([]string{"Everything", "Needs attention"}, func(int) { count() })
	return map[string]fyne.Focusable{
		"button":         NewButton("Export", assets.Export, count),
		"primary button": NewButton("Export", nil, count).Primary(),
		"link":           NewLink("Copy", count),
		"icon button":    NewIconButton("Close", assets.Close, 20, count),
		"filter chip":    filters.chips[1],
		"tab":            tabs.tabs[1],
		"stat":           NewStat(assets.NavPayments, count),
		"switch":         NewSwitch("Payments", false, func(bool) { count() }),
		"check":          NewCheck("Amount", func(bool) { count() }),
		"bare check":     NewBareCheck("Amount", func(bool) { count() }),
		"press":          NewPress("Row", NewText("Row", Body), 6, count),
	}
}

func TestEverythingPressableWorksByKeyboardAndPointer(t *testing.T) {
	test.NewTempApp(t).Settings().SetTheme(&Theme{Appearance: Light, Still: true})
	var pressed int
	for name, o := range pressables(&pressed) {
		t.Run(name, func(t *testing.T) {
			w := test.NewTempWindow(t, container.NewWithoutLayout(o.(fyne.CanvasObject)))
			pressed = 0
			o.TypedKey(&fyne.KeyEvent{Name: fyne.KeySpace})
			o.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
			o.TypedKey(&fyne.KeyEvent{Name: fyne.KeyA})
			test.Tap(o.(fyne.Tappable))
			if pressed != 3 {
				t.Errorf("Space, Enter and a tap pressed it %d times", pressed)
			}
			var passed bool
			w.Canvas().SetOnTypedKey(func(*fyne.KeyEvent) { passed = true })
			o.TypedKey(&fyne.KeyEvent{Name: fyne.KeyEscape})
			if !passed {
				t.Error("Esc did not reach the window")
			}
			if o.(fyne.Accessible).AccessibilityLabel() == "" && name != "stat" {
				t.Error("a screen reader has nothing to say")
			}
			o.(fyne.Disableable).Disable()
			o.TypedKey(&fyne.KeyEvent{Name: fyne.KeySpace})
			test.Tap(o.(fyne.Tappable))
			if pressed != 3 {
				t.Error("it can be pressed although it is disabled")
			}
		})
	}
}

func TestFocusShowsAsABorder(t *testing.T) {
	test.NewTempApp(t).Settings().SetTheme(&Theme{Appearance: Light, Still: true})
	primary := (&Theme{Appearance: Light}).Color(ColorPrimary, 0)
	inside := (&Theme{Appearance: Light}).Color(ColorOnPrimary, 0)
	tests := map[string]struct {
		button *Button
		ring   color.Color
	}{
		"secondary": {NewButton("Cancel", nil, nil), primary},
		"primary":   {NewButton("Export", nil, nil).Primary(), inside},
	}
	for name, tt := range tests {
		w := test.NewTempWindow(t, tt.button)
		w.SetPadded(false)
		w.Resize(fyne.NewSize(120, 36))
		before := count(w.Canvas().Capture(), tt.ring)
		w.Canvas().Focus(tt.button)
		if got := count(w.Canvas().Capture(), tt.ring) - before; got < 400 { // two pixels, about 300 long
			t.Errorf("%s: the focus is %d pixels", name, got)
		}
		w.Canvas().Unfocus()
		if after := count(w.Canvas().Capture(), tt.ring); after != before {
			t.Errorf("%s: %d pixels of focus stay", name, after-before)
		}
	}
}

// count returns the number of pixels that have a colour.
func count(img image.Image, c color.Color) int {
	r, g, b, _ := c.RGBA()
	n := 0
	for y := range img.Bounds().Dy() {
		for x := range img.Bounds().Dx() {
			if pr, pg, pb, _ := img.At(x, y).RGBA(); pr == r && pg == g && pb == b {
				n++
			}
		}
	}
	return n
}

func TestFiltersHaveOneOn(t *testing.T) {
	test.NewTempApp(t).Settings().SetTheme(&Theme{Appearance: Light, Still: true})
	picked := -1
	f := NewFilters([]string{"All", "Signed"}, func(i int) { picked = i })
	f.Set([]string{"All 47", "Signed 3"}, 0)
	if picked != -1 {
		t.Error("Set called back")
	}
	test.Tap(f.chips[1])
	if picked != 1 || f.Selected() != 1 || f.chips[0].on || !f.chips[1].on {
		t.Errorf("picked %d, selected %d", picked, f.Selected())
	}
	if f.chips[1].label != "Signed 3" {
		t.Errorf("the press took the count away: %q", f.chips[1].label)
	}
}

func TestSearchIsEmptiedByEscThenLetsGo(t *testing.T) {
	test.NewTempApp(t).Settings().SetTheme(&Theme{Appearance: Light, Still: true})
	var last string
	e, o := NewSearch("Search", func(text string) { last = text })
	w := test.NewTempWindow(t, o)
	escaped := 0
	w.Canvas().SetOnTypedKey(func(*fyne.KeyEvent) { escaped++ })
	test.Type(e, "dana")
	if last != "dana" {
		t.Fatalf("typing was heard as %q", last)
	}
	e.TypedKey(&fyne.KeyEvent{Name: fyne.KeyEscape})
	if e.Text != "" || last != "" || escaped != 0 {
		t.Errorf("the first Esc left %q, heard %q, went on %d times", e.Text, last, escaped)
	}
	e.TypedKey(&fyne.KeyEvent{Name: fyne.KeyEscape})
	if escaped != 1 {
		t.Error("the second Esc did not reach the window")
	}
}

func TestDisclosureMakesItsBodyWhenOpened(t *testing.T) {
	test.NewTempApp(t).Settings().SetTheme(&Theme{Appearance: Light, Still: true})
	made := 0
	d := NewDisclosure("Raw data", nil, func() fyne.CanvasObject {
		made++
		return NewRaw("{}")
	})
	w := test.NewTempWindow(t, d)
	w.Resize(fyne.NewSize(300, 200))
	if made != 0 {
		t.Error("the body was made before anyone asked")
	}
	for _, want := range []bool{true, false, true} {
		test.TapCanvas(w.Canvas(), fyne.NewPos(40, 25))
		if d.Open() != want {
			t.Errorf("open is %v, want %v", d.Open(), want)
		}
	}
	if made != 1 {
		t.Errorf("the body was made %d times", made)
	}
}

func TestEntriesLeaveTheWindowItsShortcuts(t *testing.T) {
	tests := []struct {
		shortcut fyne.Shortcut
		want     bool
	}{
		{&desktop.CustomShortcut{KeyName: fyne.Key2, Modifier: fyne.KeyModifierControl}, true},
		{&desktop.CustomShortcut{KeyName: fyne.KeyComma, Modifier: fyne.KeyModifierControl}, true},
		{&desktop.CustomShortcut{KeyName: fyne.KeyE, Modifier: fyne.KeyModifierSuper}, true},
		{&desktop.CustomShortcut{KeyName: fyne.KeyLeft, Modifier: fyne.KeyModifierControl}, false},
		{&desktop.CustomShortcut{KeyName: fyne.KeyBackspace, Modifier: fyne.KeyModifierControl}, false},
		{&fyne.ShortcutCopy{}, false},
		{&fyne.ShortcutUndo{}, false},
	}
	for _, tt := range tests {
		if got := isWindows(tt.shortcut); got != tt.want {
			t.Errorf("%s: %v, want %v", tt.shortcut.ShortcutName(), got, tt.want)
		}
	}
}
