package launch

import (
	"context"
	"errors"
	"os"
	"path/filepath"
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
	key, err := a.deskKey(ctx)
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
		seat.Epoch, seat.Receiver, seat.Filled = "", "", false // what is here is another office's
	}
	seat.Address, seat.Pin, seat.Name = j.Address, joined.Pin, joined.Name
	if err := desk.WriteSeat(ctx, a.dir, seat); err != nil {
		return err
	}
	a.Bell.Joined()
	return nil
}

// deskKey is this desk's key, made at the first time: in the vault, or in a file where no
// vault keeps anything for longer than a run. A vault that has not told yet is an error,
// because with another key the office would not know this desk.
func (a *App) deskKey(ctx context.Context) (nkeys.KeyPair, error) {
	kept, status := a.Bell.Secrets().DeskKey, a.Bell.Status()
	_, err := os.Stat(filepath.Join(a.dir, office.DeskKeyFile))
	switch {
	case !kept.IsZero():
		return desk.KeyOf(kept)
	case err == nil, status.VaultKind == core.VaultMemory && !status.KeysLocked():
		kept, err = office.FileKey(ctx, a.dir, office.DeskKeyFile, desk.NewKey)
	case status.Vault != nil:
		err = status.Vault
	default:
		if kept, err = desk.NewKey(); err == nil {
			err = a.Bell.ChangeSecrets(ctx, func(s *core.Secrets) { s.DeskKey = kept })
		}
	}
	if err != nil {
		return nil, err
	}
	return desk.KeyOf(kept)
}

// follower follows the office that the desk of an App has joined.
type follower struct{ app *App }

// Run follows it. See core.Follower.
func (f follower) Run(ctx context.Context, d core.FollowDesk) error {
	dir := f.app.dir
	seat, err := desk.ReadSeat(dir)
	if err != nil {
		d.Tell(core.OfficeStatus{Problem: err})
		return err
	}
	key, err := f.app.deskKey(ctx)
	if err != nil {
		d.Tell(core.OfficeStatus{Name: seat.Name, Address: seat.Address, Problem: err})
		return err
	}
	return desk.New(desk.Config{
		Seat: seat, Key: key, Desk: d, Decode: store.Decode, Dir: dir, Log: f.app.control.Log, Now: time.Now,
		Keep: func(s desk.Seat) error { return desk.WriteSeat(ctx, dir, s) },
	}).Run(ctx)
}
