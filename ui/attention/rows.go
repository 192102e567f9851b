package attention

import (
	"cmp"
	"fmt"
	"hash/fnv"
	"slices"

	"rentbell/core"
	"rentbell/ui/explain"
	"rentbell/ui/kit"
	"rentbell/ui/news"
	"rentbell/ui/words"
)

// folds reports whether the rows of a group can be hidden.
func folds(g news.Group) bool { return g != news.AtOnce }

// name heads a group. Rents are those of a month, where all of them are.
func name(g news.Group, m core.Month) string {
	switch g {
	case news.AtOnce:
		return words.Say("At once")
	case news.Connection:
		return words.Say("Connection")
	case news.Rents:
		if m.IsZero() {
			return words.Say("Rent")
		}
		return words.Say("Rent for %s", words.MonthWord(m.First()))
	case news.WorkOrders:
		return words.Say("Work orders")
	case news.Leases:
		return words.Say("Leases")
	case news.Names:
		return words.Say("Names")
	case news.Incomplete:
		return words.Say("Something is missing")
	}
	return words.Say("Unreadable deliveries")
}

// line is a row: an item, one that has just been dealt with, or the head of a group.
type line struct {
	group news.Group
	item  news.Concern
	done  *done         // what was done with it; nil: nothing
	head  string        // the name of a head; empty for an item
	count string        // of a head
	flood *news.Concern // of a head: what is handled with one press
}

// done is an item that has just been dealt with, and can be brought back.
type done struct {
	item   news.Concern
	text   string
	settle func() // called once it can no longer be brought back; nil: it was only snoozed
	over   bool
}

// rows are the items under the heads of their groups. They implement kit.Rows.
type rows struct {
	items  []news.Concern
	done   []*done // the latest last
	folded map[news.Group]bool
	lines  []line
}

func (r *rows) has(d *done) bool { return slices.Contains(r.done, d) }

func (r *rows) drop(d *done) {
	r.done = slices.DeleteFunc(r.done, func(other *done) bool { return other == d })
}

// bringBack shows an item again before the next Show.
func (r *rows) bringBack(c news.Concern) {
	if slices.ContainsFunc(r.items, func(i news.Concern) bool { return keyOf(i) == keyOf(c) }) {
		return
	}
	r.items = append(r.items, c)
}

// fill makes the lines, in the order of the groups and of the kinds.
func (r *rows) fill() {
	var all []line
	for _, c := range r.items {
		if !r.dealtWith(c) {
			all = append(all, line{group: c.Group, item: c})
		}
	}
	for _, d := range r.done {
		all = append(all, line{group: d.item.Group, item: d.item, done: d})
	}
	slices.SortStableFunc(all, byPlace)
	r.lines = r.lines[:0]
	for len(all) > 0 {
		g := all[0].group
		n := slices.IndexFunc(all, func(l line) bool { return l.group != g })
		if n < 0 {
			n = len(all)
		}
		r.lines = append(r.lines, headOf(g, all[:n]))
		if !r.folded[g] {
			r.lines = append(r.lines, all[:n]...)
		}
		all = all[n:]
	}
}

// dealtWith reports whether all of an item is among what was just dealt with: the items
// may have been read before that was saved.
func (r *rows) dealtWith(c news.Concern) bool {
	for _, d := range r.done {
		same := slices.Equal(c.IDs, d.item.IDs) && len(c.IDs) > 0 || c.Offer != nil && keyOf(c) == keyOf(d.item)
		if same || len(c.Found) > 0 && !slices.ContainsFunc(c.Keys(), func(k core.FindingKey) bool { return !slices.Contains(d.item.Keys(), k) }) {
			return true
		}
	}
	return false
}

// byPlace compares lines by their groups, and within one by kind.
func byPlace(a, b line) int {
	kinds := core.FindingKinds()
	return cmp.Or(cmp.Compare(a.group, b.group), cmp.Compare(slices.Index(kinds, a.item.Kind), slices.Index(kinds, b.item.Kind)))
}

// headOf is the head of a group. It counts items; where deliveries came in a flood, it
// counts those, and they can be handled with one press.
func headOf(g news.Group, of []line) line {
	head := line{group: g}
	month, n := of[0].item.Month(), 0
	for i, l := range of {
		if l.item.Month() != month {
			month = core.Month{}
		}
		if l.done != nil {
			continue
		}
		n++
		if g >= news.Incomplete && l.item.Count > 1 {
			n += l.item.Count - 1
			head.flood = &of[i].item
		}
	}
	if n > 0 {
		head.count = explain.Number(n)
	}
	head.head = name(g, month)
	return head
}

// kind is the kind of a row.
func (r *rows) kind(row int) kit.Kind {
	if r.lines[row].head != "" {
		return kit.Group
	}
	return kit.Ordinary
}

func (r *rows) Len() int { return len(r.lines) }

func (r *rows) Key(row int) uint64 {
	l := r.lines[row]
	text := keyOf(l.item)
	if l.head != "" {
		text = fmt.Sprint("group ", l.group)
	}
	h := fnv.New64a()
	_, _ = h.Write([]byte(text)) // a hash never fails
	return max(1, h.Sum64())
}

func (r *rows) Find(key uint64, near int) int {
	for row := range r.lines {
		if r.Key(row) == key {
			return row
		}
	}
	return -1
}

// keyOf tells items apart, whatever becomes of them.
func keyOf(c news.Concern) string {
	switch {
	case len(c.Found) > 0:
		return string(c.Kind)
	case c.Offer != nil:
		return fmt.Sprint(c.Group, c.Offer.Key)
	}
	return fmt.Sprint(c.Group, c.IDs)
}
