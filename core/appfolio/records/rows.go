package records

import (
	"cmp"
	"strings"
	"time"

	"rentbell/core"
)

// Each row type lists the members that are read of a record, by AppFolio's names.

type workOrderRow struct {
	ID          text   `json:"Id"`
	Number      text   `json:"WorkOrderNumber"`
	Description text   `json:"JobDescription"`
	Status      text   `json:"Status"`
	Priority    text   `json:"Priority"`
	PropertyID  text   `json:"PropertyId"`
	UnitID      text   `json:"UnitId"`
	OccupancyID text   `json:"OccupancyId"`
	VendorID    text   `json:"VendorId"`
	Scheduled   moment `json:"ScheduledStart"`
	Created     moment `json:"CreatedAt"`
	Updated     moment `json:"LastUpdatedAt"`
}

func (r workOrderRow) record(unread string) (WorkOrder, string) {
	return WorkOrder{
		ID: string(r.ID), Number: string(r.Number), Description: string(r.Description),
		Status: string(r.Status), Priority: string(r.Priority),
		PropertyID: string(r.PropertyID), UnitID: string(r.UnitID), OccupancyID: string(r.OccupancyID), VendorID: string(r.VendorID),
		Scheduled: time.Time(r.Scheduled), Created: time.Time(r.Created), Updated: time.Time(r.Updated), Unread: unread,
	}, string(r.ID)
}

type leaseRow struct {
	ID           text   `json:"Id"`
	OccupancyID  text   `json:"OccupancyId"`
	Status       text   `json:"Status"`
	Start        day    `json:"StartOn"`
	End          day    `json:"EndOn"`
	SignedOn     day    `json:"SignedOn"`
	RenewedOn    day    `json:"RenewedOn"`
	MonthToMonth flag   `json:"IsMtm"`
	Updated      moment `json:"LastUpdatedAt"`
}

func (r leaseRow) record(unread string) (Lease, string) {
	return Lease{
		ID: string(r.ID), OccupancyID: string(r.OccupancyID), Status: string(r.Status),
		Start: core.Date(r.Start), End: core.Date(r.End), SignedOn: core.Date(r.SignedOn), RenewedOn: core.Date(r.RenewedOn),
		MonthToMonth: bool(r.MonthToMonth), Updated: time.Time(r.Updated), Unread: unread,
	}, string(r.ID)
}

// tenantRow leaves out SocialSecurityNumber and BirthDate, which AppFolio sends too.
// What has no field here is never decoded.
type tenantRow struct {
	ID          text    `json:"Id"`
	FirstName   text    `json:"FirstName"`
	LastName    text    `json:"LastName"`
	Email       text    `json:"Email"`
	Phone       text    `json:"Phone"`
	PhoneNumber text    `json:"PhoneNumber"`
	Status      text    `json:"Status"`
	OccupancyID text    `json:"OccupancyId"`
	PropertyID  text    `json:"PropertyId"`
	UnitID      text    `json:"UnitId"`
	MoveIn      day     `json:"MoveInOn"`
	MoveOut     day     `json:"MoveOutOn"`
	LeaseStart  day     `json:"LeaseStartDate"`
	LeaseEnd    day     `json:"LeaseEndDate"`
	LeaseSigned day     `json:"LeaseSignedDate"`
	Rent        dollars `json:"CurrentRent"`
	Primary     flag    `json:"PrimaryTenant"`
	HiddenAt    text    `json:"HiddenAt"`
	Updated     moment  `json:"LastUpdatedAt"`
}

func (r tenantRow) record(unread string) (Tenant, string) {
	return Tenant{
		ID: string(r.ID), FirstName: string(r.FirstName), LastName: string(r.LastName),
		Email: string(r.Email), Phone: string(cmp.Or(r.PhoneNumber, r.Phone)), Status: string(r.Status),
		OccupancyID: string(r.OccupancyID), PropertyID: string(r.PropertyID), UnitID: string(r.UnitID),
		MoveIn: core.Date(r.MoveIn), MoveOut: core.Date(r.MoveOut),
		LeaseStart: core.Date(r.LeaseStart), LeaseEnd: core.Date(r.LeaseEnd), LeaseSigned: core.Date(r.LeaseSigned),
		Rent: max(0, r.Rent.cents), Primary: bool(r.Primary), Hidden: r.HiddenAt != "", Updated: time.Time(r.Updated), Unread: unread,
	}, string(r.ID)
}

type propertyRow struct {
	ID       text   `json:"Id"`
	Name     text   `json:"Name"`
	Address1 text   `json:"Address1"`
	Address2 text   `json:"Address2"`
	City     text   `json:"City"`
	HiddenAt text   `json:"HiddenAt"`
	Updated  moment `json:"LastUpdatedAt"`
}

func (r propertyRow) record(_ string) (Property, string) {
	return Property{
		ID: string(r.ID), Name: string(r.Name), Address: joined(", ", r.Address1, r.Address2), City: string(r.City),
		Hidden: r.HiddenAt != "", Updated: time.Time(r.Updated),
	}, string(r.ID)
}

type unitRow struct {
	ID          text   `json:"Id"`
	PropertyID  text   `json:"PropertyId"`
	Name        text   `json:"Name"`
	Address1    text   `json:"Address1"`
	OccupancyID text   `json:"CurrentOccupancyId"`
	Updated     moment `json:"LastUpdatedAt"`
}

func (r unitRow) record(_ string) (Unit, string) {
	return Unit{
		ID: string(r.ID), PropertyID: string(r.PropertyID), Name: string(cmp.Or(r.Name, r.Address1)),
		OccupancyID: string(r.OccupancyID), Updated: time.Time(r.Updated),
	}, string(r.ID)
}

// vendorRow has the name of a company, of a person, or both.
type vendorRow struct {
	ID          text   `json:"Id"`
	Name        text   `json:"Name"`
	CompanyName text   `json:"CompanyName"`
	FirstName   text   `json:"FirstName"`
	LastName    text   `json:"LastName"`
	Updated     moment `json:"LastUpdatedAt"`
}

func (r vendorRow) record(_ string) (Vendor, string) {
	name := cmp.Or(string(r.Name), string(r.CompanyName), joined(" ", r.FirstName, r.LastName))
	return Vendor{ID: string(r.ID), Name: name, Updated: time.Time(r.Updated)}, string(r.ID)
}

// joined joins two texts with sep; an empty one is left out.
func joined(sep string, a, b text) string {
	if a == "" || b == "" {
		return string(a + b)
	}
	return strings.Join([]string{string(a), string(b)}, sep)
}
