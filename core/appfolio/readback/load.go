package readback

import (
	"context"
	"time"

	"rentbell/core"
)

// load reads the portfolio for the first time: kind by kind, each with a bookmark
// of its own, so that after a restart it goes on with the kind it was at. What it
// finds is no news.
func (s *session) load(ctx context.Context) error {
	loaded, err := s.bookmark(markLoaded)
	if err != nil || !loaded.IsZero() {
		return err
	}
	progress := core.Reading{Progress: core.ReadLoading, Receipts: s.reports.err}
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
