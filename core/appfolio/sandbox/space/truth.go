package space

import (
	"strings"

	"rentbell/core"
)

// Truth is what a perfect reader knows once all that lags behind has arrived. Each
// list is in the order in which its records were made.
type Truth struct {
	Receipts   []Receipt
	WorkOrders []WorkOrder
	Leases     []Lease // those that were signed
	Tenants    []Tenant
}

// Receipt is a payment, or what is left of it.
type Receipt struct {
	ID     string     // receipt_id
	Amount core.Cents // the sum of its rows: zero when it was returned
	Date   core.Date
	Payer  string // "Dana Whitfield"
}

// WorkOrder is a work order in its last state.
type WorkOrder struct {
	ID, Number, Status, Priority string
	Vendor                       string // its name; empty: nobody yet
}

// Open reports whether there is still work to do.
func (w WorkOrder) Open() bool {
	return w.Status != "Canceled" && !strings.HasPrefix(w.Status, "Completed")
}

// Lease is a lease that was signed.
type Lease struct {
	ID      string
	Renewed bool // at least once
}

// Tenant is a person who lives there, will, or did.
type Tenant struct {
	ID, Name, Status string
}

// Truth returns how everything stands now, whatever readers see of it.
func (s *Space) Truth() (t Truth) {
	s.mu.Lock()
	defer s.mu.Unlock()
	b := s.books
	for id, r := range b.receipts.all() {
		first, last := r.of.Person()
		t.Receipts = append(t.Receipts, Receipt{id, r.total(), r.date, first + " " + last})
	}
	for id, f := range b.shelves[topicWorkOrders].all() {
		vendor, _ := b.shelves[topicVendors].last(f.text("VendorId"))
		t.WorkOrders = append(t.WorkOrders, WorkOrder{
			id, f.text("WorkOrderNumber"), f.text("Status"), f.text("Priority"), vendor.text("Name"),
		})
	}
	for id, f := range b.shelves[topicLeases].all() {
		if f["SignedOn"] != nil {
			t.Leases = append(t.Leases, Lease{id, f["RenewedOn"] != nil})
		}
	}
	for id, f := range b.shelves[topicTenants].all() {
		t.Tenants = append(t.Tenants, Tenant{id, f.text("FirstName") + " " + f.text("LastName"), f.text("Status")})
	}
	return t
}
