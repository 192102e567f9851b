package sandbox

import (
	"crypto/sha256"
	"fmt"
	"maps"
	"time"

	"rentbell/core"
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

var topics = [...]string{topicWorkOrders, topicLeases, topicTenants, topicCharges, topicProperties, topicUnits, topicVendors}

// fields is a record in AppFolio's spelling.
type fields map[string]any

// books are what AppFolio knows of the portfolio: each beat of the story changes
// records and rings for them.
type books struct {
	prefix          string // of the story's ids: another story has other doorbells, work orders and charges
	lag, receiptLag time.Duration

	shelves  map[string]*shelf[fields] // by topic
	receipts shelf[receipt]            // by receipt_id
	homes    map[*tenancy]*home
	open     map[string]*charge // not paid yet, or a credit; by what finds them
	charges  int                // so far
	rung     []Doorbell         // not handed out yet
	rings    int                // so far

	firstReceipt int // what the story counts from
}

// home is a tenancy as the books have it.
type home struct {
	*tenancy
	tenantID, leaseID, occupancyID, unitID, propertyID string
	status                                             string // of the tenant; empty: not in the books yet
	movesIn                                            core.Date
}

// openBooks writes down the houses, which were there before the story.
func openBooks(prefix string, of []letting, at time.Time) *books {
	b := &books{prefix: prefix, shelves: map[string]*shelf[fields]{}, homes: map[*tenancy]*home{}, open: map[string]*charge{}}
	for _, topic := range topics {
		b.shelves[topic] = &shelf[fields]{}
	}
	for _, l := range of {
		if _, found := b.shelves[topicProperties].last(propertyUUID(l.property)); !found {
			b.change(topicProperties, propertyUUID(l.property), at, fields{
				"Name": l.property, "Address1": "1 " + l.property, "Address2": "", "City": "Millbrook", "State": "OH", "Zip": "43999", "HiddenAt": nil,
			})
		}
		b.change(topicUnits, unitUUID(l.property, l.unit), at, fields{
			"PropertyId": propertyUUID(l.property), "Name": l.unit, "Address1": "1 " + l.property,
			"MarketRent": l.rent.Decimal(), "Status": "Vacant", "CurrentOccupancyId": nil,
		})
	}
	for _, job := range jobs {
		if _, found := b.shelves[topicVendors].last(uuid("vendor", job.vendor)); !found {
			b.change(topicVendors, uuid("vendor", job.vendor), at, fields{"Name": job.vendor, "CompanyName": job.vendor, "HiddenAt": nil})
		}
	}
	return b
}

// apply writes down what a beat of the story tells.
func (b *books) apply(data any, at time.Time) {
	switch d := data.(type) {
	case tenantData:
		b.announce(b.home(d.of), at)
	case leaseSignedData:
		b.sign(d, at)
	case leaseExpiredData:
		b.moveOut(b.home(d.of), at)
	case paymentData:
		b.pay(d, at)
	case workOrderData:
		b.repair(d, at)
	}
}

func (b *books) home(t *tenancy) *home {
	h, found := b.homes[t]
	if !found {
		h = &home{
			tenancy:  t,
			tenantID: uuid("tenant", t.lease), leaseID: uuid("lease", t.lease), occupancyID: uuid("occupancy", t.lease),
			unitID: unitUUID(t.property, t.unit), propertyID: propertyUUID(t.property),
			movesIn: t.moveIn,
		}
		b.homes[t] = h
	}
	return h
}

// change alters a record, or makes it, and rings.
func (b *books) change(topic, id string, at time.Time, change fields) {
	before, found := b.shelves[topic].last(id)
	after, eventType := maps.Clone(before.value), "update"
	if !found {
		after, eventType = fields{"Id": id, "CreatedAt": stamp(at)}, "create"
	}
	maps.Copy(after, change)
	after["LastUpdatedAt"] = stamp(at)
	b.shelves[topic].put(id, version[fields]{value: after, changed: at.Truncate(time.Second), seen: at.Add(b.lag)})
	b.ring(topic, eventType, id, at)
}

func (b *books) destroy(topic, id string, at time.Time) {
	before, _ := b.shelves[topic].last(id)
	b.shelves[topic].put(id, version[fields]{value: before.value, gone: true, changed: at.Truncate(time.Second), seen: at.Add(b.lag)})
	b.ring(topic, "destroy", id, at)
}

func (b *books) ring(topic, eventType, id string, at time.Time) {
	b.rings++
	b.rung = append(b.rung, Doorbell{
		ID: uuid("event", b.prefix, b.rings), Topic: topic, EventType: eventType, Resource: id, At: at.UTC().Truncate(time.Second),
	})
}

// takeRung hands out the doorbells since the last time.
func (b *books) takeRung() []Doorbell {
	rung := b.rung
	b.rung = nil
	return rung
}

// uuid is the same for the same name, as for records whose doorbells a restarted
// sandbox goes on with.
func uuid(name ...any) string {
	h := sha256.Sum256(fmt.Appendln(nil, name...))
	h[6], h[8] = h[6]&0x0f|0x80, h[8]&0x3f|0x80 // RFC 9562: version 8, which means nothing
	return fmt.Sprintf("%x-%x-%x-%x-%x", h[:4], h[4:6], h[6:8], h[8:10], h[10:16])
}

func propertyUUID(property string) string   { return uuid("property", property) }
func unitUUID(property, unit string) string { return uuid("unit", property, unit) }

func stamp(at time.Time) string { return at.UTC().Format(time.RFC3339) }

// day is a date as the API has it: null where there is none.
func day(d core.Date) any {
	if d.IsZero() {
		return nil
	}
	return d.String()
}
