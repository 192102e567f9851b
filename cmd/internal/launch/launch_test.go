package launch

import (
	"context"
	"errors"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"rentbell/core"
	"rentbell/core/keychain"
)

func quiet() Options {
	return Options{Program: "test", Vault: &keychain.Memory{}, Log: slog.New(slog.DiscardHandler), Connection: Connection{Listen: "127.0.0.1:0"}}
}

func TestDataDirectoryIsMadeForItsOwnerOnly(t *testing.T) {
	o := quiet()
	o.Dir = filepath.Join(t.TempDir(), "a", "b")
	if err := os.MkdirAll(o.Dir, 0o777); err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(o.Dir, 0o777); err != nil { // whatever the umask made of it
		t.Fatal(err)
	}
	app, err := Open(o)
	if err != nil {
		t.Fatal(err)
	}
	if err := app.Close(); err != nil {
		t.Fatal(err)
	}
	if info, err := os.Stat(o.Dir); err != nil || info.Mode().Perm() != 0o700 {
		t.Errorf("mode %v, %v; want 0700", info.Mode(), err)
	}
	if left, err := os.ReadDir(o.Dir); err != nil || len(left) != 1 {
		t.Errorf("closed, the directory holds %v, %v; want the store alone", left, err)
	}
}

func TestDirectoryOfEverybodyIsRefusedAndLeftAsItIs(t *testing.T) {
	o := quiet()
	o.Dir = t.TempDir()
	if err := os.Chmod(o.Dir, 0o777|fs.ModeSticky); err != nil {
		t.Fatal(err)
	}
	if _, err := Open(o); !errors.Is(err, ErrShared) {
		t.Errorf("Open = %v, want ErrShared", err)
	}
	if info, err := os.Stat(o.Dir); err != nil || info.Mode().Perm() != 0o777 {
		t.Errorf("mode %v, %v; want it untouched", info.Mode(), err)
	}
}

func TestDemoOfADeveloperSpaceIsReadBack(t *testing.T) {
	o := quiet()
	o.Connection.Kind = core.KindDeveloperSpace
	demo, err := OpenDemo(o)
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 30*time.Second)
	defer cancel()
	rang, payments := false, 0
	demo.Watch(func(c core.Change) {
		for _, e := range c.Fresh {
			_, doorbell := e.Detail.(core.Doorbell)
			rang = rang || doorbell
		}
		if payments = c.Status.Summary.Feeds[core.FeedPayments]; rang && payments > 20 {
			cancel() // doorbells come, and the past was read
		}
	})
	demo.Run(ctx)
	if errors.Is(ctx.Err(), context.DeadlineExceeded) {
		t.Errorf("it rang: %v, payments: %d", rang, payments)
	}
	if err := demo.Close(); err != nil {
		t.Error(err)
	}
}

func TestDemoTellsTwoMonthsRingsAndCleansUp(t *testing.T) {
	demo, err := OpenDemo(quiet())
	if err != nil {
		t.Fatal(err)
	}
	dir := demo.Dir()
	past, err := demo.Bell.Summary()
	if err != nil || past.Feeds[core.FeedPayments] < 80 || past.OpenWorkOrders == 0 || past.Feeds[core.FeedLeases] < 40 {
		t.Errorf("the past holds %+v, %v", past, err)
	}
	if oldest, err := demo.Bell.Event(1); err != nil || time.Since(oldest.ReceivedAt) < 59*24*time.Hour {
		t.Errorf("the first event is of %v, %v", oldest.ReceivedAt, err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 30*time.Second)
	defer cancel()
	demo.Watch(func(c core.Change) {
		if len(c.Fresh) > 0 {
			cancel() // a live event came all the way: registered, signed, delivered
		}
	})
	var running sync.WaitGroup
	running.Go(func() { demo.Run(ctx) })
	<-ctx.Done()
	if errors.Is(ctx.Err(), context.DeadlineExceeded) {
		t.Error("no live event")
	}
	running.Wait()
	if err := demo.Close(); err != nil {
		t.Error(err)
	}
	if _, err := os.Stat(dir); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("the demo's directory is still there: %v", err)
	}
}
