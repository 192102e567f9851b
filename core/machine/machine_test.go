package machine

import (
	"errors"
	"io/fs"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestFreeSpaceIsThatOfTheDataDirectory(t *testing.T) {
	free, err := New(t.TempDir()).FreeSpace()
	if err != nil || free < 1<<20 || free > 1<<60 {
		t.Errorf("got %d, %v, want something between a megabyte and an exabyte", free, err)
	}
}

func TestFreeSpaceOfADirectoryThatIsNotThere(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "gone")
	if free, err := New(dir).FreeSpace(); !errors.Is(err, fs.ErrNotExist) || free != 0 || !strings.Contains(err.Error(), dir) {
		t.Errorf("got %d, %v", free, err)
	}
}

func TestNetworkStaysTheSameWhileNothingChanges(t *testing.T) {
	m := New(t.TempDir())
	first := m.Network()
	if second := m.Network(); second != first {
		t.Errorf("got %q, then %q", first, second)
	}
	if strings.Contains(first, "127.0.0.1") || strings.Contains(first, "fe80:") {
		t.Errorf("%q has addresses that lead nowhere", first)
	}
}

func TestInterfacesThatLeadOut(t *testing.T) {
	const on = net.FlagUp | net.FlagRunning | net.FlagBroadcast | net.FlagMulticast
	tests := []struct {
		name  string
		flags net.Flags
		want  bool
	}{
		{"wlan0", on, true},
		{"enp3s0", on, true},
		{"en0", on, true},
		{"Wi-Fi", on, true},
		{"br0", on, true}, // a bridge somebody set up to lead out
		{"wg0", net.FlagUp | net.FlagRunning | net.FlagPointToPoint, true},
		{"wlan0", net.FlagBroadcast, false},               // off
		{"enp3s0", net.FlagUp | net.FlagBroadcast, false}, // no cable
		{"lo", on | net.FlagLoopback, false},
		{"docker0", on, false},
		{"br-1f2e3d4c5b6a", on, false},
		{"veth12ab34c", on, false},
		{"virbr0", on, false},
		{"vnet3", on, false},
		{"bridge100", on, false},
		{"vEthernet (WSL)", on, false},
	}
	for _, tt := range tests {
		if got := leadsOut(tt.name, tt.flags); got != tt.want {
			t.Errorf("%s (%v): got %v, want %v", tt.name, tt.flags, got, tt.want)
		}
	}
}

func TestPlace(t *testing.T) {
	tests := []struct{ name, address, want string }{
		{"IPv4", "192.168.1.7/24", "192.168.1.7/24"},
		{"IPv6", "2001:db8:1:2:3:4:5:6/64", "2001:db8:1:2::"},
		{"IPv6 that will be another tomorrow", "2001:db8:1:2:aaaa:bbbb:cccc:dddd/128", "2001:db8:1:2::"},
		{"IPv6 of one's own", "fd00::2/64", "fd00::"},
		{"link-local IPv6", "fe80::1/64", ""},
		{"link-local IPv4", "169.254.3.4/16", ""},
		{"loopback", "127.0.0.1/8", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			ip, network, err := net.ParseCIDR(tt.address)
			if err != nil {
				t.Fatal(err)
			}
			network.IP = ip
			if got := placeOf(network); got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
	if got := placeOf(&net.UnixAddr{Name: "/tmp/x"}); got != "" {
		t.Errorf("got %q for what is no address", got)
	}
}

func BenchmarkNetwork(b *testing.B) {
	m := New(os.TempDir())
	for b.Loop() {
		m.Network()
	}
}
