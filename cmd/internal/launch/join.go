package launch

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"rentbell/core"
	"rentbell/core/office"
	"rentbell/core/office/beacon"
	"rentbell/core/office/desk"
)

// Join is JoinOffice for what a person has typed. From then on the kind of connection is
// that of a desk.
func (a *App) Join(ctx context.Context, j core.Joining) error {
	code, err := office.ParseCode(j.Code)
	if err != nil {
		return err
	}
	// The seat of an office that was left says nothing about the events that are here now.
	if a.Bell.Account().Kind != core.KindOffice {
		if err := a.standUp(); err != nil {
			return err
		}
	}
	if err := a.JoinOffice(ctx, Joining{Address: WithPort(j.Address), Code: code, Name: j.Name, Aside: j.Aside}); err != nil {
		return err
	}
	return a.Bell.Change(ctx, func(s *core.Settings) { s.Kind = core.KindOffice })
}

// leaveLimit is how long the receiver may take to hear that a desk leaves.
const leaveLimit = 2 * time.Second

// Leave ends following. What is here stays. The office takes this desk off its list, where
// it is in reach.
func (a *App) Leave(ctx context.Context) error {
	seat, joined := desk.ReadSeat(a.dir)
	if err := a.Bell.Change(ctx, func(s *core.Settings) { s.Kind = "" }); err != nil {
		return err
	}
	if joined == nil {
		if err := a.sayGoodbye(ctx, seat); err != nil {
			a.control.Log.Info("the office still lists this desk", "err", err)
		}
	}
	return a.standUp()
}

func (a *App) sayGoodbye(ctx context.Context, seat desk.Seat) error {
	ctx, cancel := context.WithTimeout(ctx, leaveLimit)
	defer cancel()
	key, err := a.deskKey(ctx)
	if err != nil {
		return err
	}
	return desk.Leave(ctx, seat, key)
}

// Look returns the offices that answer on the local network. See beacon.Find.
func (a *App) Look(ctx context.Context) ([]core.OfficeFound, error) { return beacon.Find(ctx) }

// standUp forgets which office was joined.
func (a *App) standUp() error {
	if err := os.Remove(filepath.Join(a.dir, desk.SeatFile)); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("forget the office: %w", err)
	}
	return nil
}

// WithPort adds an office's usual port to an address that has none.
func WithPort(address string) string {
	if _, _, err := net.SplitHostPort(address); err != nil {
		return net.JoinHostPort(strings.Trim(address, "[]"), strconv.Itoa(office.Port))
	}
	return address
}
