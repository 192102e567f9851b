package launch

import (
	"context"
	"errors"
	"log/slog"
	"time"

	"github.com/nats-io/nkeys"

	"rentbell/core"
	"rentbell/core/office"
	"rentbell/core/office/desk"
	"rentbell/core/office/pair"
	"rentbell/store"
)

// Joining is what a new desk knows of its office.
type Joining struct {
	Address string // of the receiver, HOST:PORT
	Code    office.Code
	Name    string // what the desk would be called
	Aside   bool   // see core.Joining
}

// JoinOffice makes this computer a desk of an office, which the Bell follows from then on.
// The error is office.ErrOwnEvents, or one of pair.Join.
func (a *App) JoinOffice(ctx context.Context, j Joining) error {
	seat, err := desk.ReadSeat(a.dir)
	switch {
	case errors.Is(err, office.ErrNotJoined) && !j.Aside:
		if have, err := a.store.Summary(); err != nil || have.LastSeq > 0 || have.Quarantined > 0 {
			return errors.Join(office.ErrOwnEvents, err)
		}
	case err != nil && !errors.Is(err, office.ErrNotJoined) && !errors.Is(err, core.ErrDamaged): // to join again mends that
		return err
	}
	key, err := deskKey(ctx, a.dir)
	if err != nil {
		return err
	}
	public, err := key.PublicKey()
	if err != nil {
		return errors.New("read this desk's key: it is none") // the reason could repeat it
	}
	joined, err := pair.Join(ctx, j.Address, j.Code, j.Name, public)
	if err != nil {
		return err
	}
	if seat.Pin != joined.Pin {
		seat.Epoch = "" // the events of another office go
	}
	seat.Address, seat.Pin, seat.Name = j.Address, joined.Pin, joined.Name
	if err := desk.WriteSeat(ctx, a.dir, seat); err != nil {
		return err
	}
	a.Bell.Joined()
	return nil
}

func deskKey(ctx context.Context, dir string) (nkeys.KeyPair, error) {
	seed, err := office.FileKey(ctx, dir, office.DeskKeyFile, desk.NewKey)
	if err != nil {
		return nil, err
	}
	return desk.KeyOf(seed)
}

// follower follows the office that a data directory's desk has joined.
type follower struct {
	dir string
	log *slog.Logger
}

// Run follows it. See core.Follower.
func (f follower) Run(ctx context.Context, d core.FollowDesk) error {
	seat, err := desk.ReadSeat(f.dir)
	if err != nil {
		d.Tell(core.OfficeStatus{Problem: err})
		return err
	}
	key, err := deskKey(ctx, f.dir)
	if err != nil {
		d.Tell(core.OfficeStatus{Name: seat.Name, Address: seat.Address, Problem: err})
		return err
	}
	return desk.New(desk.Config{
		Seat: seat, Key: key, Desk: d, Decode: store.Decode, Dir: f.dir, Log: f.log, Now: time.Now,
		Keep: func(s desk.Seat) error { return desk.WriteSeat(ctx, f.dir, s) },
	}).Run(ctx)
}
