package beacon

import (
	"os"
	"os/exec"
	"strings"
	"testing"
)

// network is a script that runs a test in a network of its own, which has a private
// address. It ends with 99 if it cannot make one.
const network = `
ip link set lo up multicast on && ip addr add 192.168.7.2/24 dev lo && ip route add 224.0.0.0/4 dev lo src 192.168.7.2 || exit 99
exec "$0" -test.v -test.run '^TestADeskFindsTheReceiver$'`

func TestADeskFindsTheReceiverInANetworkOfItsOwn(t *testing.T) {
	t.Parallel()
	if err := exec.CommandContext(t.Context(), "unshare", "-Urn", "true").Run(); err != nil {
		t.Skipf("this machine makes no network for a test: %v", err)
	}
	cmd := exec.CommandContext(t.Context(), "unshare", "-Urn", "sh", "-c", network, os.Args[0])
	out, err := cmd.CombinedOutput()
	switch {
	case err != nil && cmd.ProcessState.ExitCode() == 99:
		t.Skipf("this machine makes no network for a test: %s", out)
	case err != nil || !strings.Contains(string(out), "--- PASS: TestADeskFindsTheReceiver"):
		t.Errorf("%v\n%s", err, out)
	}
}
