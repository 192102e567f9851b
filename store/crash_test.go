//go:build unix

package store

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"rentbell/core"
)

// crashDir tells a test process that it is the one to be killed, in this directory.
const crashDir = "RENTBELL_TEST_CRASH_DIR"

// crashWork is what the store does over and over when it is killed. It begins
// with old and new payments, and a backup of them beside it.
var crashWork = map[string]func(context.Context, *DB) error{
	"prune": func(ctx context.Context, db *DB) error {
		_, err := db.Prune(ctx, newYear)
		return err
	},
	"compact": func(ctx context.Context, db *DB) error {
		_, err := db.Compact(ctx)
		return err
	},
	"back up": func(ctx context.Context, db *DB) error {
		return db.Backup(ctx, filepath.Join(filepath.Dir(db.path), "again.db"), june18, nil)
	},
	"restore": func(ctx context.Context, db *DB) error {
		dir := filepath.Dir(db.path)
		c, err := db.Examine(ctx, filepath.Join(dir, "backup.db"), nil)
		if err != nil {
			return err
		}
		_, err = c.Adopt(fmt.Sprintf("aside-%d.db", time.Now().UnixNano()))
		return err
	},
	"import": func(_ context.Context, db *DB) error { return importNext(db) },
}

const crashOld = 300 // payments of either age in a store that is killed

// crashUpgrade is the work of a process that only opens its store, which is of an
// earlier schema.
const crashUpgrade = "upgrade"

// TestMain is the process to be killed, where its environment says so.
func TestMain(m *testing.M) {
	if work := os.Getenv("RENTBELL_TEST_CRASH_WORK"); work == crashUpgrade {
		_, err := OpenContext(context.Background(), os.Getenv(crashDir), func(int, int) { fmt.Println("kept nothing") })
		fmt.Println("kept all", err)
		os.Exit(0)
	}
	if dir := os.Getenv(crashDir); dir != "" {
		fmt.Println("failed:", keepBusy(dir, crashWork[os.Getenv("RENTBELL_TEST_CRASH_WORK")]))
		os.Exit(1)
	}
	os.Exit(m.Run())
}

// keepBusy receives, prints what it has acknowledged, and works beside that.
func keepBusy(dir string, work func(context.Context, *DB) error) error {
	db, err := Open(dir)
	if err != nil {
		return err
	}
	failed := make(chan error, 3)
	for sender := range 2 {
		go func() {
			for i := 0; ; i++ {
				id := fmt.Sprintf("%d.%d.%d", os.Getpid(), sender, i)
				if _, _, err := db.Add(rent(id, "1", 1, june18)); err != nil {
					failed <- err
				}
				fmt.Println("kept", id)
			}
		}()
	}
	go func() {
		for {
			if err := work(context.Background(), db); err != nil {
				failed <- err
			}
		}
	}()
	return <-failed
}

// killed runs keepBusy until it is killed, and returns what it acknowledged.
func killed(t *testing.T, dir, work string) (acknowledged []string) {
	t.Helper()
	child := crashing(t, dir, work)
	out, err := child.StdoutPipe()
	if err == nil {
		err = child.Start()
	}
	if err != nil {
		t.Fatal(err)
	}
	var kill sync.Once
	for lines := bufio.NewScanner(out); lines.Scan(); {
		id, isID := strings.CutPrefix(lines.Text(), "kept ")
		if !isID {
			t.Error(lines.Text())
		}
		acknowledged = append(acknowledged, id)
		kill.Do(func() {
			time.AfterFunc(rand.N(150*time.Millisecond), func() { _ = child.Process.Kill() }) // it may have failed
		})
	}
	_ = child.Wait() // it was killed
	return acknowledged
}

