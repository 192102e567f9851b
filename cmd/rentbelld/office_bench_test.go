//go:build linux

package main

import (
	"fmt"
	"math/rand/v2"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"sync"
	"syscall"
	"testing"
	"time"
)

const (
	manyDesks    = 30               // of the largest office
	mostPatience = 10 * time.Minute // with desks that catch up
)

// ear hears the lines of events that a desk prints.
type ear struct {
	mu    sync.Mutex
	last  byte
	left  int
	heard chan time.Time // gets the time as none is left
}

// expect has the ear wait for as many events.
func (e *ear) expect(n int) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.left, e.heard = n, make(chan time.Time, 1)
}

// Write counts: the line of an event ends with its id in brackets.
func (e *ear) Write(b []byte) (int, error) {
	e.mu.Lock()
	defer e.mu.Unlock()
	for _, c := range b {
		if c == '\n' && e.last == ']' {
			if e.left--; e.left == 0 {
				e.heard <- time.Now()
			}
		}
		e.last = c
	}
	return len(b), nil
}

func (e *ear) String() string { return fmt.Sprintf("%d events are left", e.left) }

// listener is a desk that is listened to.
type listener struct {
	*deskOf
	ear *ear
}

// follow starts a desk, which is to print as many events.
func (l *listener) follow(b *testing.B, events int) {
	b.Helper()
	l.ear = &ear{}
	l.ear.expect(events)
	l.process = &process{}
	l.startTo(b, l.ear, nil, "follow", "--data", l.dir)
}

// when is the time at which all came that was expected.
func (l *listener) when(b *testing.B) time.Time {
	b.Helper()
	select {
	case at := <-l.ear.heard:
		return at
	case <-l.exited:
		b.Fatalf("a desk has ended: %s", l.err)
	case <-time.After(mostPatience):
		b.Fatalf("%s: %v", l.dir, l.ear)
	}
	return time.Time{}
}

// signal stops a receiver's desks, or has them go on. An office's desks have processors of
// their own: here they stand still while the receiver answers. It goes on sending to them.
func (m *measured) signal(b *testing.B, s syscall.Signal) {
	b.Helper()
	for _, l := range m.desks {
		if err := l.cmd.Process.Signal(s); err != nil {
			b.Fatal(err)
		}
	}
}

// deskDisk is a directory in memory, so that the desks' own syncs do not slow down the one
// disk that is the receiver's in an office.
func deskDisk(b *testing.B) string {
	b.Helper()
	dir, err := os.MkdirTemp("/dev/shm", "rentbell")
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = os.RemoveAll(dir) }) // it is the computer's until its next start
	return dir
}

// enrol has desks join, one after the other, and stops them.
func (r *receiverOf) enrol(b *testing.B, n int) (desks []*listener) {
	b.Helper()
	disk := deskDisk(b)
	for i := range n {
		l := &listener{deskOf: r.joinIn(b, filepath.Join(disk, strconv.Itoa(i)), fmt.Sprint("Desk ", i))}
		l.stop(b)
		desks = append(desks, l)
	}
	return desks
}

// BenchmarkOfficeDelivery compares receivers, by turns: one without an office, and offices
// of 0, 1 and 30 desks that follow. It measures the time until the 200, with a pause after
// each delivery and without, and from there to the line that a desk prints. Then it measures
// what an office costs that has nothing to do.
func BenchmarkOfficeDelivery(b *testing.B) {
	var offices []*measured
	for _, desks := range []int{-1, 0, 1, manyDesks} {
		offices = append(offices, newMeasured(b, desks))
	}
	next := 0
	for range 20 {
		for _, i := range rand.Perm(len(offices)) {
			m := offices[i]
			for range 10 {
				m.deliver(b, 1, next)
				next++
			}
			m.deliver(b, 20, next)
			next += 20
		}
	}
	for _, m := range offices[1:] {
		plain := offices[0]
		b.ReportMetric(median(m.single)/median(plain.single), "ack-by-plain,desks="+m.name)
		b.ReportMetric(median(m.rapid)/median(plain.rapid), "ack-by-plain-rapid,desks="+m.name)
		if len(m.desks) > 0 {
			b.ReportMetric(median(m.delay), "s-to-line,desks="+m.name)
			b.ReportMetric(m.delay[len(m.delay)-1], "s-to-line-worst,desks="+m.name)
		}
	}
	const idle = 30 * time.Second
	before := map[*measured]float64{}
	for _, m := range offices {
		before[m] = cpuSeconds(b, m.process)
	}
	<-time.After(idle)
	for _, m := range offices {
		b.ReportMetric((cpuSeconds(b, m.process)-before[m])/idle.Seconds()*1000, "ms-cpu-a-second-idle,desks="+m.name)
		b.ReportMetric(anonymousMB(m.process), "MB-idle,desks="+m.name)
	}
}

// measured is a receiver, and what was measured of it: in seconds.
type measured struct {
	*receiverOf
	name                 string
	desks                []*listener
	single, rapid, delay []float64
}

// newMeasured starts a receiver with desks that follow; -1: without an office.
func newMeasured(b *testing.B, desks int) *measured {
	b.Helper()
	if desks < 0 {
		p, address := serveOn(b, b.TempDir())
		return &measured{receiverOf: &receiverOf{process: p, address: address}, name: "none"}
	}
	m := &measured{receiverOf: serveOfficeOn(b, b.TempDir(), "127.0.0.1:0"), name: strconv.Itoa(desks)}
	m.desks = m.enrol(b, desks)
	for _, l := range m.desks {
		l.follow(b, 0)
		l.waitFor(b, l.err, `office is followed`)
	}
	return m
}

// deliver delivers some payments one after the other, numbered from the first, and waits
// until every desk has them.
func (m *measured) deliver(b *testing.B, payments, first int) {
	b.Helper()
	for _, l := range m.desks {
		l.ear.expect(payments)
	}
	m.signal(b, syscall.SIGSTOP)
	var answered time.Time
	for n := first; n < first+payments; n++ {
		began := time.Now()
		status, answer, err := deliver(b.Context(), http.DefaultClient, m.address, payment(n))
		answered = time.Now()
		if err != nil || status != http.StatusOK {
			b.Fatalf("delivery: %d %s %v", status, answer, err)
		}
		if took := answered.Sub(began).Seconds(); payments == 1 {
			m.single = append(m.single, took)
		} else {
			m.rapid = append(m.rapid, took)
		}
	}
	m.signal(b, syscall.SIGCONT)
	for _, l := range m.desks {
		if at := l.when(b); payments == 1 {
			m.delay = append(m.delay, max(0, at.Sub(answered).Seconds()))
		}
	}
}

func median(of []float64) float64 {
	slices.Sort(of)
	return of[len(of)/2]
}
