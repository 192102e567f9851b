package names

import (
	"context"
	"fmt"

	"rentbell/core"
)

// Named is a Reader whose answers bear the names that are in force when it is
// asked. The names are put into what people read; an event's Body stays as it
// was delivered.
func Named(r core.Reader, names func() *Table) core.Reader { return named{r, names} }

// Dated is a store that knows the names of earlier times.
type Dated interface {
	core.Reader
	NamesAsOf(renames uint64) (map[core.NameKey]core.Name, error)
}

// AsOf is Named with the names as they were after so many changes.
func AsOf(store Dated, renames uint64) (core.Reader, error) {
	names, err := store.NamesAsOf(renames)
	if err != nil {
		return nil, fmt.Errorf("load names: %w", err)
	}
	table := NewTable(names)
	return Named(store, func() *Table { return table }), nil
}

type named struct {
	core.Reader
	names func() *Table
}

func (r named) Page(feed core.Feed, offset, limit int) ([]core.Event, error) {
	events, err := r.Reader.Page(feed, offset, limit)
	return r.events(events), err
}

func (r named) Each(ctx context.Context, q core.Query, fn func(core.Event) error) error {
	names := r.names()
	return r.Reader.Each(ctx, q, func(e core.Event) error {
		e.Detail = names.Detail(e.Detail)
		return fn(e)
	})
}

func (r named) Skim(ctx context.Context, q core.Query, fn func([]core.Skimmed) error) error {
	names := r.names()
	if len(names.of) == 0 {
		return r.Reader.Skim(ctx, q, fn)
	}
	return r.Reader.Skim(ctx, q, func(batch []core.Skimmed) error {
		for i := range batch {
			p := &batch[i].Payment
			p.Tenant = names.known(core.NameLease, p.Lease, p.Tenant)
		}
		return fn(batch)
	})
}

func (r named) Event(seq uint64) (core.Event, error) {
	e, err := r.Reader.Event(seq)
	e.Detail = r.names().Detail(e.Detail)
	return e, err
}

func (r named) History(s core.Subject, limit int) ([]core.Event, error) {
	events, err := r.Reader.History(s, limit)
	return r.events(events), err
}

func (r named) Concerns(limit int) ([]core.Concern, error) {
	concerns, err := r.Reader.Concerns(limit)
	names := r.names()
	for _, c := range concerns {
		if c.Event != nil {
			c.Event.Detail = names.Detail(c.Event.Detail)
		}
	}
	return concerns, err
}

func (r named) WorkOrders() ([]core.WorkOrderState, error) {
	states, err := r.Reader.WorkOrders()
	names := r.names()
	for i := range states {
		states[i].WorkOrder = names.workOrder(states[i].WorkOrder)
	}
	return states, err
}

func (r named) Leases() ([]core.LeaseState, error) {
	states, err := r.Reader.Leases()
	names := r.names()
	for i := range states {
		l := &states[i]
		l.Place = names.leasePlace(l.Place, l.ID, l.UnitID)
	}
	return states, err
}

func (r named) Tenants() ([]core.TenantState, error) {
	states, err := r.Reader.Tenants()
	names := r.names()
	for i := range states {
		states[i].Place = names.tenantPlace(states[i].Tenant)
	}
	return states, err
}

// events completes events that are the caller's own.
func (r named) events(events []core.Event) []core.Event {
	names := r.names()
	for i := range events {
		events[i].Detail = names.Detail(events[i].Detail)
	}
	return events
}
