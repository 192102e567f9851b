package main

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
)

// quitting is an app whose loop ends at once, and that says what Fyne would
// have queued at that moment.
type quitting struct {
	fyne.App
	atLoopEnd func()
}

func (q quitting) Run() { q.atLoopEnd() }

func TestLoopEndQueuesNothingAndStillDoesItsWork(t *testing.T) {
	a := test.NewTempApp(t)
	life, ok := a.Lifecycle().(interface {
		OnStopped() func()
		SetOnStoppedHookExecuted(func())
	})
	if !ok {
		t.Fatal("Fyne's lifecycle has no hook for its end any more: runLoop may go")
	}
	saved := 0
	life.SetOnStoppedHookExecuted(func() { saved++ })
	runLoop(quitting{App: a, atLoopEnd: func() {
		if life.OnStopped() != nil {
			t.Error("the end of the loop queues a call, which can be lost and waited for")
		}
		if saved != 0 {
			t.Error("the preferences were written before the loop ended")
		}
	}})
	if saved != 1 {
		t.Errorf("the preferences were written %d times after the loop, want once", saved)
	}
}
