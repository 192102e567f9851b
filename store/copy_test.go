package store

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"sync"
	"testing"
	"time"

	"rentbell/core"
)

// whileAdding runs work while senders deliver to db, and returns the ids that
// were acknowledged and the longest that one had to wait.
func whileAdding(t testing.TB, db *DB, work func()) (acknowledged []string, longest time.Duration) {
	t.Helper()
	const senders = 4
	run := time.Now().UnixNano() // a store may be asked twice
	stop := make(chan struct{})
	var mu sync.Mutex
	var running sync.WaitGroup
	for sender := range senders {
		running.Go(func() {
			for i := 0; ; i++ {
				select {
				case <-stop:
					return
				default:
				}
				id, began := fmt.Sprintf("live %d.%d.%d", run, sender, i), time.Now()
				if _, fresh, err := db.Add(rent(id, fmt.Sprint(i%7), 1, june18.Add(time.Duration(i)*time.Second))); err != nil || !fresh {
					t.Errorf("Add(%s) = %v, %v", id, fresh, err)
					return
				}
				mu.Lock()
				acknowledged, longest = append(acknowledged, id), max(longest, time.Since(began))
				mu.Unlock()
			}
		})
	}
	work()
	close(stop)
	running.Wait()
	return acknowledged, longest
}

// assertOnce holds what db has to ids that were acknowledged.
func assertOnce(t *testing.T, db *DB, acknowledged []string) {
	t.Helper()
	got := collect(t, db, core.Query{})
	slices.Sort(got)
	if n := len(got); n != len(slices.Compact(got)) {
		t.Error("an event is there twice")
	}
	for _, id := range acknowledged {
		if _, found := slices.BinarySearch(got, id); !found {
			t.Fatalf("%s was acknowledged and is not there", id)
		}
	}
}

func backup(t *testing.T, db *DB) (path string) {
	t.Helper()
	path = filepath.Join(t.TempDir(), "copy.db")
	if err := db.Backup(t.Context(), path, june18, nil); err != nil {
		t.Fatal(err)
	}
	return path
}

