package settings

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"rentbell/core"
	"rentbell/core/bell"
	"rentbell/core/picker"
	"rentbell/store"
	"rentbell/ui/chooser"
	"rentbell/ui/frame"
	"rentbell/ui/kit"
	"rentbell/ui/uitest"
)

// desk is a Settings page in a window of its own, over a real bell and store.
type desk struct {
	*View
	config Config
	bell   *offline
	saver  *frame.Saver
	work   *uitest.Queue
	vault  *uitest.Keeper
	signIn *atSignIn
	db     *store.DB
	app    fyne.App
	window fyne.Window
	status core.Status
	chosen string   // what the system's dialog answers
	opened []string // folders
}

// offline is a bell that finds all well, for what it really finds differs from
// computer to computer.
type offline struct {
	*bell.Bell
	check func(context.Context) core.Report
	read  int // how often it was asked to read at once
	again int // how often it was asked to try again at once
}

func (o *offline) Check(ctx context.Context) core.Report { return o.check(ctx) }
func (o *offline) ReadNow()                              { o.read++ }
func (o *offline) Reconnect()                            { o.again++ }

// Pick chooses a file or a folder.
func (d *desk) Pick(context.Context, picker.Question) (string, error) { return d.chosen, nil }

// atSignIn is what the system starts at sign-in.
type atSignIn struct {
	on  bool
	err error
}

func (s *atSignIn) Enabled() (bool, error) { return s.on, s.err }
func (s *atSignIn) Enable() error          { return s.set(true) }
func (s *atSignIn) Disable() error         { return s.set(false) }

func (s *atSignIn) set(on bool) error {
	if s.err == nil {
		s.on = on
	}
	return s.err
}

func TestMain(m *testing.M) { uitest.Main(m) }

func openDesk(t *testing.T, change func(*bell.Config)) *desk {
	t.Helper()
	d := &desk{bell: &offline{}, work: &uitest.Queue{}, signIn: &atSignIn{}, app: test.NewTempApp(t)}
	d.bell.check = func(context.Context) core.Report { return uitest.WellReport(d.status) }
	test.NewCanvas().Capture() // Fyne looks at its clock only then, and forgets the layout of what is a minute old
	d.app.Settings().SetTheme(&kit.Theme{Appearance: kit.Light, Still: true})
	d.bell.Bell, d.db, d.vault = uitest.EmptyBell(t, change)
	report := func(string, error) {}
	d.saver = &frame.Saver{Post: d.work.Post, Keeper: d.bell, Saved: func() { d.showStatus(d.bell.Status()) }, Report: report}
	d.window = d.app.NewWindow("Settings")
	t.Cleanup(d.window.Close)
	d.config = Config{
		Window: d.window, Post: d.work.Post, Saver: d.saver, Bell: d.bell, Now: func() time.Time { return uitest.Present }, Report: report,
		Chooser: chooser.New(chooser.Config{Window: d.window, Post: d.work.Post, System: d, Report: report, Kept: func(string) string { return "" }, Keep: func(string, string) {}}),
		Dir:     "/home/morgan/.config/rentbell", Sounds: true, Login: d.signIn,
		ExportDir: func(s core.Settings) string { return s.ExportDir },
		Do: Presses{
			Copy: d.app.Clipboard().SetContent, OpenFolder: func(dir string) { d.opened = append(d.opened, dir) }, OpenPage: func(string) {},
			Imported: func() { d.showStatus(d.bell.Status()) }, Restored: func() { d.showStatus(d.bell.Status()) },
			CountDown: func() {},
		},
	}
	d.View = New(d.config)
	d.window.SetContent(d.Page.Object)
	d.window.Resize(fyne.NewSize(1000, 760))
	d.showStatus(d.bell.Status())
	d.work.All(t)
	return d
}

// showStatus shows a status with all else as it is saved.
func (d *desk) showStatus(s core.Status) {
	d.status = s
	d.Show(State{
		Status: s, Settings: d.bell.Settings(), Secrets: d.bell.Secrets(), Account: d.bell.Account(), Override: d.bell.Override(), Names: d.bell.Names(),
	})
}

func (d *desk) refresh() { d.showStatus(d.status) }

// partOf finds a card by its kind.
func partOf[T settingsPart](t testing.TB, d *desk) T {
	t.Helper()
	for _, part := range d.parts {
		if found, ok := part.(T); ok {
			return found
		}
	}
	t.Fatalf("Settings has no %T", *new(T))
	return *new(T)
}

// titled finds a card by its title: the one that can be seen, of two.
func (d *desk) titled(t testing.TB, title string) *card {
	t.Helper()
	var found *card
	for _, part := range d.parts {
		c := part.self()
		if texts := all[worded](c.object, ""); len(texts) > 0 && texts[0].Text() == title && (found == nil || c.object.Visible()) {
			found = c
		}
	}
	if found == nil {
		t.Fatalf("Settings has no card %q", title)
	}
	return found
}

// worded is what shows a text.
type worded interface {
	fyne.CanvasObject
	Text() string
}

// find finds what a screen reader calls by a name, hidden or not.
func find[T fyne.CanvasObject](t testing.TB, in fyne.CanvasObject, name string) T {
	t.Helper()
	found := all[T](in, name)
	if len(found) == 0 {
		t.Fatalf("no %T %q", *new(T), name)
	}
	return found[0]
}

// all are the objects of a kind in a tree, hidden or not; of one name, unless it is
// empty.
func all[T fyne.CanvasObject](o fyne.CanvasObject, name string) (found []T) {
	if one, is := o.(T); is {
		if named, can := o.(interface{ AccessibilityLabel() string }); name == "" || can && bare(named.AccessibilityLabel()) == name {
			found = append(found, one)
		}
	}
	switch o := o.(type) {
	case *fyne.Container:
		for _, part := range o.Objects {
			found = append(found, all[T](part, name)...)
		}
	case fyne.Widget:
		for _, part := range test.WidgetRenderer(o).Objects() {
			found = append(found, all[T](part, name)...)
		}
	}
	return found
}

// bare is a label without the state of a switch.
func bare(label string) string {
	return strings.TrimSuffix(strings.TrimSuffix(label, ", on"), ", off")
}

// says reports whether something that can be seen begins with a text.
func says(o fyne.CanvasObject, text string) bool {
	return slices.ContainsFunc(uitest.Texts(o), func(t string) bool { return strings.HasPrefix(t, text) })
}
