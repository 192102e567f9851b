package door

import (
	"container/list"
	"context"
	"net"
	"net/http"
	"net/netip"
	"sync"
	"sync/atomic"
)

// The address is public, so anybody may connect. A crowd bounds what strangers
// can hold: connections and room for large bodies. Whoever has brought an event of
// this account that is new is a stranger no more, and others make way for him. Any
// other delivery proves nothing: AppFolio signs for all its customers, and what came
// before can be replayed. What a crowd does not do is to answer strangers differently:
// a wrong signature is a 401 at any rate.

const (
	mostConnections = 4096 // in all: some 100 MiB, were every one to dribble a header
	mostFromOne     = 256  // from one address; AppFolio comes from several, with few each
)

// guest is one connection.
type guest struct {
	conn    net.Conn
	address netip.Addr    // invalid on loopback, where a tunnel of the user's own may speak for everybody
	inLine  *list.Element // among the strangers; nil once trusted
	trusted atomic.Bool   // spares every later delivery the lock
}

// crowd is everybody who is connected.
type crowd struct {
	seats seats

	mu        sync.Mutex
	guests    map[net.Conn]*guest
	strangers *list.List // of *guest, the longest here first
	from      map[netip.Addr]int
}

func newCrowd() *crowd {
	return &crowd{seats: newSeats(), guests: map[net.Conn]*guest{}, strangers: list.New(), from: map[netip.Addr]int{}}
}

// attach has a server's connections come and go here.
func (c *crowd) attach(s *http.Server) {
	s.ConnContext = func(ctx context.Context, conn net.Conn) context.Context {
		return context.WithValue(ctx, guestKey{}, c.enter(conn))
	}
	s.ConnState = func(conn net.Conn, state http.ConnState) {
		if state == http.StateClosed {
			c.leave(conn)
		}
	}
}

type guestKey struct{}

// enter lets a connection in. Where there is no room, the stranger who has been
// here longest has to go; where none can, nobody is let in.
func (c *crowd) enter(conn net.Conn) *guest {
	g := &guest{conn: conn, address: addressOf(conn)}
	if leaving := c.admit(g); leaving != nil {
		_ = leaving.conn.Close() // its reader notices, if it is there
	}
	return g
}

// admit makes room for a guest and returns who has to leave: a stranger, the guest
// himself, or nobody.
func (c *crowd) admit(g *guest) (leaving *guest) {
	c.mu.Lock()
	defer c.mu.Unlock()
	full := true
	switch {
	case g.address.IsValid() && c.from[g.address] >= mostFromOne:
		leaving = c.longest(func(other *guest) bool { return other.address == g.address })
	case len(c.guests) >= mostConnections:
		leaving = c.longest(func(*guest) bool { return true })
	default:
		full = false
	}
	if full && leaving == nil {
		return g
	}
	if leaving != nil {
		c.drop(leaving)
	}
	c.guests[g.conn] = g
	c.from[g.address]++
	g.inLine = c.strangers.PushBack(g)
	return leaving
}

// longest finds the first in line that fits; nil: all who do are trusted. Called
// with mu held.
func (c *crowd) longest(fits func(*guest) bool) *guest {
	for e := c.strangers.Front(); e != nil; e = e.Next() {
		if g := e.Value.(*guest); fits(g) {
			return g
		}
	}
	return nil
}

func (c *crowd) leave(conn net.Conn) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if g := c.guests[conn]; g != nil {
		c.drop(g)
	}
}

// drop forgets a guest. Called with mu held.
func (c *crowd) drop(g *guest) {
	delete(c.guests, g.conn)
	if c.from[g.address]--; c.from[g.address] <= 0 {
		delete(c.from, g.address)
	}
	if g.inLine != nil {
		c.strangers.Remove(g.inLine)
		g.inLine = nil
	}
}

// trust takes whoever brought a new event out of the line.
func (c *crowd) trust(ctx context.Context) {
	g, known := ctx.Value(guestKey{}).(*guest)
	if !known || g.trusted.Swap(true) {
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if g.inLine != nil {
		c.strangers.Remove(g.inLine)
		g.inLine = nil
	}
}

// addressOf is where a connection comes from; of an IPv6 address the network,
// which one host may have all of.
func addressOf(conn net.Conn) netip.Addr {
	remote, err := netip.ParseAddrPort(conn.RemoteAddr().String())
	if err != nil || remote.Addr().IsLoopback() {
		return netip.Addr{}
	}
	address := remote.Addr().Unmap()
	if address.Is4() {
		return address
	}
	network, err := address.Prefix(64)
	if err != nil {
		return address
	}
	return network.Addr()
}
