package machine

import (
	"net"
	"slices"
	"strings"
)

// Network lists the interfaces that lead out of this computer with their
// addresses, always in the same order; empty: there is none. See core.Machine.
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
			continue // it has just been taken away
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

// leadsOut reports whether an interface is on, has its cable, and leads
// farther than to this computer's own containers and virtual machines, whose
// coming and going is no change of network.
func leadsOut(name string, flags net.Flags) bool {
	const on = net.FlagUp | net.FlagRunning
	if flags&on != on || flags&net.FlagLoopback != 0 {
		return false
	}
	return !slices.ContainsFunc(inward, func(prefix string) bool { return strings.HasPrefix(name, prefix) })
}

// inward are the beginnings of the names that containers and virtual machines
// give to their interfaces.
var inward = []string{
	"docker", "br-", "veth", "podman", "cni", "flannel", "cali", "lxcbr", "lxdbr", "incusbr", // containers
	"virbr", "vnet", "vmnet", "vboxnet", "bridge1", // virtual machines; the last one on macOS
	"vEthernet", "VMware", "VirtualBox", // both, on Windows
}

// placeOf is the part of an address that tells the network: of IPv6 the first
// half, because computers make themselves a new second half every day. A
// link-local address says only that the interface is there.
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
