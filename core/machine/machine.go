// Package machine tells about the computer Rentbell runs on: how much room its
// disk has, whether its desktop shows notifications, which addresses its network
// gives it. It promises to answer within seconds and changes nothing.
package machine

import (
	"net"
	"slices"
	"strings"
)

// Machine implements core.Machine. Its methods may be called from any goroutine.
type Machine struct{ dir string }

// New tells about this computer and the disk that holds dir.
func New(dir string) *Machine { return &Machine{dir} }

// passing are the beginnings of interface names that come and go with programs
// on this computer, not with its network: containers and virtual machines.
var passing = []string{"docker", "br-", "veth", "virbr", "vmnet", "vboxnet", "lxc", "lxd", "cni", "flannel", "podman"}

// Network lists the addresses by which this computer is in a network, sorted and
// with blanks between them; empty while it is in none. It costs a system call or two.
func (m *Machine) Network() string {
	interfaces, err := net.Interfaces()
	if err != nil {
		return "" // as good as no network
	}
	var addresses []string
	for _, i := range interfaces {
		if i.Flags&net.FlagUp == 0 || i.Flags&net.FlagLoopback != 0 || isPassing(i.Name) {
			continue
		}
		own, err := i.Addrs()
		if err != nil {
			continue // it has gone meanwhile
		}
		for _, a := range own {
			if n, ok := a.(*net.IPNet); ok && n.IP.IsGlobalUnicast() {
				addresses = append(addresses, n.IP.String())
			}
		}
	}
	slices.Sort(addresses)
	return strings.Join(addresses, " ")
}

func isPassing(name string) bool {
	return slices.ContainsFunc(passing, func(p string) bool { return strings.HasPrefix(name, p) })
}
