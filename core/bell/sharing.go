package bell

import (
	"context"

	"rentbell/core"
	"rentbell/core/export"
	"rentbell/core/sharing"
)

// What this Bell has in common with the others of its office. See package sharing.

// officeClaims is what is known of the office that this computer is in.
type officeClaims struct {
	me     string // what this computer is called there
	claims core.ExportOffice
}

func (b *Bell) makeSharing() error {
	b.exports = export.NewHistory(b.cfg.Store, b.asOf, b.cfg.Now)
	b.exports.InOffice(func() core.ExportOffice {
		switch o := b.claims.Load(); {
		case o != nil:
			return o.claims
		case b.Account().Kind == core.KindOffice:
			return export.Away{}
		}
		return nil
	}, b.shared.Nudge)
	b.sharing = &sharing.Book{Store: b.cfg.Store, Names: b.names, Rents: b.lookout, Exports: b.exports, Concerns: concerns{b}, Signal: b.shared}
	return b.countOffers()
}

// Shared is the Bell as whoever carries between it and the others of the office sees it.
func (b *Bell) Shared() core.SharedDesk { return sharedDesk{b} }

// share makes a change of what the office shares, and has it carried there.
// core.ErrDeskTooOld: this desk may only read, and nothing is changed.
func (b *Bell) share(change func() error) error {
	if b.Status().Office.ReadOnly {
		return core.ErrDeskTooOld
	}
	defer b.shared.Nudge()
	return change()
}

// concerns takes over what was handled elsewhere.
type concerns struct{ bell *Bell }

// HandleEvents takes the concerns of events off the list.
func (c concerns) HandleEvents(events []uint64) error {
	defer c.bell.board.Nudge()
	return c.bell.cfg.Store.HandleEvents(events)
}

type sharedDesk struct{ *Bell }

// Claims sets who decides about exports. See core.SharedDesk.
func (d sharedDesk) Claims(me string, o core.ExportOffice) { d.claims.Store(&officeClaims{me, o}) }

// PastExports settles what a process left that ended as its files had appeared: the others are
// not to export the same.
func (d sharedDesk) PastExports() ([]core.PastExport, error) { return d.exports.Settled() }

func (d sharedDesk) Account(a core.StatementAccount) error {
	if !a.Valid() {
		return nil
	}
	if have, err := d.cfg.Store.StatementAccount(); err != nil || have == a {
		return err
	}
	return d.cfg.Store.SaveStatementAccount(a)
}

func (d sharedDesk) Compare(ctx context.Context, office map[string]string, fill bool) (map[string]string, error) {
	write, err := d.sharing.Compare(ctx, d.officeName(), office, fill)
	if err == nil {
		err = d.countOffers()
	}
	return write, err
}

// officeName is what this computer is called in its office; empty: that is not known yet.
func (b *Bell) officeName() string {
	if o := b.claims.Load(); o != nil {
		return o.me
	}
	return ""
}

func (d sharedDesk) Agreed(written map[string]string) error { return d.sharing.Agreed(written) }
func (d sharedDesk) Changed() <-chan struct{}               { return d.shared }
