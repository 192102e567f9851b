// Package logs keeps the log and the crashes of a program that nobody watches on a
// terminal in two files of the data directory. Both are bounded, and closed to
// other users. Nothing is written before the program holds the directory.
package logs

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"sync"
)

// The names of the files. What no longer fits is in a file with Earlier at the end.
const (
	Name    = "rentbell.log"
	Crashes = "crash.log"
	Earlier = ".1"
)

const (
	maxLog   = 1 << 20   // bytes, twice: the file and the earlier one
	maxCrash = 256 << 10 // bytes, but the last crash is kept whole
	maxEarly = 64 << 10  // bytes that wait until Keep is called
)

// Output writes to a console, or to whatever the program got for one, and without
// a console to the log file as well. Its methods may be called from any goroutine.
type Output struct {
	console io.Writer

	mu    sync.Mutex
	early []byte // waits for a file
	file  *file  // nil: none yet, or none is wanted
	watch bool   // somebody watches the console, so there is no file
	crash *os.File
}

// New returns an Output. It makes no file.
func New(console *os.File) *Output { return &Output{console: console, watch: isConsole(console)} }

// isConsole reports whether somebody may read along.
func isConsole(f *os.File) bool {
	info, err := f.Stat()
	if err != nil || info.Mode()&os.ModeCharDevice == 0 {
		return false
	}
	nothing, err := os.Stat(os.DevNull)
	return err != nil || !os.SameFile(info, nothing)
}

// Write writes to the console and the file. A console that is gone is no error:
// the log goes on in the file.
func (o *Output) Write(b []byte) (int, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	_, err := o.console.Write(b)
	switch {
	case o.watch:
		return len(b), err
	case o.file != nil:
		return o.file.Write(b)
	}
	o.early = append(o.early, b[:min(len(b), maxEarly-len(o.early))]...)
	return len(b), nil
}

// Keep makes the files in a data directory, where nobody watches the console, and
// writes what was logged so far. Only the process that holds the directory may
// call it.
func (o *Output) Keep(dir string) error {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.watch || o.file != nil {
		return nil
	}
	f, err := openFile(filepath.Join(dir, Name), maxLog)
	if err != nil {
		return err
	}
	o.file = f
	_, err = f.Write(o.early)
	o.early = nil
	crash, err2 := keepCrashes(filepath.Join(dir, Crashes))
	o.crash = crash
	return errors.Join(err, err2)
}

// Close closes the files. A file of crashes without one is removed.
func (o *Output) Close() error {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.file == nil {
		return nil
	}
	err := errors.Join(o.file.Close(), dropCrashes(o.crash))
	o.file, o.crash, o.watch = nil, nil, true // what comes now goes to the console alone
	return err
}

// In returns the paths of the files of earlier runs that a data directory holds.
func In(dir string) []string {
	var all []string
	for _, name := range []string{Name, Crashes} {
		path := filepath.Join(dir, name)
		if info, err := os.Lstat(path); err == nil && info.Mode().IsRegular() {
			all = append(all, path)
		}
	}
	return all
}
