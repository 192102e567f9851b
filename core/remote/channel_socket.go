//go:build !windows

package remote

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"os"
	"path/filepath"
)

// ControlName is the socket's name in a data directory.
const ControlName = "rentbell.sock"

// Listen opens the socket of a data directory for Server.Serve. Only the
// process that holds the store may call it: a socket that is there already was
// left by one that was killed, and is replaced. Nobody but the owner can connect:
// the socket is closed to others, and as a rule the directory is too.
func Listen(dir string) (net.Listener, error) {
	path := filepath.Join(dir, ControlName)
	if err := os.Remove(path); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("replace old socket: %w", err)
	}
	short, drop, err := shortPath(path)
	if err != nil {
		return nil, fmt.Errorf("listen on %s: %w", path, err)
	}
	l, err := net.ListenUnix("unix", &net.UnixAddr{Net: "unix", Name: short})
	if err != nil {
		drop()
		return nil, fmt.Errorf("listen on %s: %w", path, err)
	}
	l.SetUnlinkOnClose(false) // it would look for the short path
	listener := &controlListener{l, path, drop}
	if err := os.Chmod(path, 0o600); err != nil {
		_ = listener.Close() // the reason for giving up is err
		return nil, fmt.Errorf("protect socket: %w", err)
	}
	return listener, nil
}

// controlListener takes its socket away when it closes.
type controlListener struct {
	net.Listener
	path string
	drop func() // the short path, by which Running finds the socket until then
}

func (l *controlListener) Close() error {
	err := errors.Join(l.Listener.Close(), os.Remove(l.path))
	l.drop()
	return err
}

// dial connects to the process that listens for a data directory.
func dial(ctx context.Context, dir string) (net.Conn, error) {
	short, drop, err := shortPath(filepath.Join(dir, ControlName))
	if err != nil {
		return nil, err
	}
	defer drop()
	return new(net.Dialer).DialContext(ctx, "unix", short)
}

// maxSocketPath is what every system takes: macOS has room for 104 bytes with
// the final NUL, Linux for 108.
const maxSocketPath = 103

// shortPath returns a path to the same file that is short enough for a socket
// address: where path is not, through a symbolic link that drop removes.
func shortPath(path string) (short string, drop func(), err error) {
	if len(path) <= maxSocketPath {
		return path, func() {}, nil
	}
	target, err := filepath.Abs(filepath.Dir(path))
	if err != nil {
		return "", nil, err
	}
	private, err := os.MkdirTemp("", "rentbell")
	if err != nil {
		return "", nil, err
	}
	drop = func() { _ = os.RemoveAll(private) } // a link is all that could stay
	link := filepath.Join(private, "data")
	if err := os.Symlink(target, link); err != nil {
		drop()
		return "", nil, err
	}
	return filepath.Join(link, filepath.Base(path)), drop, nil
}
