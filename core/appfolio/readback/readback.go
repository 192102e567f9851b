// Package readback turns doorbells into events that say what happened: it reads
// AppFolio's records and receipts, compares them with what was last known, and
// has what differs kept, spelt as the other connection kind delivers it. It
// promises that each fact is told once, whatever is lost, late, doubled or out of
// order on the way and whenever the process is killed: what it has come to lies
// in the store, and every step ends in one Settlement. It must never log what
// records hold.
package readback

import (
	"context"
	"iter"
	"log/slog"

	"rentbell/core"
	"rentbell/core/appfolio/records"
)

// Records is where AppFolio is read. See records.Client, which keeps AppFolio's
// limits. A Filter without ids reads everything since its time.
type Records interface {
	WorkOrders(context.Context, core.Account, records.Filter) iter.Seq2[records.WorkOrder, error]
	Leases(context.Context, core.Account, records.Filter) iter.Seq2[records.Lease, error]
	Tenants(context.Context, core.Account, records.Filter) iter.Seq2[records.Tenant, error]
	Properties(context.Context, core.Account, records.Filter) iter.Seq2[records.Property, error]
	Units(context.Context, core.Account, records.Filter) iter.Seq2[records.Unit, error]
	Vendors(context.Context, core.Account, records.Filter) iter.Seq2[records.Vendor, error]
	Receipts(ctx context.Context, a core.Account, from, to core.Date) ([]records.Receipt, error)
	Try(context.Context, core.Account) (records, receipts error)
}

// Config is what a Reader needs.
type Config struct {
	Records Records
	Log     *slog.Logger // nil: nowhere
}

// Reader reads back. It remembers nothing itself.
type Reader struct {
	records Records
	log     *slog.Logger
}

// New returns a Reader that has read nothing yet.
func New(cfg Config) *Reader {
	if cfg.Log == nil {
		cfg.Log = slog.New(slog.DiscardHandler)
	}
	return &Reader{records: cfg.Records, log: cfg.Log}
}

// Try is core.DeveloperSpace's.
func (r *Reader) Try(ctx context.Context, a core.Account) (records, receipts error) {
	return r.records.Try(ctx, a)
}
