package records

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"reflect"
	"slices"
	"strings"
	"testing"

	"rentbell/core"
)

func TestAReceiptSaysWhatItsLargestRowIsFor(t *testing.T) {
	c, _, a := answering(t, 200, `{"results":[
		{"receipt_id":501,"receipt_date":"2026-06-17","receipt_amount":"45.00","receipt_description":"Utilities"},
		{"receipt_id":501,"receipt_date":"2026-06-17","receipt_amount":"1,400.00","receipt_description":"June rent"},
		{"receipt_id":502,"receipt_date":"2026-06-17","receipt_amount":"25.00","receipt_description":"Late fee"},
		{"receipt_id":502,"receipt_date":"2026-06-17","receipt_amount":"-1,300.00","receipt_description":"Returned rent"}
	],"next_page_url":null}`)
	receipts, err := c.Receipts(t.Context(), a, date(2026, 6, 15), date(2026, 6, 18))
	check(t, receipts, err,
		Receipt{ID: "501", Date: date(2026, 6, 17), Amount: 144500, Description: "June rent"},
		Receipt{ID: "502", Date: date(2026, 6, 17), Amount: -127500, Description: "Returned rent"},
	)
}

func TestRowsOfAReceiptBecomeOne(t *testing.T) {
	c, _, a := answering(t, 200, `{"results":[
		{"receipt_id":501,"receipt_date":"2026-06-17","receipt_amount":"0.00","receipt_description":"nothing","payer":"Nobody, At All","type":"Check"},
		{"receipt_id":501,"receipt_date":"2026-06-17","receipt_amount":"1,400.00","receipt_description":"","payer":"Whitfield, Dana","property_name":"Maple Court","unit":"4B","type":"eCheck","cash_gl":"1150"},
		{"receipt_id":"502","receipt_date":"2026-06-18","receipt_amount":-50,"payer":"Oak Line LLC","reference":"R-2"},
		{"receipt_id":"501","receipt_date":"2026-06-16","receipt_amount":"50.25","receipt_description":"Late fee","payer":"Someone, Else","reference":"R-1"},
		{"receipt_id":503,"receipt_date":"2026-06-18","receipt_amount":"0.00","payer":"Reyes, Pat"},
		{"receipt_id":504,"receipt_date":"2026-06-18","receipt_amount":"75.00","payer":"Reyes, Pat"},
		{"receipt_id":504,"receipt_date":"2026-06-18","receipt_amount":"-75.00","payer":"Reyes, Pat"},
		{"receipt_id":505,"receipt_amount":"75.00"},{"receipt_id":505,"receipt_amount":"many"},{"receipt_id":506},
		{"receipt_id":501,"receipt_date":"2026-06-15","receipt_amount":"0.75"}
	],"next_page_url":null}`)
	receipts, err := c.Receipts(t.Context(), a, date(2026, 6, 15), date(2026, 6, 18))
	check(t, receipts, err,
		Receipt{ID: "501", Date: date(2026, 6, 17), Amount: 145100, Description: "Late fee", Payer: "Whitfield, Dana", Property: "Maple Court", Unit: "4B", Reference: "R-1", Type: "eCheck"},
		Receipt{ID: "502", Date: date(2026, 6, 18), Amount: -5000, Payer: "Oak Line LLC", Reference: "R-2"},
		Receipt{ID: "503", Date: date(2026, 6, 18), Payer: "Reyes, Pat"},
		Receipt{ID: "504", Date: date(2026, 6, 18), Payer: "Reyes, Pat"},
		Receipt{ID: "505", Unreadable: true, AmountSaid: "many"}, Receipt{ID: "506", Unreadable: true},
	)
}

func TestReceiptThatCannotBeReadIsListed(t *testing.T) {
	for _, tt := range []struct {
		amount, date string
		want         Receipt
	}{
		{`"(500.00)"`, `"10/31/2026"`, Receipt{Date: date(2026, 10, 31), Amount: -50000}},
		{`"$-1,250.00"`, `"2026-10-31T00:00:00Z"`, Receipt{Date: date(2026, 10, 31), Amount: -125000}},
		{`"1,250"`, `"Oct 31, 2026"`, Receipt{Date: date(2026, 10, 31), Amount: 125000}},
		{`"1250.00"`, `null`, Receipt{Amount: 125000}},
		{`"1250.00"`, `""`, Receipt{Amount: 125000}},
		{`"1250.00"`, `"31/10/2026"`, Receipt{Amount: 125000, DateSaid: "31/10/2026"}},
		{`"1250.00"`, `"2026-02-30"`, Receipt{Amount: 125000, DateSaid: "2026-02-30"}},
		{`"1250.00"`, `"0001-01-01"`, Receipt{Amount: 125000, DateSaid: "0001-01-01"}},
		{`"1250.00"`, `"9999-12-31"`, Receipt{Amount: 125000, DateSaid: "9999-12-31"}},
		{`"1250.00"`, `1793404800`, Receipt{Amount: 125000, DateSaid: "1793404800"}},
		{`null`, `"2026-10-31"`, Receipt{Date: date(2026, 10, 31), Unreadable: true}},
		{`""`, `"2026-10-31"`, Receipt{Date: date(2026, 10, 31), Unreadable: true}},
		{`"1.250,00"`, `"2026-10-31"`, Receipt{Date: date(2026, 10, 31), Unreadable: true, AmountSaid: "1.250,00"}},
		{`{"cents":1}`, `[]`, Receipt{Unreadable: true, AmountSaid: `{"cents":1}`, DateSaid: "[]"}},
	} {
		c, _, a := answering(t, 200, fmt.Sprintf(`{"results":[{"receipt_id":7,"payer":"Reyes, Pat","receipt_amount":%s,"receipt_date":%s}]}`, tt.amount, tt.date))
		receipts, err := c.Receipts(t.Context(), a, date(2026, 10, 29), date(2026, 11, 1))
		tt.want.ID, tt.want.Payer = "7", "Reyes, Pat"
		check(t, receipts, err, tt.want)
	}
}

