package feeds

import (
	"hash/fnv"
	"slices"
	"time"

	"fyne.io/fyne/v2"

	"rentbell/core"
	"rentbell/ui/frame"
	"rentbell/ui/kit"
	"rentbell/ui/words"
)

// listPage is a page that lists all things of a kind. They are in memory, so that
// its search, its filters and its heads work on the spot.
type listPage[T any] struct {
	sheet
	listKind[T]
	pane *frame.Pane

	onOpen func(T)

	now        func() time.Time
	all        []T
	table      *frame.Table
	properties *kit.Select
	filters    *kit.Filters
	note       string // while nothing is looked for
}

// listKind is what tells one such page from another, in words that are said.
type listKind[T any] struct {
	title   string
	seek    string // stands in the empty search
	columns frame.Columns
	begin   frame.Order
	filter  []string // the filters' labels; nil: there are none

	place func(T) core.Place
	texts func(T) []string           // what else than its place a thing is found by
	under func(t T, filter int) bool // whether it is listed under a filter
	at    func(row int) (T, bool)    // false for the head of a group
	fill  func(chosen []T)           // makes the rows

	found       func(n int) string
	none        kit.Empty // there are no things
	noneFound   string    // heads the reason why none is listed
	noneMatches string    // says that none of them is what is looked for
}

// make makes the page's parts; above stands over its toolbar and may be nil.
func (v *listPage[T]) make(now func() time.Time, above fyne.CanvasObject) {
	v.now = now
	v.table = frame.NewTable(v.columns, v.list)
	v.table.Sorts(v.columns, v.begin, v.refill)
	v.pane = frame.NewPane(func() { v.list.Select(-1) })
	v.table.Opens(v.pane, func(row int) {
		if t, ok := v.at(row); ok {
			v.onOpen(t)
		}
	})
	asked := func(string) { v.ask() }
	var search, property, right fyne.CanvasObject
	v.search, search = kit.NewSearch(v.seek, asked)
	v.properties, property = kit.NewSelect([]string{words.Say(frame.AllProperties)}, asked)
	wide := float32(20) // more than in a narrow window, where the filters leave room for it
	if v.filter != nil {
		v.filters = kit.NewFilters(v.filter, func(int) { v.ask() })
		right = v.filters
	}
	if above != nil {
		wide = 0
	}
	tools := frame.NewToolbar(right, frame.Tool{Object: search, Narrow: 216, Wide: 216 + wide}, frame.Tool{Object: property, Narrow: 150, Wide: 150 + wide})
	if above == nil {
		v.page = frame.NewPage(v.title, tools, v.table.Object, v.pane)
		return
	}
	v.page = frame.NewPage(v.title, nil, kit.Above(14, above, kit.Above(kit.CardGap, tools, v.table.Object)), v.pane)
}

// put puts all things there are on the screen; fresh are the ids of those that
// have just changed.
func (v *listPage[T]) put(all []T, note string, fresh []string) {
	v.all, v.note = all, note
	var names []string
	for _, t := range all {
		names = append(names, v.place(t).Property)
	}
	v.properties.Options = frame.PropertyOptions(names, v.properties.Selected)
	v.list.Arrived(keysOf(fresh)...)
	v.refill()
}

// ask is what a change of the toolbar does. Its user no longer looks for what the
// pane shows when that is not listed any more; news close no pane.
func (v *listPage[T]) ask() {
	v.refill()
	v.table.Settle(v.pane)
}

// refill applies the toolbar to all things.
func (v *listPage[T]) refill() {
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
	v.fill(chosen)
	if v.list.Rows.Len() > 0 {
		v.table.Update()
	} else {
		v.table.ShowEmpty(v.emptiness())
	}
}

func (v *listPage[T]) matches(t T) bool {
	p := v.place(t)
	if v.properties.Selected != words.Say(frame.AllProperties) && v.properties.Selected != p.Property {
		return false
	}
	texts := append(v.texts(t), p.Property, p.Unit, words.UnitName(p.Unit), p.Tenant)
	if p.Property == "" {
		texts = append(texts, words.Say(words.NoProperty))
	}
	return frame.Contains(v.search.Text, texts...)
}

// emptiness says why there are no rows.
func (v *listPage[T]) emptiness() kit.Empty {
	switch {
	case v.filtered():
		return kit.Empty{Title: v.noneFound, Text: v.noneMatches, Actions: []fyne.CanvasObject{kit.NewButton(words.Say("Clear search"), nil, v.clear)}}
	case len(v.all) > 0:
		return kit.Empty{Title: v.noneFound, Text: words.Say("There are none of this kind.")}
	}
	return v.none
}

// filtered reports whether something is looked for.
func (v *listPage[T]) filtered() bool { return frame.IsFiltered(v.search, v.properties) }

func (v *listPage[T]) clear() {
	v.unfilter()
	v.refill()
}

// unfilter takes search and property away, and shows nothing anew.
func (v *listPage[T]) unfilter() { frame.ClearFilters(v.search, v.properties) }

// idRows are things in a list, which go by their ids. They implement kit.Rows.
type idRows[T any] struct {
	of []T
	id func(T) string
}

func (r *idRows[T]) Len() int           { return len(r.of) }
func (r *idRows[T]) Key(row int) uint64 { return hashed(r.id(r.of[row])) }

func (r *idRows[T]) Find(key uint64, near int) int {
	return slices.IndexFunc(r.of, func(t T) bool { return hashed(r.id(t)) == key })
}

func (r *idRows[T]) at(row int) (T, bool) { return r.of[row], true }

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
