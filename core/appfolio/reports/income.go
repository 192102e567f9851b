package reports

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strings"

	"rentbell/core"
	"rentbell/core/appfolio/records"
	"rentbell/core/names"
)

// register collects the rows of receipts.
type register struct {
	order []string // ids, by their first rows
	rows  map[string][]records.FileRow
	lease map[string]string
	odd   map[string]bool // their number cannot be one
	equal map[string]int  // rows without a number, by what they say
}

// receipt takes a row of the income register.
func (r *reader) receipt() {
	place := r.place()
	row := records.FileRow{
		Date: r.textUpTo(RoleDate, longestSaid), Amount: r.textUpTo(RoleAmount, longestSaid), Payer: r.textUpTo(RolePayer, core.MaxName),
		Property: place.Property, Unit: place.Unit, Reference: r.text(RoleReference), Type: r.text(RoleType), Description: r.text(RoleDescription),
	}
	if row.Date == "" && row.Payer+row.Unit+row.Reference == "" && r.text(RoleReceipt) == "" {
		return // a sum, though it does not say so
	}
	g := &r.receipts
	if g.rows == nil {
		g.rows, g.lease, g.odd, g.equal = map[string][]records.FileRow{}, map[string]string{}, map[string]bool{}, map[string]int{}
	}
	id := r.id(RoleReceipt)
	if names.FaultOfID(id) != "" || !records.IsReceiptID(id) {
		id = g.strayID(row)
		g.odd[id] = r.text(RoleReceipt) != ""
	}
	if g.rows[id] == nil {
		g.order = append(g.order, id)
	}
	g.rows[id] = append(g.rows[id], row)
	g.lease[id] = cmp.Or(g.lease[id], r.leaseID())
}

const longestSaid = 64 // characters of a day or an amount

// strayID is an id made of what a row without a number says. Of several that say the same
// each has its own: they are as many payments.
func (g *register) strayID(row records.FileRow) string {
	date, amount := row.Date, row.Amount
	if d, err := core.ReadDate(date); err == nil {
		date = d.String()
	}
	if cents, err := core.ReadAmount(amount); err == nil {
		amount = cents.Decimal()
	}
	says := strings.ToLower(fmt.Sprintf("%q", []string{date, amount, row.Payer, row.Property, row.Unit, row.Reference}))
	g.equal[says]++
	sum := sha256.Sum256(fmt.Appendf(nil, "%s %d", says, g.equal[says]))
	return core.NoNumber + hex.EncodeToString(sum[:8])
}

// leaseID is the id of the lease of a row; empty: it has none that can be right.
func (r *reader) leaseID() string {
	if id := r.id(RoleLease); names.FaultOfID(id) == "" {
		return id
	}
	return ""
}

// gather makes receipts of the rows.
func (r *reader) gather() {
	g := r.receipts
	for _, id := range g.order {
		is := Receipt{Receipt: records.OfFile(id, g.rows[id]), Lease: g.lease[id]}
		if g.odd[id] {
			is.Unread = "receipt_id"
		}
		r.report.Receipts = append(r.report.Receipts, is)
	}
}
