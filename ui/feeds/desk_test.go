package feeds

import (
	"log/slog"
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	_ "fyne.io/fyne/v2/test" // makes the test app

	"rentbell/core"
	"rentbell/core/bell"
	"rentbell/store"
	"rentbell/ui/find"
	"rentbell/ui/kit"
	"rentbell/ui/uitest"
)

// present is the moment of the mock-ups, in newYork.
var present, newYork = uitest.Present, uitest.NewYork

func TestMain(m *testing.M) { uitest.Main(m) }

// desk is the pages over a store, one of them in a window that has no navigation.
type desk struct {
	*Pages
	db     *store.DB
	window fyne.Window
}

// open makes a desk where reads do not wait.
func open(t testing.TB, db *store.DB) desk {
	t.Helper()
	return openOver(t, db, func(b *bell.Bell) Bell { return b })
}

// openOver is open over a bell that the test makes of an ordinary one.
func openOver(t testing.TB, db *store.DB, over func(*bell.Bell) Bell) desk {
	t.Helper()
	app := fyne.CurrentApp()
	app.Settings().SetTheme(&kit.Theme{Appearance: kit.Light, Still: true})
	b, err := bell.New(bell.Config{Store: db, Vault: uitest.NoVault{}, Log: slog.New(slog.DiscardHandler), Now: func() time.Time { return present }})
	if err != nil {
		t.Fatal(err)
	}
	d := desk{db: db, window: app.NewWindow("")}
	t.Cleanup(d.window.Close)
	d.window.SetPadded(false)
	d.Pages = New(Config{
		Bell: over(b), Now: func() time.Time { return present }, Post: uitest.AtOnce(t), Canvas: d.window.Canvas,
		Report: func(doing string, err error) {
			if err != nil {
				t.Errorf("%s: %v", doing, err)
			}
		},
		Do: Actions{Open: func(s Section) {
			d.window.SetContent(container.NewStack(kit.NewBox(kit.ColorPage, "", 0), d.Page(s).Object))
			d.window.Resize(fyne.NewSize(1180-kit.NavWidth, 760))
			d.Load(s)
		}},
	})
	s := b.Status()
	if s.Summary, err = b.Summary(); err != nil {
		t.Fatal(err)
	}
	s.Connection = core.Listening
	d.SetStatus(s)
	return d
}

// press sends a key to the widget with the focus.
func (d desk) press(name fyne.KeyName) {
	d.window.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: name})
}

// wantShown fails for every text that is not on the window.
func (d desk) wantShown(t *testing.T, texts ...string) {
	t.Helper()
	all := strings.Join(uitest.Texts(d.window.Content()), "\n")
	for _, text := range texts {
		if !strings.Contains(all, text) {
			t.Errorf("%q is not on the window", text)
		}
	}
}

func TestPaymentsLookUnfinishedWhileTheyAreSearched(t *testing.T) {
	d := open(t, uitest.Office(t))
	d.do.Open(Payments)
	p, err := d.finder.Find(t.Context(), find.Query{Search: "alder"}, present, nil)
	if err != nil {
		t.Fatal(err)
	}
	d.payments.search.SetText("alder")
	p.Searching = true
	d.payments.show(p, nil, way{setUp: true})
	uitest.Looks(t, "payments_searching", d.window)
}

func TestALookAtOneOfTheMissedIsALookAtAll(t *testing.T) {
	d := open(t, uitest.Office(t))
	d.do.Open(Overview)
	d.ShowMissed(3)
	d.wantShown(t, "3 new")
	uitest.TapText(t, d.window, "Luis Cardenas")
	d.wantShown(t, "47770, to Oct 14, 2026")
	d.do.Open(Overview)
	if slices.Contains(uitest.Texts(d.window.Content()), "3 new") {
		t.Error("after a look Latest still says 3 new")
	}
}
