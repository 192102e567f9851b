package bell

import (
	"context"
	"io"

	"rentbell/core"
	"rentbell/core/calendar"
	"rentbell/core/lookout"
	"rentbell/core/monthsheet"
)

// WriteCalendar writes the ends of leases as a calendar, and remembers that they were
// told. It reads and writes the disk: not for the UI goroutine.
func (b *Bell) WriteCalendar(ctx context.Context, w io.Writer) error {
	b.calendar.Lock()
	defer b.calendar.Unlock()
	now := b.cfg.Now()
	ends, err := lookout.LeaseEnds(ctx, b.Reader, now)
	if err != nil {
		return err
	}
	return calendar.Write(w, b.cfg.Store, ends, core.DateOf(now))
}

// WriteMonth writes the month sheet. It reads all payments up to the month: not for the UI
// goroutine.
func (b *Bell) WriteMonth(ctx context.Context, w io.Writer, m core.Month) error {
	now := b.cfg.Now()
	leases, err := lookout.MonthReceipts(ctx, b.Reader, b.lookout.Decided(), m, now)
	if err != nil {
		return err
	}
	return monthsheet.Write(w, monthsheet.Sheet{Month: m, Company: b.Settings().Company, Leases: leases, Now: now})
}
