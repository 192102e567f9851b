package feeds

import (
	"hash/fnv"
	"slices"
	"time"

	"rentbell/core"
	"rentbell/ui/frame"
	"rentbell/ui/kit"
	"rentbell/ui/words"
)

// memoryPage lists things that are in memory, so that its search, its filters and
// its heads work on the spot. It is its own source.
type memoryPage[T any] struct {
	listPage[T]
	memoryKind[T]

	all     []T
	filters *kit.Filters // nil: there are none
	note    string       // while nothing is looked for
}

// memoryKind is what else tells one page of things in memory from another.
type memoryKind[T any] struct {
	rows   memoryRows[T]
	place  func(T) core.Place
	texts  func(T) []string           // what a search looks in, besides the place
	filter []string                   // the filters' labels; nil: there are none
	under  func(t T, filter int) bool // whether it is listed under a filter
	lacks  map[int]string             // by filter: what is said where nothing is listed under it
	found  func(n int) string
	none   kit.Empty // there are no things
}

// memoryRows are the rows of a list, made of things in memory.
type memoryRows[T any] interface {
	kit.Rows
	at(row int) (t T, ok bool)
	fill(chosen []T, by frame.Order)
}

// make makes the page's parts.
func (v *memoryPage[T]) make(now func() time.Time, k listKind[T], m memoryKind[T]) {
	v.memoryKind = m
	if m.filter != nil {
		v.filters = kit.NewFilters(m.filter, func(int) { v.ask() })
		k.tools.right = v.filters
	}
	v.listPage.make(now, k, v)
	v.list.Rows = m.rows
}

// put puts all things there are on the screen; fresh are the ids of those that
// have just changed.
func (v *memoryPage[T]) put(all []T, note string, fresh []string) {
	v.all, v.note = all, note
	var names []string
	for _, t := range all {
		names = append(names, v.place(t).Property)
	}
	frame.Offer(v.properties, names)
	v.list.Arrived(keysOf(fresh)...)
	v.refill()
}

func (v *memoryPage[T]) at(row int) (T, bool) { return v.rows.at(row) }

// ask picks anew. The user no longer looks for what the pane shows when that is not
// listed any more; news close no pane.
func (v *memoryPage[T]) ask() {
	v.refill()
	v.table.Settle(v.pane)
}

// refill applies the toolbar to all things.
func (v *memoryPage[T]) refill() {
	var chosen []T
	for _, t := range v.all {
		if (v.filters == nil || v.under(t, v.filters.Selected())) && v.matches(t) {
			chosen = append(chosen, t)
		}
	}
	v.page.SetNote(v.note)
	if v.filtered() {
		v.page.SetNote(v.found(len(chosen)))
	}
	v.rows.fill(chosen, v.table.By)
	v.update(v.emptiness)
}

func (v *memoryPage[T]) matches(t T) bool {
	p := v.place(t)
	if property := frame.Narrowed(v.properties); property != "" && property != p.Property {
		return false
	}
	texts := append(v.texts(t), p.Property, p.Unit, words.UnitName(p.Unit), p.Tenant)
	if p.Property == "" {
		texts = append(texts, words.Say(words.NoProperty))
	}
	return frame.Contains(v.search.Text, texts...)
}

// emptiness says why there are no rows.
func (v *memoryPage[T]) emptiness() kit.Empty {
	switch {
	case v.filtered():
		return v.unmatched()
	case len(v.all) > 0 && v.filters != nil && v.lacks[v.filters.Selected()] != "":
		return kit.Empty{Title: v.lacks[v.filters.Selected()]}
	case len(v.all) > 0:
		return kit.Empty{Title: v.noneFound, Text: words.Say("There are none of this kind.")}
	}
	return v.none
}

// sortedRows are things in a list, which go by their ids. They implement memoryRows.
type sortedRows[T any] struct {
	of     []T
	id     func(T) string
	orders func() columnOrders[T]
}

func (r *sortedRows[T]) Len() int           { return len(r.of) }
func (r *sortedRows[T]) Key(row int) uint64 { return hashed(r.id(r.of[row])) }

func (r *sortedRows[T]) Find(key uint64, near int) int {
	return slices.IndexFunc(r.of, func(t T) bool { return hashed(r.id(t)) == key })
}

func (r *sortedRows[T]) at(row int) (T, bool) { return r.of[row], true }

func (r *sortedRows[T]) fill(chosen []T, by frame.Order) {
	r.of = chosen
	orders := r.orders()
	slices.SortStableFunc(chosen, func(a, b T) int { return orders.Compare(by, a, b) })
}

// hashed is a number for a text: the identity of rows that have an id but no
// sequence number. It is below 1<<62, so that group rows can have their own.
func hashed(text string) uint64 {
	h := fnv.New64a()
	_, _ = h.Write([]byte(text)) // a hash never fails
	return 1 + h.Sum64()>>2
}

// keysOf are the identities of rows that go by their ids.
func keysOf(ids []string) []uint64 {
	keys := make([]uint64, len(ids))
	for i, id := range ids {
		keys[i] = hashed(id)
	}
	return keys
}
