//go:build !windows

package remote

import (
	"errors"
	"net"
	"os"
	"path/filepath"
	"testing"

	"rentbell/core"
)

// ChannelFiles are what an open control channel leaves in a data directory.
var ChannelFiles = []string{ControlName}

func TestSocketLeftByAKilledProcessIsReplaced(t *testing.T) {
	dir := t.TempDir()
	killed, err := net.ListenUnix("unix", &net.UnixAddr{Net: "unix", Name: filepath.Join(dir, ControlName)})
	if err != nil {
		t.Fatal(err)
	}
	killed.SetUnlinkOnClose(false)
	if err := killed.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := Dial(t.Context(), dir); !errors.Is(err, core.ErrNoControl) {
		t.Errorf("dial a dead socket: %v", err)
	}
	l, err := Listen(dir)
	if err != nil {
		t.Fatal(err)
	}
	if err := l.Close(); err != nil {
		t.Error(err)
	}
	if _, err := os.Lstat(filepath.Join(dir, ControlName)); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("socket after closing: %v", err)
	}
}

func TestSocketPathStaysShort(t *testing.T) {
	short := filepath.Join(t.TempDir(), "s")
	tests := []struct {
		path   string
		direct bool
	}{
		{short, true},
		{filepath.Join(longDir(t), ControlName), false},
	}
	for _, tt := range tests {
		path, drop, err := shortPath(tt.path)
		if err != nil {
			t.Fatal(err)
		}
		if len(path) > maxSocketPath || (path == tt.path) != tt.direct {
			t.Errorf("path of %d bytes is used as %s", len(tt.path), path)
		}
		if err := os.WriteFile(path, nil, 0o600); err != nil {
			t.Fatal(err)
		}
		drop()
		if _, err := os.Lstat(filepath.Dir(filepath.Dir(path))); !tt.direct && !errors.Is(err, os.ErrNotExist) {
			t.Errorf("the short way is still there: %v", err)
		}
		if _, err := os.Stat(tt.path); err != nil {
			t.Error(err)
		}
	}
}

// longDir is a directory whose name alone is longer than a socket address.
func longDir(t *testing.T) string {
	t.Helper()
	name := make([]byte, 200)
	for i := range name {
		name[i] = 'd'
	}
	dir := filepath.Join(t.TempDir(), string(name))
	if err := os.Mkdir(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	return dir
}