func TestRowsWithoutAReceiptNumberAreListed(t *testing.T) {
	cash := `"receipt_date":"2026-06-17","receipt_amount":"50.00","payer":"Reyes, Pat"}`
	page := fmt.Sprintf(`{"results":[{"receipt_id":null,%[1]s,{%[1]s,{"receipt_id":{},%[1]s,{"receipt_id":"8:2",%[1]s,{"receipt_id":"%[2]s",%[1]s,
		{"receipt_amount":"1,234.00","receipt_description":"Total"},"Total",["9","2026-06-17",5],null,{},7]}`, cash, strings.Repeat("9", 101))
	list := func(answer string) []Receipt {
		c, _, a := answering(t, 200, answer)
		receipts, err := c.Receipts(t.Context(), a, date(2026, 6, 15), date(2026, 6, 18))
		if err != nil {
			t.Fatal(err)
		}
		return receipts
	}
	receipts := list(page)
	ids := map[string]bool{}
	for i, want := range []Receipt{
		{Date: date(2026, 6, 17), Amount: 5000, Payer: "Reyes, Pat"},
		{Date: date(2026, 6, 17), Amount: 5000, Payer: "Reyes, Pat"},
		{Date: date(2026, 6, 17), Amount: 5000, Payer: "Reyes, Pat", Unread: "receipt_id"},
		{Date: date(2026, 6, 17), Amount: 5000, Payer: "Reyes, Pat"},
		{Date: date(2026, 6, 17), Amount: 5000, Payer: "Reyes, Pat"},
		{Description: "Total", Unreadable: true, AmountSaid: "1234.00"},
		{Description: "Total", Unreadable: true},
		{Description: `["9","2026-06-17",5]`, Unreadable: true},
		{Unreadable: true}, {Unreadable: true},
		{Description: "7", Unreadable: true},
	} {
		if i >= len(receipts) || !strings.HasPrefix(receipts[i].ID, core.NoNumber) || ids[receipts[i].ID] {
			t.Fatalf("row %d: got %+v, want an id of its own", i, receipts)
		}
		ids[receipts[i].ID], want.ID = true, receipts[i].ID
		if receipts[i] != want {
			t.Errorf("row %d: got %+v, want %+v", i, receipts[i], want)
		}
	}
	if again := list(page); !slices.Equal(again, receipts) {
		t.Errorf("another report says %+v, want the same ids", again)
	}
	if sum := list(`[{"receipt_amount":"9,999.00","receipt_description":"Total"}]`); sum[0].ID != receipts[5].ID {
		t.Error("a sum is told anew with each report")
	}
}

func TestTextsOfAReceiptThatAreNoneAreNamed(t *testing.T) {
	for row, want := range map[string]string{
		`"payer":{"name":"Pat"}`: "payer", `"payer":["Pat"],"unit":true`: "payer,unit", `"payer":"  ","unit":null,"type":"","reference":false`: "", `"payer":7`: "",
	} {
		c, _, a := answering(t, 200, `[{"receipt_id":1,"receipt_date":"2026-06-16","receipt_amount":"1.00",`+row+`}]`)
		receipts, err := c.Receipts(t.Context(), a, date(2026, 6, 15), date(2026, 6, 18))
		if err != nil || len(receipts) != 1 || receipts[0].Unread != want {
			t.Errorf("%s: got %+v, %v", row, receipts, err)
		}
	}
}

func TestReceiptMaySpanPages(t *testing.T) {
	var asked []string
	var c *Client
	c, _, a := served(t, func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		asked = append(asked, fmt.Sprint(r.Method, " ", r.URL.RawQuery, " ", len(body), " ", r.Header.Get("Content-Type")))
		if len(asked) == 1 {
			_, _ = fmt.Fprintf(w, `{"results":[{"receipt_id":1,"receipt_amount":"1.00"}],"next_page_url":"http://%s/api/v2/reports/income_register.json?metadata_id=a&page=2"}`, r.Host)
			return
		}
		_, _ = io.WriteString(w, `{"results":[{"receipt_id":1,"receipt_amount":"2.00"},{"receipt_id":2,"receipt_amount":"4.00"}]}`)
	})
	receipts, err := c.Receipts(t.Context(), a, date(2026, 6, 15), date(2026, 6, 18))
	check(t, receipts, err, Receipt{ID: "1", Amount: 300}, Receipt{ID: "2", Amount: 400})
	if want := []string{"POST  65 application/json", "POST metadata_id=a&page=2 0 "}; !slices.Equal(asked, want) {
		t.Errorf("asked %q, want %q", asked, want)
	}
}

