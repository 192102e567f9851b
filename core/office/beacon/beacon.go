// Package beacon lets desks find the receiver of an office on the local network, by
// multicast DNS (RFC 6762) and its services (RFC 6763). An announcement holds the
// computer's name, its address and the port, and nothing of what the office has. Anybody
// on the network can answer a desk, so what is found is a proposal: only the pairing
// proves who answers. It serves private IPv4 addresses alone; others are typed.
//
// Whoever is on the network can send as much as it carries. A receiver reads only so many
// questions a second, and a desk only so many answers in all.
package beacon

import (
	"cmp"
	"context"
	"fmt"
	"net"
	"net/netip"
	"slices"
	"strings"
	"sync"

	"golang.org/x/time/rate"
)

const (
	perSecond   = 100  // packets; a busy network has ten
	longestText = 63   // of a label (RFC 1035)
	maxPacket   = 9000 // bytes (RFC 6762, 17)
)

// group is where questions go (RFC 6762, 3).
var group = net.UDPAddrFromAddrPort(netip.MustParseAddrPort("224.0.0.251:5353"))

// Announce answers desks that look for the office which listens at an address, until ctx
// ends or stop is called. An office on the loopback alone is not announced, and that is no
// error.
func Announce(ctx context.Context, at net.Addr, host string) (stop func(), err error) {
	to, err := netip.ParseAddrPort(at.String())
	if err != nil {
		return nil, fmt.Errorf("announce the office: %w", err)
	}
	ip := to.Addr().Unmap()
	if ip.IsLoopback() {
		return func() {}, nil
	}
	if ip.IsUnspecified() {
		if ip, err = outward(); err != nil {
			return nil, fmt.Errorf("announce the office: %w", err)
		}
	}
	if !local(ip) {
		return nil, fmt.Errorf("announce the office: %s is no private IPv4 address", ip)
	}
	conn, err := net.ListenMulticastUDP("udp4", interfaceOf(ip), group)
	if err != nil {
		return nil, fmt.Errorf("announce the office: %w", err)
	}
	ctx, cancel := context.WithCancel(ctx)
	context.AfterFunc(ctx, func() { _ = conn.Close() }) // which ends the reading
	var answering sync.WaitGroup
	answering.Go(func() {
		answer(ctx, conn, receiver{hostLabel(host), netip.AddrPortFrom(ip, to.Port())}, rate.NewLimiter(perSecond, perSecond))
	})
	return func() {
		cancel()
		answering.Wait()
	}, nil
}

// answer answers the questions that come, until ctx ends. It leaves what comes too fast to
// the system, which drops it.
func answer(ctx context.Context, conn net.PacketConn, r receiver, pace *rate.Limiter) {
	packet := make([]byte, maxPacket)
	for pace.Wait(ctx) == nil {
		n, from, err := conn.ReadFrom(packet)
		if err != nil {
			continue // the pace holds here, too
		}
		asker, err := netip.ParseAddrPort(from.String())
		if err != nil || !local(asker.Addr().Unmap()) {
			continue // questions from elsewhere are no concern of ours (RFC 6762, 11)
		}
		if reply, asked := r.reply(packet[:n], asker.Port()); asked {
			_, _ = conn.WriteTo(reply, from) // a desk that hears nothing asks again
		}
	}
}

// outward is this computer's address on the network that multicast goes to. A connection
// of UDP sends nothing.
func outward() (netip.Addr, error) {
	c, err := net.Dial("udp4", group.String())
	if err != nil {
		return netip.Addr{}, err
	}
	defer func() { _ = c.Close() }() // nothing was sent
	to, err := netip.ParseAddrPort(c.LocalAddr().String())
	return to.Addr(), err
}

// interfaceOf returns the interface that has an address; nil: the system's usual one.
func interfaceOf(ip netip.Addr) *net.Interface {
	all, err := net.Interfaces()
	if err != nil {
		return nil
	}
	for _, i := range all {
		addresses, err := i.Addrs()
		has := func(a net.Addr) bool { return strings.HasPrefix(a.String(), ip.String()+"/") }
		if err == nil && slices.ContainsFunc(addresses, has) {
			return &i
		}
	}
	return nil
}

// local reports whether an address is one of a local network's IPv4 addresses.
func local(ip netip.Addr) bool { return ip.Is4() && (ip.IsPrivate() || ip.IsLinkLocalUnicast()) }

// hostLabel is the first part of a host's name, with hyphens for what is no letter or digit.
func hostLabel(host string) string {
	host, _, _ = strings.Cut(host, ".")
	label := strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' {
			return r
		}
		return '-'
	}, host)
	return cmp.Or(label[:min(len(label), longestText)], "rentbell")
}
