package launch

import (
	"context"

	"rentbell/core/office"
	"rentbell/core/office/desk"
)

// Manage has the receiver of the office do what a person at this desk asks for. The error is
// office.ErrNotJoined, one of the vault, or one of desk.Manage.
func (a *App) Manage(ctx context.Context, ask office.Ask) (office.Answer, error) {
	seat, err := desk.ReadSeat(a.dir)
	if err != nil {
		return office.Answer{}, err
	}
	key, err := a.deskKey(ctx)
	if err != nil {
		return office.Answer{}, err
	}
	return desk.Manage(ctx, seat, key, ask)
}
