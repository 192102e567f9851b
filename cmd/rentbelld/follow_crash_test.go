package main

import (
	"context"
	"fmt"
	"math/rand/v2"
	"sync"
	"syscall"
	"testing"
	"time"
)

func TestADeskKilledAtRandomMomentsHasWhatTheReceiverHas(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("kills processes for seconds")
	}
	r := serveOfficeOn(t, t.TempDir(), "127.0.0.1:0")
	d := r.join(t, "Front desk")
	d.kill(t)
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	var senders sync.WaitGroup
	for c := range 2 {
		senders.Go(func() { load(ctx, r.address, fmt.Sprintf("evt_%d", c)) })
	}
	for range 10 {
		p := start(t, nil, "follow", "--data", d.dir)
		end := time.AfterFunc(time.Duration(1+rand.IntN(600))*time.Millisecond, func() { _ = p.cmd.Process.Signal(syscall.SIGKILL) })
		<-p.exited
		if end.Stop() {
			t.Errorf("a desk ended by itself: %s", p.err)
		}
	}
	stop()
	senders.Wait()
	d.again(t)
	mustDeliver(t, r.address, rent("evt_end", "2026-06-18T10:40:00Z", 1))
	d.same(t, r, "evt_end")
	d.stop(t)
	if code, out, errs := command(t, "check", "--data", d.dir); code != 0 {
		t.Errorf("the desk's file: %d %s%s", code, out, errs)
	}
}
