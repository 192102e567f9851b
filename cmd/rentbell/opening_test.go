package main

import (
	"context"
	"errors"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"rentbell/core"
	"rentbell/core/bell"
)

// closing is a desk that is only closed.
type closing struct{ closed int }

func (*closing) Run(context.Context) {}
func (*closing) Core() *bell.Bell    { return nil }
func (*closing) Dir() string         { return "" }
func (c *closing) Close() error      { c.closed++; return nil }

func newOpening() *opening {
	return &opening{steps: make(chan step, 1), opened: make(chan opened, 1), stop: func() {}}
}

func TestDataThatOpensSoonHasNoWindowOfItsOwn(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		at := &closing{}
		for name, open := range map[string]func(*opening){
			"of this version": func(*opening) { time.Sleep(time.Minute) },
			"small": func(w *opening) {
				w.note(1, 2)
				time.Sleep(upgradeShown - time.Millisecond)
			},
		} {
			w := newOpening()
			go func() {
				open(w)
				w.opened <- opened{desk: at, err: core.ErrInUse}
			}()
			if o, over := w.wait(upgradeShown); !over || o.desk != at || !errors.Is(o.err, core.ErrInUse) {
				t.Errorf("%s: %+v, over %v", name, o, over)
			}
		}
	})
}

func TestDataThatTakesLongIsFollowedToItsEnd(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		at := &closing{}
		w := newOpening()
		go func() {
			for done := range 5 {
				w.note(done, 5)
				time.Sleep(upgradeShown)
			}
			w.opened <- opened{desk: at}
		}()
		if _, over := w.wait(upgradeShown); over {
			t.Fatal("it is over")
		}
		var steps []int
		if err := w.follow(func(done, total int) { steps = append(steps, done*10+total) }); err != nil {
			t.Error(err)
		}
		if !slices.IsSorted(steps) || len(steps) < 3 || steps[len(steps)-1] != 45 {
			t.Errorf("steps %v", steps)
		}
		if at.closed != 1 {
			t.Errorf("the data is closed %d times, want once: another process opens it", at.closed)
		}
	})
}

func TestAnEndWithoutDataIsItsError(t *testing.T) {
	w := newOpening()
	w.note(1, 2)
	w.note(2, 2)
	w.opened <- opened{err: core.ErrDamaged}
	if err := w.follow(func(int, int) {}); !errors.Is(err, core.ErrDamaged) {
		t.Errorf("follow = %v", err)
	}
}
