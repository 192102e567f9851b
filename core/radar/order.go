package radar

import (
	"slices"
	"strings"
	"time"

	"rentbell/core"
)

// order is what is known of a work order: its steps by when.
type order struct{ steps []orderStep }

// orderStep is one event of a work order.
type orderStep struct {
	when
	status   uint32 // of Book.texts; 0: not told
	vendor   uint32 // of Book.texts; 0: none
	priority uint32 // of Book.texts; 0: not told
	closed   bool   // by the status
	noVendor bool   // whether there is a vendor was not told
}

// addOrder adds a step. A vendor goes by what AppFolio sent, so that one who is given
// another name here is the same one.
func (b *Book) addOrder(e core.Event, d core.WorkOrder) bool {
	if d.ID == "" {
		return false
	}
	vendor := d.Vendor
	if d.VendorID != "" {
		vendor = d.VendorID
	}
	s := orderStep{
		when: whenOf(e), status: b.texts.number(d.Status), vendor: b.texts.number(vendor), priority: b.texts.number(d.Priority),
		closed:   d.Status != "" && !core.WorkOrderState{WorkOrder: d}.Open(),
		noVendor: d.Vendor == "" && e.Attention.Field == "assigned_vendor",
	}
	o := b.orders[d.ID]
	if o == nil {
		o = &order{}
		b.orders[strings.Clone(d.ID)] = o
	}
	i, known := slices.BinarySearchFunc(o.steps, s.when, func(s orderStep, w when) int { return s.compare(w) })
	if known {
		return false
	}
	o.steps = slices.Insert(o.steps, i, s)
	return true
}

// progress is a work order as it stands at one time.
type progress struct {
	orderStep           // what was told last of each
	changed   orderStep // when status or vendor changed last
	waits     bool      // open, and without a vendor
	waiting   orderStep // since when it waits
}

// progress folds the steps until now; known is false where there are none.
func (o *order) progress(now moment) (p progress, known bool) {
	if o == nil {
		return p, false
	}
	for _, s := range o.steps {
		if s.at > now {
			break
		}
		s = s.after(p.orderStep)
		if !known || s.status != p.status || s.vendor != p.vendor {
			p.changed = s
		}
		waits := !s.closed && s.vendor == 0
		if waits && !p.waits {
			p.waiting = s
		}
		p.orderStep, p.waits, known = s, waits, true
	}
	return p, known
}

// after fills in what s does not tell from the step before it.
func (s orderStep) after(before orderStep) orderStep {
	if s.status == 0 {
		s.status, s.closed = before.status, before.closed
	}
	if s.noVendor {
		s.vendor, s.noVendor = before.vendor, false
	}
	if s.priority == 0 {
		s.priority = before.priority
	}
	return s
}

// clock is how long the work order has waited at now.
func (p progress) clock(b *Book, now moment) core.WorkOrderClock {
	c := core.WorkOrderClock{
		Changed: p.changed.at.time(),
		Urgent:  core.WorkOrder{Priority: b.texts.values[p.priority]}.Urgent(),
	}
	if p.closed {
		return c
	}
	if p.waits {
		c.NoVendor = p.waiting.at.time()
	}
	for _, days := range c.Ladder() {
		if now.since(p.changed.at) >= time.Duration(days)*day {
			c.Untouched = days
		}
	}
	return c
}

// findings are those of the work order at now, and when they may be others though
// nothing happens.
func (o *order) findings(id string, b *Book, now moment) (list []core.Finding, next moment) {
	next = never
	sooner := func(t time.Time) {
		if m := momentOf(t); m > now {
			next = min(next, m)
		}
	}
	p, known := o.progress(now)
	if o != nil {
		for _, s := range o.steps {
			sooner(s.at.time())
		}
	}
	if !known || p.closed {
		return nil, next
	}
	c := p.clock(b, now)
	if !c.NoVendor.IsZero() {
		waited := now.since(p.waiting.at)
		if waited >= c.Patience() {
			list = append(list, core.Finding{Kind: core.FindNoVendor, WorkOrder: id,
				Hours: int(waited / time.Hour), Since: c.NoVendor, Seqs: []uint64{p.waiting.seq}})
		}
		sooner(c.NoVendor.Add(max(c.Patience(), waited.Truncate(time.Hour)+time.Hour)))
	}
	ladder := c.Ladder()
	if c.Untouched > 0 {
		list = append(list, core.Finding{Kind: core.FindUntouched, WorkOrder: id,
			Days: c.Untouched, Level: 1 + slices.Index(ladder[:], c.Untouched), Since: c.Changed, Seqs: []uint64{p.changed.seq}})
	}
	for _, days := range ladder {
		sooner(c.Changed.Add(time.Duration(days) * day))
	}
	return list, next
}

// Clock is how long a work order has waited at now; false where nothing of it is known.
func (b *Book) Clock(workOrder string, now time.Time) (core.WorkOrderClock, bool) {
	at := momentOf(now)
	p, known := b.orders[workOrder].progress(at)
	if !known {
		return core.WorkOrderClock{}, false
	}
	return p.clock(b, at), true
}
