package remote

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"net"
	"path/filepath"
	"strings"
	"time"

	"github.com/Microsoft/go-winio"
	"golang.org/x/sys/windows"

	"rentbell/core"
	"rentbell/core/owner"
)

// pipes is how the names of all control channels begin.
const pipes = `\\.\pipe\rentbell-`

// Listen opens the named pipe of a data directory for Server.Serve. Only the
// process that holds the store may call it. Nobody but this user can connect, and
// nobody from another computer. Windows removes the pipe with the process.
func Listen(dir string) (net.Listener, error) {
	user, err := self()
	if err != nil {
		return nil, err
	}
	name, err := pipeOf(dir)
	if err != nil {
		return nil, err
	}
	l, err := winio.ListenPipe(name, &winio.PipeConfig{SecurityDescriptor: fmt.Sprintf("O:%[1]sD:P(A;;GA;;;%[1]s)", user)})
	if err != nil {
		return nil, fmt.Errorf("listen on %s: %w", name, err)
	}
	takeFirst(name)
	return l, nil
}

// takeFirst connects to a new pipe that nobody accepts on, and hangs up. Windows
// refuses that at once. Wine lets one caller in, who would wait for ever.
func takeFirst(name string) {
	const patience = 5 * time.Millisecond // less than go-winio waits between two attempts
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	if conn, err := winio.DialPipeContext(ctx, name); err == nil {
		_ = conn.Close() // nothing was asked
	}
}

// dial connects to the process that listens for a data directory. It asks nothing
// of another user's process: any user may take a name that is free.
func dial(ctx context.Context, dir string) (net.Conn, error) {
	name, err := pipeOf(dir)
	if err != nil {
		return nil, err
	}
	conn, err := winio.DialPipeContext(ctx, name)
	if err != nil {
		return nil, err
	}
	if err := checkOwner(conn); err != nil {
		_ = conn.Close() // nothing was asked
		return nil, fmt.Errorf("connect to %s: %w", name, err)
	}
	return conn, nil
}

// pipeOf returns the name of a data directory's pipe. Windows does not tell "C:\Data"
// from "c:\data", and a long path is no name.
func pipeOf(dir string) (string, error) {
	path, err := filepath.Abs(dir)
	if err != nil {
		return "", fmt.Errorf("name the control channel: %w", err)
	}
	if real, err := owner.Follow(path); err == nil { // not every volume can be followed
		path = real
	}
	sum := sha256.Sum256([]byte(strings.ToLower(filepath.Clean(path))))
	return pipes + hex.EncodeToString(sum[:16]), nil
}

// self returns the SID of the user whose rights this process has.
func self() (*windows.SID, error) {
	user, err := windows.GetCurrentProcessToken().GetTokenUser()
	if err != nil {
		return nil, fmt.Errorf("look up this user: %w", err)
	}
	return user.User.Sid, nil
}

// checkOwner returns core.ErrForeignDir when another user made the pipe.
func checkOwner(conn net.Conn) error {
	pipe, is := conn.(interface{ Fd() uintptr })
	if !is {
		return fmt.Errorf("%T is no pipe", conn)
	}
	about, err := windows.GetSecurityInfo(windows.Handle(pipe.Fd()), windows.SE_KERNEL_OBJECT, windows.OWNER_SECURITY_INFORMATION)
	if err != nil {
		return fmt.Errorf("look up its owner: %w", err)
	}
	made, _, err := about.Owner()
	if err != nil {
		return fmt.Errorf("look up its owner: %w", err)
	}
	user, err := self()
	if err != nil {
		return err
	}
	if made == nil || !made.Equals(user) {
		return core.ErrForeignDir
	}
	return nil
}
