package remote_test

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
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"rentbell/core"
	"rentbell/core/export"
	"rentbell/core/imports"
	"rentbell/core/remote"
	"rentbell/core/table"
	"rentbell/store/ledgertest"
)

// serveControl lets c answer in a directory until the test ends or stop is
// called, and returns who asks it.
func serveControl(t *testing.T, dir string, c remote.Server) (client *remote.Client, stop func()) {
	t.Helper()
	c.Program, c.Log = "test", slog.New(slog.DiscardHandler)
	l, err := remote.Listen(dir)
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
	client, err = remote.Dial(t.Context(), dir)
	if err != nil {
		t.Fatal(err)
	}
	return client, stop
}

func TestControlAnswersWhatTheStoreSays(t *testing.T) {
	ledger := ledgertest.June(t)
	if _, _, err := ledger.Quarantine(core.Quarantined{ReceivedAt: time.Now(), Reason: core.ReasonNoID, Body: []byte("[]")}); err != nil {
		t.Fatal(err)
	}
	client, _ := serveControl(t, t.TempDir(), remote.Server{Reader: ledger})
	tests := map[string]struct {
		local, client func(context.Context, io.Writer) error
	}{
		"events": {
			func(ctx context.Context, w io.Writer) error { return remote.WriteEvents(ctx, w, ledger) },
			client.Events,
		},
		"quarantine": {
			func(ctx context.Context, w io.Writer) error { return remote.WriteQuarantine(ctx, w, ledger) },
			client.Quarantine,
		},
	}
	for name, tt := range tests {
		var got, want bytes.Buffer
		if err := errors.Join(tt.client(t.Context(), &got), tt.local(t.Context(), &want)); err != nil {
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
	june, year := ledgertest.June(t), ledgertest.NewYear(t, 2000)
	remoteJune, _ := serveControl(t, t.TempDir(), remote.Server{Reader: june})
	remoteYear, _ := serveControl(t, t.TempDir(), remote.Server{Reader: year})
	ends := [2]core.Date{ledgertest.Date(t, "0001-01-01"), ledgertest.Date(t, "9999-12-31")}
	for _, loc := range []*time.Location{ledgertest.Zone(t, "America/New_York"), ledgertest.Zone(t, "Pacific/Kiritimati"), time.FixedZone("odd", -4*3600-30), nil} {
		for _, format := range []core.Format{core.FormatQuickBooks, core.FormatXero, core.FormatFull, core.FormatOFX} {
			q := ledgertest.JuneQuery(t, format)
			q.Account = core.NewStatementAccount()
			q.Location = loc
			checkSameExport(t, june, remoteJune, q)
			q.From, q.To = ends[0], ends[1]
			checkSameExport(t, june, remoteJune, q)
			checkSameExport(t, year, remoteYear, q)
		}
	}
}

func checkSameExport(t *testing.T, local, client export.Payments, q export.Query) {
	t.Helper()
	var got, want bytes.Buffer
	wantDone, err := export.Export(t.Context(), &want, local, q)
	if err != nil || wantDone.Rows == 0 {
		t.Fatalf("exported %+v, %v", wantDone, err)
	}
	gotDone, err := export.Export(t.Context(), &got, client, q)
	if err != nil {
		t.Fatal(err)
	}
	if gotDone != wantDone || got.String() != want.String() {
		t.Errorf("%v, %s: got %+v\n%s\nwant %+v\n%s", q.Location, q.Format, gotDone, got.String(), wantDone, want.String())
	}
}

// Whoever asks first has the account made.
func TestStatementAccountIsTheSameThroughTheSocket(t *testing.T) {
	ledger := ledgertest.New(t)
	client, _ := serveControl(t, t.TempDir(), remote.Server{Exports: historyOf(ledger)})
	first, err := client.StatementAccount(t.Context())
	if err != nil || !first.Valid() {
		t.Fatalf("account %+v, %v", first, err)
	}
	again, err := client.StatementAccount(t.Context())
	kept, err2 := ledger.StatementAccount()
	if err := errors.Join(err, err2); err != nil || again != first || kept != first {
		t.Errorf("accounts %+v, %+v and %+v, %v", first, again, kept, err)
	}
	without, _ := serveControl(t, t.TempDir(), remote.Server{})
	if a, err := without.StatementAccount(t.Context()); !errors.Is(err, core.ErrNoControl) {
		t.Errorf("of one that knows none: %+v, %v", a, err)
	}
}

func TestControlShowsTheWindow(t *testing.T) {
	shown, broken := 0, false
	client, _ := serveControl(t, t.TempDir(), remote.Server{Show: func() error {
		if broken {
			return errors.New("no display")
		}
		shown++
		return nil
	}})
	if err := client.Show(t.Context()); err != nil || shown != 1 {
		t.Errorf("shown %d times, %v", shown, err)
	}
	broken = true
	if err := client.Show(t.Context()); err == nil || !strings.Contains(err.Error(), "no display") {
		t.Errorf("broken: %v", err)
	}
	windowless, _ := serveControl(t, t.TempDir(), remote.Server{})
	if err := windowless.Show(t.Context()); !errors.Is(err, core.ErrNoWindow) {
		t.Errorf("without a window: %v", err)
	}
}

// TestWhoAsksForTheEndWaitsForIt has the other process end in two steps: its server
// stops first, as in launch, and the process goes later.
func TestWhoAsksForTheEndWaitsForIt(t *testing.T) {
	asked := make(chan net.Conn, 1) // capacity 1: the test may have failed before
	client, stop := serveControl(t, t.TempDir(), remote.Server{Quit: func(held net.Conn) { asked <- held }})
	gone := make(chan error, 1) // as above
	go func() { gone <- client.Quit(t.Context()) }()
	held := <-asked
	stop()
	select {
	case err := <-gone:
		t.Fatalf("quit returned with %v before the end", err)
	default:
	}
	if err := held.Close(); err != nil { // as the system does at the end of a process
		t.Fatal(err)
	}
	if err := <-gone; err != nil {
		t.Errorf("quit: %v", err)
	}
	windowless, _ := serveControl(t, t.TempDir(), remote.Server{})
	if err := windowless.Quit(t.Context()); !errors.Is(err, core.ErrNoWindow) {
		t.Errorf("without a window: %v", err)
	}
}

func TestWhoAsksForTheEndDoesNotWaitForEver(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	client, _ := serveControl(t, t.TempDir(), remote.Server{Quit: func(held net.Conn) {
		t.Cleanup(func() { _ = held.Close() })
		cancel()
	}})
	if err := client.Quit(ctx); !errors.Is(err, context.Canceled) {
		t.Errorf("quit: %v", err)
	}
}

func TestControlSaysWhoAnswers(t *testing.T) {
	client, _ := serveControl(t, t.TempDir(), remote.Server{})
	got, err := client.About(t.Context())
	if want := (remote.About{PID: os.Getpid(), Program: "test"}); err != nil || got != want {
		t.Errorf("about %+v, %v", got, err)
	}
}

func TestControlWorksInADeepDirectory(t *testing.T) {
	dir := filepath.Join(t.TempDir(), strings.Repeat("d", 200))
	if err := os.Mkdir(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	_, stop := serveControl(t, dir, remote.Server{})
	ledgertest.CheckOnly(t, dir, remote.ChannelFiles...)
	stop()
	ledgertest.CheckOnly(t, dir)
	if _, err := remote.Dial(t.Context(), dir); !errors.Is(err, core.ErrNoControl) {
		t.Errorf("dial after the end: %v", err)
	}
}

func TestNobodyAnswersWithoutADirectory(t *testing.T) {
	if _, err := remote.Dial(t.Context(), filepath.Join(t.TempDir(), "none")); !errors.Is(err, core.ErrNoControl) {
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
			client, _ := serveControl(t, t.TempDir(), remote.Server{Reader: faulty{events: events, then: unreadable}})
			check := func(what string, err error) {
				t.Helper()
				if events == many && !errors.Is(err, io.ErrUnexpectedEOF) {
					t.Errorf("%s: %v", what, err)
				}
				if events < many && (err == nil || !strings.Contains(err.Error(), "page 7 is damaged")) {
					t.Errorf("%s: %v", what, err)
				}
			}
			check("events", client.Events(t.Context(), io.Discard))
			check("quarantine", client.Quarantine(t.Context(), io.Discard))
			_, err := export.Export(t.Context(), io.Discard, client, ledgertest.JuneQuery(t, core.FormatFull))
			check("export", err)
		})
	}
}

func TestCallerWhoseDiskIsFullHearsIt(t *testing.T) {
	client, _ := serveControl(t, t.TempDir(), remote.Server{Reader: ledgertest.June(t)})
	if err := client.Events(t.Context(), &ledgertest.SmallDisk{}); !errors.Is(err, ledgertest.ErrFull) {
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
	client, stop := serveControl(t, t.TempDir(), remote.Server{Reader: faulty{events: many, then: untilTheEnd}})
	heard := make(chan error, 1) // capacity 1: nobody may be listening any more
	go func() { heard <- client.Events(t.Context(), io.Discard) }()
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
	client, _ := serveControl(t, t.TempDir(), remote.Server{Reader: faulty{events: many, then: untilLeft}})
	ctx, cancel := context.WithCancel(t.Context())
	go func() {
		<-reading
		cancel()
	}()
	if err := client.Events(ctx, io.Discard); !errors.Is(err, context.Canceled) {
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
	client, _ := serveControl(t, t.TempDir(), remote.Server{Reader: faulty{then: wait}})
	var asking sync.WaitGroup
	for range limit {
		asking.Go(func() {
			if err := client.Events(t.Context(), io.Discard); err != nil {
				t.Errorf("events: %v", err)
			}
		})
	}
	for range limit {
		<-begun
	}
	if err := client.Events(t.Context(), io.Discard); err == nil || !strings.Contains(err.Error(), "too many requests") {
		t.Errorf("one more: %v", err)
	}
	close(end)
	asking.Wait()
}

func TestEveryRunningRentbellIsFound(t *testing.T) {
	usual, other, deep := t.TempDir(), filepath.Join(t.TempDir(), "other data"), filepath.Join(t.TempDir(), strings.Repeat("deep ", 40)+"end")
	for _, dir := range []string{other, deep} {
		if err := os.Mkdir(dir, 0o700); err != nil {
			t.Fatal(err)
		}
	}
	shown := map[string]bool{}
	for _, dir := range []string{usual, other, deep} {
		serveControl(t, dir, remote.Server{Show: func() error { shown[dir] = true; return nil }})
	}
	for _, c := range remote.Running(t.Context(), usual) {
		if about, err := c.About(t.Context()); err != nil || about.PID != os.Getpid() {
			continue // somebody else is at work on this computer
		}
		if err := c.Show(t.Context()); err != nil {
			t.Error(err)
		}
	}
	if !shown[usual] {
		t.Error("the usual one is not found")
	}
	for _, dir := range []string{other, deep} {
		if runtime.GOOS == "linux" && !shown[dir] { // not every system has a list
			t.Errorf("that of %s is not found", dir)
		}
	}
}

// TestControlRefusesOddRequests speaks to the socket as other programs might.
func TestControlRefusesOddRequests(t *testing.T) {
	dir := t.TempDir()
	serveControl(t, dir, remote.Server{Reader: ledgertest.June(t)})
	client := &http.Client{Transport: &http.Transport{
		DisableKeepAlives: true,
		DialContext: func(ctx context.Context, _, _ string) (net.Conn, error) {
			return remote.Connect(ctx, dir)
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
	client, _ := serveControl(t, t.TempDir(), remote.Server{Reader: ledgertest.June(t), Backup: func(_ context.Context, path string, _ func(done, total int)) error {
		asked = append(asked, path)
		return nil
	}})
	if err := client.Backup(t.Context(), "backup.db"); err == nil {
		t.Error("a relative path was taken")
	}
	path := filepath.Join(t.TempDir(), "backup.db")
	if err := client.Backup(t.Context(), path); err != nil || !slices.Equal(asked, []string{path}) {
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
			l, err := remote.Listen(dir)
			if err != nil {
				t.Fatal(err)
			}
			mux := http.NewServeMux()
			mux.HandleFunc("GET /v1/about", func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, "{}") })
			mux.HandleFunc("/v1/payments", tt.answer)
			server := &http.Server{Handler: mux}
			go func() { _ = server.Serve(l) }() // until it is closed
			t.Cleanup(func() { _ = server.Close() })
			client, err := remote.Dial(t.Context(), dir)
			if err != nil {
				t.Fatal(err)
			}
			if _, err := export.Export(t.Context(), io.Discard, client, ledgertest.JuneQuery(t, core.FormatXero)); !errors.Is(err, tt.want) {
				t.Errorf("export: %v, want %v", err, tt.want)
			}
		})
	}
}

func TestTablesThatAreNoneAreRefused(t *testing.T) {
	client, _ := serveControl(t, t.TempDir(), remote.Server{Tables: noTables{}, Names: noNames{}})
	names := core.Layout{Kind: "lease", Titles: titlesOfNames, Columns: map[string]int{"id": 0, "name": 1}}
	list := []byte("A list\nid,name\n7,Ana\n8,Bo\n")
	if taken, err := client.Import(t.Context(), "list.csv", list, names, true); err != nil || taken.Added != 2 {
		t.Errorf("names: %+v, %v", taken, err)
	}
	untitled := []byte("7,Ana\n")
	s, err := table.Open(bytes.NewReader(untitled))
	if err != nil {
		t.Fatal(err)
	}
	layout, _ := imports.LayoutOf(s, "lease", imports.Columns{imports.RoleID: 0, imports.RoleName: 1})
	if taken, err := client.Import(t.Context(), "list.csv", untitled, layout, true); err != nil || taken.Added != 1 {
		t.Errorf("names without titles: %+v, %v", taken, err)
	}
	boats, wide := names, names
	boats.Kind, wide.Columns = "boat", map[string]int{"id": 0, "name": 7}
	for what, bad := range map[string]core.Layout{"boats": boats, "no column": wide, "nothing": {}} {
		if taken, err := client.Import(t.Context(), "list.csv", list, bad, false); err == nil {
			t.Errorf("%s: taken %+v", what, taken)
		}
	}
	if taken, err := client.Import(t.Context(), "list.csv", []byte("x,y\n7,Ana\n"), names, false); err == nil {
		t.Errorf("another table: taken %+v", taken)
	}
	if err := client.KeepLayout(t.Context(), boats); err == nil {
		t.Error("the layout of a table of boats is kept")
	}
	nameless, _ := serveControl(t, t.TempDir(), remote.Server{})
	if _, err := nameless.Layouts(t.Context()); !errors.Is(err, core.ErrNoControl) {
		t.Errorf("one of another version: %v", err)
	}
	if err := nameless.Names(t.Context(), io.Discard, ""); !errors.Is(err, core.ErrNoControl) {
		t.Errorf("names of another version: %v", err)
	}
}
