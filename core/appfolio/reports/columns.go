package reports

import (
	"fmt"
	"slices"
	"strings"

	"rentbell/core"
	"rentbell/core/table"
)

// Role is what a column of a report holds.
type Role string

// The roles of columns, as layouts and the output of rentbelld spell them.
const (
	RoleReceipt     Role = "receipt_id"
	RoleDate        Role = "date"
	RoleAmount      Role = "amount" // of a receipt, or what a lease owes
	RolePayer       Role = "payer"
	RoleProperty    Role = "property"
	RolePropertyID  Role = "property_id"
	RoleUnit        Role = "unit"
	RoleUnitID      Role = "unit_id"
	RoleReference   Role = "reference"
	RoleType        Role = "type"
	RoleDescription Role = "description"
	RoleLease       Role = "lease"
	RoleTenant      Role = "tenant"
	RoleTenantID    Role = "tenant_id"
	RoleRent        Role = "rent"
	RoleFrom        Role = "from"
	RoleTo          Role = "to"
	RoleMoveIn      Role = "move_in"
	RoleStatus      Role = "status"
	RoleNumber      Role = "number"
	RoleVendor      Role = "vendor"
	RolePriority    Role = "priority"
	RoleCreated     Role = "created"
	RoleScheduled   Role = "scheduled"
)

// Columns says which column holds what, from 0. Roles that no column has are left out.
type Columns map[Role]int

// column is a role with the titles of the columns that hold it, by table.Title, the surest
// first.
type column struct {
	role   Role
	titles string // with commas
}

const (
	propertyTitles = "property name,property"
	unitTitles     = "unit,unit name,unit number"
	tenantTitles   = "tenant,tenant name,tenants,resident,resident name"
	leaseTitles    = "lease id,occupancy id"
)

// layout is what the columns of a report hold. The first ones are needed.
type layout struct {
	needed  int
	columns []column
}

func layoutOf(k core.TableKind) layout {
	switch k {
	case core.TableIncome:
		return layout{2, []column{
			{RoleDate, "receipt date,date,date received"}, {RoleAmount, "receipt amount,amount,amount received"},
			{RoleReceipt, "receipt id,receiptid,receipt number,receipt"}, {RolePayer, "payer,payer name,received from,name," + tenantTitles},
			{RoleProperty, propertyTitles}, {RoleUnit, unitTitles}, {RoleReference, "reference,reference number,check number"},
			{RoleType, "type,receipt type,payment type,payment method,method"}, {RoleDescription, "receipt description,description,remarks,memo"},
			{RoleLease, leaseTitles},
		}}
	case core.TableRentRoll:
		return layout{3, []column{
			{RoleUnit, unitTitles}, {RoleTenant, tenantTitles + ",name"}, {RoleRent, "rent,monthly rent,current rent,tenant rent,lease rent,rent amount"},
			{RoleFrom, "lease from,lease start,lease start date,start date,from"}, {RoleTo, "lease to,lease end,lease end date,lease expires,end date,to"},
			{RoleProperty, propertyTitles}, {RoleLease, leaseTitles}, {RoleStatus, "status"},
			{RoleMoveIn, "move in,move in date"}, {RoleTenantID, "tenant id"}, {RolePropertyID, "property id"}, {RoleUnitID, "unit id"},
		}}
	case core.TableDelinquency:
		return layout{2, []column{
			{RoleUnit, unitTitles}, {RoleAmount, "amount receivable,amount due,balance due,amount owed,past due,balance,total,amount"},
			{RoleTenant, tenantTitles + ",name"}, {RoleProperty, propertyTitles}, {RoleLease, leaseTitles},
		}}
	case core.TableWorkOrders:
		return layout{2, []column{
			{RoleNumber, "work order number,work order no,work order,number"}, {RoleStatus, "status,work order status"},
			{RoleVendor, "vendor,vendor name,assigned vendor"}, {RolePriority, "priority"},
			{RoleCreated, "created at,created on,created,date created,created date"}, {RoleScheduled, "scheduled start,scheduled on,scheduled,scheduled date"},
			{RoleProperty, propertyTitles}, {RoleUnit, unitTitles}, {RoleDescription, "job description,description"}, {RoleTenant, tenantTitles},
		}}
	}
	return layout{}
}

// Roles are what columns of a report can hold. Those that are needed come first.
func Roles(k core.TableKind) (roles []Role, needed int) {
	l := layoutOf(k)
	for _, c := range l.columns {
		roles = append(roles, c.role)
	}
	return roles, l.needed
}

// ColumnsError says of which roles the columns are not certain: those that are needed and
// have none, and those that several have. It wraps core.ErrReportColumns.
type ColumnsError struct{ Roles []Role }

func (e *ColumnsError) Error() string { return fmt.Sprintf("%v: %v", core.ErrReportColumns, e.Roles) }

func (e *ColumnsError) Unwrap() error { return core.ErrReportColumns }

// Settle finds out by their titles which columns hold what, but for those that a person
// picked. The error is a *ColumnsError where that is not certain; what is certain comes
// with it.
func Settle(s table.Sheet, k core.TableKind, picked Columns) (Columns, error) {
	settled := Columns{}
	for role, at := range picked {
		if at >= 0 && at < len(s.Titles) {
			settled[role] = at
		}
	}
	var unsure []Role
	l := layoutOf(k)
	for i, c := range l.columns {
		if _, said := settled[c.role]; said {
			continue
		}
		at, twice := settled.called(s, c.titles)
		switch {
		case at >= 0:
			settled[c.role] = at
		case twice || i < l.needed:
			unsure = append(unsure, c.role)
		}
	}
	if len(unsure) > 0 && len(s.Titles) > 0 { // nothing is no reason to ask
		return settled, &ColumnsError{unsure}
	}
	return settled, nil
}

// called is the column with the surest title that any has; -1: there is none, or twice.
// Columns with a role already have no second one.
func (c Columns) called(s table.Sheet, titles string) (at int, twice bool) {
	if !s.Titled {
		return -1, false
	}
	for title := range strings.SplitSeq(titles, ",") {
		free := slices.DeleteFunc(s.Called(title), c.taken)
		switch len(free) {
		case 0:
			continue
		case 1:
			return free[0], false
		}
		return -1, true
	}
	return -1, false
}

func (c Columns) taken(column int) bool {
	for _, at := range c {
		if at == column {
			return true
		}
	}
	return false
}

// of is the column of a role; -1: none has it.
func (c Columns) of(r Role) int {
	if at, has := c[r]; has {
		return at
	}
	return -1
}
