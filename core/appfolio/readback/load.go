package readback

import (
	"context"
	"errors"
	"net/http"
	"slices"
	"time"

	"rentbell/core"
	"rentbell/core/appfolio/records"
)

// load reads the portfolio for the first time. Each kind has its own bookmark, so
// that a restart goes on with the kind that was not finished. What load finds
// rings for nothing.
func (s *session) load(ctx context.Context) error {
	loaded, err := s.bookmark(markLoaded)
	if err != nil || !loaded.IsZero() {
		return err
	}
	progress := core.ReadStatus{Progress: core.ReadLoading, Receipts: s.reports.err}
	s.tell(progress)
	count := func(n int) {
		progress.Done += n
		progress.Waiting, progress.At = len(s.queue), s.heard
		s.tell(progress)
	}
	for _, k := range kinds() {
		if err := s.loadKind(ctx, k, count); err != nil {
			return err
		}
	}
	b := s.begin(true)
	b.bookmark(markLoaded, b.at.now)
	b.bookmark(markDeep, b.at.now)
	return s.settleEnds(b)
}

func (s *session) loadKind(ctx context.Context, k kind, count func(int)) error {
	loaded, err := s.bookmark(markKind + k.name())
	if err != nil || !loaded.IsZero() {
		return err
	}
	begun := s.desk.Now()
	if err := s.readSince(ctx, k, time.Time{}, options{first: true, count: count}); err != nil {
		return err
	}
	b := s.begin(true)
	b.bookmark(markKind+k.name(), begun)
	b.bookmark(markSince+k.name(), begun)
	return b.settle()
}

// narrower are the windows, in days, that are tried in turn when AppFolio refuses
// a wider one. Older records are read when another one mentions them.
var narrower = []int{5 * 365, 365, 60}

// readSince reads what has changed since a time, or as far back as AppFolio
// allows. AppFolio refuses too wide a window with the status of its nightly
// maintenance, 533.
func (s *session) readSince(ctx context.Context, k kind, since time.Time, o options) error {
	err := s.read(ctx, k, records.Filter{Since: since}, o)
	for _, days := range narrower {
		from := s.desk.Now().AddDate(0, 0, -days)
		if !errors.Is(err, core.ErrUnavailable) {
			return err
		}
		if from.After(since) {
			err = s.read(ctx, k, records.Filter{Since: from}, o)
		}
	}
	return err
}

// read reads a kind, or nothing when AppFolio withholds that kind from the account.
func (s *session) read(ctx context.Context, k kind, f records.Filter, o options) error {
	err := k.read(ctx, s, f, o)
	if s.withheld(k, err) {
		return nil
	}
	return err
}

// withheld reports whether AppFolio refused only this kind, which gives names and
// nothing else: events then show ids. When AppFolio refuses everything, the kinds
// that matter return the error.
func (s *session) withheld(k kind, err error) bool {
	refused := (*core.Refused)(nil)
	if slices.Contains(often, k.name()) || !errors.As(err, &refused) {
		return false
	}
	is := refused.Status == http.StatusForbidden || refused.Status == http.StatusNotFound
	if is {
		s.log.Warn("AppFolio withholds names", "of", k.name(), "status", refused.Status, "request", refused.RequestID)
	}
	return is
}
