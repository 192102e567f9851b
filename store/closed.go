package store

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"time"

	"rentbell/core"
)

// To prove a large file takes longer than anything else at a start. So a process that
// has opened or made a file, met no fault and closes it in order leaves a mark beside
// it, with a digest of what tells the file from any other, and from itself after a
// write. Whoever opens the file takes the mark away before anything is written.
//
// A file that still fits its mark is read as it was proven. A mark counts until the
// system starts anew: what a power cut or a disk that lost writes has left is proven.
// So is a file without a mark, because its process did not end in order, and one that
// was copied, moved, cut off, or changed by any program.

// closedMark is the path of a file's mark.
func closedMark(path string) string { return path + ".closed" }

// clockTick is more than the longest step of the clock that file systems take their
// times from: two writes within one step leave the same time.
const clockTick = 20 * time.Millisecond

// asClosed reports whether a file fits its mark.
func asClosed(path string) bool {
	mark, _, err := openRegular(closedMark(path))
	if err != nil {
		return false
	}
	defer func() { _ = mark.Close() }() // it was only read
	noted := make([]byte, hex.EncodedLen(sha256.Size))
	if _, err := io.ReadFull(mark, noted); err != nil {
		return false
	}
	f, info, err := openRegular(path)
	if err != nil {
		return false
	}
	defer func() { _ = f.Close() }() // it was only read
	digest, _ := likeness(f, info, bootID())
	return digest != "" && digest == string(noted)
}

// markClosed leaves a mark beside the store's file, which is still locked. Without one
// the file is proven, so a mark that cannot be written is no error.
func (db *DB) markClosed() {
	if db.reader || db.commits.doubt != 0 || db.suspect.Load() {
		return
	}
	f, info, err := openRegular(db.path)
	if err != nil {
		return
	}
	defer func() { _ = f.Close() }() // it was only read
	if info.Size() <= wholeAtStart {
		return
	}
	digest, changed := likeness(f, info, bootID())
	if digest == "" {
		return
	}
	if rest := clockTick - time.Since(changed); rest > 0 { // the next write bears another time
		<-time.After(min(rest, clockTick))
	}
	if os.WriteFile(closedMark(db.path), []byte(digest), 0o600) != nil {
		_ = os.Remove(closedMark(db.path)) // half a mark fits nothing
	}
}

// likeness is a digest of a file's place, size, times and beginning, with the two pages
// that say what was committed last, and of the system's present run. It is empty where
// the system does not tell them. changed is when the file was last changed in any way.
func likeness(f *os.File, info os.FileInfo, boot string) (digest string, changed time.Time) {
	inode, changed, known := identity(info)
	if !known || boot == "" {
		return "", changed
	}
	sum := sha256.New()
	_, _ = fmt.Fprintln(sum, boot, inode, info.Size(), info.ModTime().UnixNano(), changed.UnixNano()) // a hash takes everything
	const metas = 2 << 16                                                                             // of the largest pages
	if _, err := io.Copy(sum, io.NewSectionReader(f, 0, metas)); err != nil {
		return "", changed
	}
	return hex.EncodeToString(sum.Sum(nil)), changed
}

// heed passes an error on. One that speaks of damage has the file proven at the next
// start.
func (db *DB) heed(err error) error {
	if errors.Is(err, core.ErrDamaged) {
		db.suspect.Store(true)
	}
	return err
}
