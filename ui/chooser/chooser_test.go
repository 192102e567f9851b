package chooser

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"rentbell/core/picker"
	"rentbell/ui/frame"
	"rentbell/ui/kit"
	"rentbell/ui/uitest"
)

// system is a System made of a function.
type system func(context.Context, picker.Question) (string, error)

func (s system) Pick(ctx context.Context, q picker.Question) (string, error) { return s(ctx, q) }

// desk is a window with a Chooser. Background work waits until the test runs
// it.
type desk struct {
	*Chooser
	work   uitest.Queue
	kept   map[string]string
	chosen []string
}

func open(t *testing.T, s System) *desk {
	t.Helper()
	app := test.NewTempApp(t)
	app.Settings().SetTheme(&kit.Theme{Appearance: kit.Light, Still: true})
	w := app.NewWindow("")
	t.Cleanup(w.Close)
	w.SetContent(kit.NewBox(kit.ColorPage, "", 0))
	w.Resize(fyne.NewSize(1180, 760))
	d := &desk{kept: map[string]string{}}
	d.Chooser = New(Config{
		Window: w, Post: d.work.Post, System: s, Report: func(doing string, err error) {
			if err != nil {
				t.Errorf("%s: %v", doing, err)
			}
		},
		Kept: func(about string) string { return d.kept[about] },
		Keep: func(about, dir string) { d.kept[about] = dir },
	})
	return d
}

func (d *desk) choose(path string) { d.chosen = append(d.chosen, path) }

// press sends a key as a real window does: to the focused widget, or else to
// the window.
func (d *desk) press(name fyne.KeyName) {
	key := &fyne.KeyEvent{Name: name}
	if focused := d.Window.Canvas().Focused(); focused != nil {
		focused.TypedKey(key)
		return
	}
	d.Window.Canvas().OnTypedKey()(key)
}

func (d *desk) overlays(t *testing.T, want int) {
	t.Helper()
	if n := len(d.Window.Canvas().Overlays().List()); n != want {
		t.Fatalf("%d dialogs are open, want %d", n, want)
	}
}

func (d *desk) want(t *testing.T, paths ...string) {
	t.Helper()
	if len(d.chosen) != len(paths) {
		t.Fatalf("chosen is %q, want %q", d.chosen, paths)
	}
	for i, path := range paths {
		if d.chosen[i] != path {
			t.Errorf("chosen is %q, want %q", d.chosen, paths)
		}
	}
}

func TestTheSystemAsksOnceAndItsFolderIsRemembered(t *testing.T) {
	var asked []picker.Question
	dir := t.TempDir()
	answers := []string{filepath.Join(dir, "a.csv"), "", dir}
	d := open(t, system(func(_ context.Context, q picker.Question) (string, error) {
		asked = append(asked, q)
		return answers[len(asked)-1], nil
	}))
	d.Open(Ask{About: "names"}, d.choose)
	d.Open(Ask{About: "names"}, d.choose) // while the first is open
	d.overlays(t, 1)
	d.work.All(t)
	d.Open(Ask{About: "names"}, d.choose) // answered without a path
	d.work.All(t)
	d.Folder(Ask{About: "backup"}, d.choose)
	d.work.All(t)
	d.overlays(t, 0)
	d.want(t, answers[0], dir)
	if len(asked) != 3 || asked[1].Dir != dir || d.kept["backup"] != dir {
		t.Errorf("asked %+v; remembered %v", asked, d.kept)
	}
}

func TestTheWindowAsksWhereTheSystemCannot(t *testing.T) {
	d := open(t, system(func(context.Context, picker.Question) (string, error) { return "", picker.ErrNone }))
	d.Folder(Ask{Dir: t.TempDir()}, d.choose)
	d.work.All(t)
	d.overlays(t, 1)
	d.Folder(Ask{}, d.choose)
	d.overlays(t, 1)
	d.press(fyne.KeyEscape)
	d.overlays(t, 0)
	d.want(t)
}

// TestASilentSystemIsLeftAtOnce covers a portal that is there but shows
// nothing.
func TestASilentSystemIsLeftAtOnce(t *testing.T) {
	var ended []error
	d := open(t, system(func(ctx context.Context, _ picker.Question) (string, error) {
		ended = append(ended, ctx.Err())
		return "/late", nil
	}))
	d.Open(Ask{}, d.choose)
	d.press(fyne.KeyEscape)
	d.overlays(t, 0)
	d.Open(Ask{}, d.choose)
	d.overlays(t, 1)
	d.work.Next(t) // the cancelled one
	d.overlays(t, 1)
	d.want(t)
	if ended[0] == nil {
		t.Error("the system's dialog goes on")
	}
	d.work.All(t)
	d.overlays(t, 0)
	d.want(t, "/late")
}

