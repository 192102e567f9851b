package main

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"syscall"
	"testing"
	"time"
)

// mostSlower is how many times as long a delivery may take beside an office whose disk is
// full. The median of both is close; a machine with other work needs room.
const mostSlower = 3

func TestAFullJetStreamDelaysNoDeliveryAndMends(t *testing.T) {
	dir := t.TempDir()
	full := filepath.Join(dir, "office")
	if err := os.Mkdir(full, 0o700); err != nil {
		t.Fatal(err)
	}
	if err := syscall.Mount("tmpfs", full, "tmpfs", 0, "size=64k"); err != nil {
		t.Skipf("a small disk needs the right to mount one: %v", err)
	}
	unmount := func() { _ = syscall.Unmount(full, syscall.MNT_DETACH) } // the second time it is gone
	t.Cleanup(unmount)
	_, alone := serveOn(t, t.TempDir())
	r := serveOfficeOn(t, dir, "127.0.0.1:0")
	var plain, beside []time.Duration
	for i := range 120 {
		body := rent(fmt.Sprintf("evt_%d", i), "2026-06-18T10:40:00Z", 100)
		began := time.Now()
		mustDeliver(t, alone, body)
		between := time.Now()
		mustDeliver(t, r.address, body)
		plain, beside = append(plain, between.Sub(began)), append(beside, time.Since(between))
	}
	slices.Sort(plain)
	slices.Sort(beside)
	if a, b := plain[len(plain)/2], beside[len(beside)/2]; b > mostSlower*a {
		t.Errorf("a delivery takes %v beside a full JetStream, %v alone", b, a)
	}
	r.waitFor(t, r.err, `the office's stream failed`)
	r.kill(t)
	unmount()
	r = serveOfficeOn(t, dir, r.office)
	r.join(t, "Front desk").same(t, r, "")
}
