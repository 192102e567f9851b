package expected

import (
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"rentbell/core"
	"rentbell/ui/kit"
	"rentbell/ui/uitest"
)

// shows returns all text of the window and of what lies over it.
func (s *stage) shows() string {
	texts := uitest.Texts(s.window.Content())
	if over := s.window.Canvas().Overlays().Top(); over != nil {
		texts = append(texts, uitest.Texts(over)...)
	}
	return strings.Join(texts, "\n")
}

func (s *stage) wantShown(t *testing.T, texts ...string) {
	t.Helper()
	for _, text := range texts {
		if !strings.Contains(s.shows(), text) {
			t.Errorf("%q is not shown:\n%s", text, s.shows())
		}
	}
}

func (s *stage) wantGone(t *testing.T, texts ...string) {
	t.Helper()
	for _, text := range texts {
		if strings.Contains(s.shows(), text) {
			t.Errorf("%q is shown", text)
		}
	}
}

// light opens the list in a usual window.
func light(t *testing.T, leases []core.LeaseMonth) *stage {
	t.Helper()
	return newStage(t, leases, kit.Theme{Appearance: kit.Light, Still: true}, usual)
}

func (s *stage) tenants() (names []string) {
	for _, l := range s.rows {
		names = append(names, l.Tenant)
	}
	return names
}

func TestWhatNeedsSomebodyComesFirst(t *testing.T) {
	s := light(t, rents())
	want := []string{
		"Devon Park", "Wei Castellano", "Ingrid Solberg", "Omar Haddad", "Kofi Mensah", "Terrence Cole",
		"Claire Fontenot", "Sofia Lindqvist", "", "Joan Petrakis", "Dana Whitfield", "Luis Cardenas",
	}
	if got := s.tenants(); !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
	heads := uitest.Heads(s.window.Content())
	test.Tap(heads[2])
	if got := s.tenants(); got[0] != "Wei Castellano" || got[len(got)-1] != "" {
		t.Errorf("by the rent, the highest first, got %q", got)
	}
	test.Tap(heads[2])
	if got := s.tenants(); got[0] != "Claire Fontenot" || got[len(got)-1] != "" {
		t.Errorf("by the rent, the lowest first, got %q", got)
	}
}

func TestARentThatIsNotKnownIsInNoFigure(t *testing.T) {
	s := light(t, rents())
	s.wantShown(t, "4 of 11 paid, 1 not known", "$8,045.00 still due", "from 7 leases",
		"$9,007.50 of $16,042.50 received, +$1,010.00 above rent", "All 12", "Late 3", "Paid twice 1", "Not known 1")
	all := totalsOf(rents())
	if all.expected-all.due+all.above != all.received {
		t.Errorf("the figures do not agree: %+v", all)
	}
	s.wantShown(t, "+$1,010.00", "above rent")
}

func TestChipsAndWordsNarrowTheList(t *testing.T) {
	s := light(t, rents())
	uitest.Tap(t, s.window.Content(), "Partial 2, off")
	if got := s.tenants(); !slices.Equal(got, []string{"Kofi Mensah", "Terrence Cole"}) {
		t.Errorf("partial are %q", got)
	}
	uitest.Tap(t, s.window.Content(), "All 12, off")
	s.Search.SetText("harbor 1,890.00")
	if got := s.tenants(); !slices.Equal(got, []string{"Wei Castellano"}) {
		t.Errorf("found %q", got)
	}
	s.wantShown(t, "1 lease found")
	s.Search.SetText("nobody")
	s.wantShown(t, "No leases found")
	uitest.Tap(t, s.window.Content(), "Clear search")
	if len(s.rows) != len(rents()) {
		t.Errorf("%d leases are listed", len(s.rows))
	}
}

func TestEmptyListsSayWhy(t *testing.T) {
	paid := rents()[:3]
	unknown := []core.LeaseMonth{leaseOf("20931", "", "", "", 0, 640_00, core.RentNotKnown)}
	tests := []struct {
		name   string
		leases []core.LeaseMonth
		state  core.RentState
		want   []string
	}{
		{"nobody is late", rents()[:7], core.RentLate, []string{"No lease is late in June."}},
		{"all is paid", paid, core.RentPartial, []string{"No lease has paid only a part in June.", "Everything expected has come."}},
		{"no rent is known", unknown, "", []string{"No rent is known yet", "Import a rent roll, type the rents, or let Rentbell learn them from three months.", "Import a table", "Show the leases"}},
		{"there are no leases", []core.LeaseMonth{}, "", []string{"No rent is known yet", "Import a table"}},
		{"the bell is still adding up", nil, "", []string{"One moment", "Rentbell is adding up what has come."}},
	}
	for _, tt := range tests {
		s := light(t, tt.leases)
		s.ShowState(tt.state)
		s.Load()
		for _, text := range tt.want {
			if !strings.Contains(s.shows(), text) {
				t.Errorf("%s: %q is not shown:\n%s", tt.name, text, s.shows())
			}
		}
	}
	s := light(t, unknown)
	if s.List.Rows.Len() > 0 {
		t.Error("keys reach rows that are not shown")
	}
	uitest.Tap(t, s.window.Content(), "Import a table")
	if s.imported != 1 {
		t.Error("no table is asked for")
	}
	uitest.Tap(t, s.window.Content(), "Show the leases")
	s.wantShown(t, "Lease 20931", "$640.00")
	s = light(t, paid)
	s.wantShown(t, "Everything expected has come")
}

