package door

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"os"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"rentbell/core"
)

// dribble is a body that stops half-way, on a connection that can be given a deadline.
type dribble struct {
	http.ResponseWriter
	left    int
	stopped chan struct{}
	once    sync.Once
}

func newDribble(size int) *dribble {
	return &dribble{ResponseWriter: httptest.NewRecorder(), left: size, stopped: make(chan struct{})}
}

func (d *dribble) Read(p []byte) (int, error) {
	if d.left > 0 {
		n := min(len(p), d.left)
		d.left -= n
		return n, nil
	}
	<-d.stopped
	return 0, os.ErrDeadlineExceeded
}

func (d *dribble) SetReadDeadline(time.Time) error {
	d.once.Do(func() { close(d.stopped) })
	return nil
}

// sender reads bodies as the receiver does.
type sender struct {
	*crowd
	t *testing.T
}

// read reads a body on a connection of g and keeps its room until the test ends.
func (s sender) read(g *guest, body io.Reader, w http.ResponseWriter) error {
	r := httptest.NewRequest(http.MethodPost, core.WebhookPath, body)
	r = r.WithContext(context.WithValue(r.Context(), guestKey{}, g))
	_, done, err := s.readBody(w, r)
	if err != nil {
		done()
		return err
	}
	s.t.Cleanup(done)
	return nil
}

// dribbles has n strangers send so much of a body and stop. It returns how many of
// them were sent away since.
func (s sender) dribbles(n, size int, address func(i int) string) (sentAway func() int) {
	var list []*dribble
	for i := range n {
		d := newDribble(size)
		list = append(list, d)
		g := &guest{address: netip.MustParseAddr(address(i))}
		if g.address.IsLoopback() {
			g.address = netip.Addr{}
		}
		go func() { _ = s.read(g, d, d) }() // it never ends well
	}
	synctest.Wait()
	s.t.Cleanup(func() {
		for _, d := range list {
			_ = d.SetReadDeadline(time.Time{})
		}
	})
	return func() (n int) {
		for _, d := range list {
			select {
			case <-d.stopped:
				n++
			default:
			}
		}
		return n
	}
}

func many(i int) string       { return fmt.Sprintf("198.51.%d.%d", i/250, i%250) }
func one(int) string          { return "203.0.113.1" }
func thisComputer(int) string { return "127.0.0.1" }
func body(size int) io.Reader { return strings.NewReader(strings.Repeat("x", size)) }
func known() (trusted *guest) { trusted = new(guest); trusted.trusted.Store(true); return trusted }

func TestDribbledBodiesMakeWayAtOnce(t *testing.T) {
	for _, tt := range []struct {
		name        string
		count, size int
		address     func(int) string
	}{
		{"40 of one host", 40, 20 << 10, one},
		{"of one host, nearly whole", 200, MaxBody - 1, one},
		{"of many hosts, nearly whole", 200, MaxBody - 1, many},
		{"of many hosts, little", 4000, 17 << 10, many},
		{"through a tunnel of one's own", 4000, 600 << 10, thisComputer},
	} {
		t.Run(tt.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				s := sender{newCrowd(), t}
				s.dribbles(tt.count, tt.size, tt.address)
				if s.seats.held > forStrangers {
					t.Errorf("%d bytes are held", s.seats.held)
				}
				began := time.Now()
				if err := s.read(new(guest), body(20<<10), httptest.NewRecorder()); err != nil {
					t.Errorf("a body of 20 KiB: %v", err)
				}
				if err := s.read(new(guest), body(MaxBody), httptest.NewRecorder()); err != nil {
					t.Errorf("the largest: %v", err)
				}
				if took := time.Since(began); took != 0 {
					t.Errorf("they waited %v", took)
				}
			})
		})
	}
}

func TestOneAddressLeavesRoomForOthers(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := sender{newCrowd(), t}
		others := s.dribbles(8, 20<<10, many)
		s.dribbles(255, MaxBody-1, one)
		if n := others(); n != 0 || s.seats.held > forOne+8*(2*smallBody) {
			t.Errorf("%d others were sent away, %d bytes are held", n, s.seats.held)
		}
	})
}

// TestWholeBodiesAreWaitedFor fills the seats with bodies that are being dealt with.
func TestWholeBodiesAreWaitedFor(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := sender{newCrowd(), t}
		for range forStrangers/MaxBody - 1 {
			if err := s.read(new(guest), body(MaxBody), httptest.NewRecorder()); err != nil {
				t.Fatal(err)
			}
		}
		began := time.Now()
		if err := s.read(new(guest), body(MaxBody), httptest.NewRecorder()); !errors.Is(err, errNoSeat) || time.Since(began) != strangerPatience {
			t.Errorf("a stranger: %v after %v", err, time.Since(began))
		}
		began = time.Now()
		if err := s.read(new(guest), body(smallBody), httptest.NewRecorder()); err != nil || time.Since(began) != 0 {
			t.Errorf("a small body: %v after %v", err, time.Since(began))
		}
		if err := s.read(known(), body(MaxBody), httptest.NewRecorder()); err != nil || time.Since(began) != 0 {
			t.Errorf("who has brought events: %v after %v", err, time.Since(began))
		}
		if s.seats.reading.Len() != 0 {
			t.Errorf("%d are taken for reading", s.seats.reading.Len())
		}
	})
}

func TestSeatsForgetWhoLeft(t *testing.T) {
	c := newCrowd()
	for i := range 100 {
		g := &guest{address: netip.MustParseAddr(many(i))}
		r := httptest.NewRequest(http.MethodPost, core.WebhookPath, body(MaxBody/(1+i)))
		_, done, err := c.readBody(httptest.NewRecorder(), r.WithContext(context.WithValue(r.Context(), guestKey{}, g)))
		if err != nil {
			t.Fatal(err)
		}
		done()
	}
	if c.seats.held != 0 || len(c.seats.from) != 0 || c.seats.reading.Len() != 0 {
		t.Errorf("%d bytes, %d addresses, %d readers are left", c.seats.held, len(c.seats.from), c.seats.reading.Len())
	}
}

func TestBodiesOfEverySizeAreReadWhole(t *testing.T) {
	c := newCrowd()
	for _, size := range []int{0, 1, 1023, 1024, 1025, smallBody - 1, smallBody, smallBody + 1, 20 << 10, MaxBody - 1, MaxBody, MaxBody + 1} {
		for _, declared := range []bool{true, false} {
			r := httptest.NewRequest(http.MethodPost, core.WebhookPath, body(size))
			if !declared {
				r.ContentLength = -1
			}
			got, done, err := c.readBody(httptest.NewRecorder(), r)
			done()
			tooLarge := errors.As(err, new(*http.MaxBytesError))
			if tooLarge != (size > MaxBody) || !tooLarge && (err != nil || len(got) != size) {
				t.Errorf("%d bytes, declared %v: got %d, %v", size, declared, len(got), err)
			}
		}
	}
}
