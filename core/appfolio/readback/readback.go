// Package readback turns doorbells, and reports that an office gets as files, into events
// that say what happened. It reads AppFolio's records and receipts, compares them with
// what was last known, and keeps each difference as the event that the other connection
// kind would deliver. It tells each fact once, even when doorbells are lost, late, doubled
// or out of order and when the process is killed at any point: all its state is
// in the store, and every step ends in one core.Settlement, which is kept whole
// or not at all. It never logs what records hold.
package readback

import (
	"context"
	"iter"
	"log/slog"

	"rentbell/core"
	"rentbell/core/appfolio/records"
)

// API is AppFolio as reading back asks it; records.Client is one. It keeps
// AppFolio's limits, so a call may wait for minutes. A Filter without ids reads
// everything since its time.
type API interface {
	WorkOrders(context.Context, core.Account, records.Filter) iter.Seq2[records.WorkOrder, error]
	Leases(context.Context, core.Account, records.Filter) iter.Seq2[records.Lease, error]
	Tenants(context.Context, core.Account, records.Filter) iter.Seq2[records.Tenant, error]
	Properties(context.Context, core.Account, records.Filter) iter.Seq2[records.Property, error]
	Units(context.Context, core.Account, records.Filter) iter.Seq2[records.Unit, error]
	Vendors(context.Context, core.Account, records.Filter) iter.Seq2[records.Vendor, error]
	Receipts(ctx context.Context, a core.Account, from, to core.Date) ([]records.Receipt, error)
	Try(context.Context, core.Account) (records, receipts error)
}

// Config is what a Reader is made of. API is required.
type Config struct {
	API API
	Log *slog.Logger // nil: nothing is logged
}

// Reader reads back. It keeps no state between runs; that is in the store. Its
// methods may be called from any goroutine, but only one Run at a time.
type Reader struct {
	api API
	log *slog.Logger
}

// New returns a Reader that asks AppFolio nothing before Run or Try is called.
func New(cfg Config) *Reader {
	if cfg.Log == nil {
		cfg.Log = slog.New(slog.DiscardHandler)
	}
	return &Reader{api: cfg.API, log: cfg.Log}
}

// Try asks AppFolio whether it accepts the credentials of a; receipts is about
// the Reports API. It implements core.DeveloperSpace.
func (r *Reader) Try(ctx context.Context, a core.Account) (records, receipts error) {
	return r.api.Try(ctx, a)
}
