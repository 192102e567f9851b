package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"runtime"
	"syscall"
	"time"

	"fyne.io/fyne/v2/app"

	"rentbell/core"
	"rentbell/store"
	"rentbell/ui/failure"
)

// tellFailure says on the desktop why Rentbell could not start: whoever
// double-clicked it does not see stderr. When another Rentbell has the data a
// notification is enough, and this one is promised to end within seconds; any
// other trouble stays on the screen until it is read. again: what was damaged in
// dir has been mended, and Rentbell shall start.
func tellFailure(err error, dir string) (again bool) {
	if runtime.GOOS == "linux" && os.Getenv("DISPLAY") == "" && os.Getenv("WAYLAND_DISPLAY") == "" {
		return false
	}
	app.SetMetadata(metadata)
	fyneApp := app.NewWithID(metadata.ID)
	if errors.Is(err, core.ErrInUse) {
		failure.Notify(fyneApp, err)
		return false
	}
	shown := failure.Problem{Err: err, Again: func() { again = true }}
	if errors.Is(err, core.ErrDamaged) && dir != "" {
		shown.Mend = func(ctx context.Context) (failure.Mended, error) { return mend(ctx, dir) }
	}
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	failure.Show(ctx, fyneApp, shown)
	fyneApp.Run()
	return again
}

// mend makes a new file of what can be read of the damaged one.
func mend(ctx context.Context, dir string) (failure.Mended, error) {
	done, err := store.Repair(ctx, dir, time.Now())
	return failure.Mended{Events: done.Events, Lost: done.Lost, Left: done.Left, Aside: done.Aside}, err
}

// startAnew puts a new Rentbell in this one's place: Fyne runs once in a process.
func startAnew() error {
	self, err := os.Executable()
	if err != nil {
		return fmt.Errorf("start anew: %w", err)
	}
	err = syscall.Exec(self, os.Args, os.Environ()) // which comes back where it fails, as always on Windows
	if runtime.GOOS == "windows" {
		again := exec.Command(self, os.Args[1:]...)
		again.Stdout, again.Stderr = os.Stdout, os.Stderr
		err = again.Start()
	}
	if err != nil {
		return fmt.Errorf("start anew: %w", err)
	}
	return nil
}
