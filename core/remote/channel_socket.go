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
	var l *net.UnixListener
	err := atShortPath(path, func(short string) (err error) {
		l, err = net.ListenUnix("unix", &net.UnixAddr{Net: "unix", Name: short})
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("listen on %s: %w", path, err)
	}
	l.SetUnlinkOnClose(false) // it would look for the short path, which is gone
	listener := &controlListener{l, path}
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
}

func (l *controlListener) Close() error {
	return errors.Join(l.Listener.Close(), os.Remove(l.path))
}

// dial connects to the process that listens for a data directory.
func dial(ctx context.Context, dir string) (net.Conn, error) {
	var conn net.Conn
	err := atShortPath(filepath.Join(dir, ControlName), func(short string) (err error) {
		conn, err = new(net.Dialer).DialContext(ctx, "unix", short)
		return err
	})
	return conn, err
}

// maxSocketPath is what every system takes: macOS has room for 104 bytes with
// the final NUL, Linux for 108.
const maxSocketPath = 103

// atShortPath calls use with a path to the same file that is short enough for a
// socket address: where path is not, through a symbolic link that is gone afterwards.
func atShortPath(path string, use func(short string) error) error {
	if len(path) <= maxSocketPath {
		return use(path)
	}
	target, err := filepath.Abs(filepath.Dir(path))
	if err != nil {
		return err
	}
	private, err := os.MkdirTemp("", "rentbell")
	if err != nil {
		return err
	}
	defer func() { _ = os.RemoveAll(private) }() // an empty directory is all that could stay
	link := filepath.Join(private, "data")
	if err := os.Symlink(target, link); err != nil {
		return err
	}
	return use(filepath.Join(link, filepath.Base(path)))
}
