package attention

import (
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"rentbell/core"
	"rentbell/ui/kit"
	"rentbell/ui/news"
	"rentbell/ui/uitest"
)

// stage is a list in a window, and what was asked of it.
type stage struct {
	*View
	window fyne.Window
	asked  []string
	until  time.Time
	later  []func()
}

func open(t *testing.T, r uitest.Radar, theme *kit.Theme, size fyne.Size) *stage {
	t.Helper()
	test.NewTempApp(t).Settings().SetTheme(theme)
	theme.Still = true
	s := &stage{}
	ask := func(what string) func(news.Concern) {
		return func(c news.Concern) { s.asked = append(s.asked, what+" "+c.Title) }
	}
	s.View = New(func() time.Time { return uitest.Present }, Actions{
		Review: ask("review"), Handle: ask("handle"), Undo: ask("undo"), Settled: ask("settled"),
		After:  func(_ time.Duration, do func()) { s.later = append(s.later, do) },
		Snooze: func(c news.Concern, until time.Time) { ask("snooze")(c); s.until = until },
	})
	s.window = test.NewTempWindow(t, s.Object)
	s.window.SetPadded(false)
	s.window.Resize(size)
	s.Show(itemsOf(t, r), 2)
	return s
}

func itemsOf(t *testing.T, r uitest.Radar) []news.Concern {
	t.Helper()
	items, err := news.Concerns(r, core.Status{}, uitest.Present, 50)
	if err != nil {
		t.Fatal(err)
	}
	return items
}

func light() *kit.Theme { return &kit.Theme{Appearance: kit.Light} }

var (
	wide  = fyne.NewSize(924, 652)
	small = fyne.NewSize(772, 500)
)

func (s *stage) wantAsked(t *testing.T, want ...string) {
	t.Helper()
	if !slices.Equal(s.asked, want) {
		t.Errorf("it asked for %q, want %q", s.asked, want)
	}
	s.asked = nil
}

// to selects the row with a text by keyboard.
func (s *stage) to(t *testing.T, text string) {
	t.Helper()
	s.window.Canvas().Focus(s.List)
	s.List.TypedKey(&fyne.KeyEvent{Name: fyne.KeyHome})
	for range s.rows.lines {
		if l := s.rows.lines[max(0, s.List.Selected())]; l.head == text || l.head == "" && l.item.Title == text && l.done == nil {
			return
		}
		s.List.TypedKey(&fyne.KeyEvent{Name: fyne.KeyDown})
	}
	t.Fatalf("no row says %q", text)
}

func (s *stage) press(key fyne.KeyName) {
	s.window.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: key})
}

// pass lets the time pass in which something can be undone.
func (s *stage) pass() {
	for _, do := range s.later {
		do()
	}
	s.later = nil
}

func (s *stage) says() string { return strings.Join(uitest.Texts(s.window.Content()), "|") }

func TestItemsAreReviewedSnoozedAndHandledByKeyboard(t *testing.T) {
	s := open(t, uitest.OfficeRadar(), light(), wide)
	s.to(t, "3 leases are late")
	s.press(fyne.KeyReturn)
	s.wantAsked(t, "review 3 leases are late")
	s.press(fyne.KeyS)
	s.press(fyne.KeyDown)
	s.press(fyne.KeyReturn)
	s.wantAsked(t, "snooze 3 leases are late")
	if !s.until.Equal(uitest.Day(22, 8, 30)) {
		t.Errorf("it was snoozed until %v", s.until)
	}
	s.to(t, "Paid twice?")
	s.press(fyne.KeyS)
	s.press(fyne.KeyH)
	s.wantAsked(t, "handle Paid twice?")
	s.UndoLast()
	s.UndoLast()
	s.UndoLast()
	s.wantAsked(t, "undo Paid twice?", "undo 3 leases are late")
}

func TestAFloodIsHandledWithOnePress(t *testing.T) {
	s := open(t, uitest.OfficeRadar(), light(), wide)
	uitest.TapText(t, s.window, "Handle all")
	s.wantAsked(t, "handle A delivery came without a type")
	if said := s.says(); !strings.Contains(said, "4,312 handled.") || strings.Contains(said, "Handle all") {
		t.Errorf("it says %q", said)
	}
	uitest.TapText(t, s.window, "Undo")
	s.wantAsked(t, "undo A delivery came without a type")
	if said := s.says(); strings.Contains(said, "handled.") || !strings.Contains(said, "Handle all") {
		t.Errorf("after Undo it says %q", said)
	}
	s.to(t, "Unreadable deliveries")
	s.press(fyne.KeyH)
	s.pass()
	s.UndoLast()
	s.wantAsked(t, "handle A delivery came without a type", "settled A delivery came without a type")
	if said := s.says(); !strings.Contains(said, "4,312 handled.") {
		t.Errorf("before the store has it, it says %q", said)
	}
	r := uitest.OfficeRadar()
	r.Stored = nil
	s.Show(itemsOf(t, r), 2)
	if said := s.says(); strings.Contains(said, "4,312") {
		t.Errorf("in the end it says %q", said)
	}
}

