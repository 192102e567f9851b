package inbox

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"rentbell/core"
	"rentbell/core/owner"
)

// mostEntries bounds how many entries of the folder one look takes in.
const mostEntries = 10_000

// folder is the watched folder, open. What is asked of it cannot lead out of it, whatever
// links others put there.
type folder struct {
	*os.Root
	info fs.FileInfo
}

// openFolder opens a folder that may be watched. core.ErrForeignLink: another user's link
// leads there. core.ErrDataDir: its files are Rentbell's own. core.ErrNotFolder: it is none.
func openFolder(path, dataDir string) (*folder, error) {
	target, err := owner.Follow(path)
	if err != nil {
		return nil, fmt.Errorf("open the folder of reports: %w", err)
	}
	if info, err := os.Stat(target); err == nil && !info.IsDir() {
		return nil, fmt.Errorf("open the folder of reports: %w", core.ErrNotFolder)
	}
	root, err := os.OpenRoot(target)
	if err != nil {
		return nil, fmt.Errorf("open the folder of reports: %w", err)
	}
	info, err := root.Stat(".")
	if err == nil && dataDir != "" {
		if data, unknown := os.Stat(dataDir); unknown == nil && os.SameFile(info, data) {
			err = core.ErrDataDir
		}
	}
	if err != nil {
		return nil, errors.Join(fmt.Errorf("open the folder of reports: %w", err), root.Close())
	}
	return &folder{root, info}, nil
}

// probe is made and removed again, to see whether files can be moved.
const probe = ".rentbell-probe"

// CheckDir returns why a folder cannot be watched, or its files not be moved; nil: all of
// that can be. dataDir is the folder of Rentbell's own data, empty where it is not known.
func CheckDir(path, dataDir string) error {
	f, err := openFolder(path, dataDir)
	if err != nil {
		return err
	}
	defer func() { _ = f.Close() }() // nothing waits to be written
	if _, err = f.list(); err != nil {
		return err
	}
	_ = f.Remove(probe) // left by a crash, if it is there
	if err := f.write(probe, ""); err != nil {
		return fmt.Errorf("write into the folder of reports: %w", err)
	}
	return f.Remove(probe)
}

// entry is a file in the folder.
type entry struct {
	name    string
	size    int64
	written time.Time
}

// list returns the files that may be reports.
func (f *folder) list() (files []entry, err error) {
	dir, err := f.Open(".")
	if err != nil {
		return nil, fmt.Errorf("look into the folder of reports: %w", err)
	}
	defer func() { _ = dir.Close() }() // it was only read
	entries, err := dir.ReadDir(mostEntries)
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, fmt.Errorf("look into the folder of reports: %w", err)
	}
	for _, e := range entries {
		if !e.Type().IsRegular() || unfinished(e.Name()) {
			continue
		}
		info, err := f.Lstat(e.Name())
		if err != nil || !info.Mode().IsRegular() {
			continue // it went meanwhile
		}
		files = append(files, entryOf(info))
	}
	return files, nil
}

func entryOf(info fs.FileInfo) entry { return entry{info.Name(), info.Size(), info.ModTime()} }

// unfinishedEnds end the names under which browsers, mail programs and cloud services
// write a file before it gets its own.
var unfinishedEnds = []string{".part", ".partial", ".crdownload", ".download", ".opdownload", ".tmp", ".temp"}

// unfinished reports whether a name is that of a file that is still being written, or of
// one that programs leave in folders for themselves.
func unfinished(name string) bool {
	name = strings.ToLower(name)
	if strings.HasPrefix(name, ".") || strings.HasPrefix(name, "~$") || name == "desktop.ini" || name == "thumbs.db" {
		return true
	}
	for _, end := range unfinishedEnds {
		if strings.HasSuffix(name, end) {
			return true
		}
	}
	return false
}

// The folders that files are moved to.
const (
	doneDir   = "done"
	failedDir = "failed"
)

// reasonEnd ends the name of the text beside a failed file.
const reasonEnd = ".txt"

const (
	longestName = 200    // bytes; most file systems take 255
	mostAlike   = 10_000 // files of one name in a folder
)

// move puts a file into one of the folders, under a name that is free there, and returns
// it. With a reason a text says it beside the file.
func (f *folder) move(name, to, reason string) (as string, err error) {
	if err := f.Mkdir(to, 0o700); err != nil && !errors.Is(err, fs.ErrExist) {
		return "", fmt.Errorf("make the folder %s: %w", to, err)
	}
	if as, err = f.free(name, to, reason != ""); err != nil {
		return "", err
	}
	if reason != "" { // first: it must not be missing after a crash
		if err := f.write(filepath.Join(to, as+reasonEnd), reason); err != nil {
			return "", fmt.Errorf("write why a report failed: %w", err)
		}
	}
	if err := f.Rename(name, filepath.Join(to, as)); err != nil {
		if reason != "" {
			_ = f.Remove(filepath.Join(to, as+reasonEnd)) // what matters is that the file stays
		}
		return "", fmt.Errorf("move a report to %s: %w", to, err)
	}
	return as, nil
}

// free returns a name for a file, and for the text beside it, that nothing has there.
func (f *folder) free(name, to string, withText bool) (string, error) {
	end := filepath.Ext(name)
	if len(end) > len(name)/2 {
		end = ""
	}
	stem := strings.ToValidUTF8(strings.TrimSuffix(name, end), "_")
	for len(stem)+len(end) > longestName {
		stem = stem[:longestName-len(end)]
		stem = strings.ToValidUTF8(stem, "")
	}
	for n := 1; n <= mostAlike; n++ {
		as := stem + end
		if n > 1 {
			as = fmt.Sprintf("%s (%d)%s", stem, n, end)
		}
		if f.isFree(filepath.Join(to, as)) && (!withText || f.isFree(filepath.Join(to, as+reasonEnd))) {
			return as, nil
		}
	}
	return "", fmt.Errorf("move a report to %s: %w", to, fs.ErrExist)
}

func (f *folder) isFree(path string) bool {
	_, err := f.Lstat(path)
	return errors.Is(err, fs.ErrNotExist)
}

// write makes a new file for the user alone.
func (f *folder) write(path, text string) error {
	file, err := f.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	_, err = io.WriteString(file, text)
	if err = errors.Join(err, file.Close()); err != nil {
		_ = f.Remove(path) // half of a reason is none
	}
	return err
}