func TestFurtherPagesMayAnswerGetOnly(t *testing.T) {
	for _, status := range []int{404, 405, 501, 403} {
		var asked []string
		c, _, a := served(t, func(w http.ResponseWriter, r *http.Request) {
			asked = append(asked, r.Method+" "+r.URL.RawQuery)
			page := r.URL.Query().Get("page")
			switch {
			case page != "" && r.Method != http.MethodGet:
				w.WriteHeader(status)
			case page == "3":
				_, _ = io.WriteString(w, `{"results":[{"receipt_id":4,"receipt_date":"2026-06-16","receipt_amount":"1.00"}]}`)
			default:
				_, _ = fmt.Fprintf(w, `{"results":[{"receipt_id":%d,"receipt_date":"2026-06-16","receipt_amount":"1.00"}],"next_page_url":"/api/v2/reports/income_register.json?page=%[1]d"}`, len(page)+2)
			}
		})
		receipts, err := c.Receipts(t.Context(), a, date(2026, 6, 15), date(2026, 6, 18))
		if status == 403 {
			if !errors.Is(err, core.ErrCredentials) || len(asked) != 2 {
				t.Errorf("%v after %q, want the refusal", err, asked)
			}
			continue
		}
		if want := []string{"POST ", "POST page=2", "GET page=2", "GET page=3"}; err != nil || len(receipts) != 3 || !slices.Equal(asked, want) {
			t.Errorf("%d: %d receipts, %v; asked %q, want %q", status, len(receipts), err, asked, want)
		}
	}
}

func TestMissingPageIsAskedForTwiceAtMost(t *testing.T) {
	asked := 0
	c, _, a := served(t, func(w http.ResponseWriter, r *http.Request) {
		if asked++; asked > 1 {
			w.WriteHeader(404)
			return
		}
		_, _ = io.WriteString(w, `{"results":[],"next_page_url":"/api/v2/reports/income_register.json?page=2"}`)
	})
	if _, err := c.Receipts(t.Context(), a, date(2026, 6, 15), date(2026, 6, 18)); err == nil || asked != 3 {
		t.Errorf("%v after %d questions, want a refusal after three", err, asked)
	}
}

func TestReportMayBeWrapped(t *testing.T) {
	row := `[{"receipt_id":1,"receipt_date":"2026-06-16","receipt_amount":"1.00"}]`
	for _, answer := range []string{
		row, `{"results":` + row + `}`, `{"data":` + row + `}`, `{"results":{"data":` + row + `}}`, `{"data":{"results":` + row + `,"next_page_url":null}}`,
		`{"data":{"data":{"rows":` + row + `,"total":{"rows":7}}},"next_page_url":""}`, `{"next_page_url":null,"results":{"count":1,"records":` + row + `}}`,
	} {
		c, _, a := answering(t, 200, answer)
		receipts, err := c.Receipts(t.Context(), a, date(2026, 6, 15), date(2026, 6, 18))
		check(t, receipts, err, Receipt{ID: "1", Date: date(2026, 6, 16), Amount: 100})
	}
	for _, answer := range []string{
		`{"results":{}}`, `{"results":{"data":{"data":{"data":{"data":` + row + `}}}}}`, `{"results":{"data":"none"}}`, `{"results":7}`, `null`, `{"results":{"data":` + row + `}`,
	} {
		c, _, a := answering(t, 200, answer)
		if receipts, err := c.Receipts(t.Context(), a, date(2026, 6, 15), date(2026, 6, 18)); err == nil {
			t.Errorf("%s: got %v, want an error", answer, receipts)
		}
	}
	c, _, a := served(t, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Query().Get("page") != "" {
			_, _ = io.WriteString(w, `{"results":{"data":`+row+`,"next_page_url":null}}`)
			return
		}
		_, _ = io.WriteString(w, `{"results":{"next_page_url":"/api/v2/reports/income_register.json?page=2","data":`+row+`}}`)
	})
	receipts, err := c.Receipts(t.Context(), a, date(2026, 6, 15), date(2026, 6, 18))
	check(t, receipts, err, Receipt{ID: "1", Date: date(2026, 6, 16), Amount: 200})
}

func TestReportWithoutPagesIsAList(t *testing.T) {
	c, _, a := answering(t, 200, `[{"receipt_id":1,"receipt_amount":"1.00"}]`)
	receipts, err := c.Receipts(t.Context(), a, date(2026, 6, 15), date(2026, 6, 18))
	if want := []Receipt{{ID: "1", Amount: 100}}; err != nil || !reflect.DeepEqual(receipts, want) {
		t.Errorf("got %v, %v", receipts, err)
	}
}
