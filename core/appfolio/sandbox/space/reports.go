package sandbox

import (
	"encoding/json"
	"io"
	"net/http"
	"strconv"
	"time"

	"rentbell/core"
)

const (
	reportPath = "/api/v2/reports/income_register.json"
	reportLife = 30 * time.Minute // of its further pages
	reportID   = "metadata_id"    // the parameters of a further page
	reportPage = "page"

	utilities   = 25_00  // the second row of a split receipt
	splitAbove  = 100_00 // those that are large enough
	splitRow    = 3      // one receipt in so many has two rows
	zeroRow     = 4      // one in so many has a row of nothing
	operatingGL = "1150: Operating Cash"
)

// row is one line of the income register. A receipt has several.
type row struct {
	ID          int    `json:"receipt_id"`
	Date        string `json:"receipt_date"`
	Amount      string `json:"receipt_amount"`
	Description string `json:"receipt_description"`
	Payer       string `json:"payer"` // "Last, First"
	Property    string `json:"property_name"`
	Unit        string `json:"unit"`
	Reference   string `json:"reference"`
	Type        string `json:"type"`
	CashGL      string `json:"cash_gl"`
}

// report is a snapshot that is handed out in pages.
type report struct {
	rows    []row
	expires time.Time
}

func (s *Space) serveReport(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxRegistration))
	if err != nil {
		fail(w, http.StatusBadRequest, "The request is too long")
		return
	}
	if id := r.URL.Query().Get(reportID); id != "" {
		s.servePage(w, r, id, len(body) == 0)
		return
	}
	var asked struct {
		From string `json:"receipt_date_from"`
		To   string `json:"receipt_date_to"`
	}
	if err := json.Unmarshal(body, &asked); err != nil {
		fail(w, http.StatusBadRequest, "The request is no JSON object")
		return
	}
	from, err := core.ParseDate(asked.From)
	if err != nil {
		fail(w, http.StatusBadRequest, "receipt_date_from is no date")
		return
	}
	to, err := core.ParseDate(asked.To)
	if err != nil {
		fail(w, http.StatusBadRequest, "receipt_date_to is no date")
		return
	}
	id := s.newReport(from, to)
	s.writePage(w, r, id, 1)
}

func (s *Space) servePage(w http.ResponseWriter, r *http.Request, id string, empty bool) {
	number, err := strconv.Atoi(r.URL.Query().Get(reportPage))
	if err != nil || number < 1 || !empty {
		fail(w, http.StatusBadRequest, "A further page takes its own address and no body")
		return
	}
	s.writePage(w, r, id, number)
}

// newReport takes a snapshot of what readers see now. Old ones go.
func (s *Space) newReport(from, to core.Date) (id string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	now := s.config.Now()
	for id, old := range s.snapshots {
		if now.After(old.expires) {
			delete(s.snapshots, id)
		}
	}
	snapshot := report{expires: now.Add(reportLife)}
	for _, r := range s.books.receipts.records {
		v, known := r.at(now)
		if known && !v.value.date.Before(from) && !to.Before(v.value.date) {
			snapshot.rows = append(snapshot.rows, v.value.rows()...)
		}
	}
	s.reported++
	id = uuid("report", s.books.prefix, s.reported)
	s.snapshots[id] = snapshot
	return id
}

func (s *Space) writePage(w http.ResponseWriter, r *http.Request, id string, number int) {
	s.mu.Lock()
	snapshot, found := s.snapshots[id]
	found = found && !s.config.Now().After(snapshot.expires)
	s.mu.Unlock()
	if !found {
		fail(w, http.StatusNotFound, "No such report, or it is too old")
		return
	}
	from := min((number-1)*s.config.ReportPage, len(snapshot.rows))
	to := min(from+s.config.ReportPage, len(snapshot.rows))
	answer := map[string]any{"results": append([]row{}, snapshot.rows[from:to]...), "next_page_url": nil} // never null
	if to < len(snapshot.rows) {
		answer["next_page_url"] = origin(r) + reportPath + "?" + reportID + "=" + id + "&" + reportPage + "=" + strconv.Itoa(number+1)
	}
	reply(w, http.StatusOK, answer)
}

// origin is the address that the client used.
func origin(r *http.Request) string {
	if r.TLS != nil {
		return "https://" + r.Host
	}
	return "http://" + r.Host
}

// rows are what the report has of a receipt: its amount in one row or two, now
// and then one of nothing, and all of it taken back when it was returned.
func (r receipt) rows() []row {
	first, last := r.of.person()
	base := row{
		ID: r.id, Date: r.date.String(), Payer: last + ", " + first, Property: r.of.property, Unit: r.of.unit,
		Reference: r.reference, Type: r.method, CashGL: operatingGL,
	}
	part := func(amount core.Cents, description string) row {
		next := base
		next.Amount, next.Description = amount.Decimal(), description
		return next
	}
	amount := r.amount
	var rows []row
	if r.id%splitRow == 0 && amount > splitAbove {
		amount -= utilities
		rows = append(rows, part(utilities, "Utilities"))
	}
	rows = append(rows, part(amount, r.memo))
	if r.id%zeroRow == 1 {
		rows = append(rows, part(0, "Prepayment applied"))
	}
	if r.returned {
		rows = append(rows, part(-r.amount, "Returned: "+r.memo))
	}
	return rows
}
