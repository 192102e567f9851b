package radar

import (
	"encoding/json"
	"io"
	"time"

	"rentbell/core"
)

// line is a finding as `rentbelld radar --json` prints it. Scripts read it, so names and
// order of its members stay.
type line struct {
	Kind      core.FindingKind `json:"kind"`
	Lease     string           `json:"lease_id,omitempty"`
	WorkOrder string           `json:"work_order_id,omitempty"`
	Month     string           `json:"month,omitempty"`
	Amount    *core.Cents      `json:"amount_cents,omitempty"`
	Expected  *core.Cents      `json:"expected_cents,omitempty"`
	Received  *core.Cents      `json:"received_cents,omitempty"`
	Hours     *int             `json:"hours,omitempty"`
	Days      *int             `json:"days,omitempty"`
	Ends      string           `json:"ends,omitempty"`
	Since     string           `json:"since,omitempty"`
	Seqs      []uint64         `json:"seqs"`
}

// WriteJSON writes each finding as a JSON object on a line of its own. After an error w
// holds part of them.
func WriteJSON(w io.Writer, findings []core.Finding) error {
	lines := json.NewEncoder(w)
	lines.SetEscapeHTML(false)
	for _, f := range findings {
		if err := lines.Encode(lineOf(f)); err != nil {
			return err
		}
	}
	return nil
}

func lineOf(f core.Finding) line {
	l := line{Kind: f.Kind, Lease: f.Lease, WorkOrder: f.WorkOrder, Month: f.Month.String(), Seqs: f.Seqs}
	if !f.Since.IsZero() {
		l.Since = f.Since.UTC().Format(time.RFC3339Nano) // as events --json has times
	}
	switch f.Kind {
	case core.FindLate, core.FindPartial:
		l.Expected, l.Received, l.Since = &f.Expected, &f.Received, f.SinceDay.String()
	case core.FindTwice:
		l.Amount, l.Expected, l.Received = &f.Amount, &f.Expected, &f.Received
	case core.FindReturned, core.FindRefund, core.FindNotice:
		l.Amount = &f.Amount
	case core.FindNoVendor:
		l.Hours = &f.Hours
	case core.FindUntouched:
		l.Days = &f.Days
	case core.FindLeaseEnds:
		l.Days, l.Ends = &f.Days, f.Ends.String()
	}
	return l
}
