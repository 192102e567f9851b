package store

import (
	"context"
	"errors"
	"fmt"
	"syscall"
	"time"

	"rentbell/core"
)

// seat is held by the process that writes into a store. Windows renames no file that
// is open, so the store's own lock is let go for a moment while files are exchanged.
// The seat is not: it is a file beside the store that is shared with nobody, and
// that Windows removes when it is closed or its process ends.
type seat struct{ file syscall.Handle }

const (
	seatName = ".lock"               // behind the store's name
	seatTry  = 50 * time.Millisecond // between two attempts, as in bbolt

	accessDelete      = 0x00010000        // DELETE
	flagDeleteOnClose = 0x04000000        // FILE_FLAG_DELETE_ON_CLOSE
	errSharing        = syscall.Errno(32) // ERROR_SHARING_VIOLATION
)

// takeSeat waits for another process as long as openFile does. core.ErrInUse when
// that one stays.
func takeSeat(ctx context.Context, path string) (seat, error) {
	ctx, cancel := context.WithTimeout(ctx, lockWait)
	defer cancel()
	name, err := syscall.UTF16PtrFromString(path + seatName)
	if err != nil {
		return seat{}, fmt.Errorf("lock store: %w", err)
	}
	for {
		file, err := syscall.CreateFile(name, accessDelete, 0, nil, syscall.OPEN_ALWAYS, flagDeleteOnClose, 0)
		switch {
		case err == nil:
			return seat{file}, nil
		case !errors.Is(err, errSharing) && !errors.Is(err, syscall.ERROR_ACCESS_DENIED): // denied: it is just being removed
			return seat{}, fmt.Errorf("lock store: %w", err)
		}
		select {
		case <-ctx.Done():
			return seat{}, fmt.Errorf("lock store %s: %w", path, core.ErrInUse)
		case <-time.After(seatTry):
		}
	}
}

// leave may be called more than once, and by a reader.
func (s *seat) leave() {
	if s.file != 0 {
		_ = syscall.CloseHandle(s.file) // it holds nothing
		s.file = 0
	}
}

// seatTaken reports whether a process writes into a store.
func seatTaken(path string) bool {
	name, err := syscall.UTF16PtrFromString(path + seatName)
	if err != nil {
		return false // opening the store will say so
	}
	const all = syscall.FILE_SHARE_READ | syscall.FILE_SHARE_WRITE | syscall.FILE_SHARE_DELETE
	file, err := syscall.CreateFile(name, syscall.GENERIC_READ, all, nil, syscall.OPEN_EXISTING, 0, 0)
	if err == nil {
		_ = syscall.CloseHandle(file) // it holds nothing
	}
	return errors.Is(err, errSharing)
}
