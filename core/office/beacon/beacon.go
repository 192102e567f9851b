// Package beacon lets desks find the receiver of an office on the local network, by
// multicast DNS (RFC 6762) and its services (RFC 6763). An announcement holds the
// computer's name, its address and the port, and nothing of what the office has. Anybody
// on the network can answer a desk, so what is found is a proposal: only the pairing
// proves who answers. It serves private IPv4 addresses alone; others are typed.
package beacon

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"log"
	"maps"
	"net"
	"net/netip"
	"slices"
	"strings"
	"time"

	"github.com/hashicorp/mdns"

	"rentbell/core"
)

const (
	service = "_rentbell-office._tcp"
	domain  = "local."

	rounds    = 3 // a question that Wi-Fi lost is asked again
	roundTime = time.Second

	mostFound   = 16
	mostAnswers = 256 // of all services on the network, in a round
	longestName = 63  // of a label (RFC 1035)
)

// Announce answers desks that look for the office which listens at an address, until stop
// is called. An office on the loopback alone is not announced, and that is no error.
func Announce(at net.Addr, host string) (stop func(), err error) {
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
	name := hostLabel(host)
	zone, err := mdns.NewMDNSService(name, service, domain, name+"."+domain, int(to.Port()), []net.IP{ip.AsSlice()}, []string{"v=1"})
	if err != nil {
		return nil, fmt.Errorf("announce the office: %w", err)
	}
	server, err := mdns.NewServer(&mdns.Config{Zone: zone, Iface: interfaceOf(ip), Logger: silent()})
	if err != nil {
		return nil, fmt.Errorf("announce the office: %w", err)
	}
	return func() { _ = server.Shutdown() }, nil // it never fails
}

// outward is this computer's address on the network that multicast goes to. A connection
// of UDP sends nothing.
func outward() (netip.Addr, error) {
	c, err := net.Dial("udp4", "224.0.0.251:5353")
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

// Find looks for offices for three seconds, and returns at most 16, sorted by name. It may
// return a second after ctx has ended. An error says that this computer cannot look.
func Find(ctx context.Context) ([]core.OfficeFound, error) {
	found := map[string]core.OfficeFound{}
	for range rounds {
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		// The library goes on to write to what it has sent, so it is read after it ends.
		entries := make(chan *mdns.ServiceEntry, mostAnswers)
		err := mdns.QueryContext(ctx, &mdns.QueryParam{
			Service: service, Domain: domain, Timeout: roundTime, Entries: entries, Logger: silent(),
			DisableIPv6: true, // without a route for it, the library would give up IPv4, too
		})
		if err != nil {
			return nil, fmt.Errorf("look for an office: %w", err)
		}
		close(entries)
		for e := range entries {
			if f, ok := read(e); ok && len(found) < mostFound {
				found[f.Address] = f
			}
		}
	}
	return slices.SortedFunc(maps.Values(found), func(a, b core.OfficeFound) int {
		return cmp.Or(strings.Compare(a.Name, b.Name), strings.Compare(a.Address, b.Address))
	}), nil
}

// read reads an answer; false: it is none that an office gives.
func read(e *mdns.ServiceEntry) (core.OfficeFound, bool) {
	name, ours := strings.CutSuffix(e.Name, "."+service+"."+domain)
	ip, ok := netip.AddrFromSlice(e.AddrV4)
	ip = ip.Unmap()
	if !ours || !ok || !local(ip) || e.Port < 1 || e.Port > 65535 || name == "" || name != hostLabel(name) {
		return core.OfficeFound{}, false
	}
	return core.OfficeFound{Name: name, Address: netip.AddrPortFrom(ip, uint16(e.Port)).String()}, true
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
	return cmp.Or(label[:min(len(label), longestName)], "rentbell")
}

// silent is for the library, which writes a line for each packet that it cannot read.
func silent() *log.Logger { return log.New(io.Discard, "", 0) }
