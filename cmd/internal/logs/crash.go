package logs

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"runtime/debug"
)

// keepCrashes has Go write what ends this process with an error of its own to a
// file too. A file that is long begins anew.
func keepCrashes(path string) (*os.File, error) {
	if info, err := os.Lstat(path); err == nil && info.Mode().IsRegular() && info.Size() > maxCrash {
		if err := os.Rename(path, path+Earlier); err != nil {
			return nil, fmt.Errorf("put earlier crashes aside: %w", err)
		}
	}
	f, err := openRegular(path, os.O_APPEND)
	if err != nil {
		return nil, err
	}
	if err := debug.SetCrashOutput(f, debug.CrashOptions{}); err != nil {
		return nil, errors.Join(fmt.Errorf("keep crashes: %w", err), dropCrashes(f))
	}
	return f, nil
}

// dropCrashes ends what keepCrashes began, and removes a file without a crash.
func dropCrashes(f *os.File) error {
	if f == nil {
		return nil
	}
	info, err := f.Stat()
	err = errors.Join(err, debug.SetCrashOutput(nil, debug.CrashOptions{}), f.Close())
	if err != nil || info.Size() > 0 {
		return err
	}
	if err := os.Remove(f.Name()); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("remove empty log: %w", err)
	}
	return nil
}
