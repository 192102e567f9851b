package reports

import (
	"rentbell/core"
	"rentbell/core/names"
	"rentbell/core/table"
)

// order takes a row of the work order report.
func (r *reader) order() table.Fault {
	number := r.text(RoleNumber)
	switch fault := names.FaultOfID(number); {
	case number == "" && r.text(RoleStatus) == "":
		return ""
	case number == "":
		return FaultNoNumber
	case fault != "":
		return fault
	case len(number) > longestID:
		return FaultNumber
	case r.seen[number]:
		return FaultTwice
	}
	r.seen[number] = true
	w := WorkOrder{
		Place: r.place(), Number: number, Status: r.textUpTo(RoleStatus, core.MaxName), Vendor: r.textUpTo(RoleVendor, core.MaxName),
		Priority: r.textUpTo(RolePriority, core.MaxName), Description: r.text(RoleDescription), Tenant: r.textUpTo(RoleTenant, core.MaxName),
	}
	w.Created, _ = r.date(RoleCreated)
	w.Scheduled, _ = r.date(RoleScheduled)
	r.report.Orders = append(r.report.Orders, w)
	return ""
}
