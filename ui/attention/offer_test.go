package attention

import (
	"fmt"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"rentbell/core"
	"rentbell/ui/kit"
	"rentbell/ui/uitest"
)

// offered has three things with two names each.
func offered() uitest.Radar {
	return uitest.Radar{Offers: []core.Offer{
		{Key: core.NameKey{Kind: core.NameTenant, ID: "7"}, Name: "Ana Diaz", Office: "Ana Ruiz"},
		{Key: core.NameKey{Kind: core.NameVendor, ID: "3"}, Name: "Lakeside Plumbing and Heating Company", Office: "Lakeside"},
		{Key: core.NameKey{Kind: core.NameUnit, ID: "12"}, Name: "2B"},
	}}
}

// openOffered opens the list, and notes which names are chosen.
func openOffered(t *testing.T, theme *kit.Theme, size fyne.Size) *stage {
	t.Helper()
	s := open(t, offered(), theme, size)
	s.do.Name = func(o core.Offer, use bool) { s.asked = append(s.asked, fmt.Sprint(o.Name, " ", use)) }
	return s
}

func TestOneOfTwoNamesIsChosen(t *testing.T) {
	s := openOffered(t, light(), wide)
	if said := s.says(); !strings.Contains(said, "|Use Ana Diaz") || !strings.Contains(said, "Two names for one tenant|The office calls it Ana Ruiz. You wrote Ana Diaz while the office was out of reach.|Keep Ana Ruiz|") {
		t.Errorf("it says %q", said)
	}
	uitest.TapText(t, s.window, "Keep Ana Ruiz")
	if said := s.says(); !strings.Contains(said, "Its name is Ana Ruiz.") || strings.Contains(said, "Keep Ana Ruiz") {
		t.Errorf("it says %q", said)
	}
	s.wantAsked(t)
	s.UndoLast()
	s.wantAsked(t, "undo Two names for one tenant")
	uitest.TapText(t, s.window, "Use Ana Diaz")
	uitest.TapText(t, s.window, "Keep no name")
	s.Show(itemsOf(t, offered()), 0) // read before it was saved
	if said := s.says(); strings.Contains(said, "Use Ana Diaz") || !strings.Contains(said, "It has no name.") {
		t.Errorf("it says %q", said)
	}
	s.pass()
	s.wantAsked(t, "Ana Diaz true", "2B false")
	left := offered()
	left.Offers = left.Offers[1:2]
	s.Show(itemsOf(t, left), 0)
	if said := s.says(); strings.Contains(said, "Ana Diaz") || !strings.Contains(said, "Lakeside") {
		t.Errorf("in the end it says %q", said)
	}
}

func TestOneOfTwoNamesIsChosenByKeyboard(t *testing.T) {
	for _, size := range []fyne.Size{wide, small} {
		s := openOffered(t, light(), size)
		s.to(t, "Two names for one vendor")
		s.press(fyne.KeyReturn)
		if got := strings.Join(uitest.Texts(s.window.Canvas().Overlays().Top()), "|"); got != "Use Lakeside Plumbing…|Keep Lakeside" {
			t.Errorf("the menu offers %q", got)
		}
		s.press(fyne.KeyDown)
		s.press(fyne.KeyReturn)
		if !strings.Contains(s.says(), "Its name is Lakeside.") {
			t.Errorf("it says %q", s.says())
		}
	}
}

func TestTwoNamesLook(t *testing.T) {
	for _, tt := range []struct {
		name  string
		theme *kit.Theme
		wide  float32
	}{
		{"names", light(), wide.Width},
		{"names_dark", &kit.Theme{Appearance: kit.Dark}, wide.Width},
		{"names_small", light(), small.Width},
		{"names_large_text", &kit.Theme{Appearance: kit.Light, Scale: 1.3}, 900},
	} {
		s := openOffered(t, tt.theme, fyne.NewSize(tt.wide, 300))
		if tt.name == "names" {
			uitest.TapText(t, s.window, "Use 2B")
		}
		uitest.LooksAt(t, tt.name, s.window, s.List)
	}
	t.Run("Spanish", func(t *testing.T) {
		uitest.Speak(t, "es")
		s := openOffered(t, light(), fyne.NewSize(wide.Width, 300))
		uitest.LooksAt(t, "names_spanish", s.window, s.List)
	})
}
