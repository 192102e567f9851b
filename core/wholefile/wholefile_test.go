package wholefile_test

import (
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"testing"

	"rentbell/core"
	"rentbell/core/wholefile"
	"rentbell/store/ledgertest"
)

func TestFileCancelledAfterTheLastByteIsNotKept(t *testing.T) {
	dir := t.TempDir()
	ctx, cancel := context.WithCancel(t.Context())
	err := wholefile.Write(ctx, filepath.Join(dir, "file"), func(w io.Writer) error {
		defer cancel()
		_, err := io.WriteString(w, "all of it")
		return err
	})
	if !errors.Is(err, context.Canceled) {
		t.Errorf("write: %v", err)
	}
	ledgertest.CheckOnly(t, dir)
}

func TestFileWhoseWriterPanicsLeavesNothing(t *testing.T) {
	dir := t.TempDir()
	func() {
		defer func() { _ = recover() }()
		_ = wholefile.Write(t.Context(), filepath.Join(dir, "file"), func(io.Writer) error { panic("bug") })
	}()
	ledgertest.CheckOnly(t, dir)
}

func TestFileBehindALinkIsReplacedAndTheLinkStays(t *testing.T) {
	dir := t.TempDir()
	target, link := filepath.Join(dir, "target.csv"), filepath.Join(dir, "link.csv")
	ledgertest.WriteOld(t, target)
	if err := os.Symlink(target, link); err != nil {
		t.Skipf("no symbolic links here: %v", err)
	}
	if err := wholefile.Write(t.Context(), link, writeNew); err != nil {
		t.Fatal(err)
	}
	if got := ledgertest.ReadFile(t, target); got != "new" {
		t.Errorf("target holds %q", got)
	}
	if ledgertest.Stat(t, link).Mode()&os.ModeSymlink == 0 {
		t.Error("the link is no link any more")
	}
}

func TestOnlyRegularFilesAreReplaced(t *testing.T) {
	dir := t.TempDir()
	if err := wholefile.Write(t.Context(), dir, writeNew); !errors.Is(err, core.ErrNotFile) {
		t.Errorf("a directory: %v", err)
	}
	if err := wholefile.Write(t.Context(), os.DevNull, writeNew); runtime.GOOS != "windows" && !errors.Is(err, core.ErrNotFile) {
		t.Errorf("a device: %v", err)
	}
	if err := wholefile.Write(t.Context(), filepath.Join(dir, "none", "x.csv"), writeNew); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("a directory that is not there: %v", err)
	}
	ledgertest.CheckOnly(t, dir)
}

func writeNew(w io.Writer) error {
	_, err := io.WriteString(w, "new")
	return err
}

// TestEarlierFilesComeBackWithoutHardLinks does without them: the name that a link
// would get is taken.
func TestEarlierFilesComeBackWithoutHardLinks(t *testing.T) {
	for want, ready := range map[string]int{"new": 2, "old": 1} { // how many of the drafts are there
		dir := t.TempDir()
		paths := []string{filepath.Join(dir, "first.csv"), filepath.Join(dir, "last.csv")}
		drafts := []string{filepath.Join(dir, "draft 1"), filepath.Join(dir, "draft 2")}
		for _, path := range append(paths, drafts[0]+".old") {
			ledgertest.WriteOld(t, path)
		}
		for _, draft := range drafts[:ready] {
			if err := os.WriteFile(draft, []byte("new"), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		if err := wholefile.Name(drafts, paths); (err == nil) != (want == "new") {
			t.Errorf("with %d drafts: %v", ready, err)
		}
		for _, path := range paths {
			if got := ledgertest.ReadFile(t, path); got != want {
				t.Errorf("with %d drafts %s holds %q, want %q", ready, path, got, want)
			}
		}
		ledgertest.CheckOnly(t, dir, "first.csv", "last.csv")
	}
}

// TestLinkOfAnotherUserIsRefusedAndItsTargetStays: in a folder for all, like /tmp,
// anybody can give the name of an export to a link that leads to a file of ours.
func TestLinkOfAnotherUserIsRefusedAndItsTargetStays(t *testing.T) {
	shared, own := t.TempDir(), t.TempDir()
	if err := os.Chmod(shared, 0o777|os.ModeSticky); err != nil {
		t.Fatal(err)
	}
	target, link, way := filepath.Join(own, "payments.csv"), filepath.Join(shared, "payments.csv"), filepath.Join(shared, "exports")
	ledgertest.WriteOld(t, target)
	for name, to := range map[string]string{link: target, way: own} {
		if err := os.Symlink(to, name); err != nil {
			t.Skipf("no symbolic links here: %v", err)
		}
		if err := os.Lchown(name, 4711, 4711); err != nil {
			t.Skip("only root can make another user's link:", err)
		}
	}
	for _, path := range []string{link, filepath.Join(way, "payments.csv"), filepath.Join(way, "new.csv")} {
		if err := wholefile.Write(t.Context(), path, writeNew); !errors.Is(err, core.ErrForeignLink) {
			t.Errorf("write %s: %v", path, err)
		}
		draft := filepath.Join(shared, "draft")
		ledgertest.WriteOld(t, draft)
		if err := wholefile.Name([]string{draft}, []string{path}); !errors.Is(err, core.ErrForeignLink) {
			t.Errorf("name %s: %v", path, err)
		}
	}
	ledgertest.CheckOld(t, target)
	ledgertest.CheckOnly(t, own, "payments.csv")
}
