package store

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"
	"testing"
	"time"

	"go.etcd.io/bbolt"

	"rentbell/core"
)

// closedLarge is the path of a file that is large enough for a mark, and was closed in
// order. Its end is a hole, which takes no room.
func closedLarge(t *testing.T) (dir, path string) {
	t.Helper()
	dir = filled(t, 30)
	path = filepath.Join(dir, FileName)
	if err := os.Truncate(path, wholeAtStart+1<<20); err != nil {
		t.Fatal(err)
	}
	if err := open(t, dir).Close(); err != nil {
		t.Fatal(err)
	}
	return dir, path
}

func TestLargeFileThatWasClosedInOrderIsNotProvenAgain(t *testing.T) {
	t.Parallel()
	dir, path := closedLarge(t)
	for range 3 {
		if !asClosed(path) {
			t.Fatal("it does not fit its mark")
		}
		db := open(t, dir)
		add(t, db, rent(fmt.Sprint(time.Now()), "1", 1, june18)) // the last commit is just before the end
		if asClosed(path) {
			t.Error("the mark counts while the file is in use")
		}
		if err := db.Close(); err != nil {
			t.Fatal(err)
		}
	}
	if mark, err := os.Stat(closedMark(path)); err != nil || mark.Mode().Perm() != 0o600 {
		t.Errorf("the mark is %v, %v", mark, err)
	}
	reader, err := OpenReader(dir)
	if err != nil {
		t.Fatal(err)
	}
	if err := reader.Close(); err != nil || !asClosed(path) {
		t.Errorf("after somebody has read it, it does not fit its mark: %v", err)
	}

	astray := stored(t, damagedFile(t, "cycle-events"))
	path = filepath.Join(astray, FileName)
	if err := os.Truncate(path, wholeAtStart+1<<20); err != nil {
		t.Fatal(err)
	}
	if _, err := OpenReader(astray); !errors.Is(err, core.ErrDamaged) {
		t.Fatalf("Open = %v, want ErrDamaged", err)
	}
	(&DB{path: path}).markClosed()
	trusted, _, err := openReader(t.Context(), astray)
	if err != nil {
		t.Fatalf("it is proven although it fits its mark: %v", err)
	}
	_ = trusted.Close() // it was only opened
	if _, err := OpenReader(astray); !errors.Is(err, core.ErrDamaged) {
		t.Errorf("a file of an earlier schema is written anew as it was closed: %v", err)
	}
}

func TestSmallFileHasNoMark(t *testing.T) {
	t.Parallel()
	if _, err := os.Stat(closedMark(filepath.Join(filled(t, 30), FileName))); !errors.Is(err, fs.ErrNotExist) {
		t.Error("there is a mark:", err)
	}
}

// TestFileThatIsNotAsItWasClosedIsProven changes a file, keeping what a program can
// keep: its size, its times and what is not touched.
func TestFileThatIsNotAsItWasClosedIsProven(t *testing.T) {
	t.Parallel()
	for name, change := range map[string]func(path string) error{
		"written over": func(path string) error {
			f, err := os.OpenFile(path, os.O_WRONLY, 0)
			if err != nil {
				return err
			}
			_, err = f.WriteAt([]byte{1}, wholeAtStart)
			return errors.Join(err, f.Close())
		},
		"cut off and made longer": func(path string) error {
			return errors.Join(os.Truncate(path, 1<<16), os.Truncate(path, wholeAtStart+1<<20))
		},
		"cut off": func(path string) error { return os.Truncate(path, wholeAtStart+1<<19) },
		"copied and put in place": func(path string) error {
			content, err := os.ReadFile(path)
			return errors.Join(err, os.WriteFile(path+".copy", content, 0o600), os.Rename(path+".copy", path))
		},
		"copied over itself": func(path string) error {
			content, err := os.ReadFile(path)
			return errors.Join(err, os.WriteFile(path, content, 0o600))
		},
		"moved away and back": func(path string) error {
			return errors.Join(os.Rename(path, path+".away"), os.Rename(path+".away", path))
		},
		"mapped and written": func(path string) error {
			f, err := os.OpenFile(path, os.O_RDWR, 0)
			if err != nil {
				return err
			}
			data, err := syscall.Mmap(int(f.Fd()), 0, 1<<20, syscall.PROT_READ|syscall.PROT_WRITE, syscall.MAP_SHARED)
			if err != nil {
				return err
			}
			data[1<<19]++
			return errors.Join(syscall.Munmap(data), f.Close())
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, path := closedLarge(t)
			before, err := os.Stat(path)
			if err != nil {
				t.Fatal(err)
			}
			if err := change(path); err != nil {
				t.Fatal(err)
			}
			if asClosed(path) {
				t.Error("it is taken for what was closed")
			}
			if err := os.Chtimes(path, before.ModTime(), before.ModTime()); err != nil {
				t.Fatal(err)
			}
			if asClosed(path) {
				t.Error("with its old time it is taken for what was closed")
			}
		})
	}
}

