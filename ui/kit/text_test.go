package kit

import (
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
)

// wide measures text as if every character were ten wide.
func wide(text string) fyne.Size { return fyne.NewSize(float32(10*len([]rune(text))), 20) }

func TestEllipsize(t *testing.T) {
	tests := []struct {
		text  string
		width float32
		want  string
	}{
		{"Dana", 40, "Dana"},
		{"Dana", 39.8, "Dana"}, // off by a rounding error: not cut
		{"Dana", 39, "Da…"},
		{"Dana Whitfield", 60, "Dana…"},            // no space before the ellipsis
		{"dana@example.com", 130, "dana@example…"}, // no full stop before the ellipsis
		{"Łucja Ńowak", 50, "Łucj…"},
		{"Dana", 10, "…"},
		{"Dana", 0, "Dana"}, // no width yet
		{"", 10, ""},
	}
	for _, tt := range tests {
		if got := ellipsize(tt.text, tt.width, wide); got != tt.want {
			t.Errorf("%q in %v: %q, want %q", tt.text, tt.width, got, tt.want)
		}
	}
}

func TestWrapLines(t *testing.T) {
	tests := []struct {
		text  string
		width float32
		want  []string
	}{
		{"one two three", 1000, []string{"one two three"}},
		{"one two three", 75, []string{"one two", "three"}},
		{"one\n\ntwo", 1000, []string{"one", "", "two"}},
		{"endless", 30, []string{"end", "les", "s"}},
		{"  {\n    x", 1000, []string{"  {", "    x"}},
		{"a b", 0, []string{"a b"}},
		{"", 100, []string{""}},
	}
	for _, tt := range tests {
		if got := wrapLines(tt.text, tt.width, wide); !slices.Equal(got, tt.want) {
			t.Errorf("%q in %v: %q, want %q", tt.text, tt.width, got, tt.want)
		}
	}
}

func TestProseIsAsHighAsItsWidthMakesIt(t *testing.T) {
	test.NewTempApp(t).Settings().SetTheme(&Theme{Appearance: Light, Still: true})
	text := strings.Repeat("The bell rings when rent arrives. ", 8)
	stack := VStack(0, NewProse(text, Body))
	test.NewTempWindow(t, stack)
	stack.Resize(fyne.NewSize(800, 400))
	low := stack.MinSize().Height
	stack.Resize(fyne.NewSize(200, 400))
	if high := stack.MinSize().Height; high < 3*low {
		t.Errorf("in a quarter of the width it is %v high, after %v", high, low)
	}
}

func TestTextGivesWayWhenTight(t *testing.T) {
	test.NewTempApp(t).Settings().SetTheme(&Theme{Appearance: Light, Still: true})
	name, amount := NewText("Dana Whitfield of Alder Court", Strong).Tight(), NewText("$1,450.00", Strong)
	row := Spread(8, name, amount)
	row.Resize(fyne.NewSize(160, 20))
	if got, want := amount.Size().Width, amount.MinSize().Width; got != want {
		t.Errorf("the amount is %v wide, want %v", got, want)
	}
	if got := name.Size().Width; got > 160-8-amount.MinSize().Width+1 {
		t.Errorf("the name is %v wide and runs into the amount", got)
	}
}

func TestACellsCaptionTakesNoRoomWhileItIsEmpty(t *testing.T) {
	first, second, cell := NewTwoLines(Strong)
	first.Set("Dana Whitfield")
	second.Set("Lease 48213")
	if cell.MinSize().Height <= first.MinSize().Height {
		t.Error("there is no room for the caption")
	}
	second.Set("")
	if got, want := cell.MinSize().Height, first.MinSize().Height; got != want {
		t.Errorf("without a caption the cell is %v high, and its line %v", got, want)
	}
}

func TestAHiddenSecretKeepsItsEnd(t *testing.T) {
	measure := func(text string) fyne.Size { return fyne.NewSize(float32(10*len([]rune(text))), 10) }
	if got := ellipsize("••••••••••••••••c09e", 100, measure); got != "••••••c09e" {
		t.Errorf("cut to ten letters it is %q", got)
	}
}

func TestTabsGiveUpTheirSidesBeforeTheirWords(t *testing.T) {
	tabs := NewTabs([]string{"Conexión", "Notificaciones", "Exportaciones", "Apariencia", "Datos", "Acerca de"}, nil)
	tabs.Resize(fyne.NewSize(tabs.MinSize().Width-100, 40))
	for _, one := range tabs.tabs {
		if got, want := one.text.Size().Width, one.text.MinSize().Width; got < want {
			t.Errorf("%q has %v of %v", one.text.Text(), got, want)
		}
		if right := one.Position().X + one.Size().Width; right > tabs.Size().Width {
			t.Errorf("%q ends at %v of %v", one.text.Text(), right, tabs.Size().Width)
		}
	}
}
