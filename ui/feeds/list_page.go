package feeds

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"rentbell/ui/frame"
	"rentbell/ui/kit"
	"rentbell/ui/words"
)

// listPage is a page that lists things of a kind: a toolbar, a table with a pane
// beside it, and words in the table's place while it has no rows. Its source says
// which things these are.
type listPage[T any] struct {
	sheet
	listKind[T]
	pane *frame.Pane
	body *fyne.Container // below the title, or below the tabs

	onOpen func(T)

	now        func() time.Time
	source     source[T]
	table      *frame.Table
	properties *kit.Select
}

// source finds what a page lists. memoryPage keeps all things and picks among them;
// paymentsView lets find.Finder look for them in the background.
type source[T any] interface {
	// at is the thing in a row. ok is false for the head of a group, and for what
	// cannot be read just now.
	at(row int) (t T, ok bool)
	// ask is called when the toolbar or the order has changed. The source puts the new
	// rows on the list and calls update, at once or later.
	ask()
}

// listKind is what tells one such page from another, in words that are said.
type listKind[T any] struct {
	title    string
	seek     string  // stands in the empty search
	seekWide float32 // width of the search beside a pane; 0: 216
	columns  frame.Columns
	begin    frame.Order
	row      func() row[T]
	group    func(row int) (g group, ok bool) // ok is false for a row of a thing; nil: there are no groups

	tools  tools
	above  fyne.CanvasObject // the toolbar; may be nil
	tabs   *kit.Tabs         // between title and toolbar; nil: there are none
	behind fyne.CanvasObject // what the second tab shows; nil without tabs
	closed func()            // the pane was closed; may be nil

	noneFound   string // heads the reason why nothing is listed
	noneMatches string // says that nothing matches what is looked for
}

// tools are what a toolbar has besides the search and the properties.
type tools struct {
	between []frame.Tool
	selects []*kit.Select     // of those, the ones whose first choice lists all
	right   fyne.CanvasObject // may be nil
}

// row shows a thing in a list.
type row[T any] interface {
	fyne.CanvasObject
	show(t T, now time.Time)
}

// make makes the page's parts.
func (v *listPage[T]) make(now func() time.Time, k listKind[T], s source[T]) {
	v.now, v.listKind, v.source = now, k, s
	v.makeList()
	v.table = frame.NewTable(k.columns, v.list)
	v.table.Sorts(k.columns, k.begin, s.ask)
	v.pane = frame.NewPane(func() {
		v.list.Select(-1)
		if v.closed != nil {
			v.closed()
		}
	})
	v.table.Opens(v.pane, func(i int) {
		if t, ok := s.at(i); ok {
			v.onOpen(t)
		}
	})
	v.body = kit.Above(kit.CardGap, v.newTools(), v.table.Object)
	if k.above != nil {
		v.body = kit.Above(14, k.above, v.body)
	}
	if k.tabs == nil {
		v.page = frame.NewPage(k.title, nil, v.body, v.pane)
		return
	}
	v.page = frame.NewPage(k.title, k.tabs, container.NewStack(v.body, k.behind), v.pane)
	v.page.Tighten()
}

// makeList makes the list of things and of the heads of their groups.
func (v *listPage[T]) makeList() {
	v.list = kit.NewList(kit.RowHigh, groupHigh)
	v.list.Create = func(kind kit.Kind) fyne.CanvasObject {
		if kind == kit.Group {
			return newGroupRow()
		}
		return v.row()
	}
	v.list.Update = func(i int, o fyne.CanvasObject) {
		if head, is := o.(*groupRow); is {
			g, _ := v.group(i)
			head.show(g)
			return
		}
		t, _ := v.source.at(i)      // what cannot be read shows as a thing without details
		o.(row[T]).show(t, v.now()) // Create makes nothing else
	}
	if v.group == nil {
		return
	}
	v.list.KindOf = func(i int) kit.Kind {
		if _, is := v.group(i); is {
			return kit.Group
		}
		return kit.Ordinary
	}
	v.list.Folded = func(i int) (folded, folds bool) {
		g, is := v.group(i)
		return g.folded, is
	}
}

func (v *listPage[T]) newTools() *fyne.Container {
	asked := func(string) { v.source.ask() }
	var search, property fyne.CanvasObject
	v.search, search = kit.NewSearch(v.seek, asked)
	v.properties, property = kit.NewSelect([]string{words.Say(frame.AllProperties)}, asked)
	v.tools.selects = append(v.tools.selects, v.properties)
	wide := float32(20) // more than in a narrow window, where the filters leave room for it
	if v.above != nil {
		wide = 0
	}
	last := frame.Tool{Object: property, Narrow: 150, Wide: 150 + wide}
	if len(v.tools.between) > 0 {
		last.Spare = func() bool { return frame.Narrowed(v.properties) == "" }
	}
	seekWide := cmp.Or(v.seekWide, 216)
	all := append([]frame.Tool{{Object: search, Narrow: seekWide, Wide: 216 + wide}}, v.tools.between...)
	return frame.NewToolbar(v.tools.right, append(all, last)...)
}

// update shows the rows that the list has now, or why it has none.
func (v *listPage[T]) update(none func() kit.Empty) {
	if v.list.Rows.Len() > 0 {
		v.table.Update()
	} else {
		v.table.ShowEmpty(none())
	}
}

// unmatched says that nothing matches, and offers to clear the search.
func (v *listPage[T]) unmatched() kit.Empty {
	return kit.Empty{Title: v.noneFound, Text: v.noneMatches, Actions: []fyne.CanvasObject{kit.NewButton(words.Say("Clear search"), nil, v.clear)}}
}

// filtered reports whether something is looked for.
func (v *listPage[T]) filtered() bool {
	return strings.TrimSpace(v.search.Text) != "" || slices.ContainsFunc(v.tools.selects, func(s *kit.Select) bool { return frame.Narrowed(s) != "" })
}

func (v *listPage[T]) clear() {
	v.unfilter()
	v.source.ask()
}

// unfilter clears what is looked for, without asking the source.
func (v *listPage[T]) unfilter() {
	v.search.Text = ""
	v.search.Refresh()
	for _, s := range v.tools.selects {
		s.Selected = s.Options[0]
		s.Refresh()
	}
}