func TestLateRentOfAnotherMonthIsOffered(t *testing.T) {
	s := light(t, rents())
	may := s.book.leases[10]
	may.Month = june.Add(-1)
	s.book.leases = append(s.book.leases[:3:3], may)
	s.ShowState(core.RentLate)
	s.Load()
	s.wantShown(t, "No lease is late in June.")
	uitest.Tap(t, s.window.Content(), "Show May 2026")
	s.wantShown(t, "Devon Park", "Late 12 days")
}

func TestARentIsTypedFromAMonthOn(t *testing.T) {
	s := light(t, rents())
	uitest.TapText(t, s.window, "Devon Park")
	s.wantShown(t, "Learned from 5 of the last 6 months", "$1,395.00, due June 1, grace until June 6")
	uitest.TapText(t, s.window, "Change")
	amount := s.window.Canvas().Focused().(*kit.Entry)
	amount.SetText("much")
	s.press(fyne.KeyReturn)
	s.wantShown(t, "The amount is no number of dollars and cents.")
	amount.SetText("1,400")
	uitest.Tap(t, s.window.Canvas().Overlays().Top(), "Save")
	want := []core.TypedRent{{From: june, Amount: 1400_00}}
	if got := s.book.terms["46903"]; !slices.Equal(got.Typed, want) || got.Rule != nil {
		t.Errorf("kept %+v", got)
	}
	if s.window.Canvas().Overlays().Top() != nil {
		t.Error("the dialog is still open")
	}
	later := typedFrom(want, june.Add(2), ptr(1500_00))
	if got := typedFrom(later, june.Add(1), ptr(1450_00)); !slices.Equal(got, []core.TypedRent{want[0], {From: june.Add(1), Amount: 1450_00}}) {
		t.Errorf("another from July on makes %v", got)
	}
	if got := typedFrom(later, june, nil); got != nil {
		t.Errorf("without an amount %v stays", got)
	}
}

func ptr(c core.Cents) *core.Cents { return &c }

func TestDueDayAndGraceOfALease(t *testing.T) {
	s := light(t, rents())
	uitest.TapText(t, s.window, "Devon Park")
	uitest.TapText(t, s.window, "Change")
	var entries []*kit.Entry
	uitest.Walk(s.window.Canvas().Overlays().Top(), func(o fyne.CanvasObject) {
		if e, is := o.(*kit.Entry); is {
			entries = append(entries, e)
		}
	})
	entries[1].SetText("32")
	uitest.Tap(t, s.window.Canvas().Overlays().Top(), "Save")
	s.wantShown(t, "The due day is from 1 to 31")
	entries[1].SetText("15")
	entries[2].SetText("0")
	uitest.Tap(t, s.window.Canvas().Overlays().Top(), "Save")
	if got := s.book.terms["46903"]; got.Rule == nil || *got.Rule != (core.DueRule{Due: 15}) || got.Typed != nil {
		t.Errorf("kept %+v", got)
	}
}

func TestNoticeAsksForItsDay(t *testing.T) {
	s := light(t, rents())
	uitest.TapText(t, s.window, "Devon Park")
	uitest.Tap(t, s.window.Content(), "Notice served, off")
	s.wantShown(t, "On which day was notice served?")
	s.window.Canvas().OnTypedKey()(&fyne.KeyEvent{Name: fyne.KeyEscape})
	if got := s.book.terms["46903"]; !got.Notice.IsZero() {
		t.Error("a day that nobody chose is kept")
	}
	uitest.Tap(t, s.window.Content(), "Notice served, off")
	s.press(fyne.KeyUp)
	s.press(fyne.KeyReturn)
	s.wantShown(t, "Notice served on Jun 11, 2026")
	if got := s.book.terms["46903"]; got.NoticeOn != uitest.On(2026, 6, 11) || !got.Notice.Equal(uitest.Present) {
		t.Errorf("kept %+v", got)
	}
	uitest.Tap(t, s.window.Content(), "Notice served, on")
	if got := s.book.terms["46903"]; !got.Notice.IsZero() || !got.NoticeOn.IsZero() {
		t.Errorf("taken back, %+v is kept", got)
	}
	uitest.Tap(t, s.window.Content(), "Pays ahead, off")
	if !s.book.terms["46903"].PaysAhead {
		t.Error("that the lease pays ahead is not kept")
	}
}

