package readback

import (
	"cmp"
	"encoding/json"
	"fmt"
	"time"

	"rentbell/core"
	"rentbell/core/appfolio/records"
)

// batch collects what goes into one Settlement.
type batch struct {
	core.Settlement
	session *session
	at      circumstances
	givenUp int // reads that never came to anything
}

// begin returns an empty batch. first marks what it tells as part of the first
// load.
func (s *session) begin(first bool) *batch {
	now := s.desk.Now()
	return &batch{
		Settlement: core.Settlement{Bookmarks: map[string]time.Time{}},
		session:    s,
		at:         circumstances{now: now, today: core.DateOf(now), first: first, undated: now},
	}
}

func (b *batch) tell(facts []fact) {
	for _, f := range facts {
		e, usable := f.event(b.at.now)
		if !usable {
			e, _ = f.stray().event(b.at.now) // the id was too long
		}
		b.Events = append(b.Events, e)
	}
}

// remember keeps what a thing looks like now. A nil v forgets the thing.
func (b *batch) remember(kind, id string, v any) {
	r := core.Record{RecordKey: core.RecordKey{Kind: kind, ID: id}}
	if v != nil {
		value, err := json.Marshal(v)
		if err != nil {
			panic("spell a record: " + err.Error()) // only texts, numbers and times of four-digit years
		}
		r.Value = value
	}
	b.Records = append(b.Records, r)
}

func (b *batch) learn(kind core.NameKind, id, name string) {
	if b.Names == nil {
		b.Names = map[core.NameKey]string{}
	}
	b.Names[core.NameKey{Kind: kind, ID: id}] = name
}

// learnRent learns what the lease that an occupancy has now pays.
func (b *batch) learnRent(occupancyID string) {
	book := b.session.book
	lease, found := book.latestLease(occupancyID)
	if !found {
		return
	}
	for _, t := range book.occupants(occupancyID) {
		if t.Rent > 0 {
			if b.Rents == nil {
				b.Rents = map[string]core.Cents{}
			}
			b.Rents[lease] = t.Rent
			return
		}
	}
}

// settle writes the batch to the store. After an error the book may be ahead of
// the store, so the caller must stop and let the book be read again.
func (b *batch) settle() error {
	s := b.session
	if len(b.Events)+len(b.Records)+len(b.Names)+len(b.Rents)+len(b.Done)+len(b.Later)+len(b.Bookmarks) == 0 {
		return nil
	}
	fresh, err := s.desk.Settle(b.Settlement)
	if err != nil {
		return fmt.Errorf("keep what was read back: %w", err)
	}
	if b.givenUp > 0 {
		s.log.Warn("AppFolio never showed what it rang for; giving up", "things", b.givenUp)
	}
	if fresh > 0 {
		s.log.Info("read back", "events", fresh, "records", len(b.Records))
	}
	return nil
}

// mark is the name of a bookmark of this account.
func (s *session) mark(name string) string { return name + " of " + s.account.Space.ClientID }

func (s *session) bookmark(name string) (time.Time, error) {
	at, err := s.desk.ReadUpTo(s.mark(name))
	if err != nil {
		return at, fmt.Errorf("read how far reading back has come: %w", err)
	}
	return at, nil
}

func (b *batch) bookmark(name string, at time.Time) { b.Bookmarks[b.session.mark(name)] = at }

func (b *batch) takeProperty(_ *records.Property, is records.Property) {
	b.learn(core.NameProperty, is.ID, called(is))
}

func (b *batch) takeUnit(_ *records.Unit, is records.Unit) { b.learn(core.NameUnit, is.ID, is.Name) }

func (b *batch) takeVendor(_ *records.Vendor, is records.Vendor) {
	b.learn(core.NameVendor, is.ID, is.Name)
}

// takeTenant learns the names of the tenant and of the leases they hold.
func (b *batch) takeTenant(was *records.Tenant, is records.Tenant) {
	book := b.session.book
	if is.ID == "" {
		b.tell([]fact{book.tenantFact(core.TypeTenantCreated, "", is, b.at, fields{}).stray()})
		return
	}
	b.learn(core.NameTenant, is.ID, fullName(is))
	if is.OccupancyID != "" {
		for id, l := range book.leases {
			if l.OccupancyID == is.OccupancyID {
				b.learn(core.NameLease, id, book.people(l.OccupancyID))
			}
		}
		b.learnRent(is.OccupancyID)
	}
	b.tell(book.tenantFacts(was, is, b.at))
}

func (b *batch) takeLease(was *records.Lease, is records.Lease) {
	book := b.session.book
	if is.ID == "" {
		b.tell([]fact{book.signedFact(is, b.at, cmp.Or(is.RenewedOn, is.SignedOn)).stray()})
		return
	}
	if people := book.people(is.OccupancyID); people != "" {
		b.learn(core.NameLease, is.ID, people)
	}
	b.learnRent(is.OccupancyID)
	b.tell(book.leaseFacts(was, is, b.at))
}

func (b *batch) takeOrder(was *records.WorkOrder, is records.WorkOrder) {
	if is.ID == "" {
		b.tell([]fact{b.session.book.orderFact(nil, is, b.at).stray()})
		return
	}
	b.tell(b.session.book.orderFacts(was, is, b.at))
}
