package records

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"rentbell/core"
)

func date(y, m, d int) core.Date { return core.Date{Year: y, Month: time.Month(m), Day: d} }

var noon = time.Date(2026, 6, 18, 12, 0, 0, 0, time.UTC)

func check[T any](t *testing.T, got []T, err error, want ...T) {
	t.Helper()
	if err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v, %v\nwant %+v", got, err, want)
	}
}

func TestEveryListIsDecoded(t *testing.T) {
	bodies := map[string]string{
		"work_orders": `{"Id":"w1","WorkOrderNumber":1042,"JobDescription":" Leak “under” the sink \u00e9","Status":"Scheduled","Priority":"Urgent",
			"PropertyId":"p1","UnitId":"u1","OccupancyId":"o1","VendorId":"v1","AssignedUsers":[{"Id":7,"Name":"Kim"}],
			"ScheduledStart":"2026-06-18T07:00:00-05:00","CreatedAt":"2026-06-18","LastUpdatedAt":"2026-06-18T12:00:00.000Z"}`,
		"leases": `{"Id":12,"OccupancyId":"o1","Status":"Fully Executed","StartOn":"2026-01-01","EndOn":"2026-12-31","SignedOn":"2025-12-01T09:00:00Z",
			"RenewedOn":null,"IsMtm":"true","LastUpdatedAt":"2026-06-18T12:00:00Z"}`,
		"tenants": `{"Id":"t1","FirstName":"Dana","LastName":"Whitfield","Email":"dana@example.com","PhoneNumber":"555-0100","Status":"Notice",
			"OccupancyId":"o1","PropertyId":"p1","UnitId":"u1","MoveInOn":"2024-01-31","MoveOutOn":"2026-07-31","LeaseStartDate":"2024-02-01",
			"LeaseEndDate":"2026-07-31","LeaseSignedDate":"2024-01-15","CurrentRent":"1450.00","PrimaryTenant":true,"HiddenAt":"2026-01-01T00:00:00Z",
			"SocialSecurityNumber":"078-05-1120","BirthDate":"1984-02-29","LastUpdatedAt":"2026-06-18T12:00:00Z"}`,
		"properties": `{"Id":"p1","Name":"Maple Court","Address1":"1 Maple St","Address2":"Rear","City":"Springfield","State":"IL","HiddenAt":null}`,
		"units":      `{"Id":"u1","PropertyId":"p1","Name":"","Address1":"Apt 4B","MarketRent":"1500","Status":"Occupied","CurrentOccupancyId":"o1"}`,
		"vendors":    `{"Id":"v1","CompanyName":null,"FirstName":"Pat","LastName":"Reyes"}`,
	}
	c, _, a := served(t, func(w http.ResponseWriter, r *http.Request) {
		name := strings.TrimPrefix(r.URL.Path, "/api/v0/")
		_, _ = fmt.Fprintf(w, `{"meta":{"a":[1,{}]},"data":[%s],"next_page_path":null}`, bodies[name])
	})
	ctx := t.Context()

	orders, err := all(c.WorkOrders(ctx, a, Filter{}))
	check(t, orders, err, WorkOrder{ID: "w1", Number: "1042", Description: "Leak “under” the sink é", Status: "Scheduled", Priority: "Urgent",
		PropertyID: "p1", UnitID: "u1", OccupancyID: "o1", VendorID: "v1", Scheduled: noon, Created: date(2026, 6, 18).In(time.UTC), Updated: noon})
	leases, err := all(c.Leases(ctx, a, Filter{}))
	check(t, leases, err, Lease{ID: "12", OccupancyID: "o1", Status: "Fully Executed", Start: date(2026, 1, 1), End: date(2026, 12, 31),
		SignedOn: date(2025, 12, 1), MonthToMonth: true, Updated: noon})
	tenants, err := all(c.Tenants(ctx, a, Filter{}))
	check(t, tenants, err, Tenant{ID: "t1", FirstName: "Dana", LastName: "Whitfield", Email: "dana@example.com", Phone: "555-0100", Status: "Notice",
		OccupancyID: "o1", PropertyID: "p1", UnitID: "u1", MoveIn: date(2024, 1, 31), MoveOut: date(2026, 7, 31), LeaseStart: date(2024, 2, 1),
		LeaseEnd: date(2026, 7, 31), LeaseSigned: date(2024, 1, 15), Rent: 145000, Primary: true, Hidden: true, Updated: noon})
	properties, err := all(c.Properties(ctx, a, Filter{}))
	check(t, properties, err, Property{ID: "p1", Name: "Maple Court", Address: "1 Maple St, Rear", City: "Springfield"})
	units, err := all(c.Units(ctx, a, Filter{}))
	check(t, units, err, Unit{ID: "u1", PropertyID: "p1", Name: "Apt 4B", OccupancyID: "o1"})
	vendors, err := all(c.Vendors(ctx, a, Filter{}))
	check(t, vendors, err, Vendor{ID: "v1", Name: "Pat Reyes"})
}

