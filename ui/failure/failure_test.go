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

// failing opens a failure in a window. work runs the slow work that was posted.
func failing(t *testing.T, f Problem) (v *failure, w fyne.Window, work func(), quits *int) {
	t.Helper()
	app := test.NewTempApp(t)
	app.Settings().SetTheme(&kit.Theme{Appearance: kit.Light})
	var waiting func()
	post := frame.Poster(func(do func(context.Context) func()) (cancel func()) {
		waiting = func() { do(t.Context())() }
		return func() {}
	})
	quits = new(int)
	v = newFailure(f, post, func() { *quits++ })
	w = test.NewTempWindow(t, v.content)
	w.SetPadded(false)
	w.Resize(fyne.NewSize(520, 240))
	return v, w, func() { waiting() }, quits
}

var errDamaged = fmt.Errorf("open store: %w", core.ErrDamaged)

func TestFailureIsToldInWordsAndLooksSo(t *testing.T) {
	v, w, _, quits := failing(t, Problem{Err: fmt.Errorf("open store: %w", core.ErrInUse)})
	uitest.Looks(t, "failure", w)
	v.primary()
	if *quits != 1 {
		t.Error("the button does not end the app")
	}
}

func TestADamagedFileLooksDamagedAndIsMended(t *testing.T) {
	again, repaired := 0, Repaired{Events: 12345, Lost: 3, Aside: "/home/ana/.local/share/rentbell/rentbell-damaged-2026-06-18-104200.db"}
	v, w, work, quits := failing(t, Problem{
		Err: errDamaged, Restart: func() { again++ },
		Repair: func(context.Context) (Repaired, error) { return repaired, nil },
	})
	uitest.Looks(t, "failure_damaged", w)
	v.primary()
	uitest.Looks(t, "failure_mending", w)
	v.primary() // Enter again
	if *quits != 0 {
		t.Error("the app ends while the file is repaired")
	}
	work()
	uitest.Looks(t, "failure_mended", w)
	v.primary()
	if again != 1 || *quits != 1 {
		t.Errorf("started anew %d times, ended %d times", again, *quits)
	}
}

func TestWhatARepairLeavesOutIsToldAndLooksSo(t *testing.T) {
	v, w, work, _ := failing(t, Problem{
		Err: errDamaged,
		Repair: func(context.Context) (Repaired, error) {
			return Repaired{Events: 12345, Lost: 3, Left: []string{"exports", "presence", "settings"},
				Aside: "/home/ana/.local/share/rentbell/rentbell-damaged-2026-06-18-104200.db"}, nil
		},
	})
	v.primary()
	work()
	w.Resize(fyne.NewSize(520, v.content.MinSize().Height)) // the desktop sizes the window like this
	uitest.Looks(t, "failure_mended_left", w)
}

func TestAFileThatCannotBeMendedLooksSo(t *testing.T) {
	v, w, work, quits := failing(t, Problem{
		Err: errDamaged, Restart: func() { t.Error("starts anew") },
		Repair: func(context.Context) (Repaired, error) {
			return Repaired{}, fmt.Errorf("repair store: %w", core.ErrInUse)
		},
	})
	v.primary()
	work()
	uitest.Looks(t, "failure", w)
	v.primary()
	if *quits != 1 {
		t.Error("the button does not end the app")
	}
}
