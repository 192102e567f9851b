//go:build linux

package store

import (
	"errors"
	"fmt"
	"os"
	"os/signal"
	"slices"
	"syscall"
	"testing"

	"rentbell/core"
)

func TestCommitTheDiskNeverConfirmedIsTakenBack(t *testing.T) {
	dir := t.TempDir()
	db := open(t, dir)
	for i := range 5 { // both meta pages, and trees that are more than one page
		t.Run(fmt.Sprint("after ", i), func(t *testing.T) {
			kept, doubtful, next := fmt.Sprint("kept", i), fmt.Sprint("doubtful", i), fmt.Sprint("next", i)
			add(t, db, rent(kept, "1", 1, june18), rent(doubtful, "1", 1, june18))
			// What a failed sync of the meta page leaves behind: the transaction
			// can be read, and its writer was told that it failed.
			db.commits.doubt = int(db.confirmed.Load())
			add(t, db, rent(next, "1", 1, june18))
			if got := collect(t, db, core.Query{}); slices.Contains(got, doubtful) || !slices.Contains(got, kept) || !slices.Contains(got, next) {
				t.Errorf("after the doubt was settled: %v", got)
			}
			add(t, db, rent(doubtful, "1", 1, june18)) // the sender's next try is no duplicate
		})
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	db = open(t, dir)
	if got := collect(t, db, core.Query{}); len(got) != 15 {
		t.Errorf("after a restart: %d events, want 15", len(got))
	}
}

func TestDiskThatIsFullIsToldAndForgottenOnceThereIsRoom(t *testing.T) {
	db := open(t, t.TempDir())
	add(t, db, rent("before", "1", 1, june18))
	size, err := os.Stat(db.path)
	if err != nil {
		t.Fatal(err)
	}
	makeRoom := limitFiles(t, uint64(size.Size()))
	large := rent("large", "1", 1, june18)
	large.Body = make([]byte, core.MaxBody)
	for range 3 {
		if _, _, err := db.Add(large); !errors.Is(err, core.ErrStorage) {
			t.Fatalf("Add on a full disk = %v, want ErrStorage", err)
		}
	}
	makeRoom()
	add(t, db, large, rent("after", "1", 1, june18))
	if got, want := collect(t, db, core.Query{}), []string{"before", "large", "after"}; !slices.Equal(got, want) {
		t.Errorf("stored %v, want %v", got, want)
	}
}

// limitFiles lets no file grow beyond size until the returned function is called.
func limitFiles(t *testing.T, size uint64) (lift func()) {
	t.Helper()
	signal.Ignore(syscall.SIGXFSZ) // the write fails instead
	t.Cleanup(func() { signal.Reset(syscall.SIGXFSZ) })
	var old syscall.Rlimit
	if err := syscall.Getrlimit(syscall.RLIMIT_FSIZE, &old); err != nil {
		t.Fatal(err)
	}
	lift = func() {
		if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &old); err != nil {
			t.Fatal(err)
		}
	}
	t.Cleanup(lift)
	if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &syscall.Rlimit{Cur: size, Max: old.Max}); err != nil {
		t.Fatal(err)
	}
	return lift
}