func TestNothingIsLostWhenTheProcessIsKilledAtItsHousekeeping(t *testing.T) {
	t.Parallel()
	rounds := 4
	if testing.Short() {
		rounds = 1
	}
	db := open(t, t.TempDir())
	fillYears(t, db, crashOld)
	whole, err := os.ReadFile(backup(t, db))
	if err != nil {
		t.Fatal(err)
	}
	for name := range crashWork {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for range rounds {
				dir := stored(t, whole)
				if err := os.WriteFile(filepath.Join(dir, "backup.db"), whole, 0o600); err != nil {
					t.Fatal(err)
				}
				var acknowledged []string
				for range 2 { // the second begins with what the first left
					acknowledged = append(acknowledged, killed(t, dir, name)...)
				}
				assertSurvived(t, dir, name, acknowledged)
			}
		})
	}
}

func TestEarlierSchemaIsWrittenAnewHoweverOftenTheProcessIsKilled(t *testing.T) {
	t.Parallel()
	rounds := 40
	if testing.Short() {
		rounds = 5
	}
	dir := pruned(t, 600)
	want := everything(t, dir)
	asSchema1(t, dir)
	whole, err := os.ReadFile(filepath.Join(dir, FileName))
	if err != nil {
		t.Fatal(err)
	}
	killedMidway := 0
	for range rounds {
		dir := stored(t, whole)
		child := crashing(t, dir, crashUpgrade)
		out, err := child.StdoutPipe()
		if err == nil {
			err = child.Start()
		}
		if err != nil {
			t.Fatal(err)
		}
		steps := rand.IntN(24) // there are some twenty; the copy is proven and put in place after the last
		for lines := bufio.NewScanner(out); lines.Scan(); steps-- {
			if steps == 0 {
				time.AfterFunc(rand.N(10*time.Millisecond), func() { _ = child.Process.Kill() }) // it may have ended
			}
		}
		if child.Wait() != nil {
			killedMidway++
		}
		if r := checked(t, dir); !r.Fine() { // of whichever schema
			t.Errorf("after the kill: %+v", r)
		}
		if err := open(t, dir).Close(); err != nil {
			t.Fatal(err)
		}
		assertUpgraded(t, dir, want)
	}
	t.Log(killedMidway, "of", rounds, "killed midway")
}

// crashing is a process to be killed.
func crashing(t *testing.T, dir, work string) *exec.Cmd {
	child := exec.CommandContext(t.Context(), os.Args[0])
	child.Env = append(os.Environ(), crashDir+"="+dir, "RENTBELL_TEST_CRASH_WORK="+work)
	return child
}

// assertSurvived looks at what is left after a kill.
func assertSurvived(t *testing.T, dir, work string, acknowledged []string) {
	t.Helper()
	db := open(t, dir)
	mustVerify(t, db)
	var all []string
	if work == "restore" {
		for _, aside := range asides(t, dir) {
			all = append(all, collect(t, aside, core.Query{})...)
		}
	}
	all = append(all, collect(t, db, core.Query{})...)
	if work == "import" {
		assertImportedWhole(t, db)
	}
	times := map[string]int{}
	for _, id := range all {
		times[id]++
	}
	for _, id := range acknowledged {
		if times[id] != 1 {
			t.Fatalf("%s was acknowledged and is there %d times", id, times[id])
		}
	}
	if work != "restore" && times[fmt.Sprint("pay", crashOld)] != 1 {
		t.Error("a payment of before is gone")
	}
	if _, err := db.Prune(t.Context(), newYear); err != nil {
		t.Error(err)
	}
	mustVerify(t, db)
	if h, err := db.Holdings(); err != nil || h.Removed != crashOld {
		t.Errorf("%d old payments went, %v", h.Removed, err)
	}
	for _, left := range []string{compactName, examinedName, restoreName} {
		if _, err := os.Stat(filepath.Join(dir, left)); !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("%s is left: %v", left, err)
		}
	}
}

// asides opens the files that restores have kept, each but once.
func asides(t *testing.T, dir string) (stores []*DB) {
	t.Helper()
	names, err := filepath.Glob(filepath.Join(dir, "aside-*.db"))
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		if sameFile(name, filepath.Join(dir, FileName)) {
			continue // killed between the second name and the new file
		}
		own := t.TempDir()
		if err := os.Rename(name, filepath.Join(own, FileName)); err != nil {
			t.Fatal(err)
		}
		stores = append(stores, open(t, own))
	}
	return stores
}
