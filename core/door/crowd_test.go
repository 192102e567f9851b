package door

import (
	"context"
	"fmt"
	"net"
	"net/netip"
	"testing"
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

// TestNobodyIsLetInWhereNobodyCanLeave: who has brought events stays, and whoever
// comes then is turned away.
func TestNobodyIsLetInWhereNobodyCanLeave(t *testing.T) {
	for name, address := range map[string]func(i int) string{
		"all in all":      func(i int) string { return fmt.Sprintf("198.51.%d.%d:1", i/250, i%250) },
		"of one address":  func(i int) string { return fmt.Sprintf("203.0.113.1:%d", 1+i) },
		"on the loopback": func(i int) string { return fmt.Sprintf("127.0.0.1:%d", 1+i) },
	} {
		c := newCrowd()
		most := mostConnections
		if name == "of one address" {
			most = mostFromOne
		}
		for i := range most {
			c.trust(context.WithValue(t.Context(), guestKey{}, c.enter(from(address(i)))))
		}
		late := from(address(most))
		g := c.enter(late)
		if !late.gone || len(c.guests) != most {
			t.Errorf("%s: turned away %v, %d are here", name, late.gone, len(c.guests))
		}
		c.trust(context.WithValue(t.Context(), guestKey{}, g))
		c.leave(late)
		if len(c.guests) != most || c.strangers.Len() != 0 {
			t.Errorf("%s: %d are here, %d of them strangers", name, len(c.guests), c.strangers.Len())
		}
	}
}
