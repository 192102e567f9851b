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

// kind is a kind of records. It hides the type of the records.
type kind interface {
	name() string
	topics() []string
	// read takes in what the filter finds. It settles in chunks, unless the options
	// name a batch to collect in.
	read(ctx context.Context, s *session, f records.Filter, o options) error
	// lookUp reads the things that doorbells rang for, and settles those reads.
	lookUp(ctx context.Context, s *session, reads []core.Lookup) error
}

// options of a read.
type options struct {
	first bool
	count func(n int) // is told that n more records were taken in; may be nil
	into  *batch      // collects what is to be told together; nil: settle in chunks
}

// kinds lists all kinds in the order in which they are read. Kinds that give
// names come first, because the others refer to them.
func kinds() []kind {
	return []kind{
		shelf[records.Property]{
			"properties", []string{"properties"}, storedProperty, API.Properties,
			func(p records.Property) (string, time.Time) { return p.ID, p.Updated }, nil,
			func(b *book) map[string]records.Property { return b.properties }, (*batch).takeProperty,
		},
		shelf[records.Unit]{
			"units", []string{"units"}, storedUnit, API.Units,
			func(u records.Unit) (string, time.Time) { return u.ID, u.Updated }, nil,
			func(b *book) map[string]records.Unit { return b.units }, (*batch).takeUnit,
		},
		shelf[records.Vendor]{
			"vendors", []string{"vendors"}, storedVendor, API.Vendors,
			func(v records.Vendor) (string, time.Time) { return v.ID, v.Updated }, nil,
			func(b *book) map[string]records.Vendor { return b.vendors }, (*batch).takeVendor,
		},
		shelf[records.Tenant]{
			"tenants", []string{"tenants"}, storedTenant, API.Tenants,
			func(t records.Tenant) (string, time.Time) { return t.ID, t.Updated },
			func(t records.Tenant) mention { return mention{t.PropertyID, t.UnitID, ""} },
			func(b *book) map[string]records.Tenant { return b.tenants }, (*batch).takeTenant,
		},
		shelf[records.Lease]{
			"leases", []string{"leases"}, storedLease, API.Leases,
			func(l records.Lease) (string, time.Time) { return l.ID, l.Updated }, nil,
			func(b *book) map[string]records.Lease { return b.leases }, (*batch).takeLease,
		},
		shelf[records.WorkOrder]{
			"work_orders", []string{"work_orders", "work_order_updates"}, storedOrder, API.WorkOrders,
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
	stored  string   // the kind of what the store keeps of it
	list    func(API, context.Context, core.Account, records.Filter) iter.Seq2[T, error]
	of      func(T) (id string, updated time.Time)
	mention func(T) mention // nil: records of this kind mention nothing
	known   func(*book) map[string]T
	take    func(b *batch, was *T, is T) // adds the facts and names of a record to b
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
	for record, err := range k.list(s.api, ctx, s.account, f) {
		if err != nil {
			return err
		}
		s.heardBack()
		if found = append(found, record); len(found) == chunk {
			if err := settle(); err != nil {
				return err
			}
		}
	}
	s.heardBack()
	return settle()
}

func (k shelf[T]) lookUp(ctx context.Context, s *session, reads []core.Lookup) error {
	for some := range slices.Chunk(reads, mostAsked) {
		var ids []string
		for _, r := range some {
			ids = append(ids, r.ID)
		}
		var found []T
		seen := map[string]sighting{}
		for record, err := range k.list(s.api, ctx, s.account, records.Filter{IDs: ids}) {
			if err != nil {
				return err
			}
			found = append(found, record)
			id, updated := k.of(record)
			seen[id] = sighting{true, updated}
		}
		s.heardBack()
		b := s.begin(false)
		if err := k.takeIn(ctx, b, found); err != nil {
			return err
		}
		for _, r := range some {
			if r.Gone && !seen[r.ID].found {
				delete(k.known(s.book), r.ID)
				b.remember(k.stored, r.ID, nil)
			}
			b.fulfil(r, seen[r.ID], b.at.now)
		}
		if err := b.settle(); err != nil {
			return err
		}
	}
	return nil
}

// takeIn compares records with what is known of them. AppFolio may answer from a
// cache that is older than what we know; such records are passed over.
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
		if id == "" {
			k.take(b, nil, record) // nothing later can be about it
			continue
		}
		was, before := (*T)(nil), time.Time{}
		if old, is := known[id]; is {
			was = &old
			_, before = k.of(old)
		}
		if isOlder(updated, before, b.at.now) || was != nil && *was == record {
			continue
		}
		known[id] = record
		k.take(b, was, record)
		b.remember(k.stored, id, record)
	}
	return nil
}

// isOlder reports whether a record was changed before another one. A time that is
// missing tells nothing, and nor does one that is more than a wrong zone ahead.
func isOlder(updated, before, now time.Time) bool {
	return !updated.IsZero() && before.Before(now.Add(24*time.Hour)) && updated.Before(before)
}

// mention holds the ids that a record refers to. Each may be empty.
type mention struct{ property, unit, vendor string }

// acquaint reads what is mentioned and not known yet, so that facts can give
// names. It asks for each id only once.
func (s *session) acquaint(ctx context.Context, mentions []mention) error {
	var properties, units, vendors []string
	for _, m := range mentions {
		properties = s.stranger(properties, m.property, s.book.properties[m.property].ID)
		units = s.stranger(units, m.unit, s.book.units[m.unit].ID)
		vendors = s.stranger(vendors, m.vendor, s.book.vendors[m.vendor].ID)
	}
	all := kinds()
	for i, ids := range [][]string{properties, units, vendors} {
		for some := range slices.Chunk(ids, mostAsked) {
			if err := s.read(ctx, all[i], records.Filter{IDs: some}, options{}); err != nil {
				return err
			}
		}
	}
	return nil
}

// stranger adds id to the list unless it is known or was asked for before.
func (s *session) stranger(to []string, id, known string) []string {
	if id == "" || known != "" || s.book.strangers[id] {
		return to
	}
	s.book.strangers[id] = true
	return append(to, id)
}
