package remote

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"net"
	"path/filepath"
	"strings"

	"github.com/Microsoft/go-winio"
	"golang.org/x/sys/windows"

	"rentbell/core"
	"rentbell/core/owner"
)

// pipes is how the names of all control channels begin.
const (
	namedPipes = `\\.\pipe\`
	pipes      = namedPipes + "rentbell-"
)

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

// takeFirst connects to a new pipe that nobody accepts on yet, and hangs up. Windows
// refuses that. Wine lets one caller in, who would wait for ever.
func takeFirst(name string) {
	path, err := windows.UTF16PtrFromString(name)
	if err != nil {
		return // the name has just been used
	}
	if pipe, err := windows.CreateFile(path, windows.GENERIC_READ, 0, nil, windows.OPEN_EXISTING, 0, 0); err == nil {
		_ = windows.CloseHandle(pipe) // nothing was asked
	}
}

// dial connects to the process that listens for a data directory. It asks nothing
// of another user's process: any user may take a name that is free.
func dial(ctx context.Context, dir string) (net.Conn, error) {
	name, err := pipeOf(dir)
	if err != nil {
		return nil, err
	}
	return dialPipe(ctx, name)
}

func dialPipe(ctx context.Context, name string) (net.Conn, error) {
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

// listening returns the ways to all pipes of Rentbell, those of other users among
// them.
func listening() []connect {
	pattern, err := windows.UTF16PtrFromString(namedPipes + "*")
	if err != nil {
		return nil // the pattern is right
	}
	var found windows.Win32finddata
	search, err := windows.FindFirstFile(pattern, &found)
	if err != nil {
		return nil // Wine has no list
	}
	defer func() { _ = windows.FindClose(search) }() // it was only read
	var ways []connect
	for ; err == nil; err = windows.FindNextFile(search, &found) {
		name := namedPipes + windows.UTF16ToString(found.FileName[:])
		if strings.HasPrefix(name, pipes) {
			ways = append(ways, func(ctx context.Context) (net.Conn, error) { return dialPipe(ctx, name) })
		}
	}
	return ways
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
