package space_test

import (
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"reflect"
	"strings"
	"testing"
	"time"

	"rentbell/core/appfolio/sandbox"
	"rentbell/core/appfolio/sandbox/space"
)

var noon = time.Date(2026, time.June, 18, 12, 0, 0, 0, time.FixedZone("EDT", -4*3600))

// quiet is a Space with two months behind it that does nothing by itself
// and keeps no limits.
func quiet() space.Config {
	return space.Config{
		Seed: 1, Now: func() time.Time { return noon }, Past: 60 * 24 * time.Hour,
		Interval: -1, RepeatEvery: -1, Attempts: 4, Backoff: time.Millisecond,
		DatabaseLimits: []space.Limit{}, ReportsLimits: []space.Limit{},
	}
}

// play starts a Space and returns it with its base address.
func play(t testing.TB, c space.Config) (*space.Space, string) {
	t.Helper()
	s := space.New(c)
	server := httptest.NewServer(s)
	t.Cleanup(server.Close)
	return s, server.URL
}

// answer is what a Space answered, as far as any of its APIs would.
type answer struct {
	Status  int              `json:"-"`
	Header  http.Header      `json:"-"`
	Data    []map[string]any `json:"data"`
	Results []map[string]any `json:"results"`
	NextURL string           `json:"next_page_url"`
	Next    string           `json:"next_page_path"`
	Code    string           `json:"code"`
	Message string           `json:"message"`
}

func do(t testing.TB, req *http.Request) answer {
	t.Helper()
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = resp.Body.Close() }()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	a := answer{Status: resp.StatusCode, Header: resp.Header}
	if err := json.Unmarshal(body, &a); err != nil {
		t.Fatalf("%s: %v", body, err)
	}
	if resp.Header.Get("X-Request-Id") == "" {
		t.Errorf("%s has no x-request-id", req.URL)
	}
	return a
}

// databaseRequest is a read with the default credentials.
func databaseRequest(t testing.TB, address string) *http.Request {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, address, nil)
	if err != nil {
		t.Fatal(err)
	}
	req.SetBasicAuth(space.ClientID, space.ClientSecret)
	req.Header.Set("X-AppFolio-Developer-ID", space.DeveloperID)
	return req
}

// list reads one page: params are names and values in turn.
func list(t testing.TB, base, topic string, params ...string) answer {
	t.Helper()
	values := url.Values{}
	for i := 0; i < len(params); i += 2 {
		values.Set(params[i], params[i+1])
	}
	return do(t, databaseRequest(t, base+"/api/v0/"+topic+"?"+values.Encode()))
}

const (
	since = "filters[LastUpdatedAtFrom]"
	ever  = "2000-01-01T00:00:00Z"
)

// listAll follows the pages.
func listAll(t testing.TB, base, topic string, params ...string) []map[string]any {
	t.Helper()
	a := list(t, base, topic, params...)
	all := a.Data
	for a.Next != "" {
		a = do(t, databaseRequest(t, base+a.Next))
		all = append(all, a.Data...)
	}
	if a.Status != http.StatusOK {
		t.Fatalf("%s: %d %s", topic, a.Status, a.Message)
	}
	return all
}

// reportRequest is a POST with the default credentials.
func reportRequest(t testing.TB, address, body string) *http.Request {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, address, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	req.SetBasicAuth(space.ReportsClientID, space.ReportsClientSecret)
	return req
}

func TestOneSeedAndClockHaveOneTruth(t *testing.T) {
	tell := func(seed uint64, units int) (space.Truth, []space.Doorbell) {
		c := quiet()
		c.Seed, c.Units = seed, units
		s := space.New(c)
		var rung []space.Doorbell
		for range 200 {
			rung = append(rung, s.Happen()...)
		}
		return s.Truth(), rung
	}
	truth, rung := tell(7, 0)
	again, rungAgain := tell(7, 0)
	if !reflect.DeepEqual(truth, again) || !reflect.DeepEqual(rung, rungAgain) {
		t.Error("one seed told two stories")
	}
	if other, _ := tell(8, 0); reflect.DeepEqual(truth, other) {
		t.Error("another seed told the same story")
	}
	large, _ := tell(7, 300)
	if n := len(large.Tenants); n < 300 || n > 400 {
		t.Errorf("300 units have %d tenants", n)
	}
	if len(large.WorkOrders) < 4*len(truth.WorkOrders) {
		t.Errorf("300 units have %d work orders, 47 have %d", len(large.WorkOrders), len(truth.WorkOrders))
	}
	if small, _ := tell(7, 10); len(small.Tenants) < 10 || len(small.Tenants) > 20 {
		t.Errorf("10 units have %d tenants", len(small.Tenants))
	}
}

func TestBothKindsTellTheSameStory(t *testing.T) {
	c := quiet()
	truth := space.New(c).Truth()
	payments, orders := 0, map[string]string{}
	for _, e := range sandbox.New(sandbox.Config{Seed: c.Seed, Now: c.Now, Past: c.Past}).TakePast() {
		var event struct {
			Data struct {
				Amount int64  `json:"amount_cents"`
				ID     string `json:"work_order_id"`
				Status string `json:"status"`
			} `json:"data"`
		}
		if err := json.Unmarshal(e.Body, &event); err != nil {
			t.Fatal(err)
		}
		switch {
		case event.Data.ID != "":
			orders[event.Data.ID] = event.Data.Status
		case event.Data.Amount != 0:
			if got := int64(truth.Receipts[payments].Amount); got != event.Data.Amount {
				t.Errorf("receipt %d is of %d cents, want %d", payments, got, event.Data.Amount)
			}
			payments++
		}
	}
	if len(truth.Receipts) != payments || len(truth.WorkOrders) != len(orders) {
		t.Errorf("got %d receipts and %d work orders, want %d and %d", len(truth.Receipts), len(truth.WorkOrders), payments, len(orders))
	}
	for _, w := range truth.WorkOrders {
		if orders[w.Number] != w.Status {
			t.Errorf("work order %s is %s, want %s", w.Number, w.Status, orders[w.Number])
		}
	}
}

func TestStoryChangesEveryKindOfRecord(t *testing.T) {
	s := space.New(quiet())
	count := map[string]int{}
	for range 3000 {
		for _, d := range s.Happen() {
			count[d.Topic+" "+d.EventType]++
		}
	}
	for _, want := range []string{
		"work_orders create", "work_orders update", "charges create", "charges update", "charges destroy",
		"leases create", "leases update", "tenants create", "tenants update", "units update",
	} {
		if count[want] == 0 {
			t.Errorf("no %s: %v", want, count)
		}
	}
	statuses, renewed, emergency := map[string]int{}, 0, 0
	truth := s.Truth()
	for _, tenant := range truth.Tenants {
		statuses[tenant.Status]++
	}
	for _, l := range truth.Leases {
		if l.Renewed {
			renewed++
		}
	}
	for _, w := range truth.WorkOrders {
		if w.Priority == "Emergency" {
			emergency++
		}
	}
	if statuses["Current"] < 20 || statuses["Past"] == 0 || statuses["Notice"]+statuses["Future"] == 0 || renewed == 0 || emergency == 0 {
		t.Errorf("tenants %v, %d leases renewed, %d emergencies", statuses, renewed, emergency)
	}
}

// until runs the Space until the test ends.
func until(t testing.TB, s *space.Space) {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan struct{})
	go func() { defer close(done); s.Run(ctx) }()
	t.Cleanup(func() { cancel(); <-done })
}
