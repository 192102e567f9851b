//go:build linux

package main_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"
)

// usage is what a process has used so far.
type usage struct {
	cpu     time.Duration
	wakeups int // of all its threads: how often one went to sleep
}

// usageOf adds up the threads of a process. Its own figures tick too coarsely.
func usageOf(t *testing.T, pid int) usage {
	t.Helper()
	tasks, err := filepath.Glob(fmt.Sprintf("/proc/%d/task/*", pid))
	if err != nil || len(tasks) == 0 {
		t.Fatalf("list threads: %d, %v", len(tasks), err)
	}
	var u usage
	for _, task := range tasks {
		ran, err := os.ReadFile(filepath.Join(task, "schedstat"))
		status, err2 := os.ReadFile(filepath.Join(task, "status"))
		if err != nil || err2 != nil {
			continue // it has ended
		}
		nanos, _, _ := strings.Cut(string(ran), " ")
		n, err := strconv.ParseInt(nanos, 10, 64)
		if err != nil {
			t.Fatalf("read a thread's time: %v", err)
		}
		u.cpu += time.Duration(n)
		u.wakeups += entryOf(t, string(status), "voluntary_ctxt_switches:")
	}
	return u
}

func (u usage) since(earlier usage) usage {
	return usage{u.cpu - earlier.cpu, u.wakeups - earlier.wakeups}
}

// memoryOf is what a process has in memory, and how much of that is its own and
// not some file's, in MiB.
func memoryOf(t *testing.T, pid int) (resident, anonymous float64) {
	t.Helper()
	b, err := os.ReadFile(fmt.Sprintf("/proc/%d/smaps_rollup", pid))
	if err != nil {
		t.Fatalf("read memory: %v", err)
	}
	const kiB = 1024
	return float64(entryOf(t, string(b), "Rss:")) / kiB, float64(entryOf(t, string(b), "Anonymous:")) / kiB
}

// entryOf is the number behind a name that begins a line.
func entryOf(t *testing.T, text, name string) int {
	t.Helper()
	for line := range strings.Lines(text) {
		if fields := strings.Fields(line); len(fields) > 1 && fields[0] == name {
			n, err := strconv.Atoi(fields[1])
			if err != nil {
				t.Fatalf("read %s: %v", name, err)
			}
			return n
		}
	}
	t.Fatalf("no %s", name)
	return 0
}