func TestWhatIsHandledStaysAwayAndItsLineGoes(t *testing.T) {
	r := uitest.OfficeRadar()
	s := open(t, r, light(), wide)
	s.to(t, "3 leases are late")
	s.press(fyne.KeyH)
	s.Show(itemsOf(t, r), 2) // read before it was saved
	if said := s.says(); strings.Contains(said, "Snooze|Review|3 leases") || !strings.Contains(said, "3 handled.|3 leases are late|Undo") {
		t.Errorf("it says %q", said)
	}
	for i := range r.Found {
		if r.Found[i].Kind == core.FindLate {
			r.Found[i].Mark.Handled = uitest.Present
		}
	}
	s.Show(itemsOf(t, r), 3)
	s.pass()
	if said := s.says(); strings.Contains(said, "are late") {
		t.Errorf("in the end it says %q", said)
	}
}

func TestGroupsFoldByKeyboardButNotWhatIsUrgent(t *testing.T) {
	s := open(t, uitest.OfficeRadar(), light(), wide)
	s.to(t, "Rent for June")
	s.press(fyne.KeyLeft)
	if said := s.says(); strings.Contains(said, "Paid twice?") || !strings.Contains(said, "Rent for June|4") {
		t.Errorf("folded, it says %q", said)
	}
	s.press(fyne.KeyRight)
	if !strings.Contains(s.says(), "Paid twice?") {
		t.Error("it did not unfold")
	}
	uitest.TapText(t, s.window, "At once")
	if !strings.Contains(s.says(), "Payment although notice was served") {
		t.Error("what is urgent can be hidden")
	}
}

func TestInASmallWindowTheSecondActionIsInAMenu(t *testing.T) {
	s := open(t, uitest.OfficeRadar(), light(), small)
	if strings.Contains(s.says(), "Snooze") {
		t.Error("a row shows two actions")
	}
	for _, r := range s.drawn {
		if r.line.item.Kind == core.FindLate {
			test.Tap(r.button)
			break
		}
	}
	if got := strings.Join(uitest.Texts(s.window.Canvas().Overlays().Top()), "|"); got != "Review|Snooze until|Mark 3 handled" {
		t.Errorf("the menu offers %q", got)
	}
	s.press(fyne.KeyDown)
	s.press(fyne.KeyReturn)
	s.press(fyne.KeyReturn)
	s.wantAsked(t, "snooze 3 leases are late")
}

func TestAttentionLooks(t *testing.T) {
	large := &kit.Theme{Appearance: kit.Light, Scale: 1.3}
	for _, tt := range []struct {
		name  string
		theme *kit.Theme
		size  fyne.Size
		keys  []string
	}{
		{"attention", light(), wide, nil},
		{"attention_dark", &kit.Theme{Appearance: kit.Dark}, wide, []string{"Paid twice?"}},
		{"attention_small", light(), small, nil},
		{"attention_large_text", large, fyne.NewSize(900, 560), nil},
	} {
		s := open(t, uitest.OfficeRadar(), tt.theme, tt.size)
		for _, row := range tt.keys {
			s.to(t, row)
			s.press(fyne.KeyH)
		}
		uitest.Looks(t, tt.name, s.window)
	}
	s := open(t, uitest.Radar{}, light(), wide)
	uitest.Looks(t, "attention_none", s.window)
}

func TestRowsHaveRoomInEveryLanguage(t *testing.T) {
	for _, language := range []fyne.Locale{"es", "zh_Hans"} {
		t.Run(language.LanguageString(), func(t *testing.T) {
			uitest.Speak(t, language)
			for _, theme := range []*kit.Theme{light(), {Appearance: kit.Light, Scale: 1.3}} {
				s := open(t, uitest.OfficeRadar(), theme, fyne.NewSize(wide.Width*max(1, theme.Scale), 900))
				if cut := uitest.Cut(s.window.Content()); len(cut) > 0 {
					t.Errorf("at %v, rows cut %q", theme.Scale, cut)
				}
			}
		})
	}
}
