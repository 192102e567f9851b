package launch

import (
	"context"
	"errors"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"rentbell/core"
	"rentbell/core/keychain"
	"rentbell/core/remote"
	"rentbell/store"
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
	app, err := Open(t.Context(), o)
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

func TestDirectoryWithOtherFilesKeepsItsMode(t *testing.T) {
	for mode, want := range map[fs.FileMode]error{0o700: nil, 0o755: nil, 0o750: nil, 0o775: core.ErrSharedDir, 0o777: core.ErrSharedDir} {
		o := quiet()
		o.Dir = t.TempDir()
		letter := filepath.Join(o.Dir, "letter.txt")
		if err := errors.Join(os.WriteFile(letter, nil, 0o644), os.Chmod(o.Dir, mode)); err != nil {
			t.Fatal(err)
		}
		app, err := Open(t.Context(), o)
		if !errors.Is(err, want) {
			t.Errorf("%v: Open = %v, want %v", mode, err, want)
		}
		for path, want := range map[string]fs.FileMode{o.Dir: mode, letter: 0o644} {
			if info, err := os.Stat(path); err != nil || info.Mode().Perm() != want {
				t.Errorf("%s has mode %v, %v; want it untouched", path, info.Mode(), err)
			}
		}
		if app == nil {
			continue
		}
		if info, err := os.Stat(filepath.Join(o.Dir, store.FileName)); err != nil || info.Mode().Perm() != 0o600 {
			t.Errorf("the store has mode %v, %v", info.Mode(), err)
		}
		if err := app.Close(); err != nil {
			t.Error(err)
		}
	}
}

func TestDataDirectoryOfEarlierIsClosedToOthersAgain(t *testing.T) {
	for _, name := range []string{store.FileName, "rentbell.log", keychain.FileName} {
		o := quiet()
		o.Dir = t.TempDir()
		if err := errors.Join(os.WriteFile(filepath.Join(o.Dir, name), nil, 0o644), os.Chmod(o.Dir, 0o755)); err != nil {
			t.Fatal(err)
		}
		app, err := Open(t.Context(), o)
		if err != nil {
			t.Fatal(err)
		}
		if info, err := os.Stat(o.Dir); err != nil || info.Mode().Perm() != 0o700 {
			t.Errorf("%s: mode %v, %v; want 0700", name, info.Mode(), err)
		}
		if err := app.Close(); err != nil {
			t.Error(err)
		}
	}
}

func TestWithoutAControlChannelEverythingElseWorks(t *testing.T) {
	o := quiet()
	o.Dir = t.TempDir()
	o.Connection.Secrets.WebhookSecret = core.NewWebhookSecret()
	var log strings.Builder
	o.Log = slog.New(slog.NewTextHandler(&log, nil))
	takeChannel(t, o.Dir)
	app, err := Open(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(log.String(), "no control channel") {
		t.Errorf("the log says %q", log.String())
	}
	if _, err := Open(t.Context(), o); !errors.Is(err, core.ErrInUse) {
		t.Errorf("a second Open = %v, want ErrInUse", err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	app.Watch(func(c core.Change) {
		if c.Status.Connection == core.Listening {
			cancel()
		}
	})
	app.Run(ctx)
	if !slices.ContainsFunc(diagnose(app.Bell.Check(t.Context()), o.Dir).Checks, func(l DiagnosisLine) bool { return l.Name == core.CheckControl && l.Fix != "" }) {
		t.Error("the health check says nothing of it")
	}
	if err := app.Close(); err != nil {
		t.Error(err)
	}
}

func TestDirectoryOfAnotherUserIsRefusedAndLeftAsItIs(t *testing.T) {
	o := quiet()
	o.Dir = t.TempDir()
	if err := os.Chown(o.Dir, 4711, 4711); err != nil {
		t.Skip("only root can make another user's directory:", err)
	}
	if _, err := Open(t.Context(), o); !errors.Is(err, core.ErrForeignDir) {
		t.Errorf("Open = %v", err)
	}
	if _, err := store.OpenReader(o.Dir); !errors.Is(err, core.ErrForeignDir) {
		t.Errorf("OpenReader = %v", err)
	}
	if _, err := remote.Dial(t.Context(), o.Dir); !errors.Is(err, core.ErrForeignDir) {
		t.Errorf("Dial = %v", err)
	}
	if left, err := os.ReadDir(o.Dir); err != nil || len(left) != 0 {
		t.Errorf("it holds %v, %v", left, err)
	}
	if info, err := os.Stat(o.Dir); err != nil || info.Mode().Perm() == 0o700 {
		t.Errorf("mode %v, %v; want it untouched", info.Mode(), err)
	}
}

func TestDirectoryOfEverybodyIsRefusedAndLeftAsItIs(t *testing.T) {
	o := quiet()
	o.Dir = t.TempDir()
	if err := os.Chmod(o.Dir, 0o777|fs.ModeSticky); err != nil {
		t.Fatal(err)
	}
	if _, err := Open(t.Context(), o); !errors.Is(err, core.ErrSharedDir) {
		t.Errorf("Open = %v, want ErrSharedDir", err)
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
