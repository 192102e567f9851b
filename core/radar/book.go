package radar

import (
	"strings"
	"time"

	"rentbell/core"
)

// Book holds what the rules look at: payments, the dates of leases, the steps of work
// orders. Events may be added in any order and more than once. Those that have yet to
// happen are kept, and count when they have.
//
// A Book is for one goroutine at a time, reading included.
type Book struct {
	loc    *time.Location // whose days and months count
	leases map[string]*lease
	orders map[string]*order
	texts  *interned[string]
	places *interned[core.Place]
	first  month // payments of earlier months are forgotten; 0: none is

	counts []month // lent to the account that is being made
	sums   []sums
}

// New returns an empty Book. Days and months are those of loc.
func New(loc *time.Location) *Book {
	return &Book{
		loc:    loc,
		leases: map[string]*lease{},
		orders: map[string]*order{},
		texts:  newInterned(strings.Clone),
		places: newInterned(func(p core.Place) core.Place {
			return core.Place{Tenant: strings.Clone(p.Tenant), Property: strings.Clone(p.Property), Unit: strings.Clone(p.Unit)}
		}),
	}
}

// Add takes an event in. It returns whose findings may be others now, a lease or a work
// order; the zero Subject where the event tells the rules nothing new.
func (b *Book) Add(e core.Event) core.Subject {
	added := false
	switch d := e.Detail.(type) {
	case core.Payment:
		added = b.AddPayment(core.Skimmed{Seq: e.Seq, At: e.OccurredAt, Payment: d})
	case core.LeaseSigned:
		added = b.addStep(d.Lease, signing(e, d), d.Place)
	case core.LeaseExpired:
		added = b.addStep(d.Lease, leaseStep{when: whenOf(e), expired: true, ends: d.Vacate}, d.Place)
	case core.WorkOrder:
		added = b.addOrder(e, d)
	}
	if !added {
		return core.Subject{}
	}
	return e.Detail.Subject()
}

// AddPayment is Add for those who read many payments. It keeps no part of p, whose
// texts may be parts of something large. It reports whether p tells anything new.
func (b *Book) AddPayment(p core.Skimmed) bool {
	if p.Lease == "" || !p.AmountKnown {
		return false
	}
	day := core.DateOf(p.At.In(b.loc))
	if monthOf(day.InMonth()) < b.first {
		return false
	}
	return b.lease(p.Lease).add(payment{
		when: when{momentOf(p.At), p.Seq}, amount: p.Amount, day: dayOf(day),
		method: b.texts.number(p.Method), place: b.places.number(p.Place),
	})
}

func (b *Book) addStep(id string, s leaseStep, p core.Place) bool {
	if id == "" {
		return false
	}
	s.place = b.places.number(p)
	return b.lease(id).addStep(s)
}

// lease is the one with that id, made where there is none.
func (b *Book) lease(id string) *lease {
	l := b.leases[id]
	if l == nil {
		l = &lease{}
		b.leases[strings.Clone(id)] = l
	}
	return l
}

// when orders events: by time, then as they were stored.
type when struct {
	at  moment
	seq uint64
}

func whenOf(e core.Event) when { return when{momentOf(e.OccurredAt), e.Seq} }

func (w when) compare(o when) int {
	switch {
	case w.at < o.at || w.at == o.at && w.seq < o.seq:
		return -1
	case w == o:
		return 0
	}
	return 1
}

// interned keeps one copy of each of many equal values, by a small number. Number 0 is
// the zero value.
type interned[T comparable] struct {
	numbers map[T]uint32
	values  []T
	clone   func(T) T
}

func newInterned[T comparable](clone func(T) T) *interned[T] {
	var zero T
	return &interned[T]{map[T]uint32{zero: 0}, []T{zero}, clone}
}

func (in *interned[T]) number(v T) uint32 {
	n, known := in.numbers[v]
	if !known {
		n, v = uint32(len(in.values)), in.clone(v)
		in.numbers[v] = n
		in.values = append(in.values, v)
	}
	return n
}
