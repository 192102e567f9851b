package bell

import (
	"context"
	"fmt"
	"slices"
	"time"

	"rentbell/core"
)

// runOffice follows an office for as long as that is the kind of connection in force.
func (b *Bell) runOffice(ctx context.Context) {
	for ctx.Err() == nil {
		if b.follows() {
			b.followOffice(ctx)
		}
		select {
		case <-ctx.Done():
		case <-b.office:
		}
	}
}

func (b *Bell) follows() bool {
	return b.cfg.Follower != nil && b.Account().Kind == core.KindOffice
}

func (b *Bell) followOffice(ctx context.Context) {
	following, stop := context.WithCancel(ctx)
	defer stop()
	together(func() {
		defer stop()
		if err := b.cfg.Follower.Run(following, officeDesk{b.Shared(), b}); err != nil && following.Err() == nil {
			b.cfg.Log.Warn("the office is followed no more", "err", err)
		}
	}, func() {
		defer stop()
		for following.Err() == nil && b.follows() {
			select {
			case <-following.Done():
			case <-b.office:
			}
		}
	})
	if !b.follows() {
		b.board.Set(func(s *core.Status) { s.Office = core.OfficeStatus{} })
	}
}

// Joined says that this computer has joined an office, or joined it again.
func (b *Bell) Joined() { b.office.Nudge() }

// officeDesk is the Bell as whoever follows an office sees it.
type officeDesk struct {
	core.SharedDesk
	bell *Bell
}

func (d officeDesk) Summary() (core.Summary, error) { return d.bell.cfg.Store.Summary() }

func (d officeDesk) Copy(events []core.Event) error {
	if err := d.bell.cfg.Store.Copy(events); err != nil {
		return err
	}
	d.bell.board.Nudge()
	if slices.ContainsFunc(events, func(e core.Event) bool { return !e.Attention.IsZero() }) {
		d.bell.shared.Nudge() // somebody may have handled it already
	}
	if len(events) > 0 && events[0].Seq <= d.bell.Status().Office.Facts.Gone {
		d.bell.house.wake.Nudge() // they were on their way when the receiver deleted them
	}
	return nil
}

func (d officeDesk) Replace(ctx context.Context, backup string, carry bool) (aside string, err error) {
	c, err := d.bell.Examine(ctx, backup, nil)
	if err != nil {
		return "", err
	}
	defer c.Discard() // where it was not adopted
	defer d.bell.house.wake.Nudge()
	if err := d.bell.sharing.SetAside(d.bell.officeName(), carry); err != nil {
		return "", fmt.Errorf("keep what the office has not got: %w", err)
	}
	return d.bell.Restore(c)
}

func (d officeDesk) Tell(o core.OfficeStatus) {
	had := d.bell.Status().Office.Facts
	d.bell.board.Set(func(s *core.Status) { s.Office = o })
	if o.Facts.Gone != had.Gone || !o.Facts.Before.Equal(had.Before) {
		d.bell.house.wake.Nudge()
	}
}

func (d officeDesk) Wake() <-chan struct{} { return d.bell.askNow }

const (
	// quietOffice is how long a receiver may say nothing: a desk asks every few seconds.
	quietOffice = time.Minute
	// farBehind is more than arrives while a health check is read.
	farBehind = 100
)

// checkOffice looks at the way from the receiver to this desk.
func (b *Bell) checkOffice(s core.Status) []core.Check {
	office, lag, clock := core.Check{Name: core.CheckOffice, State: core.CheckGood, When: s.Office.Heard},
		core.Check{Name: core.CheckOfficeLag, State: core.CheckUnknown}, core.Check{Name: core.CheckClock, State: core.CheckUnknown}
	switch o := s.Office; {
	case o.Problem != nil:
		office.State, office.Err = core.CheckBad, o.Problem
	case !b.running.Load(): // the office is there
		office.State, office.Err, office.When = core.CheckWarn, core.ErrNotRunning, time.Time{}
	case o.ReadOnly:
		office.State, office.Err, office.When = core.CheckWarn, core.ErrDeskTooOld, time.Time{} // it is heard
	case !o.Following, b.cfg.Now().Sub(o.Heard) > quietOffice:
		office.State = core.CheckUnknown // it connects, or fetches everything
	}
	if !s.Office.Heard.IsZero() {
		lag.State, clock.State, clock.Skew = core.CheckGood, core.CheckGood, s.Office.Skew
		if s.Office.Behind > farBehind {
			lag.State = core.CheckWarn
		}
		if s.Office.Skew.Abs() > clockTolerance {
			clock.State, clock.Err = core.CheckWarn, core.ErrClockWrong
		}
	}
	return []core.Check{office, lag, clock}
}
