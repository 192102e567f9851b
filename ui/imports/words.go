package imports

import (
	"rentbell/core"
	"rentbell/core/appfolio/reports"
	"rentbell/core/imports"
	"rentbell/ui/explain"
	"rentbell/ui/words"
)

// kindText says what a table holds.
func kindText(k core.TableKind) string {
	switch k {
	case core.TableOfNames(core.NameLease):
		return words.Say("Names of leases")
	case core.TableOfNames(core.NameTenant):
		return words.Say("Names of tenants")
	case core.TableOfNames(core.NameProperty):
		return words.Say("Names of properties")
	case core.TableOfNames(core.NameUnit):
		return words.Say("Names of units")
	case core.TableOfNames(core.NameVendor):
		return words.Say("Names of vendors")
	}
	return words.ReportName(k)
}

// roleText says what a column holds; for the empty role, that it is not used.
func roleText(k core.TableKind, r imports.Role) string {
	switch r {
	case "":
		return words.Say("Do not use")
	case imports.RoleID:
		return idText(k)
	case imports.RoleLease:
		return words.Say("Id of the lease")
	case imports.RoleName:
		return words.Say("Name")
	case imports.RoleFirst:
		return words.Say("First name")
	case imports.RoleMiddle:
		return words.Say("Middle name")
	case imports.RoleLast:
		return words.Say("Last name")
	case imports.RoleRent:
		return words.Say("Rent")
	}
	return reportRoleText(reports.Role(r))
}

func idText(k core.TableKind) string {
	switch kind, _ := k.Names(); kind {
	case core.NameTenant:
		return words.Say("Id of the tenant")
	case core.NameProperty:
		return words.Say("Id of the property")
	case core.NameUnit:
		return words.Say("Id of the unit")
	case core.NameVendor:
		return words.Say("Id of the vendor")
	}
	return words.Say("Id of the lease")
}

// reportRoleText is roleText for the roles that only reports have.
func reportRoleText(r reports.Role) string {
	switch r {
	case reports.RoleReceipt:
		return words.Say("Id of the receipt")
	case reports.RoleDate:
		return words.Say("Date")
	case reports.RoleAmount:
		return words.Say("Amount")
	case reports.RolePayer:
		return words.Say("Payer")
	case reports.RoleProperty:
		return words.Say("Property")
	case reports.RolePropertyID:
		return words.Say("Id of the property")
	case reports.RoleUnit:
		return words.Say("Unit")
	case reports.RoleUnitID:
		return words.Say("Id of the unit")
	case reports.RoleReference:
		return words.Say("Reference")
	case reports.RoleType:
		return words.Say("Method")
	case reports.RoleDescription:
		return words.Say("Description")
	case reports.RoleTenant:
		return words.Say("Tenant")
	case reports.RoleTenantID:
		return words.Say("Id of the tenant")
	}
	return orderRoleText(r)
}

// orderRoleText is reportRoleText for terms of leases, and for work orders.
func orderRoleText(r reports.Role) string {
	switch r {
	case reports.RoleFrom:
		return words.Say("First day")
	case reports.RoleTo:
		return words.Say("Last day")
	case reports.RoleMoveIn:
		return words.Say("Move-in")
	case reports.RoleStatus:
		return words.Say("Status")
	case reports.RoleNumber:
		return words.Say("Number")
	case reports.RoleVendor:
		return words.Say("Vendor")
	case reports.RolePriority:
		return words.Say("Priority")
	case reports.RoleCreated:
		return words.Say("Created")
	case reports.RoleScheduled:
		return words.Say("Scheduled")
	}
	return string(r)
}

// missingText asks for a column that is needed.
func missingText(k core.TableKind, r imports.Role) string {
	switch r {
	case imports.RoleID, imports.RoleLease:
		return words.Say("Say which column holds the id.")
	case imports.RoleName:
		return words.Say("Say which column holds the name.")
	case imports.RoleRent:
		return words.Say("Say which column holds the rent.")
	}
	return words.Say("Say which column holds this: %s.", words.Uncapital(roleText(k, r)))
}

// noteText says what importing does to what is there.
func noteText(k core.TableKind) string {
	switch k {
	case core.TableRents, core.TableRentRoll:
		return words.Say("A rent you typed stays.")
	case core.TableIncome:
		return words.Say("Payments that are there already are not added again.")
	case core.TableWorkOrders:
		return words.Say("Work orders that are there already are not added again.")
	case core.TableDelinquency:
		return words.Say("It is compared with what Rentbell found. Nothing is changed.")
	}
	return words.Say("A name you gave before is replaced.")
}

// importText is the verb for n things of a kind.
func importText(k core.TableKind, n int) string {
	count := explain.Number(n)
	switch {
	case n == 0:
		return words.Say("Import")
	case k == core.TableRents || k == core.TableRentRoll:
		return words.SayN(n, "Import %s rent", "Import %s rents", count)
	case k == core.TableIncome:
		return words.SayN(n, "Import %s payment", "Import %s payments", count)
	case k == core.TableWorkOrders:
		return words.SayN(n, "Import %s work order", "Import %s work orders", count)
	case k == core.TableDelinquency:
		return words.SayN(n, "Compare %s lease", "Compare %s leases", count)
	}
	return words.SayN(n, "Import %s name", "Import %s names", count)
}

// noneText says that a table holds none of its kind.
func noneText(k core.TableKind) string {
	if _, names := k.Names(); names {
		return words.Say("There are no names in this file.")
	}
	if k == core.TableRents || k == core.TableRentRoll {
		return words.Say("There are no rents in this file.")
	}
	return words.Say("There is nothing in this report.")
}
