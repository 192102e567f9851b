package main

import (
	"context"
	"fmt"
	"log/slog"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"rentbell/cmd/internal/launch"
	"rentbell/core"
	"rentbell/core/keychain"
	"rentbell/store"
)

// threeYears fills a data directory with events, one a month.
func threeYears(t *testing.T, dir string) {
	t.Helper()
	db, err := store.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	for i := range 36 {
		at := time.Now().AddDate(0, i-36, 0).UTC()
		e := core.Event{
			ID: fmt.Sprint("evt_", i), Type: core.TypePaymentReceived, OccurredAt: at, ReceivedAt: at,
			Detail: core.Payment{Lease: "L-1", Amount: 100, AmountKnown: true}, Body: []byte(`{"data":{}}`),
		}
		if _, _, err := db.Add(e); err != nil {
			t.Fatal(err)
		}
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
}

// inWindow runs a receiver in this process, so that the test can do what its window does.
func inWindow(t *testing.T, dir string) (*launch.App, *receiverOf) {
	t.Helper()
	var said strings.Builder
	log := slog.New(slog.NewTextHandler(&said, nil))
	app, err := launch.Open(t.Context(), launch.Options{Dir: dir, Program: "rentbelld", Vault: &keychain.Memory{}, Log: log})
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	quiet, err := (&officeServer{at: "127.0.0.1:0"}).serve(ctx, app, log)
	if err != nil {
		t.Fatal(err)
	}
	at := regexp.MustCompile(`msg=office listening=(\S+)`).FindStringSubmatch(said.String())
	if at == nil {
		t.Fatalf("no address in %s", &said)
	}
	var running sync.WaitGroup
	running.Go(func() { app.Run(ctx) })
	t.Cleanup(func() {
		cancel()
		running.Wait()
		quiet()
		if err := app.Close(); err != nil {
			t.Error(err)
		}
	})
	return app, &receiverOf{dir: dir, office: at[1]}
}

func TestWhatTheReceiverDeletesForItsAgeItsDesksDelete(t *testing.T) {
	t.Parallel() // it waits until a desk asks again
	dir := t.TempDir()
	threeYears(t, dir)
	app, r := inWindow(t, dir)
	awake, asleep := r.join(t, "Front desk"), r.join(t, "Home")
	awake.same(t, r, "")
	asleep.same(t, r, "")
	asleep.stop(t)
	kept := make(chan int, 1)
	defer app.Watch(func(c core.Change) {
		if c.Status.Summary.Events < 36 {
			select {
			case kept <- c.Status.Summary.Events:
			default:
			}
		}
	})()
	if err := app.Bell.KeepFor(t.Context(), 1); err != nil {
		t.Fatal(err)
	}
	select {
	case n := <-kept:
		t.Logf("the receiver keeps %d", n)
	case <-time.After(20 * time.Second):
		t.Fatal("the receiver deletes nothing")
	}
	asleep.again(t)
	for _, d := range []*deskOf{asleep, awake} {
		d.waitFor(t, d.err, `old records deleted`)
		d.same(t, r, "")
	}
	r.join(t, "New").same(t, r, "")
}
