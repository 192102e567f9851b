package space

import (
	"crypto/sha256"
	"fmt"
	"maps"
	"time"

	"rentbell/core"
	"rentbell/core/appfolio/sandbox/story"
)

// The topics of the records that can be read back, which are also the names of
// their lists in the Database API.
const (
	topicWorkOrders = "work_orders"
	topicLeases     = "leases"
	topicTenants    = "tenants"
	topicCharges    = "charges"
	topicProperties = "properties"
	topicUnits      = "units"
	topicVendors    = "vendors"
)

// fields is a record in AppFolio's spelling.
type fields map[string]any

func (f fields) text(name string) string {
	text, _ := f[name].(string)
	return text
}

// books hold what AppFolio knows of the portfolio. Each fact of the story changes
// records, and each change rings.
type books struct {
	story           *story.Story // another story has other doorbells, work orders and charges
	lag, receiptLag time.Duration
	firstReceipt    int // added to the numbers of the story

	shelves  map[string]*shelf[fields] // by topic
	receipts *shelf[receipt]           // by receipt_id
	homes    map[*story.Tenancy]*home
	open     map[string]*charge // not paid yet, or a credit; by occupancy and memo
	charges  int                // so far
	rung     []Doorbell         // not handed out yet
	rings    int                // so far
}

// home is a tenancy as the books have it.
type home struct {
	*story.Tenancy
	tenant, lease, occupancy, unit, property string // their ids
	status                                   string // of the tenant; empty: not in the books yet
	movesIn                                  core.Date
}

// openBooks writes down the houses, which were there before the story.
func openBooks(s *story.Story, of []story.Letting, at time.Time) *books {
	b := &books{
		story: s, receipts: newShelf[receipt](), shelves: map[string]*shelf[fields]{},
		homes: map[*story.Tenancy]*home{}, open: map[string]*charge{},
	}
	for _, topic := range []string{topicWorkOrders, topicLeases, topicTenants, topicCharges, topicProperties, topicUnits, topicVendors} {
		b.shelves[topic] = newShelf[fields]()
	}
	for _, l := range of {
		property := uuid("property", l.Property)
		if _, found := b.shelves[topicProperties].last(property); !found {
			b.change(topicProperties, property, at, fields{
				"Name": l.Property, "Address1": "1 " + l.Property, "Address2": "", "City": "Millbrook", "State": "OH", "Zip": "43999", "HiddenAt": nil,
			})
		}
		b.change(topicUnits, uuid("unit", l.Property, l.Unit), at, fields{
			"PropertyId": property, "Name": l.Unit, "Address1": "1 " + l.Property,
			"MarketRent": l.Rent.Decimal(), "Status": "Vacant", "CurrentOccupancyId": nil,
		})
	}
	for _, vendor := range story.Vendors() {
		b.change(topicVendors, uuid("vendor", vendor), at, fields{"Name": vendor, "CompanyName": vendor, "HiddenAt": nil})
	}
	return b
}

// apply writes down a fact.
func (b *books) apply(f story.Fact) {
	h := b.home(f.Of)
	switch d := f.Data.(type) {
	case story.Tenant:
		b.announce(h, f.At)
	case story.LeaseSigned:
		b.sign(h, d, f.At)
	case story.LeaseExpired:
		b.moveOut(h, f.At)
	case story.Payment:
		b.pay(h, d, f.At)
	case story.WorkOrder:
		b.repair(h, d, f.At)
	}
}

func (b *books) home(t *story.Tenancy) *home {
	h, found := b.homes[t]
	if !found {
		h = &home{
			Tenancy: t, movesIn: t.MoveIn,
			tenant: uuid("tenant", t.Lease), lease: LeaseID(t.Lease), occupancy: uuid("occupancy", t.Lease),
			unit: uuid("unit", t.Property, t.Unit), property: uuid("property", t.Property),
		}
		b.homes[t] = h
	}
	return h
}

// change alters a record, or makes it, and rings.
func (b *books) change(topic, id string, at time.Time, change fields) {
	before, found := b.shelves[topic].last(id)
	after, eventType := maps.Clone(before), "update"
	if !found {
		after, eventType = fields{"Id": id, "CreatedAt": stamp(at)}, "create"
	}
	maps.Copy(after, change)
	after["LastUpdatedAt"] = stamp(at)
	b.put(topic, eventType, id, version[fields]{value: after, changed: at})
}

func (b *books) destroy(topic, id string, at time.Time) {
	before, _ := b.shelves[topic].last(id)
	b.put(topic, "destroy", id, version[fields]{value: before, gone: true, changed: at})
}

func (b *books) put(topic, eventType, id string, v version[fields]) {
	at := v.changed
	v.changed, v.seen = at.Truncate(time.Second), at.Add(b.lag)
	b.shelves[topic].put(id, v)
	b.ring(topic, eventType, id, at)
}

func (b *books) ring(topic, eventType, id string, at time.Time) {
	b.rings++
	b.rung = append(b.rung, Doorbell{
		ID: uuid("event", b.story.Name, b.rings), Topic: topic, EventType: eventType, Resource: id, At: at.UTC().Truncate(time.Second),
	})
}

// takeRung returns the doorbells since its last call.
func (b *books) takeRung() []Doorbell {
	rung := b.rung
	b.rung = nil
	return rung
}

// LeaseID is the id that a lease of the story has in the books.
func LeaseID(lease string) string { return uuid("lease", lease) }

// uuid makes an id of a name. A restarted sandbox gives the same record the same id.
func uuid(name ...any) string {
	h := sha256.Sum256(fmt.Appendln(nil, name...))
	h[6], h[8] = h[6]&0x0f|0x80, h[8]&0x3f|0x80 // RFC 9562: version 8, which means nothing
	return fmt.Sprintf("%x-%x-%x-%x-%x", h[:4], h[4:6], h[6:8], h[8:10], h[10:16])
}

func stamp(at time.Time) string { return at.UTC().Format(time.RFC3339) }

// day is a date as the API has it: null where there is none.
func day(d core.Date) any {
	if d.IsZero() {
		return nil
	}
	return d.String()
}
