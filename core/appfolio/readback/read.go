package readback

import (
	"context"
	"slices"
	"time"

	"rentbell/core"
)

const (
	lookEvery = 15 * time.Minute
	// overlap is how much of what was looked at before is looked at again: changes
	// may show in another order than they were made.
	overlap = 10 * time.Minute
	// deepEvery is how often a look reaches back deepOverlap: as far as AppFolio's
	// records can lag, as doorbells do that got lost.
	deepEvery   = 24 * time.Hour
	deepOverlap = 4 * 24 * time.Hour
)

// The names of bookmarks.
const (
	markLoaded       = "portfolio"
	markKind         = "loaded "  // and a kind's name
	markSince        = "changes " // and a kind's name: when it was last looked at
	markDeep         = "all changes"
	markReceipts     = "receipts"
	markReceiptMonth = "month of receipts"
)

// often are the kinds that are looked at every lookEvery; names change rarely.
var often = []string{"tenants", "leases", "work_orders"}

// readRecords does what is due with the Database API.
func (s *session) readRecords(ctx context.Context) error {
	if s.account.Secrets.ClientSecret.IsZero() {
		return core.ErrNotSetUp
	}
	if s.book == nil {
		b, err := openBook(ctx, s.desk)
		if err != nil {
			return err
		}
		s.book = b
	}
	if err := s.load(ctx); err != nil {
		return err
	}
	if err := s.catchUp(ctx); err != nil {
		return err
	}
	if err := s.answer(ctx); err != nil {
		return err
	}
	return s.tellEnds()
}

// catchUp looks for what has changed without a doorbell, or with one that got
// lost. It settles once, so that what has piled up rings together.
func (s *session) catchUp(ctx context.Context) error {
	deep, err := s.bookmark(markDeep)
	if err != nil {
		return err
	}
	b := s.begin(false)
	isDeep := isDue(deep, b.at.now, deepEvery)
	for _, k := range kinds() {
		if !isDeep && !slices.Contains(often, k.name()) {
			continue
		}
		looked, err := s.catchUpWith(ctx, k, isDeep, b)
		if err != nil {
			return err
		}
		if looked {
			b.bookmark(markSince+k.name(), b.at.now)
		}
	}
	if isDeep {
		b.bookmark(markDeep, b.at.now)
	}
	if err := b.settle(); err != nil {
		return err
	}
	s.caughtUp = true
	return nil
}

// catchUpWith reads what has changed of a kind, if it is time to.
func (s *session) catchUpWith(ctx context.Context, k kind, deep bool, b *batch) (looked bool, err error) {
	last, err := s.bookmark(markSince + k.name())
	if err != nil {
		return false, err
	}
	now := s.desk.Now()
	if !deep && s.caughtUp && !isDue(last, now, lookEvery) {
		return false, nil
	}
	since := earliest(last, now).Add(-overlap)
	if deep {
		since = since.Add(-deepOverlap)
	}
	return true, s.readSince(ctx, k, since, options{into: b})
}

// answer reads what rang. What nobody here reads is done with: it shows as the
// doorbell it is.
func (s *session) answer(ctx context.Context) error {
	now := s.desk.Now()
	for _, k := range kinds() {
		reads := s.queue.of(k.topics(), now)
		err := k.answer(ctx, s, reads)
		if s.withheld(k, err) {
			b := s.begin(false)
			b.Done = reads
			err = b.settle()
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// dismiss takes doorbells off the queue that nothing can be looked up for: of
// other topics, and without an id, which say no more than that something changed.
func (s *session) dismiss() error {
	ours := []string{topicCharges}
	for _, k := range kinds() {
		ours = append(ours, k.topics()...)
	}
	b := s.begin(false)
	for _, r := range s.queue {
		if !slices.Contains(ours, r.Topic) || r.ID == "" {
			b.Done = append(b.Done, r)
		}
		if slices.Contains(ours, r.Topic) && r.ID == "" {
			s.lookAgain()
		}
	}
	if len(b.Done) == 0 {
		return nil
	}
	return b.settle()
}

// tellEnds tells which leases have run out, once everything of the day before is
// known: a renewal that was not read yet would make a lie of it.
func (s *session) tellEnds() error {
	last, err := s.bookmark(markSince + "leases")
	if err != nil {
		return err
	}
	b := s.begin(false)
	if last.Before(b.at.today.In(b.at.now.Location())) {
		return nil
	}
	return s.settleEnds(b)
}

// settleEnds settles b with the ends that are to be told, if there is anything.
func (s *session) settleEnds(b *batch) error {
	facts, told := s.book.endFacts(b.at)
	b.tell(facts)
	for id, end := range told {
		b.remember(recordEnded, id, end)
		s.book.ended[id] = end
	}
	if len(b.Records)+len(b.Bookmarks) == 0 {
		return nil
	}
	return b.settle()
}

// nextRecords is when the Database API is to be asked again.
func (s *session) nextRecords() time.Time {
	if !s.database.until.IsZero() {
		return s.database.until
	}
	last, err := s.bookmark(markSince + often[0])
	if err != nil {
		return s.desk.Now().Add(firstPause)
	}
	return earliest(last.Add(lookEvery), s.queue.next(false))
}
