package hub

import (
	"bufio"
	"context"
	"crypto/tls"
	"log/slog"
	"net"
	"strings"
	"sync"
	"testing"
	"time"

	"rentbell/core/office"
	"rentbell/store"
)

// running is a hub with an empty store, until the test's end.
func running(t *testing.T) (h *Hub, addr string) {
	t.Helper()
	dir := t.TempDir()
	db, err := store.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	key, err := office.NewMachineKey()
	if err != nil {
		t.Fatal(err)
	}
	roster, err := office.OpenRoster(dir)
	if err != nil {
		t.Fatal(err)
	}
	h, err = New(Config{Dir: dir, Key: key, Store: db, Encode: store.Encode, Roster: roster, Log: slog.New(slog.DiscardHandler), Now: time.Now})
	if err != nil {
		t.Fatal(err)
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	var serving sync.WaitGroup
	serving.Go(func() { h.Run(ctx, l) })
	t.Cleanup(func() {
		cancel()
		serving.Wait()
		_ = db.Close() // nothing is in it
	})
	return h, l.Addr().String()
}

// comes has a desk come until NATS greets it, and returns what desks look at first.
func comes(t *testing.T, h *Hub, addr string) (epoch string, e *engine) {
	t.Helper()
	for limit := time.Now().Add(time.Minute); time.Now().Before(limit); {
		conn, err := tls.Dial("tcp", addr, &tls.Config{InsecureSkipVerify: true, NextProtos: []string{office.ProtocolFollow}})
		if err != nil {
			t.Fatal(err)
		}
		greeting, _ := bufio.NewReader(conn).ReadString(' ') // whoever is not passed on gets none
		_ = conn.Close()                                     // it was only to be greeted
		if !strings.HasPrefix(greeting, "INFO") {
			continue
		}
		h.mu.Lock()
		e = h.engine
		h.mu.Unlock()
		bucket, err := e.js.KeyValue(t.Context(), office.BucketOffice)
		if err != nil {
			t.Fatal(err)
		}
		entry, err := bucket.Get(t.Context(), office.KeyEpoch)
		if err != nil {
			t.Fatalf("a desk that comes finds no epoch: %v", err)
		}
		return string(entry.Value()), e
	}
	t.Fatal("no desk is let in")
	return "", nil
}

// A file of JetStream's that is gone is missed only by who reads it, and events may still be
// published then.
func TestADeskFindsTheEpochThoughJetStreamHasLostIt(t *testing.T) {
	t.Parallel()
	h, addr := running(t)
	before, e := comes(t, h, addr)
	bucket, err := e.js.KeyValue(t.Context(), office.BucketOffice)
	if err != nil {
		t.Fatal(err)
	}
	if err := bucket.Purge(t.Context(), office.KeyEpoch); err != nil {
		t.Fatal(err)
	}
	if after, _ := comes(t, h, addr); after != before {
		t.Errorf("the epoch is %q, and was %q: desks would begin again", after, before)
	}
}
