package expected

import (
	"cmp"
	"hash/fnv"
	"slices"
	"strings"

	"fyne.io/fyne/v2"

	"rentbell/core"
	"rentbell/ui/frame"
	"rentbell/ui/kit"
	"rentbell/ui/words"
)

// stateColumn is the one that leases are sorted by at first.
const stateColumn = 6

// columns returns the columns of the list. In a narrow window the property stands in
// the caption below the tenant.
func columns(single func() bool) frame.Columns {
	return frame.Columns{
		{Title: "Tenant or lease", Width: 108, Grow: 3},
		{Title: "Property", Width: 102, Grow: 2, Flush: true, Spare: single},
		{Title: "Expected", Width: 72, Grow: 0.3, Right: true, Flush: true, Falling: true},
		{Title: "Received", Width: 78, Grow: 0.3, Right: true, Flush: true, Falling: true},
		{Title: "Still due", Width: 90, Grow: 0.3, Right: true, Falling: true},
		{Title: "State", Width: 106, Grow: 0.3},
	}
}

// compare compares two leases by a column. What is missing comes last either way.
func compare(by frame.Order, a, b core.LeaseMonth) int {
	values, missing := 0, 0
	switch by.Column {
	case 1:
		aName, _ := nameOf(a)
		bName, _ := nameOf(b)
		values = cmp.Compare(words.Folded(aName), words.Folded(bName))
	case 2:
		values = cmp.Or(cmp.Compare(words.Folded(a.Property), words.Folded(b.Property)), cmp.Compare(words.Folded(a.Unit), words.Folded(b.Unit)))
		missing = last(a.Property == "", b.Property == "")
	case 3:
		values, missing = cmp.Compare(a.Expected.Amount, b.Expected.Amount), last(!a.Expected.Known(), !b.Expected.Known())
	case 4:
		values = cmp.Compare(a.Received, b.Received)
	case 5:
		values, missing = cmp.Compare(a.StillDue(), b.StillDue()), last(!a.Expected.Known(), !b.Expected.Known())
	default:
		values = compareStates(a, b)
	}
	switch {
	case missing != 0:
		return missing
	case by.Falling:
		values = -values
	}
	return cmp.Or(values, compareStates(a, b))
}

// last puts what is missing behind what is not.
func last(a, b bool) int {
	switch {
	case a == b:
		return 0
	case a:
		return 1
	}
	return -1
}

// rows are leases in a list. They implement kit.Rows.
type rows []core.LeaseMonth

func (r rows) Len() int           { return len(r) }
func (r rows) Key(row int) uint64 { return keyOf(r[row].Lease) }

func (r rows) Find(key uint64, near int) int {
	if near >= 0 && near < len(r) && r.Key(near) == key {
		return near
	}
	return slices.IndexFunc(r, func(l core.LeaseMonth) bool { return keyOf(l.Lease) == key })
}

// keyOf is the identity of a lease's row.
func keyOf(lease string) uint64 {
	h := fnv.New64a()
	_, _ = h.Write([]byte(lease)) // a hash never fails
	return 1 + h.Sum64()>>1
}

// row is one lease in the list.
type row struct {
	kit.Compound

	name, lease    *kit.Text
	property, unit *kit.Text
	expected       *kit.Text
	received       *kit.Text
	due, more      *kit.Text
	state          *kit.Chip
}

func newRow(c frame.Columns) *row {
	r := &row{state: kit.NewChip(kit.Neutral, nil, "")}
	var who, where fyne.CanvasObject
	r.name, r.lease, who = kit.NewTwoLines(kit.Strong)
	r.property, r.unit, where = kit.NewTwoLines(kit.Body)
	r.expected = kit.NewText("", kit.Body.Right()).Tight()
	r.received = kit.NewText("", kit.Body.Right()).Tight()
	var due fyne.CanvasObject
	r.due, r.more, due = kit.NewTwoLines(kit.Body.Right())
	r.more.SetStyled("", kit.Caption.Right())
	r.Init(r, &fyne.Container{Layout: c, Objects: []fyne.CanvasObject{who, where, r.expected, r.received, due, kit.HStack(0, r.state)}})
	return r
}

// show shows a lease. single puts the property into the caption.
func (r *row) show(l core.LeaseMonth, single bool) {
	name, known := nameOf(l)
	style := kit.Strong
	if !known {
		style = kit.Unknown
	}
	r.name.SetStyled(name, style)
	r.lease.Set(caption(l, known, single))
	if l.Property == "" {
		r.property.SetStyled(words.Say(words.NoProperty), kit.Unknown.In(kit.ColorText2))
	} else {
		r.property.SetStyled(l.Property, kit.Body)
	}
	r.unit.Set(words.UnitName(l.Unit))
	r.showMoney(l)
	r.state.Set(chipOf(l))
	r.Relayout()
}

// caption is the line below the tenant.
func caption(l core.LeaseMonth, known, single bool) string {
	lease := ""
	if id := words.MeaningfulID(l.Lease); id != "" && known {
		lease = words.Say("Lease %s", id)
	}
	place := words.PlaceOf(l.Place)
	switch {
	case single && place != "" && lease != "":
		return words.Joined(place, words.Uncapital(lease))
	case single && place != "":
		return place
	case !known:
		return words.Say(words.NoName)
	}
	return lease
}

// showMoney shows what should come, what came, and what is missing or too much.
func (r *row) showMoney(l core.LeaseMonth) {
	r.more.Set("")
	r.received.SetStyled(words.Dollars(l.Received), kit.Body.Right())
	if l.Received == 0 {
		r.received.SetStyled(words.Dollars(0), kit.Muted.Right())
	}
	if !l.Expected.Known() {
		small := kit.Caption.Right()
		small.Italic = true
		r.expected.SetStyled(words.Say("Not known"), small)
		r.due.Set("")
		return
	}
	r.expected.SetStyled(words.Dollars(l.Expected.Amount), kit.Body.Right())
	switch due, more := l.StillDue(), above(l); {
	case due > 0:
		r.due.SetStyled(words.Dollars(due), kit.Strong.Right())
	case more > 0:
		r.due.SetStyled("+"+words.Dollars(more), kit.Muted.Right())
		r.more.Set(words.Say("above rent"))
	default:
		r.due.SetStyled(words.Dollars(0), kit.Muted.Right())
	}
}

// matches reports whether a lease is looked for.
func matches(l core.LeaseMonth, search, property string) bool {
	if property != "" && property != l.Property {
		return false
	}
	texts := []string{
		l.Tenant, l.Lease, words.Say("Lease %s", l.Lease), l.Property, l.Unit, words.UnitName(l.Unit),
		words.Dollars(l.Expected.Amount), words.Dollars(l.Received),
	}
	return frame.Contains(strings.TrimSpace(search), texts...)
}

// sortRows sorts leases by a column.
func sortRows(r rows, by frame.Order) {
	slices.SortFunc(r, func(a, b core.LeaseMonth) int { return compare(by, a, b) })
}
