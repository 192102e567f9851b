package space_test

import (
	"net/http"
	"net/http/httptest"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"rentbell/core/appfolio/sandbox/space"
)

// clock is one that tests move.
type clock struct {
	mu  sync.Mutex // guards now
	now time.Time
}

func (c *clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

func (c *clock) advance(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
}

func TestRecordsAgreeWithTheTruth(t *testing.T) {
	s, base := play(t, quiet())
	for range 500 {
		s.Happen()
	}
	truth := s.Truth()
	orders := listAll(t, base, "work_orders", since, ever, "page[size]", "7")
	if len(orders) != len(truth.WorkOrders) {
		t.Fatalf("got %d work orders, want %d", len(orders), len(truth.WorkOrders))
	}
	vendors := map[any]any{nil: ""}
	for _, v := range listAll(t, base, "vendors", since, ever) {
		vendors[v["Id"]] = v["Name"]
	}
	for i, w := range truth.WorkOrders {
		got := orders[i]
		if got["Id"] != w.ID || got["Status"] != w.Status || got["Priority"] != w.Priority || vendors[got["VendorId"]] != w.Vendor {
			t.Errorf("got %v, want %+v", got, w)
		}
	}
	tenants := listAll(t, base, "tenants", since, ever, "page[size]", "10")
	for i, want := range truth.Tenants {
		got := tenants[i]
		if got["Id"] != want.ID || got["Status"] != want.Status || got["FirstName"].(string)+" "+got["LastName"].(string) != want.Name {
			t.Errorf("got %v, want %+v", got, want)
		}
		if got["SocialSecurityNumber"] != space.SocialSecurityNumber || got["BirthDate"] != space.BirthDate {
			t.Errorf("%v has not what must never be kept", got)
		}
	}
	signed := map[any]bool{}
	for _, l := range listAll(t, base, "leases", since, ever) {
		if l["SignedOn"] != nil {
			signed[l["Id"]] = true
		}
	}
	if len(signed) != len(truth.Leases) {
		t.Errorf("got %d signed leases, want %d", len(signed), len(truth.Leases))
	}
	if n := len(listAll(t, base, "units", since, ever)); n != 47 {
		t.Errorf("got %d units", n)
	}
	if n := len(listAll(t, base, "properties", since, ever)); n != 6 {
		t.Errorf("got %d properties", n)
	}
}

func TestShortPageIsNotTheEnd(t *testing.T) {
	_, base := play(t, quiet())
	for _, size := range []int{1, 2, 5, 46, 47, 48, 2000} {
		var got []string
		short := false
		a := list(t, base, "units", since, ever, "page[size]", strconv.Itoa(size))
		for {
			for _, u := range a.Data {
				got = append(got, u["Id"].(string))
			}
			if a.Next == "" {
				break
			}
			short = short || len(a.Data) < size
			if !strings.HasPrefix(a.Next, "/api/v0/units?") {
				t.Fatalf("next page is %s", a.Next)
			}
			a = do(t, databaseRequest(t, base+a.Next))
		}
		slices.Sort(got)
		if len(got) != 47 || len(slices.Compact(got)) != 47 || (size == 2 || size == 5) && !short {
			t.Errorf("pages of %d: got %d units, a short page in between: %v", size, len(got), short)
		}
	}
}

func TestFilters(t *testing.T) {
	_, base := play(t, quiet())
	units := listAll(t, base, "units", since, ever)
	two := listAll(t, base, "units", "filters[Id]", units[3]["Id"].(string)+","+units[9]["Id"].(string)+",unknown")
	if len(two) != 2 || two[0]["Id"] != units[3]["Id"] {
		t.Errorf("by id: got %v", two)
	}
	house := listAll(t, base, "units", "filters[PropertyId]", units[0]["PropertyId"].(string))
	if len(house) != 12 {
		t.Errorf("by property: got %d units of Alder Court, want 12", len(house))
	}
	current := listAll(t, base, "tenants", "filters[Status]", "Current,Notice")
	for _, tenant := range current {
		if tenant["Status"] != "Current" && tenant["Status"] != "Notice" {
			t.Errorf("by status: got %v", tenant)
		}
	}
	from := noon.Add(-7 * 24 * time.Hour)
	recent := listAll(t, base, "work_orders", since, from.Format(time.RFC3339))
	all := listAll(t, base, "work_orders", since, ever)
	if len(current) < 40 || len(recent) == 0 || len(recent) == len(all) {
		t.Errorf("got %d current tenants, %d of %d work orders of a week", len(current), len(recent), len(all))
	}
	for _, w := range recent {
		if at, err := time.Parse(time.RFC3339, w["LastUpdatedAt"].(string)); err != nil || at.Before(from.Truncate(time.Second)) {
			t.Errorf("by time: got %v, %v", w, err)
		}
	}
}

func TestQuestionsThatAreRefused(t *testing.T) {
	_, base := play(t, quiet())
	tests := []struct {
		topic  string
		params []string
		status int
	}{
		{"units", nil, 400},
		{"units", []string{"page[size]", "5"}, 400},
		{"units", []string{since, "yesterday"}, 400},
		{"units", []string{since, ever, "page[number]", "-1"}, 400},
		{"units", []string{"filters[Colour]", "red"}, 400},
		{"payments", []string{since, ever}, 404},
	}
	for _, tt := range tests {
		if a := list(t, base, tt.topic, tt.params...); a.Status != tt.status || a.Code == "" || a.Message == "" {
			t.Errorf("%s %v: got %d %q %q, want %d", tt.topic, tt.params, a.Status, a.Code, a.Message, tt.status)
		}
	}
	for _, spoil := range []func(*http.Request){
		func(r *http.Request) { r.SetBasicAuth("sandbox-client", "wrong") },
		func(r *http.Request) { r.Header.Del("Authorization") },
		func(r *http.Request) { r.Header.Del("X-AppFolio-Developer-ID") },
	} {
		req := databaseRequest(t, base+"/api/v0/units?filters[Id]=x")
		spoil(req)
		if a := do(t, req); a.Status != space.StatusBadCredential || a.Code != "701" || a.Message == "" {
			t.Errorf("got %d %q %q, want 701", a.Status, a.Code, a.Message)
		}
	}
}

func TestDatabaseIsClosedAtNight(t *testing.T) {
	tick := &clock{now: noon}
	c := quiet()
	c.Now, c.MaxWindow = tick.Now, 90*24*time.Hour
	s, base := play(t, c)
	s.Maintain(noon.Add(time.Hour), noon.Add(2*time.Hour))
	for _, want := range []int{200, 533, 200} {
		if a := list(t, base, "units", "filters[Status]", "Occupied"); a.Status != want {
			t.Errorf("at %v: got %d, want %d", tick.Now(), a.Status, want)
		}
		tick.advance(time.Hour)
	}
	if a := list(t, base, "units", since, ever); a.Status != 533 || a.Code != "533" {
		t.Errorf("a window too wide: got %d %q", a.Status, a.Code)
	}
}

func TestDatabaseHasLimits(t *testing.T) {
	tick := &clock{now: noon}
	c := quiet()
	c.Now, c.DatabaseLimits = tick.Now, nil
	s, base := play(t, c)
	spend := func(calls int) {
		t.Helper()
		for range calls { // thousands in all: not each through a socket
			w := httptest.NewRecorder()
			if s.ServeHTTP(w, databaseRequest(t, "/api/v0/units?filters[Id]=x")); w.Code != http.StatusOK {
				t.Fatalf("at %v: got %d", tick.Now(), w.Code)
			}
		}
	}
	refused := func(wait string) {
		t.Helper()
		if a := list(t, base, "units", "filters[Id]", "x"); a.Status != 429 || a.Header.Get("Retry-After") != wait || a.Code != "429" {
			t.Fatalf("at %v: got %d %q with %q, want 429 with %s", tick.Now(), a.Status, a.Code, a.Header.Get("Retry-After"), wait)
		}
	}
	for minute := range 16 {
		for second := range 32 {
			spend(8)
			if minute == 0 && second < 31 {
				refused("1")
			}
			tick.advance(time.Second)
		}
		if minute < 15 {
			refused("28")
			tick.advance(28 * time.Second)
		}
	}
	refused("2668") // an hour after the first, which was 15 minutes and 32 seconds ago
	tick.advance(2668 * time.Second)
	spend(8)
	refused("1")
}

func TestChangesAreSeenLater(t *testing.T) {
	tick := &clock{now: noon}
	c := quiet()
	c.Now, c.Lag = tick.Now, time.Hour
	s, base := play(t, c)
	created, destroyed := "", ""
	var before, after map[string]any
	for created == "" || destroyed == "" {
		for _, d := range s.Happen() {
			switch {
			case d.Topic == "work_orders" && d.EventType == "create":
				created = d.Resource
			case d.EventType == "destroy":
				destroyed = d.Resource
			}
		}
	}
	see := func(topic, id string) map[string]any {
		if data := list(t, base, topic, "filters[Id]", id).Data; len(data) == 1 {
			return data[0]
		}
		return nil
	}
	if got := see("work_orders", created); got != nil {
		t.Errorf("seen at once: %v", got)
	}
	tick.advance(time.Hour)
	if before = see("work_orders", created); before == nil {
		t.Fatal("not seen after the lag")
	}
	if got := see("charges", destroyed); got != nil {
		t.Errorf("seen although destroyed: %v", got)
	}
	for rung := false; !rung; {
		for _, d := range s.Happen() {
			rung = rung || d.Resource == created
		}
	}
	if after = see("work_orders", created); after["LastUpdatedAt"] != before["LastUpdatedAt"] || after["Status"] != before["Status"] {
		t.Errorf("a change is seen at once: %v", after)
	}
	tick.advance(time.Hour)
	if after = see("work_orders", created); after["LastUpdatedAt"] == before["LastUpdatedAt"] {
		t.Errorf("a change is not seen after the lag: %v", after)
	}
}

func TestPaymentLessensTheCharge(t *testing.T) {
	s, base := play(t, quiet())
	for range 500 {
		s.Happen()
	}
	paid, due := 0, 0
	for _, c := range listAll(t, base, "charges", since, ever) {
		amount, isText := c["AmountDue"].(string)
		if !isText || !strings.Contains(amount, ".") {
			t.Errorf("%v has no decimal string", c)
		}
		if amount == "0.00" {
			paid++
		} else {
			due++
		}
	}
	if paid < 100 || due == 0 || due > paid/3 {
		t.Errorf("%d charges are paid, %d are not", paid, due)
	}
}
