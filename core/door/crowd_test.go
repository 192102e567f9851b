package door

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"rentbell/core"
)

// caller is a connection from an address.
type caller struct {
	net.Conn
	from net.Addr
	gone bool
}

func (c *caller) RemoteAddr() net.Addr { return c.from }
func (c *caller) Close() error         { c.gone = true; return nil }

func from(address string) *caller {
	return &caller{from: net.TCPAddrFromAddrPort(netip.MustParseAddrPort(address))}
}

func TestStrangerWhoIsHereLongestMakesWay(t *testing.T) {
	c := newCrowd()
	first, second := from("203.0.113.1:1"), from("203.0.113.2:1")
	trusted := context.WithValue(t.Context(), guestKey{}, c.enter(first))
	c.enter(second)
	c.trust(trusted)
	c.trust(trusted) // every delivery says so again
	for i := range mostConnections - 2 {
		c.enter(from(fmt.Sprintf("198.51.%d.%d:%d", i/250%100, i%250, 1+i)))
	}
	if first.gone || second.gone {
		t.Fatal("somebody had to go although there was room")
	}
	c.enter(from("192.0.2.1:1"))
	if !second.gone || first.gone {
		t.Errorf("the oldest stranger is gone: %v; who had brought a delivery: %v", second.gone, first.gone)
	}
	if n := len(c.guests); n != mostConnections {
		t.Errorf("%d are here, want %d", n, mostConnections)
	}
}

func TestOneAddressCannotHaveEveryConnection(t *testing.T) {
	tests := []struct {
		name    string
		address func(i int) string
		most    int
	}{
		{"an address", func(i int) string { return fmt.Sprintf("203.0.113.1:%d", 1+i) }, mostFromOne},
		{"a network of IPv6", func(i int) string { return fmt.Sprintf("[2001:db8::%x]:1", 1+i) }, mostFromOne},
		{"this computer", func(i int) string { return fmt.Sprintf("127.0.0.1:%d", 1+i) }, 2 * mostFromOne},
		{"many addresses", func(i int) string { return fmt.Sprintf("203.0.%d.1:1", i/2) }, 2 * mostFromOne},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			c := newCrowd()
			for i := range 2 * mostFromOne {
				c.enter(from(tt.address(i)))
			}
			if n := len(c.guests); n != tt.most {
				t.Errorf("%d connections, want %d", n, tt.most)
			}
		})
	}
}

func TestCrowdForgetsWhoLeft(t *testing.T) {
	c := newCrowd()
	for i := range 10 {
		conn := from(fmt.Sprintf("203.0.113.%d:1", i))
		ctx := context.WithValue(t.Context(), guestKey{}, c.enter(conn))
		if i%2 == 0 {
			c.trust(ctx)
		}
		c.leave(conn)
		c.leave(conn)
	}
	if len(c.guests) != 0 || len(c.from) != 0 || c.strangers.Len() != 0 {
		t.Errorf("%d guests, %d addresses, %d strangers are left", len(c.guests), len(c.from), c.strangers.Len())
	}
}

// dribble is a body that stops half-way.
type dribble struct {
	sent int
	stop <-chan struct{}
}

func (d *dribble) Read(p []byte) (int, error) {
	if d.sent < 2*smallBody {
		n := min(len(p), 2*smallBody-d.sent)
		d.sent += n
		return n, nil
	}
	<-d.stop
	return 0, io.ErrUnexpectedEOF
}

func TestLargeBodiesTakeTurnsAndSmallOnesDoNotWait(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := newCrowd()
		stop := make(chan struct{})
		ended := make(chan error)
		read := func(body io.Reader) error {
			_, err := c.readBody(httptest.NewRecorder(), httptest.NewRequest(http.MethodPost, core.WebhookPath, body))
			return err
		}
		for range largeBodies {
			go func() { ended <- read(&dribble{stop: stop}) }()
		}
		synctest.Wait()
		began := time.Now()
		if err := read(strings.NewReader(strings.Repeat("x", smallBody))); !errors.Is(err, errNoSeat) {
			t.Errorf("a body that may be large, with every seat taken: %v", err)
		}
		if took := time.Since(began); took != seatPatience {
			t.Errorf("it waited %v", took)
		}
		began = time.Now()
		if err := read(strings.NewReader(`{"id":"evt_1"}`)); err != nil || time.Since(began) != 0 {
			t.Errorf("a small body: %v after %v", err, time.Since(began))
		}
		close(stop)
		for range largeBodies {
			if err := <-ended; !errors.Is(err, io.ErrUnexpectedEOF) {
				t.Error(err)
			}
		}
		if err := read(strings.NewReader(strings.Repeat("x", MaxBody))); err != nil {
			t.Errorf("a large body, with every seat free: %v", err)
		}
	})
}
