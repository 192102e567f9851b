package store

import (
	"errors"
	"os"
	"testing"

	"rentbell/core"
)

// TestWriterKeepsItsSeatWhileTheFileIsClosed does by hand what an exchange does.
func TestWriterKeepsItsSeatWhileTheFileIsClosed(t *testing.T) {
	dir := t.TempDir()
	db, err := Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	if err := db.bolt.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := OpenReader(dir); !errors.Is(err, core.ErrInUse) {
		t.Errorf("a reader: %v", err)
	}
	if _, err := Open(dir); !errors.Is(err, core.ErrInUse) {
		t.Errorf("a writer: %v", err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(db.path + seatName); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("closed, the seat is still there: %v", err)
	}
	again, err := Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	if err := again.Close(); err != nil {
		t.Error(err)
	}
}
