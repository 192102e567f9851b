package core_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"log/slog"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"rentbell/core"
)

// serveControl lets c answer in a directory until the test ends or stop is
// called, and returns who asks it.
func serveControl(t *testing.T, dir string, c core.Control) (remote *core.Remote, stop func()) {
	t.Helper()
	c.Program, c.Log = "test", slog.New(slog.DiscardHandler)
	l, err := core.ListenControl(dir)
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.WithoutCancel(t.Context()))
	var serving sync.WaitGroup
	serving.Go(func() {
		if err := c.Serve(ctx, l); err != nil {
			t.Errorf("serve: %v", err)
		}
	})
	stop = sync.OnceFunc(func() {
		cancel()
		serving.Wait()
	})
	t.Cleanup(stop)
	remote, err = core.DialControl(t.Context(), dir)
	if err != nil {
		t.Fatal(err)
	}
	return remote, stop
}

func TestControlAnswersWhatTheStoreSays(t *testing.T) {
	ledger := juneLedger(t)
	if _, err := ledger.Quarantine(core.Quarantined{ReceivedAt: time.Now(), Reason: core.ReasonNoID, Body: []byte("[]")}); err != nil {
		t.Fatal(err)
	}
	remote, _ := serveControl(t, t.TempDir(), core.Control{Reader: ledger})
	tests := map[string]struct {
		local, remote func(context.Context, io.Writer) error
	}{
		"events": {
			func(ctx context.Context, w io.Writer) error { return core.WriteEvents(ctx, w, ledger) },
			remote.Events,
		},
		"quarantine": {
			func(ctx context.Context, w io.Writer) error { return core.WriteQuarantine(ctx, w, ledger) },
			remote.Quarantine,
		},
	}
	for name, tt := range tests {
		var got, want bytes.Buffer
		if err := errors.Join(tt.remote(t.Context(), &got), tt.local(t.Context(), &want)); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if got.Len() == 0 || got.String() != want.String() {
			t.Errorf("%s: got\n%s\nwant\n%s", name, got.String(), want.String())
		}
	}
}

// TestExportIsTheSameThroughTheSocket exports in zones and of periods that need
// all of what crosses it.
func TestExportIsTheSameThroughTheSocket(t *testing.T) {
	june, year := juneLedger(t), newYearOfPayments(t, 2000)
	remoteJune, _ := serveControl(t, t.TempDir(), core.Control{Reader: june})
	remoteYear, _ := serveControl(t, t.TempDir(), core.Control{Reader: year})
	ends := [2]core.Date{mustDate(t, "0001-01-01"), mustDate(t, "9999-12-31")}
	for _, loc := range []*time.Location{mustZone(t, "America/New_York"), mustZone(t, "Pacific/Kiritimati"), time.FixedZone("odd", -4*3600-30), nil} {
		for _, format := range []core.Format{core.FormatQuickBooks, core.FormatXero, core.FormatFull} {
			q := june2026(t, format)
			q.Location = loc
			checkSameExport(t, june, remoteJune, q)
			q.From, q.To = ends[0], ends[1]
			checkSameExport(t, june, remoteJune, q)
			checkSameExport(t, year, remoteYear, q)
		}
	}
}

func checkSameExport(t *testing.T, local, remote core.ExportPayments, q core.ExportQuery) {
	t.Helper()
	var got, want bytes.Buffer
	wantDone, err := core.Export(t.Context(), &want, local, q)
	if err != nil || wantDone.Rows == 0 {
		t.Fatalf("exported %+v, %v", wantDone, err)
	}
	gotDone, err := core.Export(t.Context(), &got, remote, q)
	if err != nil {
		t.Fatal(err)
	}
	if gotDone != wantDone || got.String() != want.String() {
		t.Errorf("%v, %s: got %+v\n%s\nwant %+v\n%s", q.Location, q.Format, gotDone, got.String(), wantDone, want.String())
	}
}

func TestControlShowsTheWindow(t *testing.T) {
	shown, broken := 0, false
	remote, _ := serveControl(t, t.TempDir(), core.Control{Show: func() error {
		if broken {
			return errors.New("no display")
		}
		shown++
		return nil
	}})
	if err := remote.Show(t.Context()); err != nil || shown != 1 {
		t.Errorf("shown %d times, %v", shown, err)
	}
	broken = true
	if err := remote.Show(t.Context()); err == nil || !strings.Contains(err.Error(), "no display") {
		t.Errorf("broken: %v", err)
	}
	windowless, _ := serveControl(t, t.TempDir(), core.Control{})
	if err := windowless.Show(t.Context()); !errors.Is(err, core.ErrNoWindow) {
		t.Errorf("without a window: %v", err)
	}
}

func TestControlSaysWhoAnswers(t *testing.T) {
	remote, _ := serveControl(t, t.TempDir(), core.Control{})
	got, err := remote.About(t.Context())
	if want := (core.About{PID: os.Getpid(), Program: "test"}); err != nil || got != want {
		t.Errorf("about %+v, %v", got, err)
	}
}

