package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"os/exec"
	"runtime"
	"syscall"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/app"

	"rentbell/core"
	"rentbell/core/desktop"
	"rentbell/store"
	"rentbell/ui/failure"
)

// tellFailure shows why Rentbell could not start, because a user who starts it
// from the desktop does not see stderr. When another Rentbell has the data, it
// shows a notification and returns within seconds. Any other error stays in a
// window until the user closes it. again reports that the data in dir has been
// repaired and Rentbell should start again.
func tellFailure(err error, dir string) (again bool) {
	if noDisplay() {
		return false
	}
	app.SetMetadata(metadata)
	fyneApp := app.NewWithID(metadata.ID)
	if errors.Is(err, core.ErrInUse) {
		notifyFailure(fyneApp, err)
		return false
	}
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	failure.Show(ctx, fyneApp, problem(err, dir, &again))
	fyneApp.Run()
	return again
}

// noDisplay reports that there is nowhere to show a window.
func noDisplay() bool {
	return runtime.GOOS == "linux" && os.Getenv("DISPLAY") == "" && os.Getenv("WAYLAND_DISPLAY") == ""
}

// problem is err with what the window offers to do about it. again is set when the
// user asks to start Rentbell anew.
func problem(err error, dir string, again *bool) failure.Problem {
	p := failure.Problem{Err: err, Restart: func() { *again = true }}
	if errors.Is(err, core.ErrDamaged) && dir != "" {
		p.Repair = func(ctx context.Context) (failure.Repaired, error) { return repair(ctx, dir) }
	}
	return p
}

// notifyFailure shows why Rentbell could not start in a notification. Fyne shows it
// where the desktop has no service of its own for that.
func notifyFailure(a fyne.App, err error) {
	surroundings := desktop.New(icon())
	defer func() { _ = surroundings.Close() }() // nobody waits for a press
	title, body := failure.Notice(err)
	if err := surroundings.Notify(context.Background(), core.Notice{Title: title, Body: body}); errors.Is(err, core.ErrNoNotifier) {
		a.SendNotification(fyne.NewNotification(title, body))
	}
}

// repair writes what can be read of a damaged store into a new one.
func repair(ctx context.Context, dir string) (failure.Repaired, error) {
	done, err := store.Repair(ctx, dir, time.Now())
	return failure.Repaired{Events: done.Events, Lost: done.Lost, Left: done.Left, Aside: done.Aside}, err
}

// startedAnew starts Rentbell anew and returns the exit code of this one.
func startedAnew(log *slog.Logger) int {
	if err := startAnew(); err != nil {
		log.Error("Rentbell could not be started anew", "err", err)
		return exitFailed
	}
	return 0
}

// startAnew replaces this process by a new Rentbell, because Fyne can run only
// once in a process.
func startAnew() error {
	self, err := os.Executable()
	if err != nil {
		return fmt.Errorf("start anew: %w", err)
	}
	err = syscall.Exec(self, os.Args, os.Environ()) // returns only when it fails, and always fails on Windows
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
