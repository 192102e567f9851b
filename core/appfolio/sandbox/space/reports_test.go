package space_test

import (
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"testing"
	"time"

	"rentbell/core"
	"rentbell/core/appfolio/sandbox/space"
)

const incomeRegister = "/api/v2/reports/income_register.json"

// register reads the income register of some dates, page by page.
func register(t testing.TB, base, from, to string) []map[string]any {
	t.Helper()
	a := do(t, reportRequest(t, base+incomeRegister, fmt.Sprintf(`{"receipt_date_from":%q,"receipt_date_to":%q}`, from, to)))
	rows := a.Results
	for a.NextURL != "" {
		a = do(t, reportRequest(t, a.NextURL, ""))
		rows = append(rows, a.Results...)
	}
	if a.Status != http.StatusOK {
		t.Fatalf("got %d %s", a.Status, a.Message)
	}
	return rows
}

// sums adds up the rows of each receipt.
func sums(t testing.TB, rows []map[string]any) map[string]core.Cents {
	t.Helper()
	total := map[string]core.Cents{}
	for _, r := range rows {
		amount, err := core.ParseDollars(strings.TrimPrefix(r["receipt_amount"].(string), "-"))
		if err != nil {
			t.Fatalf("%v: %v", r, err)
		}
		if strings.HasPrefix(r["receipt_amount"].(string), "-") {
			amount = -amount
		}
		total[strconv.Itoa(int(r["receipt_id"].(float64)))] += amount
	}
	return total
}

func TestIncomeRegisterAgreesWithTheTruth(t *testing.T) {
	c := quiet()
	c.ReportPage = 7
	s, base := play(t, c)
	rows := register(t, base, "2026-01-01", "2026-12-31")
	truth := s.Truth().Receipts
	got := sums(t, rows)
	if len(got) != len(truth) || len(rows) <= len(truth) {
		t.Errorf("got %d receipts in %d rows, want %d in more", len(got), len(rows), len(truth))
	}
	payers, nothing := map[string]string{}, 0
	for _, r := range rows {
		last, first, _ := strings.Cut(r["payer"].(string), ", ")
		payers[strconv.Itoa(int(r["receipt_id"].(float64)))] = first + " " + last
		if r["receipt_amount"] == "0.00" {
			nothing++
		}
		for _, column := range []string{"receipt_date", "receipt_description", "property_name", "unit", "reference", "type", "cash_gl"} {
			if text, isText := r[column].(string); !isText || text == "" {
				t.Errorf("%v has no %s", r, column)
			}
		}
	}
	for _, r := range truth {
		if got[r.ID] != r.Amount || payers[r.ID] != r.Payer {
			t.Errorf("receipt %s: got %d of %s, want %+v", r.ID, got[r.ID], payers[r.ID], r)
		}
	}
	if nothing == 0 {
		t.Error("no row of nothing")
	}
	day := truth[len(truth)/2].Date
	want := 0
	for _, r := range truth {
		if r.Date == day {
			want++
		}
	}
	if got := sums(t, register(t, base, day.String(), day.String())); len(got) != want {
		t.Errorf("on %v: got %d receipts, want %d", day, len(got), want)
	}
}

func TestReceiptsThatChange(t *testing.T) {
	s, base := play(t, quiet())
	truth := s.Truth().Receipts
	returned, _ := strconv.Atoi(truth[3].ID)
	changed, _ := strconv.Atoi(truth[5].ID)
	for id, correct := range map[int]func(int) ([]space.Doorbell, error){
		returned: s.Return,
		changed:  func(id int) ([]space.Doorbell, error) { return s.Change(id, 123_45) },
	} {
		rung, err := correct(id)
		if err != nil || len(rung) != 1 || rung[0].Topic != "charges" {
			t.Errorf("receipt %d: rang %v, %v", id, rung, err)
		}
	}
	if _, err := s.Return(1); !errors.Is(err, space.ErrNoReceipt) {
		t.Errorf("got %v, want ErrNoReceipt", err)
	}
	got := sums(t, register(t, base, "2026-01-01", "2026-12-31"))
	if got[truth[3].ID] != 0 || got[truth[5].ID] != 123_45 || len(got) != len(truth) {
		t.Errorf("got %d for the returned one and %d for the changed one", got[truth[3].ID], got[truth[5].ID])
	}
	after := s.Truth().Receipts
	if after[3].Amount != 0 || after[5].Amount != 123_45 || after[4] != truth[4] {
		t.Errorf("the truth is %+v", after[3:6])
	}
}

