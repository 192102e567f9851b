package machine

import (
	"net"
	"slices"
	"strings"
)

// Network lists the interfaces that lead to other computers, and their
// addresses, one on each line and sorted. A change of the text is a change of
// network. It is empty when there is no such interface.
func (m *Machine) Network() string {
	interfaces, err := net.Interfaces()
	if err != nil {
		return ""
	}
	var lines []string
	for _, i := range interfaces {
		if !leadsOut(i.Name, i.Flags) {
			continue
		}
		addrs, err := i.Addrs()
		if err != nil {
			continue // the interface has just been removed
		}
		for _, addr := range addrs {
			if place := placeOf(addr); place != "" {
				lines = append(lines, i.Name+" "+place)
			}
		}
	}
	slices.Sort(lines)
	return strings.Join(slices.Compact(lines), "\n")
}

// leadsOut reports whether an interface is up, has a link, and leads to other
// computers. Interfaces of containers and virtual machines on this computer
// come and go without a change of network.
func leadsOut(name string, flags net.Flags) bool {
	const on = net.FlagUp | net.FlagRunning
	if flags&on != on || flags&net.FlagLoopback != 0 {
		return false
	}
	return !slices.ContainsFunc(inward, func(prefix string) bool { return strings.HasPrefix(name, prefix) })
}

// inward are prefixes of the names of interfaces that belong to containers and
// virtual machines.
var inward = []string{
	"docker", "br-", "veth", "podman", "cni", "flannel", "cali", "lxcbr", "lxdbr", "incusbr", // containers
	"virbr", "vnet", "vmnet", "vboxnet", "bridge1", // virtual machines; the last one on macOS
	"vEthernet", "VMware", "VirtualBox", // both, on Windows
}

// placeOf returns the part of an address that tells the network. For IPv6 this
// is the first half, because computers choose a new second half every day. It
// is empty for a link-local address, which every network has.
func placeOf(addr net.Addr) string {
	network, ok := addr.(*net.IPNet)
	if !ok || network.IP.IsLinkLocalUnicast() || network.IP.IsLoopback() {
		return ""
	}
	if network.IP.To4() != nil {
		return network.String()
	}
	return network.IP.Mask(net.CIDRMask(64, 128)).String()
}
