package paper

import (
	"cmp"
	"strconv"

	"rentbell/core"
	"rentbell/core/appfolio/sandbox/story"
)

const (
	utilities  = 25_00  // the second row of a split receipt
	splitAbove = 100_00 // those that are large enough
	splitRow   = 3      // one receipt in so many has two rows
	zeroRow    = 4      // one in so many has a row of nothing
)

// income is the income register from one day to another, both included.
func (b *books) income(from, to core.Date) *report {
	r := &report{
		title: "Income Register", about: "Period Range: " + day(from) + " to " + day(to), summed: true, groups: b.byProperty(),
		columns: []string{"Property", "Unit", "Receipt ID", "Receipt Date", "Payer", "Reference", "Type", "Description", "Receipt Amount"},
	}
	for _, receipt := range b.receipts {
		if !receipt.date.Before(from) && !to.Before(receipt.date) {
			receipt.print(r)
		}
	}
	return r
}

// print adds the rows of a receipt: its amount in one row or two, now and then one of
// nothing, and all of it taken back when it was returned.
func (r *receipt) print(to *report) {
	row := func(amount core.Cents, description string) {
		to.add(r.of.Property, r.of.Property, r.of.Unit, strconv.Itoa(r.id), r.date, payer(r.of.Tenancy),
			r.paid.Reference, r.paid.Method, description, amount)
	}
	amount := r.paid.Amount
	if r.id%splitRow == 0 && amount > splitAbove {
		amount -= utilities
		row(utilities, "Utilities")
	}
	row(amount, r.paid.Description)
	if r.id%zeroRow == 1 {
		row(0, "Prepayment applied")
	}
	if r.returned {
		row(-r.paid.Amount, "Returned: "+r.paid.Description)
	}
}

// The states of a lease in the rent roll, and of a unit without one.
const (
	current        = "Current"
	future         = "Future"
	noticeRented   = "Notice-Rented"
	noticeUnrented = "Notice-Unrented"
	vacantRented   = "Vacant-Rented"
	vacantUnrented = "Vacant-Unrented"
)

// rentRoll has a row for the lease that a unit is let by, or for the empty unit, and
// one for the lease that comes next.
func (b *books) rentRoll(today core.Date) *report {
	r := &report{
		title: "Rent Roll", about: "As of: " + day(today), summed: true, groups: b.byProperty(),
		columns: []string{"Property", "Unit", "Tenant", "Status", "Market Rent", "Rent", "Lease From", "Lease To", "Move-in", "Past Due", "Occupancy ID"},
	}
	for _, unit := range b.lettings {
		now, next := b.letting(unit, today)
		status := cmp.Or(now.status(today, next), vacantUnrented)
		if now == nil && next != nil {
			status = vacantRented
		}
		if now == nil {
			r.add(unit.Property, unit.Property, unit.Unit, "", status, unit.Rent, "", "", "", "", "", "")
		} else {
			b.addLease(r, now, status, unit.Rent, today)
		}
		if next != nil {
			b.addLease(r, next, future, unit.Rent, today)
		}
	}
	return r
}

func (b *books) addLease(r *report, l *lease, status string, market core.Cents, today core.Date) {
	owed := core.Cents(0)
	for _, part := range b.owed(l, today) {
		owed += part
	}
	r.add(l.Property, l.Property, l.Unit, tenant(l.Tenancy), status, market, l.Rent, l.start, l.end, l.since, owed, l.Lease)
}

// letting is by which lease a unit is let today, and by which it will be next; nil:
// none.
func (b *books) letting(unit story.Letting, today core.Date) (now, next *lease) {
	for _, l := range b.leases {
		switch {
		case l.Property != unit.Property || l.Unit != unit.Unit || l.over || l.start.IsZero():
		case today.Before(l.since):
			next = l
		default:
			now = l
		}
	}
	return now, next
}

func (l *lease) status(today core.Date, next *lease) string {
	switch {
	case l == nil:
		return ""
	case !l.Leaving || today.Before(l.Notice()):
		return current
	case next != nil:
		return noticeRented
	}
	return noticeUnrented
}

// ages are the columns of the delinquency report: how many days old is what is owed.
// Each but the last spans ageSpan days.
var ages = [...]string{"0-30", "31-60", "61-90", "90+"}

const ageSpan = 30

// delinquency has a row for each lease in force that owes rent.
func (b *books) delinquency(today core.Date) *report {
	r := &report{
		title: "Delinquency", about: "As of: " + day(today), summed: true, groups: b.byProperty(),
		columns: []string{"Property", "Unit", "Tenant", "Status", "Rent", "Last Payment", "Amount Receivable"},
	}
	r.columns = append(append(r.columns, ages[:]...), "Occupancy ID")
	for _, unit := range b.lettings {
		l, next := b.letting(unit, today)
		if l == nil {
			continue
		}
		sum, parts := core.Cents(0), b.owed(l, today)
		row := []any{l.Property, l.Unit, tenant(l.Tenancy), l.status(today, next), l.Rent, b.lastPaid(l), nil}
		for _, part := range parts {
			sum += part
			row = append(row, part)
		}
		if row[6] = sum; sum > 0 {
			r.add(l.Property, append(row, l.Lease)...)
		}
	}
	return r
}

// owed is what a lease owes by age. Rent is due on the first, from the first whole month
// on that the books know; money pays the oldest.
func (b *books) owed(l *lease, today core.Date) (parts [len(ages)]core.Cents) {
	first := core.MonthOf(b.from).Add(1)
	paid := core.Cents(0)
	for _, r := range b.receipts {
		if r.of == l && forRent(r.paid) && !r.date.Before(first.First()) {
			paid += r.total()
		}
	}
	for m := first; !today.Before(m.First()); m = m.Add(1) {
		if !l.since.Before(m.First()) {
			continue // the first rent is paid on moving in
		}
		part := min(paid, l.Rent)
		paid -= part
		age := max(0, m.First().DaysUntil(today)-1) / ageSpan
		parts[min(age, len(ages)-1)] += l.Rent - part
	}
	return parts
}

// lastPaid is the day of the last payment, zero if there is none.
func (b *books) lastPaid(l *lease) (last core.Date) {
	for _, r := range b.receipts {
		if r.of == l && r.total() > 0 {
			last = r.date
		}
	}
	return last
}

// workOrders has a row for each work order. One about a common place has no unit.
func (b *books) workOrders() *report {
	r := &report{
		title: "Work Order", about: "Status: All", groups: b.byProperty(),
		columns: []string{"Work Order Number", "Status", "Vendor", "Priority", "Created At", "Scheduled Start", "Job Description", "Property", "Unit"},
	}
	for _, o := range b.orders {
		vendor, unit := "", o.of.Unit
		if o.Vendor != nil {
			vendor = *o.Vendor
		}
		if o.Unit != "" && o.Unit != unit {
			unit = ""
		}
		r.add(o.of.Property, o.ID, o.Status, vendor, o.Priority, o.created, o.scheduled, o.Title, o.of.Property, unit)
	}
	return r
}
