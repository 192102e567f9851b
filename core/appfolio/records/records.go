// Package records reads AppFolio's own records back: work orders, leases,
// tenants and the names of things from the Database API v0, receipts from the
// Reports API v2. It promises to keep AppFolio's limits by itself, to send
// credentials nowhere but to AppFolio or to the base that the account names, and
// to drop what must never be kept (social security numbers, dates of birth) while
// it decodes.
//
// The formats are those that integrations use in the open; AppFolio's own
// reference is behind a login. What is missing in an answer is zero here.
package records

import (
	"time"

	"rentbell/core"
)

// Filter says which records are wanted. AppFolio wants at least one of the two.
type Filter struct {
	IDs   []string  // AppFolio's ids (UUIDs)
	Since time.Time // changed since then; zero: any time
}

// WorkOrder is a job, as it stands.
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
}

// Lease is an agreement. Signed: SignedOn is set.
type Lease struct {
	ID           string
	OccupancyID  string
	Status       string // of the electronic signature: "Fully Executed"…
	Start, End   core.Date
	SignedOn     core.Date
	RenewedOn    core.Date
	MonthToMonth bool
	Updated      time.Time
}

// Tenant is a person with an occupancy. It never holds what AppFolio also sends:
// SocialSecurityNumber and BirthDate.
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
	Primary     bool
	Hidden      bool
	Updated     time.Time
}

// Property is a building.
type Property struct {
	ID, Name, Address, City string
	Hidden                  bool
	Updated                 time.Time
}

// Unit is a flat, or another part of a property.
type Unit struct {
	ID, PropertyID, Name, OccupancyID string
	Updated                           time.Time
}

// Vendor is a company that does the work.
type Vendor struct {
	ID, Name string
	Updated  time.Time
}

// Receipt is money received, grouped from its rows by receipt_id.
type Receipt struct {
	ID          string
	Date        core.Date
	Amount      core.Cents // the sum of its rows; negative when it was returned
	Description string
	Payer       string // "Dana Whitfield": AppFolio's "Whitfield, Dana" turned round
	Property    string
	Unit        string
	Reference   string
	Type        string // "eCheck", "Check"…
	Unreadable  bool   // a row's amount cannot be read: it is there, and Amount is no figure
}
