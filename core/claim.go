package core

import (
	"errors"
	"fmt"
	"time"
)

// ErrOfficeAway: the receiver of the office is out of reach, so nobody can say what is new
// since the last export.
var ErrOfficeAway = errors.New("the office is out of reach")

// ClaimedError says that another desk of the office exports what is new, or has done so.
type ClaimedError struct {
	By      string    // the name of the desk
	At      time.Time // when it began, or was done, by the receiver's clock; UTC
	Rows    int       // payments; 0: it is not known yet
	Total   Cents
	Writing bool // it is not done yet
	// Stale: it is not done after a long time, by the receiver's clock. Its claim can be
	// taken over, after a question: it may still end.
	Stale bool
}

// Error names nobody: words for people come from elsewhere.
func (e *ClaimedError) Error() string {
	if e.Writing {
		return "another desk of the office exports these payments"
	}
	return fmt.Sprintf("another desk of the office has exported these %d payments", e.Rows)
}
