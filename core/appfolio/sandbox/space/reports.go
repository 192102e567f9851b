package space

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"net/http"
	"strconv"
	"time"

	"rentbell/core"
	"rentbell/core/appfolio/sandbox"
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

// snapshot is a report that is handed out in pages.
type snapshot struct {
	rows    []fields
	expires time.Time
}

func (s *Space) serveReport(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, sandbox.MaxRequest))
	id, number := r.URL.Query().Get(reportID), 1
	method := http.MethodPost
	if id != "" && s.config.ReportByGet {
		method = http.MethodGet
	}
	if r.Method != method {
		w.Header().Set("Allow", method)
		fail(w, http.StatusMethodNotAllowed, "Method not allowed")
		return
	}
	switch {
	case err != nil:
	case id == "":
		id, err = s.newReport(body)
	default:
		if number, err = strconv.Atoi(r.URL.Query().Get(reportPage)); err != nil || number < 1 || len(body) > 0 {
			err = errors.New("a further page takes its own address and no body")
		}
	}
	if err != nil {
		fail(w, http.StatusBadRequest, err.Error())
		return
	}
	s.writePage(w, r, id, number)
}

// newReport takes a snapshot of what readers see now of the dates that are asked
// for. Old ones go.
func (s *Space) newReport(question []byte) (id string, err error) {
	var asked struct {
		From string `json:"receipt_date_from"`
		To   string `json:"receipt_date_to"`
	}
	unreadable := json.Unmarshal(question, &asked)
	from, noFrom := core.ParseDate(asked.From)
	to, noTo := core.ParseDate(asked.To)
	if err := errors.Join(unreadable, noFrom, noTo); err != nil {
		return "", fmt.Errorf("the question is not usable: %w", err)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	now := s.config.Now()
	maps.DeleteFunc(s.snapshots, func(_ string, old snapshot) bool { return now.After(old.expires) })
	report := snapshot{expires: now.Add(reportLife)}
	for _, r := range s.books.receipts.records {
		v, known := r.at(now)
		if known && !v.value.date.Before(from) && !to.Before(v.value.date) {
			report.rows = append(report.rows, v.value.rows()...)
		}
	}
	s.reported++
	id = uuid("report", s.story.Name, s.reported)
	s.snapshots[id] = report
	return id, nil
}

func (s *Space) writePage(w http.ResponseWriter, r *http.Request, id string, number int) {
	s.mu.Lock()
	report, found := s.snapshots[id]
	found = found && !s.config.Now().After(report.expires)
	s.mu.Unlock()
	if !found {
		fail(w, http.StatusNotFound, "No such report, or it is too old")
		return
	}
	from := min((number-1)*s.config.ReportPage, len(report.rows))
	to := min(from+s.config.ReportPage, len(report.rows))
	answer := map[string]any{"results": append([]fields{}, report.rows[from:to]...), "next_page_url": nil} // never null
	if s.config.ReportWrapped {
		answer["results"] = map[string]any{"data": answer["results"]}
	}
	if to < len(report.rows) {
		answer["next_page_url"] = "http://" + r.Host + reportPath + "?" + reportID + "=" + id + "&" + reportPage + "=" + strconv.Itoa(number+1)
	}
	sandbox.Reply(w, http.StatusOK, answer)
}

// spelling is how the report writes a receipt; nil: as it should.
type spelling struct{ amount, date any }

// Spell has the report write the amount and the date of a receipt in another way, as
// an office's own AppFolio may. A nil stands for null.
func (s *Space) Spell(receiptID int, amount, date any) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	r, found := s.books.receipts.last(strconv.Itoa(receiptID))
	if !found {
		return fmt.Errorf("spell receipt %d: %w", receiptID, ErrNoReceipt)
	}
	r.spelling = &spelling{amount, date}
	s.books.receive(r, s.config.Now())
	return nil
}

// rows are what the report has of a receipt: its amount in one row or two, now
// and then one of nothing, and all of it taken back when it was returned.
func (r receipt) rows() (rows []fields) {
	first, last := r.of.Person()
	add := func(amount core.Cents, description string) {
		rows = append(rows, fields{
			"receipt_id": r.id, "receipt_date": r.date.String(), "receipt_amount": amount.Decimal(), "receipt_description": description,
			"payer": last + ", " + first, "property_name": r.of.Property, "unit": r.of.Unit,
			"reference": r.reference, "type": r.method, "cash_gl": operatingGL,
		})
	}
	if r.spelling != nil {
		add(0, r.memo)
		rows[0]["receipt_amount"], rows[0]["receipt_date"] = r.spelling.amount, r.spelling.date
		return rows
	}
	amount := r.amount
	if r.id%splitRow == 0 && amount > splitAbove {
		amount -= utilities
		add(utilities, "Utilities")
	}
	add(amount, r.memo)
	if r.id%zeroRow == 1 {
		add(0, "Prepayment applied")
	}
	if r.returned {
		add(-r.amount, "Returned: "+r.memo)
	}
	return rows
}
