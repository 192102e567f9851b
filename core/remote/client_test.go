package remote

import (
	"context"
	"errors"
	"net"
	"os"
	"sync"
	"testing"
	"time"

	"rentbell/core"
)

func TestRemoteGivesUpOnSilence(t *testing.T) {
	dir := t.TempDir()
	takeConnections(t, dir) // and never answer
	if _, err := newRemote(wayTo(dir), 10*time.Millisecond).About(t.Context()); !errors.Is(err, os.ErrDeadlineExceeded) {
		t.Errorf("about: %v", err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Millisecond)
	defer cancel()
	if _, err := Dial(ctx, dir); !errors.Is(err, core.ErrNoControl) || !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("dial: %v", err)
	}
}

// takeConnections lets anybody connect to a directory's control channel until the
// test ends.
func takeConnections(t *testing.T, dir string) {
	t.Helper()
	l, err := Listen(dir)
	if err != nil {
		t.Fatal(err)
	}
	accept(t, l)
}

// accept takes every connection until the test ends.
func accept(t *testing.T, l net.Listener) {
	var taking sync.WaitGroup
	taking.Go(func() {
		for {
			conn, err := l.Accept()
			if err != nil {
				return // it is closed
			}
			defer conn.Close()
		}
	})
	t.Cleanup(func() {
		_ = l.Close() // ends taking
		taking.Wait()
	})
}
