package reports

import (
	"strings"

	"rentbell/core"
	"rentbell/core/names"
	"rentbell/core/table"
)

// lease takes a row of a rent roll.
func (r *reader) lease() table.Fault {
	l := Lease{Place: r.place(), Tenant: r.textUpTo(RoleTenant, core.MaxName), Status: r.textUpTo(RoleStatus, core.MaxName)}
	if isVacant(l.Tenant) {
		return ""
	}
	id, fault := r.idOrPlace(l.Place)
	if fault != "" {
		return fault
	}
	if l.ID = id; r.twice(id, l.Place) {
		return FaultTwice
	}
	l.TenantID, l.PropertyID, l.UnitID = r.named(RoleTenantID), r.named(RolePropertyID), r.named(RoleUnitID)
	var from, to string
	l.MoveIn, _ = r.date(RoleMoveIn)
	l.Start, from = r.date(RoleFrom)
	if l.Start.IsZero() && from == "" {
		l.Start, from = r.date(RoleMoveIn)
	}
	l.End, to = r.date(RoleTo)
	switch {
	case from != "":
		l.Unread = "StartOn"
	case to != "" && !monthToMonth[strings.ToLower(to)]:
		l.Unread = "EndOn"
	}
	l.Rent, l.RentKnown, fault = r.rent()
	r.report.Leases = append(r.report.Leases, l)
	return fault
}

// isVacant recognizes the words of a unit that nobody lives in, "Vacant-Unrented" and
// others. A row without a tenant is one, too.
func isVacant(text string) bool {
	return text == "" || strings.HasPrefix(strings.ToLower(text), "vacant")
}

// monthToMonth are words in place of a last day.
var monthToMonth = map[string]bool{"month to month": true, "month-to-month": true, "mtm": true, "m2m": true, "none": true, "n/a": true, "-": true, "--": true}

func (r *reader) rent() (rent core.Cents, known bool, fault table.Fault) {
	text := r.text(RoleRent)
	if text == "" {
		return 0, false, ""
	}
	rent, err := core.ReadAmount(text)
	switch {
	case err != nil:
		return 0, false, FaultRent
	case rent < 0:
		return 0, false, FaultRentBelow
	}
	return rent, true, ""
}

// idOrPlace is the id of a row's lease. It is empty where the report has none and the
// place stands for it.
func (r *reader) idOrPlace(p Place) (string, table.Fault) {
	text := strings.TrimSpace(core.Meant(r.row.Cell(r.columns.of(RoleLease))))
	if text == "" {
		if p.IsZero() {
			return "", FaultNoPlace
		}
		return "", ""
	}
	if fault := names.FaultOfID(text); fault != "" {
		return "", fault
	}
	if len(text) > longestID {
		return "", names.FaultLongID
	}
	return strings.Clone(text), ""
}

// twice reports whether an earlier row was of the same lease.
func (r *reader) twice(id string, p Place) bool {
	if id == "" {
		id = "\x00" + p.Folded() // no id has that
	}
	before := r.seen[id]
	r.seen[id] = true
	return before
}

// named is the id of a thing that has a name; empty: none that can be right.
func (r *reader) named(role Role) string {
	if id := r.id(role); names.FaultOfID(id) == "" {
		return id
	}
	return ""
}

// debt takes a row of the delinquency report. Who has paid too much owes nothing.
func (r *reader) debt() table.Fault {
	d := Debt{Place: r.place(), Tenant: r.textUpTo(RoleTenant, core.MaxName)}
	text := r.text(RoleAmount)
	if text == "" && d.Tenant == "" {
		return ""
	}
	id, fault := r.idOrPlace(d.Place)
	if fault != "" {
		return fault
	}
	amount, err := core.ReadAmount(text)
	switch {
	case err != nil:
		return FaultAmount
	case amount <= 0:
		return ""
	case r.twice(id, d.Place):
		return FaultTwice
	}
	d.Lease, d.Amount = id, amount
	r.report.Debts = append(r.report.Debts, d)
	return ""
}