func TestEscClosesTheTopmostAlone(t *testing.T) {
	d := open(t, nil)
	below, _ := kit.NewEntry("", func(string) {})
	frame.OpenDialog(d.Window.Canvas(), frame.DialogParts{Title: "Below", Body: below, Footer: kit.HStack(0)})
	below.SetText("typed")
	d.Save(Ask{Name: "a.csv", Dir: t.TempDir()}, d.choose)
	test.Tap(uitest.ButtonIn(t, d.Window.Canvas().Overlays().Top(), "Change"))
	d.overlays(t, 3)
	d.press(fyne.KeyEscape)
	d.Save(Ask{}, d.choose) // ignored: the first is still open
	for left := 2; left >= 0; left-- {
		d.overlays(t, left)
		if below.Text != "typed" {
			t.Errorf("what was typed below is now %q", below.Text)
		}
		if left > 0 {
			d.press(fyne.KeyEscape)
		}
	}
	d.want(t)
}

func TestEnterSavesAndAsksBeforeItReplaces(t *testing.T) {
	d := open(t, nil)
	dir := t.TempDir()
	path := filepath.Join(dir, "names.csv")
	d.Save(Ask{About: "names", Name: "names.csv", Dir: dir}, d.choose)
	d.press(fyne.KeyReturn)
	d.overlays(t, 0)
	d.want(t, path)
	if err := os.WriteFile(path, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	d.Save(Ask{About: "names", Name: "names.csv"}, d.choose) // in the folder of the first
	d.press(fyne.KeyReturn)
	d.overlays(t, 2)
	d.press(fyne.KeyEscape)
	d.overlays(t, 1)
	d.want(t, path)
	d.press(fyne.KeyReturn)
	d.press(fyne.KeyReturn)
	d.overlays(t, 0)
	d.want(t, path, path)
}

func TestANameThatIsNoneIsNotSaved(t *testing.T) {
	for _, name := range []string{"", ".", "..", "a/b", "/"} {
		d := open(t, nil)
		d.Save(Ask{Name: name, Dir: t.TempDir()}, d.choose)
		d.press(fyne.KeyReturn)
		d.overlays(t, 1)
		d.want(t)
	}
}

func TestEscClosesWhereverTheFocusIs(t *testing.T) {
	dir := t.TempDir()
	if err := os.Mkdir(filepath.Join(dir, "Exports"), 0o700); err != nil {
		t.Fatal(err)
	}
	d := open(t, nil)
	for _, name := range []string{"", "Exports", "Folder above", "Cancel", "Choose this folder"} {
		d.Folder(Ask{Dir: dir}, d.choose)
		d.work.All(t)
		top := d.Window.Canvas().Overlays().Top()
		if name == "Exports" {
			uitest.Walk(top, func(o fyne.CanvasObject) {
				if list, is := o.(*kit.List); is {
					d.Window.Canvas().Focus(list)
					d.press(fyne.KeyDown)
				}
			})
		} else if name != "" {
			d.Window.Canvas().Focus(uitest.ButtonIn(t, top, name))
		}
		d.press(fyne.KeyEscape)
		d.overlays(t, 0)
	}
	d.want(t)
}

func TestFilesAndFoldersAreChosenInTheWindow(t *testing.T) {
	dir := t.TempDir()
	backups := filepath.Join(dir, "Backups")
	if err := os.Mkdir(backups, 0o700); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"b.DB", "notes.txt", ".hidden.db"} {
		if err := os.WriteFile(filepath.Join(backups, name), nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	d := open(t, nil)
	press := func(row int) {
		uitest.Walk(d.Window.Canvas().Overlays().Top(), func(o fyne.CanvasObject) {
			if list, is := o.(*kit.List); is {
				list.OnOpen(row)
			}
		})
		d.work.All(t)
	}
	d.Open(Ask{Dir: dir, Kinds: []string{".db"}}, d.choose)
	d.work.All(t)
	press(0)
	if texts := uitest.Texts(d.Window.Canvas().Overlays().Top()); !slices.Contains(texts, "b.DB") || slices.Contains(texts, "notes.txt") || slices.Contains(texts, ".hidden.db") {
		t.Errorf("the folder shows %q", texts)
	}
	press(0)
	d.want(t, filepath.Join(backups, "b.DB"))

	d.Folder(Ask{Dir: filepath.Join(dir, "not there yet")}, d.choose)
	d.work.All(t)
	press(0)
	d.press(fyne.KeyReturn)
	d.want(t, filepath.Join(backups, "b.DB"), backups)
}
