package logs

import (
	"bytes"
	"errors"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
)

// unwatched is an Output of a program that somebody has started from a desktop.
func unwatched(console io.Writer) *Output { return &Output{console: console} }

func read(t *testing.T, path string) string {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func say(t *testing.T, o *Output, text string) {
	t.Helper()
	if n, err := io.WriteString(o, text); err != nil || n != len(text) {
		t.Errorf("wrote %d of %d bytes, %v", n, len(text), err)
	}
}

func TestLogGoesToAFileWhereNobodyWatches(t *testing.T) {
	var console bytes.Buffer
	dir := t.TempDir()
	path := filepath.Join(dir, Name)
	if err := os.WriteFile(path, []byte("last week\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	o := unwatched(&console)
	say(t, o, "early\n")
	if err := o.Keep(dir); err != nil {
		t.Fatal(err)
	}
	say(t, o, "late\n")
	if err := o.Close(); err != nil {
		t.Fatal(err)
	}
	say(t, o, "after the end\n")
	if got := read(t, path); got != "last week\nearly\nlate\n" {
		t.Errorf("the file holds %q", got)
	}
	if console.String() != "early\nlate\nafter the end\n" {
		t.Errorf("the console got %q", console.String())
	}
	if info, err := os.Stat(path); runtime.GOOS != "windows" && (err != nil || info.Mode().Perm() != 0o600) {
		t.Errorf("its mode is %v, %v", info.Mode(), err)
	}
	if all := In(dir); len(all) != 1 || all[0] != path {
		t.Errorf("the directory holds %v; want no crashes where there were none", all)
	}
}

func TestNobodyNeedsAFileWhoWatches(t *testing.T) {
	dir := t.TempDir()
	o := &Output{console: io.Discard, watch: true}
	if err := o.Keep(dir); err != nil {
		t.Fatal(err)
	}
	say(t, o, "here\n")
	if all := In(dir); len(all) != 0 {
		t.Errorf("there are %v", all)
	}
	if err := o.Close(); err != nil {
		t.Error(err)
	}
}

// gone is a console that is no longer there, as with -H windowsgui.
type gone struct{}

func (gone) Write([]byte) (int, error) { return 0, os.ErrInvalid }

func TestLogOutlivesItsConsole(t *testing.T) {
	dir := t.TempDir()
	o := unwatched(gone{})
	say(t, o, "early\n")
	if err := o.Keep(dir); err != nil {
		t.Fatal(err)
	}
	say(t, o, "late\n")
	if err := o.Close(); err != nil {
		t.Fatal(err)
	}
	if got := read(t, filepath.Join(dir, Name)); got != "early\nlate\n" {
		t.Errorf("the file holds %q", got)
	}
}

func TestLogStaysSmall(t *testing.T) {
	dir := t.TempDir()
	o := unwatched(io.Discard)
	say(t, o, strings.Repeat("x", 10*maxEarly)) // before there is a file
	if err := o.Keep(dir); err != nil {
		t.Fatal(err)
	}
	line := strings.Repeat("x", 999) + "\n"
	for range 4 * maxLog / len(line) {
		say(t, o, line)
	}
	say(t, o, strings.Repeat("x", 2*maxLog))
	say(t, o, "the end\n")
	if err := o.Close(); err != nil {
		t.Fatal(err)
	}
	entries, err := os.ReadDir(dir)
	if err != nil || len(entries) != 2 {
		t.Fatalf("the directory holds %v, %v", entries, err)
	}
	for _, e := range entries {
		if info, err := e.Info(); err != nil || info.Size() > maxLog {
			t.Errorf("%s has %d bytes, %v", e.Name(), info.Size(), err)
		}
	}
	if got := read(t, filepath.Join(dir, Name)); got != "the end\n" {
		t.Errorf("the newest file holds %d bytes", len(got))
	}
}

func TestLogFollowsNoLink(t *testing.T) {
	dir, other := t.TempDir(), filepath.Join(t.TempDir(), "letter.txt")
	if err := os.WriteFile(other, []byte("Dear"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(other, filepath.Join(dir, Name)); err != nil || runtime.GOOS == "windows" {
		t.Skip("only an administrator makes links here:", err)
	}
	o := unwatched(io.Discard)
	say(t, o, "x")
	if err := o.Keep(dir); err == nil {
		t.Error("a link was taken for the log")
	}
	say(t, o, "y")
	if got := read(t, other); got != "Dear" {
		t.Errorf("the other file holds %q", got)
	}
}

func TestNullDeviceIsNoConsole(t *testing.T) {
	null, err := os.OpenFile(os.DevNull, os.O_WRONLY, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer null.Close()
	if isConsole(null) {
		t.Error("somebody watches", os.DevNull)
	}
	if _, err := null.Write(nil); err != nil {
		t.Error(err)
	}
	closed, err := os.CreateTemp(t.TempDir(), "")
	if err != nil {
		t.Fatal(err)
	}
	if isConsole(closed) {
		t.Error("a file is a console")
	}
	_ = closed.Close() // nothing was written
	if isConsole(closed) {
		t.Error("what is closed is a console")
	}
}

// crashIn in the environment makes the test binary crash, with its crashes kept there.
const crashIn = "RENTBELL_TEST_CRASH_IN"

func TestMain(m *testing.M) {
	if dir := os.Getenv(crashIn); dir != "" {
		if err := unwatched(io.Discard).Keep(dir); err != nil {
			panic("no log: " + err.Error())
		}
		var none *Output
		none.early = nil
	}
	os.Exit(m.Run())
}

func TestCrashIsKept(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, Crashes)
	if err := os.WriteFile(path, bytes.Repeat([]byte("old\n"), maxCrash), 0o600); err != nil {
		t.Fatal(err)
	}
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	for range 2 {
		crash := exec.CommandContext(t.Context(), self)
		crash.Env = append(os.Environ(), crashIn+"="+dir)
		if err := crash.Run(); !errors.As(err, new(*exec.ExitError)) {
			t.Fatalf("it ended with %v", err)
		}
	}
	if got := read(t, path); strings.Count(got, "nil pointer dereference") != 2 || strings.Contains(got, "old") {
		t.Errorf("%s holds %q", Crashes, got)
	}
	if got := read(t, path+Earlier); !strings.HasPrefix(got, "old\n") {
		t.Errorf("the file before it holds %q", got)
	}
	if info, err := os.Stat(path); runtime.GOOS != "windows" && (err != nil || info.Mode()&fs.ModePerm != 0o600) {
		t.Errorf("its mode is %v, %v", info.Mode(), err)
	}
}
