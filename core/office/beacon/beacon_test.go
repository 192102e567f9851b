package beacon

import (
	"net"
	"net/netip"
	"slices"
	"strings"
	"testing"

	"rentbell/core"
)

func TestADeskFindsTheReceiver(t *testing.T) {
	t.Parallel()
	ip, err := outward()
	if err != nil || !local(ip) {
		t.Skipf("this machine has no private address that multicast goes out by: %v, %v", ip, err)
	}
	l, err := net.Listen("tcp4", "0.0.0.0:0") // has the port for itself, so that no other office is taken for this
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = l.Close() }()
	stop, err := Announce(t.Context(), l.Addr(), "Front-Desk.example")
	if err != nil {
		t.Skipf("this machine allows no multicast: %v", err)
	}
	want := core.OfficeFound{Name: "Front-Desk", Address: netip.AddrPortFrom(ip, netip.MustParseAddrPort(l.Addr().String()).Port()).String()}
	found, err := Find(t.Context())
	if err != nil {
		t.Skipf("this machine allows no multicast: %v", err)
	}
	if !slices.Contains(found, want) {
		t.Errorf("found %v, want %v", found, want)
	}
	stop()
	if found, err := Find(t.Context()); err != nil || slices.Contains(found, want) {
		t.Errorf("an office that has ended is found: %v, %v", found, err)
	}
}

func TestAnOfficeOfThisComputerAloneIsNotAnnounced(t *testing.T) {
	for _, address := range []string{"127.0.0.1:4443", "[::1]:4443"} {
		stop, err := Announce(t.Context(), net.TCPAddrFromAddrPort(netip.MustParseAddrPort(address)), "front-desk")
		if err != nil {
			t.Fatalf("%s: %v", address, err)
		}
		stop()
	}
	for _, address := range []string{"203.0.113.5:4443", "[2001:db8::1]:4443"} {
		if _, err := Announce(t.Context(), net.TCPAddrFromAddrPort(netip.MustParseAddrPort(address)), "front-desk"); err == nil {
			t.Errorf("%s is announced", address)
		}
	}
}

func TestTheNameOfAHostIsOneLabel(t *testing.T) {
	for host, want := range map[string]string{
		"front-desk": "front-desk", "Marias-Mac.local": "Marias-Mac", "": "rentbell", ".local": "rentbell",
		"Büro 1": "B-ro-1", strings.Repeat("a", 80): strings.Repeat("a", 63),
	} {
		if got := hostLabel(host); got != want {
			t.Errorf("hostLabel(%q) = %q, want %q", host, got, want)
		}
	}
}