func TestReceiptsAreSeenAfterTheirDoorbell(t *testing.T) {
	tick := &clock{now: noon}
	c := quiet()
	c.Now, c.ReceiptLag = tick.Now, 10*time.Minute
	s, base := play(t, c)
	before := len(s.Truth().Receipts)
	for len(s.Truth().Receipts) == before {
		s.Happen()
	}
	if got := sums(t, register(t, base, "2026-01-01", "2026-12-31")); len(got) != before {
		t.Errorf("got %d receipts at once, want %d", len(got), before)
	}
	tick.advance(10 * time.Minute)
	if got := sums(t, register(t, base, "2026-01-01", "2026-12-31")); len(got) != before+1 {
		t.Errorf("got %d receipts after the lag, want %d", len(got), before+1)
	}
}

func TestReportsThatAreRefused(t *testing.T) {
	tick := &clock{now: noon}
	c := quiet()
	c.Now, c.ReportPage = tick.Now, 5
	_, base := play(t, c)
	for _, body := range []string{``, `[]`, `{}`, `{"receipt_date_from":"2026-01-01"}`, `{"receipt_date_from":"01/01/2026","receipt_date_to":"2026-02-01"}`} {
		if a := do(t, reportRequest(t, base+incomeRegister, body)); a.Status != 400 || a.Message == "" {
			t.Errorf("%s: got %d %q", body, a.Status, a.Message)
		}
	}
	req := reportRequest(t, base+incomeRegister, `{}`)
	req.SetBasicAuth("sandbox-client", "sandbox-client-secret") // the other API's
	if a := do(t, req); a.Status != 401 || a.Code != "401" {
		t.Errorf("the other pair: got %d %q", a.Status, a.Code)
	}
	next := do(t, reportRequest(t, base+incomeRegister, `{"receipt_date_from":"2026-01-01","receipt_date_to":"2026-12-31"}`)).NextURL
	if a := do(t, reportRequest(t, next, `{}`)); a.Status != 400 {
		t.Errorf("a page with a body: got %d", a.Status)
	}
	tick.advance(30 * time.Minute)
	if a := do(t, reportRequest(t, next, "")); a.Status != 200 || len(a.Results) != 5 {
		t.Errorf("after 30 minutes: got %d with %d rows", a.Status, len(a.Results))
	}
	tick.advance(time.Second)
	if a := do(t, reportRequest(t, next, "")); a.Status != 404 {
		t.Errorf("after more than 30 minutes: got %d", a.Status)
	}
}

func TestReportsHaveALimit(t *testing.T) {
	tick := &clock{now: noon}
	c := quiet()
	c.Now, c.ReportsLimits = tick.Now, nil
	_, base := play(t, c)
	const body = `{"receipt_date_from":"2026-01-01","receipt_date_to":"2026-01-01"}`
	for range 2 {
		for range 7 {
			if a := do(t, reportRequest(t, base+incomeRegister, body)); a.Status != 200 {
				t.Fatalf("got %d", a.Status)
			}
		}
		if a := do(t, reportRequest(t, base+incomeRegister, body)); a.Status != 429 || a.Header.Get("Retry-After") != "15" {
			t.Errorf("the eighth: got %d with %q", a.Status, a.Header.Get("Retry-After"))
		}
		tick.advance(15 * time.Second)
	}
}
