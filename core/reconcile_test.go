package core_test

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"rentbell/core"
	"rentbell/core/appfolio"
)

// registry is an AppFolio that adds an entry for every POST, as ours may.
type registry struct {
	mu      sync.Mutex
	entries []entry
	asked   []string // method and path of each request, in order
	noList  int      // status of GET; 0: there is a list
	noID    bool     // POST does not tell the id
	reuse   bool     // a POST for an address that is there changes its entry
	failing int      // this many DELETEs are answered 500
	last    int
}

type entry struct {
	ID  string `json:"id"`
	URL string `json:"url"`
}

func (r *registry) ServeHTTP(w http.ResponseWriter, req *http.Request) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.asked = append(r.asked, req.Method+" "+strings.TrimPrefix(req.URL.Path, "/v1/webhooks"))
	switch req.Method {
	case http.MethodGet:
		if r.noList != 0 {
			w.WriteHeader(r.noList)
			return
		}
		_ = json.NewEncoder(w).Encode(map[string][]entry{"data": r.entries})
	case http.MethodPost:
		r.post(w, req)
	case http.MethodDelete:
		if r.failing > 0 {
			r.failing--
			w.WriteHeader(http.StatusInternalServerError)
			return
		}
		id := strings.TrimPrefix(req.URL.Path, "/v1/webhooks/")
		r.entries = slices.DeleteFunc(r.entries, func(e entry) bool { return e.ID == id })
		w.WriteHeader(http.StatusNoContent)
	}
}

func (r *registry) post(w http.ResponseWriter, req *http.Request) {
	var e entry
	if err := json.NewDecoder(req.Body).Decode(&e); err != nil {
		w.WriteHeader(http.StatusBadRequest)
		return
	}
	i := slices.IndexFunc(r.entries, func(old entry) bool { return old.URL == e.URL })
	if r.reuse && i >= 0 {
		e = r.entries[i]
	} else {
		r.last++
		e.ID = fmt.Sprint("wh_", r.last)
		r.entries = append(r.entries, e)
	}
	w.WriteHeader(http.StatusCreated)
	if !r.noID {
		_ = json.NewEncoder(w).Encode(e)
	}
}

func (r *registry) urls() []string {
	r.mu.Lock()
	defer r.mu.Unlock()
	var all []string
	for _, e := range r.entries {
		all = append(all, e.ID+" "+e.URL)
	}
	return all
}

func (r *registry) requests(method string) int {
	r.mu.Lock()
	defer r.mu.Unlock()
	n := 0
	for _, a := range r.asked {
		if strings.HasPrefix(a, method+" ") {
			n++
		}
	}
	return n
}

// registered runs a desk against r until it has registered, and returns the
// desk and its address.
func registered(t *testing.T, dir string, r *registry) (d *desk, address string, stop func()) {
	t.Helper()
	server := httptest.NewServer(r)
	t.Cleanup(server.Close)
	return registeredAt(t, dir, server.URL)
}

func registeredAt(t *testing.T, dir, base string) (d *desk, address string, stop func()) {
	t.Helper()
	d = newDesk(t, dir, func(c *core.Config) {
		c.Override.AppFolioURL, c.Override.Register = base, true
		c.Vault = &vault{secrets: core.Secrets{WebhookSecret: core.NewSecret(secret), APIKey: core.NewSecret("key-of-the-tests")}}
	})
	done := make(chan string, 1) // capacity 1: the first is enough
	d.Watch(func(c core.Change) {
		if c.Status.Registration.Progress == core.Registered {
			select {
			case done <- c.Status.Registration.Address:
			default:
			}
		}
	})
	stopRun := d.run(t)
	select {
	case address = <-done:
	case <-time.After(20 * time.Second):
		t.Fatal("never registered")
	}
	return d, address, func() { stopRun(); _ = d.store.Close() } // the next desk opens it again
}

func TestNewRegistrationReplacesOursAndNobodyElses(t *testing.T) {
	for _, noID := range []bool{false, true} {
		t.Run(fmt.Sprint("id untold ", noID), func(t *testing.T) {
			r := &registry{noID: noID, entries: []entry{{"other", "https://office.example/hook"}}}
			server := httptest.NewServer(r)
			t.Cleanup(server.Close)
			dir := t.TempDir()
			_, first, stop := registeredAt(t, dir, server.URL)
			stop()
			d, second, stop := registeredAt(t, dir, server.URL) // another port, so another address
			defer stop()
			if first == second {
				t.Skip("the same port twice")
			}
			eventually(t, func() bool { return r.requests("DELETE") > 0 })
			want := []string{"other https://office.example/hook", "wh_2 " + second}
			eventually(t, func() bool { return slices.Equal(r.urls(), want) })
			if d.Status().Registration.Address != second {
				t.Errorf("registered %s, want %s", d.Status().Registration.Address, second)
			}
		})
	}
}

