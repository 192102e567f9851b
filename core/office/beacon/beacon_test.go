package beacon

import (
	"net"
	"net/netip"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/mdns"

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
	stop, err := Announce(l.Addr(), "Front-Desk.example")
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

func TestOnlyWhatAnOfficeAnswersIsRead(t *testing.T) {
	const of = "._rentbell-office._tcp.local."
	good := mdns.ServiceEntry{Name: "front-desk" + of, AddrV4: net.IPv4(192, 168, 1, 20), Port: 4443}
	if f, ok := read(&good); !ok || f != (core.OfficeFound{Name: "front-desk", Address: "192.168.1.20:4443"}) {
		t.Errorf("got %v, %v", f, ok)
	}
	for what, spoil := range map[string]func(*mdns.ServiceEntry){
		"another service":     func(e *mdns.ServiceEntry) { e.Name = "printer._ipp._tcp.local." },
		"no name":             func(e *mdns.ServiceEntry) { e.Name = of },
		"two lines":           func(e *mdns.ServiceEntry) { e.Name = "front\ndesk" + of },
		"an escaped line":     func(e *mdns.ServiceEntry) { e.Name = `front\010desk` + of },
		"turned writing":      func(e *mdns.ServiceEntry) { e.Name = "front\u202edesk" + of },
		"labels":              func(e *mdns.ServiceEntry) { e.Name = "front.desk" + of },
		"a long name":         func(e *mdns.ServiceEntry) { e.Name = strings.Repeat("a", 64) + of },
		"no address":          func(e *mdns.ServiceEntry) { e.AddrV4 = nil },
		"half an address":     func(e *mdns.ServiceEntry) { e.AddrV4 = net.IP{10, 0} },
		"this computer":       func(e *mdns.ServiceEntry) { e.AddrV4 = net.IPv4(127, 0, 0, 1) },
		"everybody":           func(e *mdns.ServiceEntry) { e.AddrV4 = net.IPv4bcast },
		"a group":             func(e *mdns.ServiceEntry) { e.AddrV4 = net.IPv4(224, 0, 0, 251) },
		"the internet":        func(e *mdns.ServiceEntry) { e.AddrV4 = net.IPv4(203, 0, 113, 5) },
		"IPv6 where IPv4 is":  func(e *mdns.ServiceEntry) { e.AddrV4 = net.ParseIP("fd00::1") },
		"no port":             func(e *mdns.ServiceEntry) { e.Port = 0 },
		"more than any port":  func(e *mdns.ServiceEntry) { e.Port = 65536 },
		"a port below all":    func(e *mdns.ServiceEntry) { e.Port = -1 },
		"the name of another": func(e *mdns.ServiceEntry) { e.Name = "front-desk" + of + "evil." },
	} {
		e := good
		spoil(&e)
		if f, ok := read(&e); ok {
			t.Errorf("%s is taken for an office: %v", what, f)
		}
	}
}

func TestAnOfficeOfThisComputerAloneIsNotAnnounced(t *testing.T) {
	for _, address := range []string{"127.0.0.1:4443", "[::1]:4443"} {
		stop, err := Announce(net.TCPAddrFromAddrPort(netip.MustParseAddrPort(address)), "front-desk")
		if err != nil {
			t.Fatalf("%s: %v", address, err)
		}
		stop()
	}
	for _, address := range []string{"203.0.113.5:4443", "[2001:db8::1]:4443"} {
		if _, err := Announce(net.TCPAddrFromAddrPort(netip.MustParseAddrPort(address)), "front-desk"); err == nil {
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

func FuzzRead(f *testing.F) {
	f.Add("front-desk._rentbell-office._tcp.local.", []byte{192, 168, 1, 20}, 4443)
	f.Add("a\nb._rentbell-office._tcp.local.", []byte{}, -1)
	f.Fuzz(func(t *testing.T, name string, ip []byte, port int) {
		found, ok := read(&mdns.ServiceEntry{Name: name, AddrV4: ip, Port: port})
		if !ok {
			return
		}
		to, err := netip.ParseAddrPort(found.Address)
		if err != nil || !local(to.Addr()) || to.Port() == 0 {
			t.Errorf("%q is no address of a local network: %v", found.Address, err)
		}
		if len(found.Name) > longestName || slices.ContainsFunc([]byte(found.Name), func(b byte) bool { return b <= ' ' || b > '~' }) {
			t.Errorf("the name is %q", found.Name)
		}
	})
}
