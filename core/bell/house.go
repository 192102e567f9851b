package bell

import (
	"context"
	"fmt"
	"log/slog"
	"time"

	"rentbell/core"
	"rentbell/core/board"
)

// house keeps the store in order.
type house struct {
	store   core.Keeper
	choices *board.Choices
	board   *board.Board
	log     *slog.Logger
	now     func() time.Time
	wake    board.Signal // the store is to be looked over soon
}

func newHouse(store core.Keeper, choices *board.Choices, b *board.Board, log *slog.Logger, now func() time.Time) *house {
	return &house{store, choices, b, log, now, board.NewSignal()}
}

// tidyEvery is how often the store is looked over. Records expire once a year.
const tidyEvery = 24 * time.Hour

// firstTidy lets the start have the disk to itself.
const firstTidy = 2 * time.Minute

// Run deletes what has expired and gives the disk back what the file no
// longer needs, until ctx ends.
func (h *house) Run(ctx context.Context) {
	next := time.NewTimer(firstTidy)
	defer next.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-next.C:
		case <-h.wake:
		}
		if err := h.tidy(ctx); err != nil && ctx.Err() == nil {
			h.log.Error("records could not be tidied", "err", err)
		}
		next.Reset(tidyEvery)
	}
}

func (h *house) tidy(ctx context.Context) error {
	if prune := h.expiry(); prune != nil {
		gone, err := prune(ctx)
		if gone != (core.Expired{}) {
			h.log.Info("old records deleted", "events", gone.Events, "quarantined", gone.Quarantined)
			h.board.Nudge()
		}
		if err != nil {
			return fmt.Errorf("delete old records: %w", err)
		}
	}
	wasteful, err := h.store.Wasteful()
	if err != nil || !wasteful {
		return err
	}
	done, err := h.store.Compact(ctx)
	if err != nil {
		return fmt.Errorf("compact: %w", err)
	}
	h.log.Info("file compacted", "bytes_before", done.Before, "bytes_after", done.After, "deliveries_waited", done.Held.Round(time.Millisecond))
	h.board.Nudge()
	return nil
}

// expiry is how old records are deleted; nil: they are not. At a desk of an office the
// receiver decides, and not the desk's own setting: all desks have the same records.
func (h *house) expiry() func(context.Context) (core.Expired, error) {
	if s := h.board.Status(); s.Kind == core.KindOffice {
		f := s.Office.Facts
		if f.Gone == 0 && f.Before.IsZero() {
			return nil
		}
		return func(ctx context.Context) (core.Expired, error) { return h.store.PruneTo(ctx, f.Gone, f.Before) }
	}
	years := h.choices.Settings().KeepYears
	if years == 0 {
		return nil
	}
	now := h.now()
	return func(ctx context.Context) (core.Expired, error) {
		return h.store.Prune(ctx, core.KeptFrom(now, years).In(now.Location()))
	}
}