func TestWhatIsHandledCanBeTakenBack(t *testing.T) {
	s := light(t, rents())
	uitest.TapText(t, s.window, "Devon Park")
	uitest.Tap(t, s.window.Content(), "Mark handled")
	s.wantShown(t, "Handled", "Undo")
	s.wantGone(t, "Mark handled")
	uitest.Tap(t, s.window.Content(), "Undo")
	s.wantShown(t, "Mark handled", "Snooze")
	uitest.Tap(t, s.window.Content(), "Snooze")
	s.press(fyne.KeyDown)
	s.press(fyne.KeyReturn)
	s.wantShown(t, "Snoozed until Mon, June 22 at 8:30 AM", "Undo")
	key := core.Finding{Kind: core.FindLate, Lease: "46903", Month: june}.Key()
	if got := s.book.marks[key].Snoozed; !got.Equal(time.Date(2026, 6, 22, 8, 30, 0, 0, uitest.NewYork)) {
		t.Errorf("snoozed until %v", got)
	}
}

func TestKeysSnoozeAndHandleWhatThePaneShows(t *testing.T) {
	s := light(t, rents())
	uitest.TapText(t, s.window, "Devon Park")
	s.press(fyne.KeyDown)
	s.press(fyne.KeyH)
	wei := core.Finding{Kind: core.FindLate, Lease: "45120", Month: june}.Key()
	if s.book.marks[wei].Handled.IsZero() {
		t.Error("H does not mark it handled")
	}
	s.wantShown(t, "Handled", "Undo")
	s.press(fyne.KeyDown)
	s.press(fyne.KeyS)
	s.press(fyne.KeyReturn)
	s.wantShown(t, "Snoozed until Fri, June 19 at 8:30 AM")
}

func TestDetailsAreCopied(t *testing.T) {
	s := light(t, rents())
	uitest.TapText(t, s.window, "Devon Park")
	uitest.Tap(t, s.window.Content(), "Copy details")
	want := "Rent for June, Devon Park\nProperty: Alder Court, Unit 1B\nLease: 46903, to Feb 28, 2027\nRent: $1,395.00, due June 1, grace until June 6\nSource: Learned from 5 of the last 6 months\n"
	if s.copied != want {
		t.Errorf("copied %q, want %q", s.copied, want)
	}
}

func TestAnotherMonthClosesThePane(t *testing.T) {
	s := light(t, rents())
	uitest.TapText(t, s.window, "Devon Park")
	s.month.SetSelected("May 2026")
	s.wantGone(t, "Devon Park", "Rent for June")
	s.wantShown(t, "No rent is known yet")
}

func TestLargeAmountsAndLanguagesHaveRoom(t *testing.T) {
	leases := rents()
	for i := range leases {
		if leases[i].Expected.Known() {
			leases[i].Expected.Amount += 60_000_00
			leases[i].Received += 50_000_00
		}
	}
	for _, language := range []fyne.Locale{"en", "es", "zh-Hans"} {
		uitest.Speak(t, language)
		for _, size := range []fyne.Size{fyne.NewSize(1020, 700), usual, small} {
			s := newStage(t, leases, kit.Theme{Appearance: kit.Light, Still: true}, size)
			for _, cut := range uitest.Cut(s.List) {
				if strings.ContainsAny(cut, "$?") {
					t.Errorf("%s, %v: %q is cut", language, size, cut)
				}
			}
		}
	}
}

func TestChangingARentHasRoomForLargeTextInASmallWindow(t *testing.T) {
	for _, language := range []fyne.Locale{"en", "es", "zh-Hans"} {
		uitest.Speak(t, language)
		s := newStage(t, rents(), kit.Theme{Appearance: kit.Light, Still: true, Scale: 1.3}, small)
		uitest.TapText(t, s.window, "Devon Park")
		if cut := uitest.Cut(s.window.Content()); len(cut) > 0 {
			t.Errorf("%s: in the pane %q is cut", language, cut)
		}
		s.c.For(Terms{Month: s.rows[0]}).Change()
		if cut := uitest.Cut(s.window.Canvas().Overlays().Top()); len(cut) > 0 {
			t.Errorf("%s: in the dialog %q is cut", language, cut)
		}
	}
}