func TestFileInAnotherPlaceOrAfterARestartIsProven(t *testing.T) {
	t.Parallel()
	dir, path := closedLarge(t)
	elsewhere := t.TempDir()
	if err := os.CopyFS(elsewhere, os.DirFS(dir)); err != nil {
		t.Fatal(err)
	}
	if asClosed(filepath.Join(elsewhere, FileName)) {
		t.Error("a copied folder is taken for the one that was closed")
	}
	f, info, err := openRegular(path)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }() // it was only read
	now, _ := likeness(f, info, bootID())
	later, _ := likeness(f, info, "after a power cut")
	unknown, _ := likeness(f, info, "")
	if now == "" || later == now || unknown != "" {
		t.Errorf("digests %q, after a start of the system %q, where its start has no name %q", now, later, unknown)
	}
}

// TestFileThatWasNotClosedInOrderIsProven ends a store in every other way.
func TestFileThatWasNotClosedInOrderIsProven(t *testing.T) {
	t.Parallel()
	for name, end := range map[string]func(*DB) error{
		"killed": func(db *DB) error { return db.bolt.Close() }, // what the system does for it
		"a commit failed": func(db *DB) error {
			if err := db.update(func(*bbolt.Tx) error { return errors.New("full") }); err == nil {
				return errors.New("the commit succeeded")
			}
			return db.Close()
		},
		"damage was met": func(db *DB) error {
			if err := db.view(func(*bbolt.Tx) error { panic("a page") }); !errors.Is(err, core.ErrDamaged) {
				return err
			}
			return db.Close()
		},
		"a commit is in doubt": func(db *DB) error {
			db.commits.doubt = transactions(t, db)
			return db.Close()
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir, path := closedLarge(t)
			if err := end(open(t, dir)); err != nil {
				t.Fatal(err)
			}
			if _, err := os.Stat(closedMark(path)); !errors.Is(err, fs.ErrNotExist) || asClosed(path) {
				t.Error("there is a mark:", err)
			}
		})
	}
}

func TestMarkOfAnyOtherContentFitsNothing(t *testing.T) {
	t.Parallel()
	_, path := closedLarge(t)
	for name, put := range map[string]func(mark string) error{
		"empty":  func(mark string) error { return os.WriteFile(mark, nil, 0o600) },
		"other":  func(mark string) error { return os.WriteFile(mark, make([]byte, 1<<20), 0o600) },
		"folder": func(mark string) error { return os.Mkdir(mark, 0o700) },
		"pipe":   func(mark string) error { return syscall.Mkfifo(mark, 0o600) },
	} {
		if err := errors.Join(os.Remove(closedMark(path)), put(closedMark(path))); err != nil {
			t.Fatal(err)
		}
		if asClosed(path) {
			t.Errorf("%s: the file fits it", name)
		}
	}
}
