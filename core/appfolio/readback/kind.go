package readback

import (
	"context"
	"iter"
	"slices"
	"time"

	"rentbell/core"
	"rentbell/core/appfolio/records"
)

const (
	mostAsked = 50  // ids in one request
	chunk     = 200 // records in one Settlement
)

// kind is a kind of records, whatever its type.
type kind interface {
	name() string
	topics() []string
	// read takes in what the filter finds. Unless it goes into somebody's batch, it
	// settles as it goes.
	read(ctx context.Context, s *session, f records.Filter, o options) error
	// answer reads the things that rang and settles their reads.
	answer(ctx context.Context, s *session, reads []core.Read) error
}

// options of a read.
type options struct {
	first bool
	count func(n int) // is told of n more records; nil: nobody counts
	into  *batch      // for what is to be told together; nil: it is settled in chunks
}

// kinds lists them in the order in which they are read: what gives names comes
// before what is named.
func kinds() []kind {
	return []kind{
		shelf[records.Property]{
			"properties", []string{"properties"}, recordProperty, Records.Properties,
			func(p records.Property) (string, time.Time) { return p.ID, p.Updated }, nil,
			func(b *book) map[string]records.Property { return b.properties }, (*batch).takeProperty,
		},
		shelf[records.Unit]{
			"units", []string{"units"}, recordUnit, Records.Units,
			func(u records.Unit) (string, time.Time) { return u.ID, u.Updated }, nil,
			func(b *book) map[string]records.Unit { return b.units }, (*batch).takeUnit,
		},
		shelf[records.Vendor]{
			"vendors", []string{"vendors"}, recordVendor, Records.Vendors,
			func(v records.Vendor) (string, time.Time) { return v.ID, v.Updated }, nil,
			func(b *book) map[string]records.Vendor { return b.vendors }, (*batch).takeVendor,
		},
		shelf[records.Tenant]{
			"tenants", []string{"tenants"}, recordTenant, Records.Tenants,
			func(t records.Tenant) (string, time.Time) { return t.ID, t.Updated },
			func(t records.Tenant) mention { return mention{t.PropertyID, t.UnitID, ""} },
			func(b *book) map[string]records.Tenant { return b.tenants }, (*batch).takeTenant,
		},
		shelf[records.Lease]{
			"leases", []string{"leases"}, recordLease, Records.Leases,
			func(l records.Lease) (string, time.Time) { return l.ID, l.Updated }, nil,
			func(b *book) map[string]records.Lease { return b.leases }, (*batch).takeLease,
		},
		shelf[records.WorkOrder]{
			"work_orders", []string{"work_orders", "work_order_updates"}, recordOrder, Records.WorkOrders,
			func(w records.WorkOrder) (string, time.Time) { return w.ID, w.Updated },
			func(w records.WorkOrder) mention { return mention{w.PropertyID, w.UnitID, w.VendorID} },
			func(b *book) map[string]records.WorkOrder { return b.orders }, (*batch).takeOrder,
		},
	}
}

// shelf is the kind of records of type T.
type shelf[T comparable] struct {
	plural  string
	rings   []string // topics
	record  string   // in the store
	list    func(Records, context.Context, core.Account, records.Filter) iter.Seq2[T, error]
	of      func(T) (id string, updated time.Time)
	mention func(T) mention // nil: it mentions nothing
	known   func(*book) map[string]T
	take    func(b *batch, was *T, is T) // tells facts and names
}

func (k shelf[T]) name() string     { return k.plural }
func (k shelf[T]) topics() []string { return k.rings }

func (k shelf[T]) read(ctx context.Context, s *session, f records.Filter, o options) error {
	var found []T
	settle := func() error {
		b := o.into
		if b == nil {
			b = s.begin(o.first)
		}
		if err := k.takeIn(ctx, b, found); err != nil {
			return err
		}
		if o.count != nil {
			o.count(len(found))
		}
		found = nil
		switch {
		case s.desk.Account() != s.account:
			return errOtherAccount
		case o.into != nil:
			return nil
		}
		return b.settle()
	}
	for record, err := range k.list(s.records, ctx, s.account, f) {
		if err != nil {
			return err
		}
		s.answered()
		if found = append(found, record); len(found) == chunk {
			if err := settle(); err != nil {
				return err
			}
		}
	}
	s.answered()
	return settle()
}

func (k shelf[T]) answer(ctx context.Context, s *session, reads []core.Read) error {
	for some := range slices.Chunk(reads, mostAsked) {
		var ids []string
		for _, r := range some {
			ids = append(ids, r.ID)
		}
		var found []T
		seen := map[string]sighting{}
		for record, err := range k.list(s.records, ctx, s.account, records.Filter{IDs: ids}) {
			if err != nil {
				return err
			}
			found = append(found, record)
			id, updated := k.of(record)
			seen[id] = sighting{true, updated}
		}
		s.answered()
		b := s.begin(false)
		if err := k.takeIn(ctx, b, found); err != nil {
			return err
		}
		for _, r := range some {
			if r.Gone && !seen[r.ID].found {
				delete(k.known(s.book), r.ID)
				b.remember(k.record, r.ID, nil)
			}
			b.fulfil(r, seen[r.ID], b.at.now)
		}
		if err := b.settle(); err != nil {
			return err
		}
	}
	return nil
}

// takeIn compares records with what is known of them. A page that AppFolio has
// kept for a while may show less than we know: then it says nothing.
func (k shelf[T]) takeIn(ctx context.Context, b *batch, found []T) error {
	s := b.session
	if k.mention != nil {
		var mentions []mention
		for _, record := range found {
			mentions = append(mentions, k.mention(record))
		}
		if err := s.acquaint(ctx, mentions); err != nil {
			return err
		}
	}
	known := k.known(s.book)
	for _, record := range found {
		id, updated := k.of(record)
		was, before := (*T)(nil), time.Time{}
		if old, is := known[id]; is {
			was = &old
			_, before = k.of(old)
		}
		if updated.Before(before) || was != nil && *was == record {
			continue
		}
		known[id] = record
		k.take(b, was, record)
		b.remember(k.record, id, record)
	}
	return nil
}
