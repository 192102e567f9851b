package bell

import (
	"context"
	"errors"
	"fmt"
	"time"

	"rentbell/core"
)

// runReadBack lets Developer Space read, where there is one.
func (b *Bell) runReadBack(ctx context.Context) {
	if b.cfg.Space != nil {
		b.cfg.Space.Run(ctx, b.Desk())
	}
}

// Desk is the Bell as whoever reads back sees it.
func (b *Bell) Desk() core.Desk { return desk{b.cfg.Store, b} }

// TryAccount asks AppFolio whether it accepts credentials, before they are
// saved. See DeveloperSpace.Try. It waits for the network: not for the UI goroutine.
func (b *Bell) TryAccount(ctx context.Context, a core.Account) (records, receipts error) {
	if b.cfg.Space == nil {
		return core.ErrNotSetUp, nil
	}
	records, receipts = b.cfg.Space.Try(ctx, a)
	return records, ofReports(receipts)
}

// ofReports says of refused credentials that they are those of the Reports API.
func ofReports(err error) error {
	if errors.Is(err, core.ErrCredentials) {
		return fmt.Errorf("%w: %w", core.ErrReportsCredentials, err)
	}
	return err
}

type desk struct {
	core.Backlog
	bell *Bell
}

func (d desk) Account() core.Account { return d.bell.Account() }
func (d desk) Now() time.Time        { return d.bell.cfg.Now() }
func (d desk) Wake() <-chan struct{} { return d.bell.readBack }

func (d desk) Tell(r core.ReadStatus) {
	r.Receipts = ofReports(r.Receipts)
	d.bell.board.Set(func(s *core.Status) { s.Reading = r })
}

// Settle keeps a settlement and has what is new in it announced.
func (d desk) Settle(s core.Settlement) (fresh int, err error) {
	defer d.bell.shared.Nudge()
	save := func() error {
		fresh, err = d.Backlog.Settle(s)
		return err
	}
	if len(s.Rents)+len(s.Imported) > 0 {
		settle := save
		save = func() error { return d.bell.lookout.Learn(s, settle) }
	}
	if len(s.Names) > 0 {
		err = d.bell.names.Learn(s.Names, save)
	} else {
		err = save()
	}
	if err != nil {
		return 0, err
	}
	if fresh > 0 {
		d.bell.board.Nudge()
	}
	return fresh, nil
}
