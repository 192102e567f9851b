package export

import (
	"context"

	"rentbell/core"
)

// Away is an office that is out of reach.
type Away struct{}

// Claim always fails with core.ErrOfficeAway.
func (Away) Claim(context.Context, core.Format, bool) (core.ExportClaim, error) {
	return nil, core.ErrOfficeAway
}
