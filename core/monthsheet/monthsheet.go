// Package monthsheet writes the rent of a month as one page of HTML that stands alone, to
// be printed from a browser: no script, no links, nothing that is loaded, and everything
// that others wrote escaped. It says what arrived, and is no ledger.
package monthsheet

import (
	"cmp"
	_ "embed"
	"fmt"
	"html/template"
	"io"
	"slices"
	"strconv"
	"strings"
	"time"

	"rentbell/core"
)

//go:embed sheet.html
var page string

// Sheet is what a month sheet says.
type Sheet struct {
	Month   core.Month
	Company string // whose sheet it is; empty: left out
	Leases  []core.LeaseReceipts
	Now     time.Time // when it is printed; days and times are in its location
}

// Write writes a sheet.
func Write(w io.Writer, s Sheet) error {
	form, err := template.New("sheet").Parse(page)
	if err != nil {
		return fmt.Errorf("read the form of the month sheet: %w", err)
	}
	if err := form.Execute(w, pageOf(s)); err != nil {
		return fmt.Errorf("write the month sheet: %w", err)
	}
	return nil
}

// shown is what the form has places for.
type shown struct {
	Month, Company, Printed string
	Sums                    sums
	Properties              []property
}

type property struct {
	Name string
	Rows []row
	Sums sums
}

// row is a lease.
type row struct {
	Tenant, Lease, Unit            string
	Expected, Received, Above, Due string
	Owes                           bool
	Receipts                       []receipt
}

// receipt is a payment or what took one back.
type receipt struct{ Day, How string }

func pageOf(of Sheet) shown {
	s := shown{
		Month:   of.Month.First().In(time.UTC).Format("January 2006"),
		Company: strings.TrimSuffix(core.OneLine(of.Company), "."), // a full stop follows
		Printed: of.Now.Format("January 2, 2006 at 3:04 PM"),
	}
	leases := slices.Clone(of.Leases)
	slices.SortStableFunc(leases, byPlace)
	for _, l := range leases {
		name := propertyOf(l)
		if n := len(s.Properties); n == 0 || s.Properties[n-1].Name != name {
			s.Properties = append(s.Properties, property{Name: name})
		}
		p := &s.Properties[len(s.Properties)-1]
		p.Rows = append(p.Rows, rowOf(l, of.Now.Location()))
		p.Sums.add(l)
		s.Sums.add(l)
	}
	return s
}

const noProperty = "Property not known"

func propertyOf(l core.LeaseReceipts) string { return cmp.Or(core.OneLine(l.Property), noProperty) }

// byPlace orders by property, then unit, numbers by their size; properties without a name
// come last.
func byPlace(a, b core.LeaseReceipts) int {
	p, q := propertyOf(a), propertyOf(b)
	if p != q && (p == noProperty || q == noProperty) {
		return cmp.Compare(strings.Count(p, noProperty), strings.Count(q, noProperty))
	}
	return cmp.Or(cmp.Compare(p, q), byNumber(core.OneLine(a.Unit), core.OneLine(b.Unit)), cmp.Compare(a.Lease, b.Lease))
}

// byNumber orders texts by the number they begin with, then as texts.
func byNumber(a, b string) int { return cmp.Or(cmp.Compare(number(a), number(b)), cmp.Compare(a, b)) }

func number(text string) int {
	digits := text[:len(text)-len(strings.TrimLeft(text, "0123456789"))]
	n, _ := strconv.Atoi(digits) // none: 0; too long: the largest
	return n
}

func rowOf(l core.LeaseReceipts, loc *time.Location) row {
	r := row{
		Tenant: core.OneLine(l.Tenant), Lease: core.OneLine(l.Lease), Unit: core.OneLine(l.Unit),
		Expected: "Not known", Received: dollars(l.Received), Receipts: receiptsOf(l.Receipts, loc),
	}
	if l.Expected.Known() {
		r.Expected, r.Due, r.Owes = dollars(l.Expected.Amount), dollars(l.StillDue()), l.StillDue() > 0
	}
	if more := above(l); more > 0 {
		r.Above = "+" + dollars(more) + " above rent"
	}
	return r
}

// above is what has come beyond the rent; 0 where the rent is not known.
func above(l core.LeaseReceipts) core.Cents {
	if !l.Expected.Known() {
		return 0
	}
	return max(0, l.Received.Plus(-l.Expected.Amount))
}

// receiptsOf says when each payment came and how. A single one needs no amount: it is what
// was received.
func receiptsOf(payments []core.Skimmed, loc *time.Location) (list []receipt) {
	var open []core.Cents // payments that nothing has taken back
	for _, p := range payments {
		r := receipt{Day: p.At.In(loc).Format("Jan 2"), How: core.OneLine(p.Method)}
		if len(payments) > 1 {
			r.How = strings.TrimPrefix(r.How+", "+dollars(p.Amount), ", ")
		}
		if p.Amount >= 0 {
			open = append(open, p.Amount)
		} else if i := slices.Index(open, -p.Amount); i >= 0 {
			open = slices.Delete(open, i, i+1)
			r.Day = "Returned " + r.Day
		} else {
			r.Day = "Refund " + r.Day
		}
		list = append(list, r)
	}
	return list
}