func TestSingleBadFieldsAreEmptyAndNamed(t *testing.T) {
	page := `{"data":[{"Id":"l1","StartOn":"2026-02-30","Status":{"a":1},"IsMtm":"perhaps","LastUpdatedAt":5,"OccupancyId":null,"EndOn":"","SignedOn":" "},
		{"Id":"l2","IsMtm":1,"LastUpdatedAt":"soon"},{"Id":"l3","IsMtm":"N","LastUpdatedAt":"2026-06-18T07:00:00-0500"}]}`
	c, _, a := answering(t, 200, page)
	leases, err := all(c.Leases(t.Context(), a, Filter{}))
	check(t, leases, err, Lease{ID: "l1", Unread: "Status,StartOn,IsMtm,LastUpdatedAt"}, Lease{ID: "l2", MonthToMonth: true, Unread: "LastUpdatedAt"},
		Lease{ID: "l3", Updated: time.Date(2026, 6, 18, 12, 0, 0, 0, time.UTC)})
}

func TestRowsWithoutAnIDAreListedWhereTheyAreNews(t *testing.T) {
	c, _, a := answering(t, 200, `{"data":[null,7,{"Id":null,"FirstName":"Dana"},{"Id":[1]}]}`)
	tenants, err := all(c.Tenants(t.Context(), a, Filter{}))
	check(t, tenants, err, Tenant{}, Tenant{}, Tenant{FirstName: "Dana"}, Tenant{Unread: "Id"})
	orders, err := all(c.WorkOrders(t.Context(), a, Filter{}))
	check(t, orders, err, WorkOrder{}, WorkOrder{}, WorkOrder{}, WorkOrder{Unread: "Id"})
	for name, list := range map[string]func() (int, error){
		"units":      func() (int, error) { units, err := all(c.Units(t.Context(), a, Filter{})); return len(units), err },
		"properties": func() (int, error) { p, err := all(c.Properties(t.Context(), a, Filter{})); return len(p), err },
		"vendors":    func() (int, error) { v, err := all(c.Vendors(t.Context(), a, Filter{})); return len(v), err },
	} {
		if n, err := list(); n != 0 || err != nil {
			t.Errorf("%s: %d, %v, want none: they only give names to others", name, n, err)
		}
	}
}

func TestRequestIsAsAppFolioWantsIt(t *testing.T) {
	var got *http.Request
	var body string
	c := New(Config{Transport: transport(func(r *http.Request) (*http.Response, error) {
		got = r
		if r.Body != nil {
			b, _ := io.ReadAll(r.Body)
			body = string(b)
		}
		return response(200, `{"data":[],"results":[]}`), nil
	})})
	since := time.Date(2026, 6, 18, 7, 0, 0, 999, time.FixedZone("", -5*3600))
	if _, err := all(c.WorkOrders(t.Context(), oakLine(), Filter{Since: since, IDs: []string{"a", "b"}})); err != nil {
		t.Fatal(err)
	}
	user, password, _ := got.BasicAuth()
	sent := map[string][]string(got.Header) // as it is spelt
	want := url.Values{"filters[LastUpdatedAtFrom]": {"2026-06-18T12:00:00Z"}, "filters[Id]": {"a,b"}, "page[size]": {"500"}}
	if got.URL.Scheme+got.URL.Host+got.URL.Path != "httpsapi.appfolio.com/api/v0/work_orders" || !reflect.DeepEqual(got.URL.Query(), want) {
		t.Errorf("asked %s", got.URL)
	}
	if user != "oak-client" || password != clientSecret || got.Method != http.MethodGet ||
		!slices.Equal(sent["X-AppFolio-Developer-ID"], []string{"oak-developer"}) {
		t.Errorf("asked with %s, %s, %v", got.Method, user, got.Header)
	}

	if _, err := c.Receipts(t.Context(), oakLine(), date(2026, 6, 15), date(2026, 6, 18)); err != nil {
		t.Fatal(err)
	}
	user, password, _ = got.BasicAuth()
	if got.URL.String() != "https://oakline.appfolio.com/api/v2/reports/income_register.json" || got.Method != http.MethodPost ||
		user != "oak-reports" || password != reportsSecret || body != `{"receipt_date_from":"2026-06-15","receipt_date_to":"2026-06-18"}` {
		t.Errorf("asked %s %s as %s for %s", got.Method, got.URL, user, body)
	}
	if sent = got.Header; sent["X-AppFolio-Developer-ID"] != nil || got.Header.Get("Content-Type") != "application/json" {
		t.Errorf("asked with %v", got.Header)
	}
}

