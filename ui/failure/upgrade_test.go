package failure

import (
	"context"
	"fmt"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"rentbell/core"
	"rentbell/ui/frame"
	"rentbell/ui/kit"
	"rentbell/ui/uitest"
)

// upgrading is an upgrade in a window. What is posted runs when the test says so.
type upgrading struct {
	window       fyne.Window
	view         *failure
	posted       []func()
	ready, quits int
}

// upgraded shows an upgrade that wait waits for.
func upgraded(t *testing.T, wait func(u *upgrading, progress func(done, total int)) error) *upgrading {
	t.Helper()
	app := test.NewTempApp(t)
	app.Settings().SetTheme(&kit.Theme{Appearance: kit.Light})
	u := &upgrading{}
	post := frame.Poster(func(do func(context.Context) func()) (cancel func()) {
		u.posted = append(u.posted, func() { do(t.Context())() })
		return func() {}
	})
	u.view = newUpgrade(Upgrade{
		Wait:    func(_ context.Context, progress func(done, total int)) error { return wait(u, progress) },
		Problem: func(err error) Problem { return Problem{Err: err} },
		Ready:   func() { u.ready++ },
	}, post, func() { u.quits++ })
	u.window = test.NewTempWindow(t, u.view.content)
	u.window.SetPadded(false)
	u.window.Resize(fyne.NewSize(520, u.view.content.MinSize().Height))
	return u
}

// next runs what was posted first.
func (u *upgrading) next() {
	first := u.posted[0]
	u.posted = u.posted[1:]
	first()
}

func TestAnUpgradeShowsHowFarItIsAndLooksSo(t *testing.T) {
	u := upgraded(t, func(u *upgrading, progress func(done, total int)) error {
		progress(10, 1_000_000)
		progress(425_000, 1_000_000)
		if len(u.posted) != 1 {
			t.Errorf("%d steps wait to be drawn, want the newest alone", len(u.posted))
		}
		u.next()
		uitest.Looks(t, "upgrade", u.window)
		u.view.primary() // Enter has nothing to do
		if u.ready != 0 || u.quits != 0 {
			t.Error("it ends before the data is ready")
		}
		return nil
	})
	u.next()
	if u.ready != 1 || u.quits != 1 {
		t.Errorf("ready %d times, ended %d times", u.ready, u.quits)
	}
}

func TestAnUpgradeWithoutRoomSaysHowMuchIsMissingAndLooksSo(t *testing.T) {
	u := upgraded(t, func(*upgrading, func(done, total int)) error {
		return fmt.Errorf("prepare store: %w", &core.NoRoomError{Missing: 412_000_000})
	})
	u.next()
	uitest.Looks(t, "upgrade_no_room", u.window)
	u.view.primary()
	if u.ready != 0 || u.quits != 1 {
		t.Errorf("ready %d times, ended %d times", u.ready, u.quits)
	}
}

func TestThePartThatIsDoneNeverSaysAllBeforeTheEnd(t *testing.T) {
	for _, tt := range []struct{ done, total, want int }{{0, 0, 0}, {5, 0, 0}, {-1, 10, 0}, {0, 10, 0}, {199, 200, 99}, {200, 200, 99}, {300, 200, 99}, {425, 1000, 42}} {
		if got := partOf(tt.done, tt.total); got != tt.want {
			t.Errorf("%d of %d is %d %%, want %d", tt.done, tt.total, got, tt.want)
		}
	}
}
