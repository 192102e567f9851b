package main

import (
	"context"
	"errors"
	"log/slog"
	"time"

	"fyne.io/fyne/v2/app"

	"rentbell/cmd/internal/launch"
	"rentbell/ui/failure"
)

// upgradeShown is how long an earlier version's file is written anew before a window
// shows how far that is. A small file is done by then.
const upgradeShown = 400 * time.Millisecond

// errAnew: the data is ready, and Rentbell has to be started anew, because Fyne can run
// only once in a process.
var errAnew = errors.New("the data is ready")

// opening is a data directory that is opened on a goroutine of its own. The file of an
// earlier version is written anew first, and the main goroutine shows a window meanwhile.
type opening struct {
	steps  chan step   // capacity 1: the newest alone counts
	opened chan opened // capacity 1: there is one
	stop   context.CancelFunc
}

type step struct{ done, total int }

type opened struct {
	desk desk
	err  error
}

// beginOpening opens the data until stop is called.
func (c call) beginOpening(o launch.Options) *opening {
	ctx, stop := context.WithCancel(context.Background())
	w := &opening{steps: make(chan step, 1), opened: make(chan opened, 1), stop: stop}
	o.Upgrading = w.note
	go func() {
		d, err := c.open(ctx, o)
		w.opened <- opened{d, err}
	}()
	return w
}

// note takes the newest step in place of one that nobody has taken.
func (w *opening) note(done, total int) {
	select {
	case <-w.steps:
	default:
	}
	w.steps <- step{done, total}
}

// finish returns the data, or shows how far it is. Then errAnew says that Rentbell has to
// be started anew, and no data and no error that the user has closed the window.
func (w *opening) finish(dir string, log *slog.Logger) (desk, error) {
	o, over := w.wait(upgradeShown)
	if !over && noDisplay() {
		o, over = <-w.opened, true
	}
	if over {
		return o.desk, o.err
	}
	log.Info("the data is written anew for this version")
	return nil, w.showUpgrade(dir)
}

// wait returns the data, unless an earlier version's is written anew for so long that a
// window should say so.
func (w *opening) wait(patience time.Duration) (o opened, over bool) {
	select {
	case o = <-w.opened:
		return o, true
	case <-w.steps:
	}
	late := time.NewTimer(patience)
	defer late.Stop()
	select {
	case o = <-w.opened:
		return o, true
	case <-late.C:
		return o, false
	}
}

// follow waits for the data and passes on how far it is. It closes the data: whoever
// starts anew opens it.
func (w *opening) follow(progress func(done, total int)) error {
	for {
		select {
		case s := <-w.steps:
			progress(s.done, s.total)
		case o := <-w.opened:
			if o.err != nil {
				return o.err
			}
			return o.desk.Close()
		}
	}
}

// showUpgrade shows how far the data is, until it is ready or the user closes the
// window. Then what was begun is stopped, which leaves the data as it was. It returns
// errAnew when Rentbell should start anew, and nil when the user has seen enough.
func (w *opening) showUpgrade(dir string) error {
	app.SetMetadata(metadata)
	fyneApp := app.NewWithID(metadata.ID)
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	again, over := false, make(chan struct{})
	failure.ShowUpgrade(ctx, fyneApp, failure.Upgrade{
		Wait: func(_ context.Context, progress func(done, total int)) error {
			defer close(over)
			return w.follow(progress)
		},
		Problem: func(err error) failure.Problem { return problem(err, dir, &again) },
		Ready:   func() { again = true },
	})
	fyneApp.Run()
	cancel() // nothing is drawn any more
	w.stop()
	<-over
	if again {
		return errAnew
	}
	return nil
}
