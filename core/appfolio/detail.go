package appfolio

import (
	"strconv"

	"rentbell/core"
)

// longestTerm bounds that of a lease, in months: a hundred years.
const longestTerm = 1200

// detail decodes the data of a known type. It always returns a detail for those.
// Fields that are missing or of the wrong kind are zero in it, and the attention
// names the first of them, in the order in which they are read below.
func detail(eventType string, raw []byte) (core.Detail, core.Attention) {
	d := data{members: membersOf(raw)}
	if d.members == nil {
		d.complain(core.ReasonMissing, "data")
	}
	var known core.Detail
	switch eventType {
	case core.TypeTenantCreated:
		known = d.tenant()
	case core.TypeWorkOrderUpdated:
		known = d.workOrder()
	case core.TypePaymentReceived:
		known = d.payment()
	case core.TypeLeaseSigned:
		known = d.leaseSigned()
	case core.TypeLeaseExpired:
		known = d.leaseExpired()
	default:
		if m := d.move(core.MoveSteps()[eventType]); m.Step != "" && m.ID != "" {
			return m, core.Attention{} // of no contract, so it may lack anything
		}
		return nil, core.Attention{}
	}
	return known, d.attention
}

// data is the data of a delivery while it is decoded. Its methods read one field
// each.
type data struct {
	members   members
	attention core.Attention // the first complaint
}

func (d *data) complain(reason core.Reason, name string) {
	if d.attention.IsZero() {
		d.attention = core.Attention{Reason: reason, Field: name}
	}
}

func (d *data) tenant() core.Tenant {
	var t core.Tenant
	t.ID = d.id("tenant_id")
	t.PropertyID = d.property()
	t.Email = d.text("email")
	t.Place = d.place()
	return t
}

func (d *data) workOrder() core.WorkOrder {
	var w core.WorkOrder
	w.ID = d.id("work_order_id")
	w.Status = d.text("status")
	w.Vendor = d.vendor()
	w.Place = d.place()
	w.Title = d.extra("title")
	w.Priority = d.extra("priority")
	w.Number = d.numeral("number")
	return w
}

func (d *data) payment() core.Payment {
	var p core.Payment
	p.Lease = d.id("lease_id")
	p.Amount, p.AmountKnown = d.cents("amount_cents")
	p.Method = d.text("payment_method")
	p.Place = d.place()
	p.Memo = d.extra("description")
	p.Reference = d.extra("reference")
	return p
}

func (d *data) leaseSigned() core.LeaseSigned {
	var l core.LeaseSigned
	l.Lease = d.id("lease_id")
	l.MoveIn = d.date("move_in_date")
	l.Months = d.months("term_months")
	l.Place = d.place()
	return l
}

func (d *data) leaseExpired() core.LeaseExpired {
	var l core.LeaseExpired
	l.Lease = d.id("lease_id")
	l.UnitID = d.id("unit_id")
	l.Vacate = d.date("vacate_date")
	l.Place = d.place()
	return l
}

func (d *data) move(step core.MoveStep) core.Move {
	on := "move_out_date"
	if step == core.MovedIn {
		on = "move_in_date"
	}
	day, err := core.ParseDate(Text(d.members.of(on), len("2006-01-02")))
	if err != nil {
		day = core.Date{}
	}
	return core.Move{
		Place: d.place(), ID: Text(d.members.of("tenant_id"), longestID), PropertyID: Text(d.members.of("property_id"), longestID), Step: step, On: day,
	}
}

func (d *data) place() core.Place {
	return core.Place{
		Tenant:   d.extra("tenant_name"),
		Property: d.extra("property_name"),
		Unit:     d.extra("unit_name"),
	}
}

// id reads text that identifies a thing; it is whole or none.
func (d *data) id(name string) string {
	raw := d.present(name)
	if raw == nil {
		return ""
	}
	id := Text(raw, longestID)
	if id == "" {
		d.complain(core.ReasonWrongKind, name)
	}
	return id
}

// text reads required text that is shown to people. Of what nothing can be read
// counts as missing.
func (d *data) text(name string) string {
	raw := d.present(name)
	if raw == nil {
		return ""
	}
	text := d.extra(name)
	switch {
	case text != "":
	case raw[0] == '"':
		d.complain(core.ReasonMissing, name)
	default:
		d.complain(core.ReasonWrongKind, name)
	}
	return text
}

// extra reads text that AppFolio may leave out.
func (d *data) extra(name string) string {
	return cut(prose(d.members.of(name)))
}

// numeral reads what people call a number, which AppFolio may send as one.
func (d *data) numeral(name string) string {
	if raw := d.members.of(name); len(raw) > 0 && raw[0] >= '0' && raw[0] <= '9' {
		return cut(string(raw))
	}
	return d.extra(name)
}

// present returns the raw value. It complains and returns nil when the member is
// missing, null or an empty text.
func (d *data) present(name string) []byte {
	raw := d.members.of(name)
	if isNothing(raw) {
		d.complain(core.ReasonMissing, name)
		return nil
	}
	return raw
}

func isNothing(raw []byte) bool {
	return len(raw) == 0 || string(raw) == "null" || string(raw) == `""`
}

// property reads a tenant's property. A tenant without one may have an archived one.
func (d *data) property() string {
	if isNothing(d.members.of("property_id")) {
		d.complain(core.ReasonNoProperty, "property_id")
		return ""
	}
	return d.id("property_id")
}

// vendor reads a member that must be there but may be null: nobody is assigned.
func (d *data) vendor() string {
	raw := d.members.of("assigned_vendor")
	if raw != nil && (isNothing(raw) || raw[0] == '"' && prose(raw) == "") {
		return ""
	}
	return d.text("assigned_vendor")
}

// cents reads a whole number of cents. 1250.0, 1e3 and "1250" are of the wrong
// kind.
func (d *data) cents(name string) (amount core.Cents, known bool) {
	n, known := d.integer(name)
	return core.Cents(n), known
}

func (d *data) months(name string) int {
	n, ok := d.integer(name)
	if !ok {
		return 0
	}
	if n < 0 || n > longestTerm {
		d.complain(core.ReasonWrongKind, name)
		return 0
	}
	return int(n)
}

func (d *data) integer(name string) (n int64, ok bool) {
	raw := d.present(name)
	if raw == nil {
		return 0, false
	}
	n, err := strconv.ParseInt(string(raw), 10, 64)
	if err != nil {
		d.complain(core.ReasonWrongKind, name)
		return 0, false
	}
	return n, true
}

func (d *data) date(name string) core.Date {
	raw := d.present(name)
	if raw == nil {
		return core.Date{}
	}
	date, err := core.ParseDate(Text(raw, len("2006-01-02")))
	if err != nil {
		d.complain(core.ReasonWrongKind, name)
		return core.Date{}
	}
	return date
}