func TestControlWorksInADeepDirectory(t *testing.T) {
	dir := filepath.Join(t.TempDir(), strings.Repeat("d", 200))
	if err := os.Mkdir(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	_, stop := serveControl(t, dir, core.Control{})
	checkOnly(t, dir, core.ControlName)
	stop()
	checkOnly(t, dir)
	if _, err := core.DialControl(t.Context(), dir); !errors.Is(err, core.ErrNoControl) {
		t.Errorf("dial after the end: %v", err)
	}
}

func TestNobodyAnswersWithoutADirectory(t *testing.T) {
	if _, err := core.DialControl(t.Context(), filepath.Join(t.TempDir(), "none")); !errors.Is(err, core.ErrNoControl) {
		t.Errorf("dial: %v", err)
	}
}

// faulty is a ledger whose events end in trouble.
type faulty struct {
	core.Reader
	events int
	then   func(context.Context) error
}

func (f faulty) Each(ctx context.Context, _ core.Query, fn func(core.Event) error) error {
	e := core.Event{ID: "x", Type: core.TypePaymentReceived, OccurredAt: time.Date(2026, 6, 2, 0, 0, 0, 0, time.UTC),
		Detail: core.Payment{AmountKnown: true}}
	for range f.events {
		if err := fn(e); err != nil {
			return err
		}
	}
	return f.then(ctx)
}

func (f faulty) Skim(ctx context.Context, q core.Query, fn func([]core.Skimmed) error) error {
	return f.Each(ctx, q, func(e core.Event) error {
		return fn([]core.Skimmed{{At: e.OccurredAt, Payment: e.Detail.(core.Payment)}})
	})
}

func (f faulty) EachQuarantined(ctx context.Context, fn func(core.Quarantined) error) error {
	for range f.events {
		if err := fn(core.Quarantined{Reason: core.ReasonNoID}); err != nil {
			return err
		}
	}
	return f.then(ctx)
}

// many is more events than any buffer on the way holds back.
const many = 20_000

func TestTroubleMidwayReachesTheCaller(t *testing.T) {
	unreadable := func(context.Context) error { return errors.New("page 7 is damaged") }
	for name, events := range map[string]int{"at once": 0, "before anything is sent": 3, "midway": many} {
		t.Run(name, func(t *testing.T) {
			remote, _ := serveControl(t, t.TempDir(), core.Control{Reader: faulty{events: events, then: unreadable}})
			check := func(what string, err error) {
				t.Helper()
				if events == many && !errors.Is(err, io.ErrUnexpectedEOF) {
					t.Errorf("%s: %v", what, err)
				}
				if events < many && (err == nil || !strings.Contains(err.Error(), "page 7 is damaged")) {
					t.Errorf("%s: %v", what, err)
				}
			}
			check("events", remote.Events(t.Context(), io.Discard))
			check("quarantine", remote.Quarantine(t.Context(), io.Discard))
			_, err := core.Export(t.Context(), io.Discard, remote, june2026(t, core.FormatFull))
			check("export", err)
		})
	}
}

func TestCallerWhoseDiskIsFullHearsIt(t *testing.T) {
	remote, _ := serveControl(t, t.TempDir(), core.Control{Reader: juneLedger(t)})
	if err := remote.Events(t.Context(), &errWriter{}); !errors.Is(err, errFull) {
		t.Errorf("events: %v", err)
	}
}

func TestEndOfControlBreaksAnswersOff(t *testing.T) {
	reading := make(chan struct{})
	untilTheEnd := func(ctx context.Context) error {
		close(reading)
		<-ctx.Done()
		return ctx.Err()
	}
	remote, stop := serveControl(t, t.TempDir(), core.Control{Reader: faulty{events: many, then: untilTheEnd}})
	heard := make(chan error, 1) // capacity 1: nobody may be listening any more
	go func() { heard <- remote.Events(t.Context(), io.Discard) }()
	<-reading
	stop()
	if err := <-heard; err == nil {
		t.Error("a part of the events passed for all")
	}
}

func TestCallerWhoLeavesEndsTheReading(t *testing.T) {
	reading, left := make(chan struct{}), make(chan error, 1) // capacity 1: the test may have failed before
	untilLeft := func(ctx context.Context) error {
		close(reading)
		<-ctx.Done()
		left <- ctx.Err()
		return ctx.Err()
	}
	remote, _ := serveControl(t, t.TempDir(), core.Control{Reader: faulty{events: many, then: untilLeft}})
	ctx, cancel := context.WithCancel(t.Context())
	go func() {
		<-reading
		cancel()
	}()
	if err := remote.Events(ctx, io.Discard); !errors.Is(err, context.Canceled) {
		t.Errorf("events: %v", err)
	}
	if err := <-left; !errors.Is(err, context.Canceled) {
		t.Errorf("reading ended with %v", err)
	}
}

func TestControlAnswersAFewAtATime(t *testing.T) {
	const limit = 16
	begun, end := make(chan struct{}), make(chan struct{})
	wait := func(context.Context) error {
		begun <- struct{}{}
		<-end
		return nil
	}
	remote, _ := serveControl(t, t.TempDir(), core.Control{Reader: faulty{then: wait}})
	var asking sync.WaitGroup
	for range limit {
		asking.Go(func() {
			if err := remote.Events(t.Context(), io.Discard); err != nil {
				t.Errorf("events: %v", err)
			}
		})
	}
	for range limit {
		<-begun
	}
	if err := remote.Events(t.Context(), io.Discard); err == nil || !strings.Contains(err.Error(), "too many requests") {
		t.Errorf("one more: %v", err)
	}
	close(end)
	asking.Wait()
}

// TestControlRefusesOddRequests speaks to the socket as other programs might.
func TestControlRefusesOddRequests(t *testing.T) {
	dir := t.TempDir()
	serveControl(t, dir, core.Control{Reader: juneLedger(t)})
	client := &http.Client{Transport: &http.Transport{
		DisableKeepAlives: true,
		DialContext: func(ctx context.Context, _, _ string) (net.Conn, error) {
			return new(net.Dialer).DialContext(ctx, "unix", filepath.Join(dir, core.ControlName))
		},
	}}
	tests := []struct {
		name, method, path, body string
		want                     int
	}{
		{"no such path", "GET", "/v1/secrets", "", http.StatusNotFound},
		{"wrong method", "POST", "/v1/events", "", http.StatusMethodNotAllowed},
		{"showing by GET", "GET", "/v1/show", "", http.StatusMethodNotAllowed},
		{"no times", "GET", "/v1/payments?whole=true", "", http.StatusBadRequest},
		{"no end", "GET", "/v1/payments?whole=true&from=0", "", http.StatusBadRequest},
		{"neither whole nor not", "GET", "/v1/payments?from=0&to=1", "", http.StatusBadRequest},
		{"a day for a time", "GET", "/v1/payments?from=2026-06-01&to=2026-06-30&whole=true", "", http.StatusBadRequest},
		{"a question of earlier versions", "POST", "/v1/payments?format=full&from=2026-06-01&to=2026-06-30", "TZif2", http.StatusMethodNotAllowed},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			req, err := http.NewRequestWithContext(t.Context(), tt.method, "http://rentbell"+tt.path, strings.NewReader(tt.body))
			if err != nil {
				t.Fatal(err)
			}
			resp, err := client.Do(req)
			if err != nil {
				t.Fatal(err)
			}
			defer resp.Body.Close()
			if resp.StatusCode != tt.want {
				t.Errorf("status %d, want %d", resp.StatusCode, tt.want)
			}
		})
	}
}

