// Package records reads AppFolio's own records: work orders, leases, tenants and
// the names of things from the Database API v0, receipts from the Reports API v2.
// It keeps AppFolio's rate limits. It sends credentials only to AppFolio, or to the
// base that the account names. It never decodes what must not be kept: social
// security numbers and dates of birth.
//
// AppFolio's own reference is behind a login, so the formats follow what public
// integrations use. Fields that are missing in an answer are zero here.
package records

import (
	"time"

	"rentbell/core"
)

// Filter says which records are wanted. Both conditions must hold; the zero Filter
// stands for all records.
type Filter struct {
	IDs   []string  // AppFolio's ids (UUIDs)
	Since time.Time // only those changed since then; zero: at any time
}

// WorkOrder is a job in its present state.
type WorkOrder struct {
	ID          string
	Number      string
	Description string
	Status      string // "New", "Assigned", "Scheduled", "Work Done", "Completed", "Canceled"…
	Priority    string // "Low", "Normal", "High", "Urgent", "Emergency"
	PropertyID  string
	UnitID      string
	OccupancyID string
	VendorID    string
	Scheduled   time.Time
	Created     time.Time
	Updated     time.Time
	Unread      string `json:",omitempty"` // the members that were sent and could not be read, by AppFolio's names, with commas
}

// Lease is an agreement. It is signed when SignedOn is set.
type Lease struct {
	ID           string
	OccupancyID  string
	Status       string // of the electronic signature: "Fully Executed"…
	Start, End   core.Date
	SignedOn     core.Date
	RenewedOn    core.Date
	MonthToMonth bool
	Updated      time.Time
	Unread       string `json:",omitempty"` // the members that were sent and could not be read, by AppFolio's names, with commas
}

// Tenant is a person with an occupancy. AppFolio also sends SocialSecurityNumber and
// BirthDate; they have no field here on purpose.
type Tenant struct {
	ID          string
	FirstName   string
	LastName    string
	Email       string
	Phone       string
	Status      string // "Current", "Past", "Notice", "Evict", "Future"
	OccupancyID string
	PropertyID  string
	UnitID      string
	MoveIn      core.Date
	MoveOut     core.Date
	LeaseStart  core.Date
	LeaseEnd    core.Date
	LeaseSigned core.Date
	Rent        core.Cents `json:",omitempty"` // of the occupancy, a month; 0: AppFolio tells none
	Primary     bool
	Hidden      bool
	Updated     time.Time
	Unread      string `json:",omitempty"` // the members that were sent and could not be read, by AppFolio's names, with commas
}

// Property is a building, or a group of them under one name.
type Property struct {
	ID, Name, Address, City string
	Hidden                  bool
	Updated                 time.Time
}

// Unit is a flat or another part of a property. OccupancyID is that of the present
// occupants.
type Unit struct {
	ID, PropertyID, Name, OccupancyID string
	Updated                           time.Time
}

// Vendor is a company or a person that does the work of work orders.
type Vendor struct {
	ID, Name string
	Updated  time.Time
}

// Receipt is money received: the rows of the income register that share a
// receipt_id.
type Receipt struct {
	ID          string     // AppFolio's; of a row without one, core.NoNumber and what tells it from others
	Date        core.Date  // zero: it is missing or cannot be right
	Amount      core.Cents // the sum of its rows; negative when it was returned
	Description string
	Payer       string // as AppFolio writes it: a person is "Whitfield, Dana"
	Property    string
	Unit        string
	Reference   string
	Type        string // "eCheck", "Check"…
	Unreadable  bool   // a row's amount cannot be read, so Amount means nothing
	AmountSaid  string `json:",omitempty"` // what was sent for an amount that cannot be read; empty: nothing
	DateSaid    string `json:",omitempty"` // what was sent for a Date that cannot be right; empty: nothing
	Unread      string `json:",omitempty"` // the members that were sent and could not be read, with commas
}
