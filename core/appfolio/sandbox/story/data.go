package story

import "rentbell/core"

// names are extras: AppFolio's webhook API promises ids alone.
type names struct {
	Tenant   string `json:"tenant_name,omitempty"`
	Property string `json:"property_name,omitempty"`
	Unit     string `json:"unit_name,omitempty"`
}

// Payment is the data of payment.received, in the spelling of the webhook API.
type Payment struct {
	Receipt     int        `json:"-"` // a running number
	Lease       string     `json:"lease_id"`
	Amount      core.Cents `json:"amount_cents"`
	Method      string     `json:"payment_method"`
	Description string     `json:"description,omitempty"`
	Reference   string     `json:"reference,omitempty"`
	names
}

// WorkOrder is the data of work_order.updated. A work order whose Unit is not that of
// the tenancy is about a common place.
type WorkOrder struct {
	ID       string  `json:"work_order_id"`
	Status   string  `json:"status"`
	Vendor   *string `json:"assigned_vendor"` // null: nobody yet
	Title    string  `json:"title,omitempty"`
	Priority string  `json:"priority,omitempty"`
	names
}

// Tenant is the data of tenant.created.
type Tenant struct {
	ID         string `json:"tenant_id"`
	PropertyID string `json:"property_id,omitempty"`
	Email      string `json:"email"`
	names
}

// LeaseSigned is the data of lease.signed, which tells of renewals, too.
type LeaseSigned struct {
	Lease  string    `json:"lease_id"`
	MoveIn string    `json:"move_in_date"`
	Start  core.Date `json:"-"`           // the same
	Months int       `json:"term_months"` // 0: month to month
	names
}

// LeaseExpired is the data of lease.expired.
type LeaseExpired struct {
	Lease  string `json:"lease_id"`
	UnitID string `json:"unit_id"`
	Vacate string `json:"vacate_date"`
	names
}
