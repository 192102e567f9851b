package readback

import (
	"context"
	"slices"
	"time"

	"rentbell/core"
)

const (
	lookEvery = 15 * time.Minute
	// overlap is how far a look reaches back behind the last one: changes may show
	// in another order than they were made.
	overlap = 10 * time.Minute
	// deepEvery is how often a look reaches back by deepOverlap, which is as long as
	// AppFolio's records can lag. That finds changes whose doorbells were lost.
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

// often lists the kinds that are looked at every lookEvery. The others only give
// names, which change rarely.
var often = []string{"tenants", "leases", "work_orders"}

// readRecords does everything that is due with the Database API.
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
	if err := s.lookUp(ctx); err != nil {
		return err
	}
	return s.tellEnds()
}

// catchUp looks for changes without a doorbell and for those whose doorbell was
// lost. It settles once, so that everything it finds rings together.
func (s *session) catchUp(ctx context.Context) error {
	deep, err := s.bookmark(markDeep)
	if err != nil {
		return err
	}
	b := s.begin(false)
	isDeep := passed(b.at.now, deep, deepEvery)
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

// catchUpWith reads the changes of a kind when they are due.
func (s *session) catchUpWith(ctx context.Context, k kind, deep bool, b *batch) (looked bool, err error) {
	last, err := s.bookmark(markSince + k.name())
	if err != nil {
		return false, err
	}
	now := s.desk.Now()
	if !deep && s.caughtUp && !passed(now, last, lookEvery) {
		return false, nil
	}
	since := earliest(last, now).Add(-overlap)
	if deep {
		since = since.Add(-deepOverlap)
	}
	return true, s.readSince(ctx, k, since, options{into: b})
}

// lookUp reads what doorbells rang for. Reads of a kind that AppFolio withholds are
// done: those doorbells show as they came.
func (s *session) lookUp(ctx context.Context) error {
	now := s.desk.Now()
	for _, k := range kinds() {
		reads := s.queue.of(k.topics(), now)
		err := k.lookUp(ctx, s, reads)
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

// dismiss takes the doorbells off the queue that name nothing to look up: those of
// other topics, and those without an id, after which everything is looked at.
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

// tellEnds tells which leases have ended, once all changes of the day before are
// read: one of them may be a renewal.
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

// settleEnds adds the ends of leases to b and settles it, unless it stays empty.
func (s *session) settleEnds(b *batch) error {
	facts, told := s.book.endFacts(b.at)
	b.tell(facts)
	for id, end := range told {
		b.remember(storedEnded, id, end)
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
