package core

import (
	"context"
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

// ExportOffice decides between the desks of an office which of them exports. Its methods
// may be called from any goroutine.
type ExportOffice interface {
	// Claim gets the right to export in a format, for this desk alone; with takeOver also
	// from a desk that has not ended for a long time. The error is a ClaimedError, or wraps
	// ErrOfficeAway or ErrDeskTooOld.
	Claim(ctx context.Context, f Format, takeOver bool) (ExportClaim, error)
}

// ExportClaim is the right of one desk to export.
type ExportClaim interface {
	// Last says up to which event the office has exported in the format, and with which
	// export, where it was another desk's.
	Last() (upTo uint64, other *ClaimedError)
	// Begin says that the files of an export are about to appear, and gets the receiver's
	// time. A ClaimedError says that another desk has taken the claim over.
	Begin(PastExport) (time.Time, error)
	// Done says that they have appeared. Where the office cannot hear it, this desk says it
	// when it is back.
	Done(PastExport)
	// Forget has what came after an event count as new again, and ends the claim.
	Forget(upTo uint64) error
	// Release gives the right back, after Done or without. It may be called more than once.
	Release()
}
