//go:build linux

package store

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"slices"
	"syscall"
	"testing"

	"rentbell/core"
	"rentbell/core/door"
)

func TestCommitTheDiskNeverConfirmedIsTakenBack(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	db := open(t, dir)
	for i := range 5 { // both meta pages, and trees that are more than one page
		t.Run(fmt.Sprint("after ", i), func(t *testing.T) {
			kept, doubtful, next := fmt.Sprint("kept", i), fmt.Sprint("doubtful", i), fmt.Sprint("next", i)
			add(t, db, rent(kept, "1", 1, june18), rent(doubtful, "1", 1, june18))
			// What a failed sync of the meta page leaves behind: the transaction
			// can be read, and its writer was told that it failed.
			db.commits.doubt = transactions(t, db)
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
	t.Parallel()
	if !alone(t) {
		return
	}
	db := open(t, t.TempDir())
	add(t, db, rent("before", "1", 1, june18))
	size, err := os.Stat(db.path)
	if err != nil {
		t.Fatal(err)
	}
	makeRoom := limitFiles(t, uint64(size.Size()))
	large := rent("large", "1", 1, june18)
	large.Body = make([]byte, door.MaxBody)
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

func TestFileIsWrittenAnewOnceThereIsRoom(t *testing.T) {
	t.Parallel()
	if !alone(t) {
		return
	}
	source := pruned(t, 300)
	want := everything(t, source)
	asSchema1(t, source)
	whole, err := os.ReadFile(filepath.Join(source, FileName))
	if err != nil {
		t.Fatal(err)
	}
	for limit := 0; limit < len(whole)/2; limit += len(whole) / 30 {
		dir := stored(t, whole)
		makeRoom := limitFiles(t, uint64(limit))
		db, err := Open(dir)
		if err == nil {
			err = db.Close()
		}
		makeRoom()
		after, unread := os.ReadFile(filepath.Join(dir, FileName))
		if err != nil && (errors.Is(err, core.ErrDamaged) || unread != nil || !bytes.Equal(after, whole) || len(names(t, dir)) != 1) {
			t.Errorf("limit %d: Open = %v, and left %v, the same file %v, %v", limit, err, names(t, dir), bytes.Equal(after, whole), unread)
		}
		if err == nil && limit < len(whole)/10 {
			t.Errorf("limit %d: it is written anew without room", limit)
		}
		if err := open(t, dir).Close(); err != nil {
			t.Fatal(err)
		}
		assertUpgraded(t, dir, want)
	}
}

// aloneName in the environment says that a test has a process of its own.
const aloneName = "RENTBELL_STORE_TEST_ALONE"

// alone runs a test in a process of its own, and reports whether this is it: a
// limit on files would reach the go command's own log too.
func alone(t *testing.T) bool {
	t.Helper()
	if os.Getenv(aloneName) != "" {
		return true
	}
	program, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	child := exec.Command(program, "-test.run=^"+t.Name()+"$", fmt.Sprint("-test.short=", testing.Short()))
	child.Env = append(os.Environ(), aloneName+"=1")
	if said, err := child.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, said)
	}
	return false
}

func TestWriteThatFailsAtAnyPlaceCostsNothingAcknowledged(t *testing.T) {
	t.Parallel()
	if !alone(t) {
		return
	}
	whole, err := os.ReadFile(filepath.Join(filled(t, 40), FileName))
	if err != nil {
		t.Fatal(err)
	}
	// Half pages: every other write is torn in the middle. The metas come first.
	half := os.Getpagesize() / 2
	step := half
	for limit := 0; limit <= len(whole)+4*half; limit += step {
		failAt(t, whole, limit+100)
		if limit > 8*half {
			step = 3 * half
		}
	}
}

// failAt adds events to a copy of a store in which nothing can be written beyond
// limit, and looks at what a crash would leave, and at what comes of it otherwise.
func failAt(t *testing.T, whole []byte, limit int) {
	dir := stored(t, whole)
	path := filepath.Join(dir, FileName)
	db := open(t, dir)
	acknowledged := map[string]bool{}
	try := func(id string) error {
		_, _, err := db.Add(rent(id, "1", 100, june18))
		if err == nil {
			acknowledged[id] = true
		} else if !errors.Is(err, core.ErrStorage) || errors.Is(err, core.ErrDamaged) {
			t.Fatalf("limit %d: Add = %v, want ErrStorage", limit, err)
		}
		return err
	}
	makeRoom := limitFiles(t, uint64(limit))
	for i := range 3 {
		_ = try(fmt.Sprint("tight", i)) // either is right
	}
	crashed, err := os.ReadFile(path)
	makeRoom()
	if err != nil {
		t.Fatal(err)
	}
	after := stored(t, crashed)
	holdTo(t, after, acknowledged, limit)
	for i := range 3 {
		if err := errors.Join(try(fmt.Sprint("tight", i)), try(fmt.Sprint("roomy", i))); err != nil {
			t.Errorf("limit %d: after it is lifted: %v", limit, err)
		}
	}
	if err := db.Close(); err != nil {
		t.Error(err)
	}
	holdTo(t, dir, acknowledged, limit)
}

// holdTo looks for every acknowledged event, once, and recounts.
func holdTo(t *testing.T, dir string, acknowledged map[string]bool, limit int) {
	t.Helper()
	if r := checked(t, dir); !r.Fine() {
		t.Errorf("limit %d: %+v", limit, r)
	}
	db := open(t, dir)
	found := map[string]int{}
	for _, id := range collect(t, db, core.Query{}) {
		found[id]++
	}
	for id := range acknowledged {
		if found[id] != 1 {
			t.Errorf("limit %d: %s was acknowledged and is stored %d times", limit, id, found[id])
		}
	}
	if err := db.Close(); err != nil {
		t.Error(err)
	}
}

func TestStoreBegunOnAFullDiskIsBegunAnewOnceThereIsRoom(t *testing.T) {
	t.Parallel()
	if !alone(t) {
		return
	}
	for limit := uint64(0); limit <= 20<<10; limit += 1500 {
		dir := t.TempDir()
		makeRoom := limitFiles(t, limit)
		db, err := Open(dir)
		if err == nil {
			_ = db.Close() // the limit may stand in its way
		}
		makeRoom()
		db = open(t, dir)
		add(t, db, rent("first", "1", 1, june18))
	}
}

func TestSmallDiskThatFillsUpCostsNothingAcknowledged(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	if err := syscall.Mount("tmpfs", dir, "tmpfs", 0, "size=400k"); err != nil {
		t.Skip("no small disk can be mounted here:", err)
	}
	t.Cleanup(func() { _ = syscall.Unmount(dir, syscall.MNT_DETACH) }) // the test is over
	ballast := filepath.Join(dir, "ballast")
	if err := os.WriteFile(ballast, make([]byte, 100<<10), 0o600); err != nil {
		t.Fatal(err)
	}
	db := open(t, dir)
	acknowledged, refused := map[string]bool{}, 0
	for i := 0; refused < 5; i++ {
		id := fmt.Sprint("evt_", i)
		switch _, _, err := db.Add(rent(id, "1", 100, june18)); {
		case err == nil:
			acknowledged[id] = true
		case errors.Is(err, syscall.ENOSPC) && errors.Is(err, core.ErrStorage):
			refused++
		default:
			t.Fatal(err)
		}
	}
	if err := os.Remove(ballast); err != nil {
		t.Fatal(err)
	}
	add(t, db, rent("after", "1", 1, june18))
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	acknowledged["after"] = true
	holdTo(t, dir, acknowledged, 0)
}

func TestReadOnlyDirectoryIsToldAndCanBeChecked(t *testing.T) {
	t.Parallel()
	dir := filled(t, 50)
	if err := syscall.Mount(dir, dir, "", syscall.MS_BIND, ""); err != nil {
		if os.Geteuid() == 0 {
			t.Skip("root may write anywhere here:", err)
		}
		if err := errors.Join(os.Chmod(filepath.Join(dir, FileName), 0o400), os.Chmod(dir, 0o500)); err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = os.Chmod(dir, 0o700) }) // or it could not be removed
	} else {
		t.Cleanup(func() { _ = syscall.Unmount(dir, syscall.MNT_DETACH) }) // the test is over
		if err := syscall.Mount("", dir, "", syscall.MS_BIND|syscall.MS_REMOUNT|syscall.MS_RDONLY, ""); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := Open(dir); !errors.Is(err, syscall.EROFS) && !errors.Is(err, fs.ErrPermission) {
		t.Errorf("Open = %v", err)
	}
	if r := checked(t, dir); !r.Fine() || r.Events != 50 {
		t.Errorf("%+v", r)
	}
	if _, err := Repair(t.Context(), dir, june18); err == nil {
		t.Error("Repair succeeded")
	}
	if left := names(t, dir); len(left) != 1 {
		t.Errorf("left %v", left)
	}
}

func TestTornEndAfterACrashIsNeverMistakenForWhole(t *testing.T) {
	t.Parallel()
	whole, err := os.ReadFile(filepath.Join(filled(t, 300), FileName))
	if err != nil {
		t.Fatal(err)
	}
	size := len(whole)
	pageSize, of, _ := recordPages(t, whole)
	last := uint64(size/pageSize) - 1
	for name, content := range map[string][]byte{
		"cut off": whole[:size-pageSize], "half": whole[:size-pageSize/2],
		"garbled": append(slices.Clone(whole[:size-pageSize]), bytes.Repeat([]byte{0xA5}, pageSize)...),
	} {
		dir := stored(t, content)
		fine := checked(t, dir).Fine()
		if _, err := Repair(t.Context(), dir, june18); err != nil {
			t.Fatal(err)
		}
		db := open(t, dir)
		saved := collect(t, db, core.Query{})
		if fine && len(saved) != 300 {
			t.Errorf("%s: fine with %d events", name, len(saved))
		}
		for id, pages := range of {
			if !slices.Contains(pages, last) && !slices.Contains(saved, id) {
				t.Errorf("%s: %s is lost", name, id)
			}
		}
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