func TestBackupOverTheSocketTakesNoRelativePath(t *testing.T) {
	var asked []string
	remote, _ := serveControl(t, t.TempDir(), core.Control{Reader: juneLedger(t), Backup: func(_ context.Context, path string, _ func(done, total int)) error {
		asked = append(asked, path)
		return nil
	}})
	if err := remote.Backup(t.Context(), "backup.db"); err == nil {
		t.Error("a relative path was taken")
	}
	path := filepath.Join(t.TempDir(), "backup.db")
	if err := remote.Backup(t.Context(), path); err != nil || !slices.Equal(asked, []string{path}) {
		t.Errorf("asked for %v, %v", asked, err)
	}
}

// TestPaymentsOfAnotherKindAreNotTaken asks processes that answer otherwise than
// this version does.
func TestPaymentsOfAnotherKindAreNotTaken(t *testing.T) {
	tests := map[string]struct {
		answer http.HandlerFunc
		want   error
	}{
		"empty":              {func(http.ResponseWriter, *http.Request) {}, io.ErrUnexpectedEOF},
		"by another version": {func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusMethodNotAllowed) }, core.ErrNoControl},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			l, err := core.ListenControl(dir)
			if err != nil {
				t.Fatal(err)
			}
			mux := http.NewServeMux()
			mux.HandleFunc("GET /v1/about", func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, "{}") })
			mux.HandleFunc("/v1/payments", tt.answer)
			server := &http.Server{Handler: mux}
			go func() { _ = server.Serve(l) }() // until it is closed
			t.Cleanup(func() { _ = server.Close() })
			remote, err := core.DialControl(t.Context(), dir)
			if err != nil {
				t.Fatal(err)
			}
			if _, err := core.Export(t.Context(), io.Discard, remote, june2026(t, core.FormatXero)); !errors.Is(err, tt.want) {
				t.Errorf("export: %v, want %v", err, tt.want)
			}
		})
	}
}
