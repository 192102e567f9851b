package bell

import (
	"errors"
	"fmt"

	"rentbell/core"
)

// NameOffers are names that were given here while the office was out of reach and others
// gave others. It reads the disk.
func (b *Bell) NameOffers() ([]core.Offer, error) { return b.sharing.Offers() }

// SettleOffer ends an offer: with take its name is given, else the office's stays. It
// writes to disk.
func (b *Bell) SettleOffer(o core.Offer, take bool) error {
	if err := b.share(func() error { return b.sharing.Settle(o, take) }); err != nil {
		return err
	}
	return b.countOffers()
}

// settleGiven ends the offers of names that somebody has decided on since.
func (b *Bell) settleGiven(given map[core.NameKey]string) error {
	offers, err := b.sharing.Offers()
	for _, o := range offers {
		if _, decided := given[o.Key]; decided {
			err = errors.Join(err, b.sharing.Settle(o, false))
		}
	}
	return errors.Join(err, b.countOffers())
}

// countOffers puts into the status how many there are.
func (b *Bell) countOffers() error {
	offers, err := b.sharing.Offers()
	if err != nil {
		return fmt.Errorf("count names that are offered: %w", err)
	}
	_, _, changed := b.board.Update(func(s *core.Status) bool {
		was := s.Offers
		s.Offers = len(offers)
		return s.Offers != was
	})
	if changed {
		b.board.Nudge()
	}
	return nil
}