func examine(t testing.TB, db *DB, path string) core.Candidate {
	t.Helper()
	c, err := db.Examine(t.Context(), path, nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(c.Discard)
	return c
}

func TestBackupIsWholeWhileDeliveriesGoOn(t *testing.T) {
	t.Parallel()
	db := open(t, t.TempDir())
	fillYears(t, db, 400)
	path := filepath.Join(t.TempDir(), "copy.db")
	last := 0
	whileAdding(t, db, func() {
		if err := db.Backup(t.Context(), path, june18, func(done, total int) {
			if done < last || done > total {
				t.Errorf("progress goes from %d to %d of %d", last, done, total)
			}
			last = done
		}); err != nil {
			t.Error(err)
		}
	})
	if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o600 && runtime.GOOS != "windows" { // which has no such bits
		t.Errorf("the backup is %v, %v", info.Mode(), err)
	}
	other := open(t, t.TempDir())
	c := examine(t, other, path)
	if h := c.Holdings(); h.Events < 800 || !h.Oldest.Equal(longAgo) {
		t.Errorf("the backup holds %+v", h)
	}
	if h, err := db.Holdings(); err != nil || !h.Backup.Equal(june18) {
		t.Errorf("the last backup is of %v, %v", h.Backup, err)
	}
}

func TestBackupThatIsCanceledLeavesTheOneBefore(t *testing.T) {
	t.Parallel()
	db := open(t, t.TempDir())
	fillYears(t, db, 10)
	path := backup(t, db)
	before, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	if err := db.Backup(ctx, path, june18, func(int, int) { cancel() }); !errors.Is(err, context.Canceled) {
		t.Errorf("Backup = %v", err)
	}
	after, err := os.ReadFile(path)
	if err != nil || !bytes.Equal(before, after) {
		t.Errorf("the backup has changed, %v", err)
	}
	if left, err := os.ReadDir(filepath.Dir(path)); err != nil || len(left) != 1 {
		t.Errorf("left are %v, %v", left, err)
	}
	if err := db.Backup(t.Context(), db.path, june18, nil); !errors.Is(err, core.ErrInUse) {
		t.Errorf("a backup over the data itself: %v", err)
	}
}

func TestCompactGivesTheDiskBackWhileDeliveriesGoOn(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	db := open(t, dir)
	big := make([]byte, 64<<10)
	var events []core.Event
	for i := range 200 {
		e := rent(fmt.Sprint("big", i), "1", 1, longAgo)
		e.Body = big
		events = append(events, e)
	}
	addAtOnce(t, db, events)
	if _, err := db.Prune(t.Context(), newYear); err != nil {
		t.Fatal(err)
	}
	if wasteful, err := db.Wasteful(); err != nil || !wasteful {
		t.Fatalf("Wasteful = %v, %v", wasteful, err)
	}
	var done core.Compacted
	acknowledged, _ := whileAdding(t, db, func() {
		for range 3 {
			one, err := db.Compact(t.Context())
			if err != nil {
				t.Error(err)
			}
			if done.Before == 0 {
				done = one
			}
		}
	})
	if done.After > done.Before/4 {
		t.Errorf("compacted from %d to %d bytes", done.Before, done.After)
	}
	assertOnce(t, db, acknowledged)
	mustVerify(t, db)
	if _, fresh, err := db.Add(rent("big7", "1", 1, june18)); fresh || err != nil {
		t.Errorf("a pruned event that is sent again: %v, %v", fresh, err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	db = open(t, dir)
	assertOnce(t, db, acknowledged)
	mustVerify(t, db)
	if wasteful, err := db.Wasteful(); err != nil || wasteful {
		t.Errorf("Wasteful = %v, %v", wasteful, err)
	}
}

func TestNobodyElseGetsInWhileFilesAreExchanged(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	db := open(t, dir)
	fillYears(t, db, 50)
	var trying sync.WaitGroup
	stop := make(chan struct{})
	for range 2 {
		trying.Go(func() {
			for {
				select {
				case <-stop:
					return
				default:
				}
				if other, err := OpenReader(dir); !errors.Is(err, core.ErrInUse) {
					t.Errorf("another reader: %v, %v", other, err)
					return
				}
			}
		})
	}
	for range 5 {
		if _, err := db.Compact(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	close(stop)
	trying.Wait()
	if other, err := Open(dir); !errors.Is(err, core.ErrInUse) {
		t.Errorf("another store: %v, %v", other, err)
	}
}

func TestRestoreTakesTheRecordsAndKeepsTheOldFile(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	db := open(t, dir)
	add(t, db, rent("a", "1", 1, june18), rent("b", "1", 1, june18))
	if err := db.SaveExports([]core.PastExport{{File: "june.csv"}}); err != nil {
		t.Fatal(err)
	}
	path := backup(t, db)
	add(t, db, rent("c", "1", 1, june18))
	settings := core.DefaultSettings()
	settings.ExportDir = "here"
	if err := errors.Join(db.SaveSettings(settings), db.SaveExports(nil)); err != nil {
		t.Fatal(err)
	}
	c := examine(t, db, path)
	if h := c.Holdings(); h.Events != 2 {
		t.Errorf("the backup holds %+v", h)
	}
	newest, err := c.Adopt("aside.db")
	if err != nil || newest != 2 {
		t.Fatalf("Adopt = %d, %v", newest, err)
	}
	if _, err := c.Adopt("again.db"); err == nil {
		t.Error("adopted twice")
	}
	add(t, db, rent("c", "1", 1, june18)) // sent again, it is new here
	if got := collect(t, db, core.Query{}); !slices.Equal(got, []string{"a", "b", "c"}) {
		t.Errorf("restored: %v", got)
	}
	if s, err := db.Settings(); err != nil || s.ExportDir != "here" {
		t.Errorf("settings were taken from the backup: %v", err)
	}
	if past, err := db.Exports(); err != nil || len(past) != 1 {
		t.Errorf("exports %v, %v", past, err)
	}
	mustVerify(t, db)
	old := examine(t, db, filepath.Join(dir, "aside.db"))
	if h := old.Holdings(); h.Events != 3 {
		t.Errorf("the file kept aside holds %+v", h)
	}
}

func TestRestoreWhileDeliveriesGoOnLosesNone(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	db := open(t, dir)
	fillYears(t, db, 100)
	path := backup(t, db)
	acknowledged, _ := whileAdding(t, db, func() {
		if _, err := examine(t, db, path).Adopt("aside.db"); err != nil {
			t.Error(err)
		}
	})
	mustVerify(t, db)
	aside := t.TempDir()
	if err := os.Rename(filepath.Join(dir, "aside.db"), filepath.Join(aside, FileName)); err != nil {
		t.Fatal(err)
	}
	kept := collect(t, open(t, aside), core.Query{})
	live := collect(t, db, core.Query{})
	for _, id := range acknowledged {
		if slices.Contains(kept, id) == slices.Contains(live, id) {
			t.Fatalf("%s was acknowledged and is in both files or in none", id)
		}
	}
}

func TestFileThatIsNoUseIsRefused(t *testing.T) {
	t.Parallel()
	source := open(t, t.TempDir())
	fillYears(t, source, 600)
	whole, err := os.ReadFile(backup(t, source))
	if err != nil {
		t.Fatal(err)
	}
	noise := slices.Clone(whole)
	for i := len(noise) / 8; i < len(noise)*7/8; i++ {
		noise[i] = byte(i * 31)
	}
	tests := []struct {
		name string
		file []byte
		want error
	}{
		{"text", []byte("Date,Description,Amount\n"), core.ErrNoBackup},
		{"empty", nil, core.ErrNoBackup},
		{"cut off", whole[:len(whole)/2], core.ErrBadBackup},
		{"overwritten", noise, core.ErrBadBackup},
	}
	db := open(t, t.TempDir())
	add(t, db, rent("mine", "1", 1, june18))
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "x.db")
			if err := os.WriteFile(path, tt.file, 0o600); err != nil {
				t.Fatal(err)
			}
			if c, err := db.Examine(t.Context(), path, nil); !errors.Is(err, tt.want) {
				t.Errorf("Examine = %v, %v; want %v", c, err, tt.want)
			}
			if after, err := os.ReadFile(path); err != nil || !bytes.Equal(after, tt.file) {
				t.Errorf("the file was changed, %v", err)
			}
		})
	}
	if got := collect(t, db, core.Query{}); len(got) != 1 {
		t.Errorf("the data holds %v", got)
	}
}

func TestRestoreThatStoppedBetweenTwoNamesIsFinished(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	db := open(t, dir)
	add(t, db, rent("a", "1", 1, june18))
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	if err := os.Rename(filepath.Join(dir, FileName), filepath.Join(dir, restoreName)); err != nil {
		t.Fatal(err)
	}
	db = open(t, dir)
	if got := collect(t, db, core.Query{}); len(got) != 1 {
		t.Errorf("after the restart: %v", got)
	}
}
