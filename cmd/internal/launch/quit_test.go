package launch

import (
	"context"
	"errors"
	"path/filepath"
	"sync"
	"testing"

	"rentbell/core"
	"rentbell/store"
)

// runUntil runs an App until ctx ends, and closes it when the test is over.
func runUntil(t *testing.T, ctx context.Context, o Options) *App {
	t.Helper()
	app, err := Open(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	var running sync.WaitGroup
	running.Go(func() { app.Run(ctx) })
	t.Cleanup(func() {
		running.Wait()
		if err := app.Close(); err != nil {
			t.Error(err)
		}
	})
	return app
}

func TestQuitEndsAWindowAndWaits(t *testing.T) {
	ctx, cancel := context.WithCancel(context.WithoutCancel(t.Context()))
	defer cancel()
	o, asked := quiet(), make(chan struct{})
	o.Dir, o.Show, o.Quit = t.TempDir(), func() error { return nil }, func() { close(asked) }
	app := runUntil(t, ctx, o)
	gone := make(chan error, 1) // capacity 1: the test may have failed before
	go func() { gone <- Quit(t.Context(), o.Dir) }()
	<-asked
	cancel()
	select {
	case err := <-gone:
		t.Fatalf("Quit = %v while the process is there", err)
	default:
	}
	app.leaving.mu.Lock()
	for _, conn := range app.leaving.held {
		if err := conn.Close(); err != nil { // as at the end of a process
			t.Error(err)
		}
	}
	app.leaving.mu.Unlock()
	if err := <-gone; err != nil {
		t.Errorf("Quit = %v", err)
	}
}

func TestQuitLeavesWhatHasNoWindow(t *testing.T) {
	ctx, cancel := context.WithCancel(context.WithoutCancel(t.Context()))
	defer cancel()
	o := quiet()
	o.Dir = t.TempDir()
	runUntil(t, ctx, o)
	if err := Quit(t.Context(), o.Dir); err != nil {
		t.Errorf("Quit = %v", err)
	}
	if _, err := Open(t.Context(), o); !errors.Is(err, core.ErrInUse) {
		t.Errorf("the receiver has gone: Open = %v", err)
	}
}

func TestQuitWhereNothingRuns(t *testing.T) {
	dir := t.TempDir()
	if err := Quit(t.Context(), filepath.Join(dir, "none")); err != nil {
		t.Errorf("without a directory: %v", err)
	}
	if err := Quit(t.Context(), dir); err != nil {
		t.Errorf("without data: %v", err)
	}
	db, err := store.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	if err := Quit(t.Context(), dir); err != nil {
		t.Errorf("with data that nobody has open: %v", err)
	}
}

func TestQuitSaysWhenItCannotAsk(t *testing.T) {
	dir := t.TempDir()
	db, err := store.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if err := Quit(t.Context(), dir); !errors.Is(err, core.ErrInUse) {
		t.Errorf("Quit = %v, want ErrInUse", err)
	}
}
