package export

import (
	"context"
	"time"

	"rentbell/core"
)

// Office decides between the desks of an office which of them exports. Its methods may be
// called from any goroutine.
type Office interface {
	// Claim gets the right to export in a format, for this desk alone; with takeOver also
	// from a desk that has not ended for a long time. The error is a core.ClaimedError, or
	// wraps core.ErrOfficeAway.
	Claim(ctx context.Context, f core.Format, takeOver bool) (OfficeClaim, error)
}

// OfficeClaim is the right of one desk to export.
type OfficeClaim interface {
	// Last says up to which event the office has exported in the format, and with which
	// export, where it was another desk's.
	Last() (upTo uint64, other *core.ClaimedError)
	// Begin says that the files of an export are about to appear, and gets the receiver's
	// time. A core.ClaimedError says that another desk has taken the claim over.
	Begin(core.PastExport) (time.Time, error)
	// Done says that they have appeared. Where the office cannot hear it, this desk says it
	// when it is back.
	Done(core.PastExport)
	// Release gives the right back, after Done or without. It may be called more than once.
	Release()
}

// Away is an office that is out of reach.
type Away struct{}

// Claim always fails with core.ErrOfficeAway.
func (Away) Claim(context.Context, core.Format, bool) (OfficeClaim, error) {
	return nil, core.ErrOfficeAway
}
