//go:build linux

package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"rentbell/core/office/desk"
	"rentbell/store"
)

// BenchmarkOfficeCatchUp has desks get 100,000 payments, or a tenth of that with -short, as
// new desks get them, and then those of a week in which they were away. It tells how long
// that takes by the time in which the receiver took the payments over 64 connections, and
// what it costs the receiver.
func BenchmarkOfficeCatchUp(b *testing.B) {
	payments, week := 100_000, 4_550
	if testing.Short() {
		payments /= 10
	}
	r := serveOfficeOn(b, b.TempDir(), "127.0.0.1:0")
	desks := r.enrol(b, manyDesks)
	poured := r.pour(b, 0, payments)
	for _, n := range []int{1, manyDesks} {
		for _, l := range desks[:n] {
			forget(b, l.dir)
		}
		r.measureCatchUp(b, fmt.Sprint("new,desks=", n), poured, desks[:n], func(l *listener) {
			l.follow(b, 0)
			l.waitUpTo(b, mostPatience, l.err, fmt.Sprint(`office is followed.*after=`, payments))
		})
	}
	for _, l := range desks {
		putCopy(b, l.dir, l.dir+".before")
	}
	poured = r.pour(b, payments, week)
	for _, n := range []int{1, manyDesks} {
		for _, l := range desks[:n] {
			putCopy(b, l.dir+".before", l.dir)
		}
		r.measureCatchUp(b, fmt.Sprint("week,desks=", n), poured, desks[:n], func(l *listener) {
			l.follow(b, week)
			l.when(b)
		})
	}
}

// pour delivers payments, and says how many seconds that took.
func (r *receiverOf) pour(b *testing.B, first, payments int) float64 {
	b.Helper()
	began := time.Now()
	pour(b, r.address, first, payments)
	return time.Since(began).Seconds()
}

// measureCatchUp has desks catch up at a time, and stops them.
func (r *receiverOf) measureCatchUp(b *testing.B, name string, poured float64, desks []*listener, catchUp func(*listener)) {
	b.Helper()
	if err := os.WriteFile(fmt.Sprintf("/proc/%d/clear_refs", r.cmd.Process.Pid), []byte("5"), 0); err != nil { // VmHWM begins again: see proc(5)
		b.Fatal(err)
	}
	used, began := cpuSeconds(b, r.process), time.Now()
	var catching sync.WaitGroup
	for _, l := range desks {
		catching.Go(func() { catchUp(l) })
	}
	catching.Wait()
	took, cpu, memory := time.Since(began).Seconds(), cpuSeconds(b, r.process)-used, statusMB(r.process, "VmHWM")
	b.Logf("%s: %.1f s; the receiver: %.1f s of the processors, %.0f MB of memory at most", name, took, cpu, memory)
	b.ReportMetric(took/poured, "by-pour,"+name)
	b.ReportMetric(cpu, "s-cpu,"+name)
	b.ReportMetric(memory, "MB-most,"+name)
	for _, l := range desks {
		l.stop(b)
	}
}

// putCopy puts a copy of a directory in the place of another.
func putCopy(b *testing.B, from, to string) {
	b.Helper()
	if err := errors.Join(os.RemoveAll(to), os.CopyFS(to, os.DirFS(from))); err != nil {
		b.Fatal(err)
	}
}

// forget makes a desk a new one, that has joined.
func forget(b *testing.B, dir string) {
	b.Helper()
	seat, err := desk.ReadSeat(dir)
	seat.Epoch, seat.Filled = "", false
	if err = errors.Join(err, desk.WriteSeat(b.Context(), dir, seat), os.Remove(filepath.Join(dir, store.FileName))); err != nil {
		b.Fatal(err)
	}
}
