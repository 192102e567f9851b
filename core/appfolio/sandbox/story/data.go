package sandbox

import "rentbell/core"

// The data of each event type, in the contract's spelling. The names are
// extras: the contract promises ids alone.

type names struct {
	Tenant   string `json:"tenant_name,omitempty"`
	Property string `json:"property_name,omitempty"`
	Unit     string `json:"unit_name,omitempty"`
}

type paymentData struct {
	of          *tenancy // not on this wire; the Developer Space's records tell more
	receipt     int
	Lease       string     `json:"lease_id"`
	Amount      core.Cents `json:"amount_cents"`
	Method      string     `json:"payment_method"`
	Description string     `json:"description,omitempty"`
	Reference   string     `json:"reference,omitempty"`
	names
}

type workOrderData struct {
	of       *tenancy // where; who asked for it, unless it is about a common place
	ID       string   `json:"work_order_id"`
	Status   string   `json:"status"`
	Vendor   *string  `json:"assigned_vendor"` // null: nobody yet
	Title    string   `json:"title,omitempty"`
	Priority string   `json:"priority,omitempty"`
	names
}

type tenantData struct {
	of         *tenancy
	ID         string `json:"tenant_id"`
	PropertyID string `json:"property_id,omitempty"`
	Email      string `json:"email"`
	names
}

type leaseSignedData struct {
	of     *tenancy
	Lease  string `json:"lease_id"`
	MoveIn string `json:"move_in_date"`
	Months int    `json:"term_months"`
	names
}

type leaseExpiredData struct {
	of     *tenancy
	Lease  string `json:"lease_id"`
	UnitID string `json:"unit_id"`
	Vacate string `json:"vacate_date"`
	names
}