func TestEntryThatWasChangedInPlaceStays(t *testing.T) {
	for _, noID := range []bool{false, true} {
		r := &registry{reuse: true, noID: noID}
		d, address, stop := registered(t, t.TempDir(), r)
		press(t, d)
		eventually(t, func() bool { return r.requests("POST") == 2 })
		stop()
		if got := r.urls(); !slices.Equal(got, []string{"wh_1 " + address}) {
			t.Errorf("id untold %v: AppFolio has %v", noID, got)
		}
	}
}

func TestTwinOfACrashIsTakenBack(t *testing.T) {
	r := &registry{}
	d, address, stop := registered(t, t.TempDir(), r)
	r.mu.Lock()
	r.entries = append(r.entries, entry{"twin", address}) // a POST whose answer was lost
	r.mu.Unlock()
	press(t, d)
	eventually(t, func() bool { return slices.Equal(r.urls(), []string{"wh_2 " + address}) })
	stop()
}

func TestAppFolioWithoutAListIsRegisteredWithAllTheSame(t *testing.T) {
	for _, status := range []int{http.StatusNotFound, http.StatusMethodNotAllowed, http.StatusInternalServerError} {
		r := &registry{noList: status}
		_, address, stop := registered(t, t.TempDir(), r)
		stop()
		if got := r.urls(); !slices.Equal(got, []string{"wh_1 " + address}) {
			t.Errorf("GET answers %d: AppFolio has %v", status, got)
		}
	}
}

func TestTakingBackIsTriedUntilItWorks(t *testing.T) {
	r := &registry{failing: 2}
	d, address, stop := registered(t, t.TempDir(), r)
	press(t, d)
	eventually(t, func() bool { return slices.Equal(r.urls(), []string{"wh_2 " + address}) })
	if n := r.requests("POST"); n != 2 {
		t.Errorf("%d registrations, want 2", n)
	}
	if p := d.Status().Registration.Progress; p != core.Registered {
		t.Errorf("progress %d while an old entry is taken back", p)
	}
	stop()
}

func TestRemovedRegistrationStaysRemoved(t *testing.T) {
	for _, noList := range []int{0, http.StatusNotFound} {
		play := &registry{noList: noList}
		server := httptest.NewServer(play)
		t.Cleanup(server.Close)
		d := newDesk(t, t.TempDir(), func(c *core.Config) {
			c.Override.AppFolioURL = server.URL
			c.Vault = &vault{secrets: core.Secrets{WebhookSecret: core.NewSecret(secret), APIKey: core.NewSecret("k")}}
		})
		d.listening(t)
		press(t, d)
		eventually(t, func() bool { return d.Status().Registration.Progress == core.Registered })
		if err := d.Unregister(t.Context()); err != nil {
			t.Fatal(err)
		}
		if got := play.urls(); len(got) != 0 || d.Settings().Register || d.Status().Registration.Progress != core.NotWanted {
			t.Errorf("after removing AppFolio has %v, progress %d", got, d.Status().Registration.Progress)
		}
		press(t, d)
		eventually(t, func() bool { return len(play.urls()) == 1 })
	}
}

func TestTenRegistrationsAMinuteAtMost(t *testing.T) {
	dir := t.TempDir()
	synctest.Test(t, func(t *testing.T) {
		source := &countingSource{Source: appfolio.New()}
		bell, stop := inBubble(t, dir, func(c *core.Config) {
			c.Tunnel, c.Source = &scripted{}, source
			c.Vault = &vault{secrets: core.Secrets{WebhookSecret: core.NewSecret(secret), Authtoken: core.NewSecret("tok"), APIKey: core.NewSecret("k")}}
		})
		defer stop()
		for range 50 {
			if err := bell.Register(t.Context()); err != nil {
				t.Fatal(err)
			}
			time.Sleep(time.Second)
		}
		if n := source.count(); n != 10 {
			t.Errorf("%d registrations within 50 seconds, want 10", n)
		}
		time.Sleep(time.Minute)
		if n := source.count(); n != 11 {
			t.Errorf("%d registrations after that, want the last one that was pressed as well", n)
		}
	})
}

// eventually waits for what a goroutine of the Bell brings about.
func eventually(t *testing.T, reached func() bool) {
	t.Helper()
	tick := time.NewTicker(10 * time.Millisecond)
	defer tick.Stop()
	late := time.After(20 * time.Second)
	for !reached() {
		select {
		case <-tick.C:
		case <-late:
			t.Fatal("it never came about")
		}
	}
}

// countingSource counts registrations, which it accepts without a network.
type countingSource struct {
	core.Source
	mu sync.Mutex
	n  int
}

func (s *countingSource) Subscribe(context.Context, core.Subscription) (string, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.n++
	return fmt.Sprint("wh_", s.n), nil
}

func (s *countingSource) Subscriptions(context.Context, core.Subscription) ([]core.Subscribed, error) {
	return nil, core.ErrNoList
}

func (s *countingSource) Unsubscribe(context.Context, core.Subscription, string) error { return nil }

func (s *countingSource) count() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.n
}
