package launch

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"time"

	"rentbell/core"
	"rentbell/core/remote"
	"rentbell/store"
)

// quitPatience is how long a Rentbell that starts or stops may hold its data
// without answering.
const quitPatience = 5 * time.Second

// Quit ends the window that has a data directory open, and waits until its process
// has gone. It is no error when there is none. core.ErrInUse when something holds
// the directory and cannot be asked.
func Quit(ctx context.Context, dir string) error {
	if _, err := os.Stat(dir); errors.Is(err, os.ErrNotExist) {
		return nil
	}
	patience, cancel := context.WithTimeout(ctx, quitPatience)
	defer cancel()
	for {
		other, err := remote.Dial(ctx, dir)
		if err == nil {
			return end(ctx, other)
		}
		if !errors.Is(err, core.ErrNoControl) {
			return fmt.Errorf("data directory %s: %w", dir, err)
		}
		if !store.InUse(dir) {
			return nil
		}
		if patience.Err() != nil {
			return fmt.Errorf("data directory %s: %w, and cannot be asked to end", dir, core.ErrInUse)
		}
	}
}

// end ends one Rentbell, if that has a window.
func end(ctx context.Context, other *remote.Client) error {
	if err := other.Quit(ctx); err != nil && !errors.Is(err, core.ErrNoWindow) {
		return err
	}
	return nil
}

// QuitAll ends all windows of this user, those with sample data too, and waits until
// their processes have gone. Where the system has no list of who listens, it knows
// of the usual data directory and of sample data alone.
func QuitAll(ctx context.Context) error {
	usual, err := DefaultDir()
	if err != nil {
		return err
	}
	samples, err := filepath.Glob(filepath.Join(os.TempDir(), demoDir+"*"))
	if err != nil {
		return fmt.Errorf("look for sample data: %w", err)
	}
	running := remote.Running(ctx, samples...)
	errs := make([]error, len(running)+1)
	var ending sync.WaitGroup
	for i, other := range running {
		ending.Go(func() { errs[i] = end(ctx, other) })
	}
	ending.Go(func() { errs[len(running)] = Quit(ctx, usual) }) // it may not answer yet
	ending.Wait()
	return errors.Join(errs...)
}