func TestManyIDsAreAskedForInParts(t *testing.T) {
	var asked []string
	c := New(Config{Transport: transport(func(r *http.Request) (*http.Response, error) {
		asked = append(asked, r.URL.Query().Get("filters[Id]"))
		if r.URL.Query().Has("filters[LastUpdatedAtFrom]") {
			t.Error("asked for a time as well")
		}
		return response(200, `{"data":[]}`), nil
	})})
	ids := []string{"", "a,b", "a b", strings.Repeat("x", 101)}
	for i := range 120 {
		ids = append(ids, fmt.Sprint("id", i))
	}
	if _, err := all(c.Units(t.Context(), oakLine(), Filter{IDs: ids})); err != nil {
		t.Fatal(err)
	}
	if got := strings.Join(asked, ","); len(asked) != 3 || got != strings.Join(ids[4:], ",") {
		t.Errorf("asked for %q", asked)
	}
	asked = nil
	if _, err := all(c.Units(t.Context(), oakLine(), Filter{IDs: []string{"a,b"}})); err != nil || asked != nil {
		t.Errorf("asked for %q, %v, because of an id that nothing has", asked, err)
	}
}

func TestPagesAreFollowedToTheEnd(t *testing.T) {
	pages := map[string]string{
		"":  `{"data":[{"Id":"a"},{"Id":"b"}],"next_page_path":"/api/v0/units?filters%5BX%5D=1&page[number]=2&c=a%2Fb"}`,
		"2": `{"next_page_path":"/api/v0/units?page[number]=3","data":[]}`, // a short page is not the end
		"3": `{"data":[{"Id":"c"}],"next_page_path":""}`,
	}
	var asked []string
	c, _, a := served(t, func(w http.ResponseWriter, r *http.Request) {
		asked = append(asked, r.URL.RawQuery)
		_, _ = io.WriteString(w, pages[r.URL.Query().Get("page[number]")])
	})
	units, err := all(c.Units(t.Context(), a, Filter{}))
	check(t, units, err, Unit{ID: "a"}, Unit{ID: "b"}, Unit{ID: "c"})
	if len(asked) != 3 || asked[1] != "filters%5BX%5D=1&page[number]=2&c=a%2Fb" {
		t.Errorf("asked %q, want the path as AppFolio gave it", asked)
	}
	asked = nil
	for range c.Units(t.Context(), a, Filter{}) {
		break
	}
	if len(asked) != 1 {
		t.Errorf("asked for %d pages, and wanted one unit", len(asked))
	}
}

func TestTryIsOneCheapRequestEach(t *testing.T) {
	var asked []string
	c := New(Config{Now: func() time.Time { return noon }, Transport: transport(func(r *http.Request) (*http.Response, error) {
		asked = append(asked, r.URL.Host+r.URL.Path)
		if r.Method == http.MethodGet && r.URL.Query().Get("page[size]") != "1" {
			t.Errorf("asked %s", r.URL)
		}
		return response(200, `{"data":[],"next_page_path":"/api/v0/properties?page=2","next_page_url":"https://oakline.appfolio.com/api/v2/reports/x"}`), nil
	})})
	a := oakLine()
	records, receipts := c.Try(t.Context(), a)
	if want := []string{"api.appfolio.com/api/v0/properties", "oakline.appfolio.com/api/v2/reports/income_register.json"}; records != nil || receipts != nil || !slices.Equal(asked, want) {
		t.Errorf("got %v, %v, asked %q", records, receipts, asked)
	}
	a.Space.ReportsClientID = ""
	if records, receipts = c.Try(t.Context(), a); records != nil || receipts != nil || len(asked) != 3 {
		t.Errorf("got %v, %v, asked %q", records, receipts, asked)
	}
	if _, err := c.Receipts(t.Context(), a, date(2026, 6, 1), date(2026, 6, 2)); !errors.Is(err, core.ErrNotSetUp) {
		t.Errorf("got %v, want ErrNotSetUp", err)
	}
	a.Secrets = core.Secrets{}
	if records, _ = c.Try(t.Context(), a); !errors.Is(records, core.ErrNotSetUp) {
		t.Errorf("got %v, want ErrNotSetUp", records)
	}
}
