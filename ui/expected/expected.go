// Package expected is the part of Payments that shows what should have come: for each
// lease the rent of a month, what arrived and how the lease stands, with a pane beside
// the list. It also has the facts, the switches and the dialogs about a lease's rent
// that other panes show. It computes no rent: the bell does. Reads run beside the main
// goroutine; everything else belongs to it.
package expected

import (
	"context"
	"strings"
	"time"

	"fyne.io/fyne/v2"

	"rentbell/assets"
	"rentbell/core"
	"rentbell/ui/explain"
	"rentbell/ui/frame"
	"rentbell/ui/kit"
	"rentbell/ui/words"
)

// Bell is what the list and its pane read and change.
type Bell interface {
	Expected(core.Month) []core.LeaseMonth
	LeaseHistory(lease string, upTo core.Month, n int) []core.LeaseMonth
	Terms(lease string) core.LeaseTerms
	Findings() []core.Found
	Leases() ([]core.LeaseState, error)

	Snooze(ctx context.Context, keys []core.FindingKey, until time.Time) error
	Handle(ctx context.Context, keys []core.FindingKey) error
	Unmark(ctx context.Context, keys []core.FindingKey) error
}

// Config is what a View is made of.
type Config struct {
	Editor
	Bell  Bell
	Ready func() bool        // the bell has added up what came; else there are no figures yet
	Page  func() *frame.Page // of Payments: its pane and its note are used while the list is in front
	Do    Actions
}

// Actions are what the list and its pane ask for.
type Actions struct {
	ShowLease func(id string)
	Copy      func(text string)
	Import    func() // asks for a table of rents
	// Sheet writes the month sheet and shows it; tell is called as that goes on.
	Sheet func(m core.Month, tell func(frame.Saved))
}

// View is the list with its toolbar.
type View struct {
	Body   *fyne.Container
	Search *kit.Entry
	List   *kit.List

	toolbar
	inPane
	c       Config
	reads   frame.Loader
	single  bool
	summary summary
	table   *frame.Table
	rows    rows
	shown   content
}

// toolbar says which leases are listed, besides the search.
type toolbar struct {
	month      *kit.Select
	properties *kit.Select
	filters    *kit.Filters
	saved      *frame.SavedLine // about month sheets
}

// inPane is what the pane shows, while it shows a lease.
type inPane struct {
	details frame.Loader
	open    core.LeaseMonth // without a lease: none
	buttons markButtons
}

// content is what was read for the list.
type content struct {
	month     core.Month
	leases    []core.LeaseMonth
	elsewhere map[core.RentState]core.Month // the latest other month in which a lease stands like that
}

// monthsOffered is how many months can be chosen before this one. The next can be
// chosen, too: rent comes early.
const monthsOffered = 12

// New makes the list, still empty.
func New(c Config) *View {
	v := &View{c: c, summary: newSummary()}
	asked := func(string) { v.ask() }
	var search, month, property fyne.CanvasObject
	v.Search, search = kit.NewSearch(words.Say("Search leases"), asked)
	v.month, month = kit.NewSelect(nil, func(string) {
		v.Forget()
		v.c.Page().Pane.Dismiss()
		v.List.ScrollToTop()
		v.Load()
	})
	v.offerMonths()
	v.month.Selected = words.MonthLabel(core.DateOf(c.Now()))
	v.month.Refresh()
	v.properties, property = kit.NewSelect([]string{words.Say(frame.AllProperties)}, asked)
	sheet := kit.NewButton(words.Say("Month sheet"), assets.NavLeases, v.ShowSheet)
	v.saved = frame.NewSavedLine()
	tools := frame.NewToolbar(sheet,
		frame.Tool{Object: search, Narrow: 172, Wide: 236},
		frame.Tool{Object: month, Narrow: 130, Wide: 140},
		frame.Tool{Object: property, Narrow: 146, Wide: 170, Spare: func() bool { return frame.Narrowed(v.properties) == "" }})
	v.filters = kit.NewFilters(filterLabels(nil), func(int) { v.ask() }).Wrap()
	v.makeList()
	v.Body = kit.Above(kit.CardGap, kit.VStack(9, tools, v.saved.Object), kit.Above(7, v.filters, kit.Above(kit.CardGap, v.summary.object, v.table.Object)))
	return v
}

func (v *View) makeList() {
	columns := columns(func() bool { return v.single })
	v.List = kit.NewList(kit.RowHigh, kit.RowHigh)
	v.List.Rows = v.rows
	v.List.Create = func(kit.Kind) fyne.CanvasObject { return newRow(columns) }
	v.List.Update = func(i int, o fyne.CanvasObject) { o.(*row).show(v.rows[i], v.single) } // Create makes nothing else
	v.List.OnKey = v.typed
	v.table = frame.NewTable(columns, v.List)
	v.table.Sorts(columns, frame.Order{Column: stateColumn}, v.fill)
}

// Opens joins the list to the page's pane. Call it once the page is made.
func (v *View) Opens(p *frame.Pane) {
	v.table.Opens(p, func(i int) { v.openPane(v.rows[i]) })
}

// ShowSheet asks for the sheet of the chosen month, unless one is being made.
func (v *View) ShowSheet() {
	if !v.saved.Busy() {
		v.c.Do.Sheet(v.Month(), v.tellSaved)
	}
}

// Forget drops the word of a month sheet that was made.
func (v *View) Forget() {
	if !v.saved.Busy() {
		v.tellSaved(frame.Saved{})
	}
}

func (v *View) tellSaved(s frame.Saved) {
	v.saved.Tell(s)
	kit.Relayout(v.Body)
}

// SetSingle says whether the window is too narrow for the pane beside the list.
func (v *View) SetSingle(single bool) {
	if v.single != single {
		v.single = single
		v.summary.setSingle(single)
		v.List.Refresh()
	}
}

// Month returns the chosen month.
func (v *View) Month() core.Month {
	first, _ := words.MonthOf(v.month.Selected)
	return first.InMonth()
}

func (v *View) offerMonths() {
	now, names := core.MonthOf(v.c.Now()), []string(nil)
	for n := 1; n >= -monthsOffered; n-- {
		names = append(names, words.MonthLabel(now.Add(n).First()))
	}
	v.month.Options = names
}

// Load reads the list anew and shows it.
func (v *View) Load() {
	month := v.Month()
	v.reads.Load(v.c.Post, func(context.Context) func() {
		c := content{month, v.c.Bell.Expected(month), elsewhere(v.c.Bell.Findings(), month, v.c.Now())}
		return func() { v.show(c) }
	})
}

// ShowState lists the leases of this month that stand in a certain way; the empty state
// lists all.
func (v *View) ShowState(s core.RentState) {
	v.unfilter()
	v.month.Selected = words.MonthLabel(core.DateOf(v.c.Now()))
	v.month.Refresh()
	for i, f := range filters() {
		if f.state == s {
			v.filters.Pick(i)
		}
	}
}

func (v *View) unfilter() {
	v.Search.Text = ""
	v.Search.Refresh()
	v.properties.Selected = v.properties.Options[0]
	v.properties.Refresh()
	v.filters.Pick(0)
}

// show puts a month on the screen.
func (v *View) show(c content) {
	if c.month != v.Month() {
		return // the user has chosen another meanwhile, and that is being read
	}
	v.shown = c
	v.offerMonths()
	var names []string
	for _, l := range c.leases {
		names = append(names, l.Property)
	}
	frame.Offer(v.properties, names)
	v.filters.Set(filterLabels(c.leases), v.filters.Selected())
	v.summary.show(totalsOf(c.leases))
	v.fill()
	kit.Relayout(v.Body) // the chips may need another row
	v.follow()
}

// ask picks anew. The user no longer looks for what the pane shows when that is not
// listed any more.
func (v *View) ask() {
	v.fill()
	v.table.Settle(v.c.Page().Pane)
}

// fill lists what the toolbar asks for.
func (v *View) fill() {
	state, property := filters()[v.filters.Selected()].state, frame.Narrowed(v.properties)
	v.rows = nil
	for _, l := range v.shown.leases {
		if (state == "" || l.State == state) && matches(l, v.Search.Text, property) {
			v.rows = append(v.rows, l)
		}
	}
	if v.unknown() {
		v.rows = nil // a list without figures says less than why there are none
	}
	sortRows(v.rows, v.table.By)
	v.List.Rows = v.rows
	if len(v.rows) > 0 {
		v.table.Update()
	} else {
		v.table.ShowEmpty(v.emptiness())
	}
	v.showNote()
}

// showNote sums up the month beside the page's title, while the list is in front.
func (v *View) showNote() {
	switch {
	case !v.Body.Visible():
		return
	case v.narrowed():
		v.c.Page().SetNote(words.SayN(len(v.rows), "%s lease found", "%s leases found", explain.Number(len(v.rows))))
	default:
		v.c.Page().SetNote(totalsOf(v.shown.leases).head())
	}
}

// narrowed reports whether the user looks for something.
func (v *View) narrowed() bool {
	return strings.TrimSpace(v.Search.Text) != "" || frame.Narrowed(v.properties) != ""
}

// unknown reports whether all leases are listed and no rent is known.
func (v *View) unknown() bool {
	return v.filters.Selected() == 0 && !v.narrowed() && totalsOf(v.shown.leases).known == 0
}

// emptiness says why nothing is listed, and leads on.
func (v *View) emptiness() kit.Empty {
	month := words.MonthWord(v.shown.month.First())
	switch t := totalsOf(v.shown.leases); {
	case !v.c.Ready():
		return kit.Empty{Title: words.Say("One moment"), Text: words.Say("Rentbell is adding up what has come.")}
	case v.unknown():
		e := kit.Empty{
			Title: words.Say("No rent is known yet"), Text: words.Say("Import a rent roll, type the rents, or let Rentbell learn them from three months."),
			Actions: []fyne.CanvasObject{kit.NewButton(words.Say("Import a table"), nil, v.c.Do.Import).Primary()},
		}
		if t.notKnown > 0 {
			e.Actions = append(e.Actions, kit.NewButton(words.Say("Show the leases"), nil, func() { v.ShowState(core.RentNotKnown); v.ask() }))
		}
		return e
	case v.narrowed():
		return kit.Empty{
			Title: words.Say("No leases found"), Text: words.Say("None of your leases match what you are looking for."),
			Actions: []fyne.CanvasObject{kit.NewButton(words.Say("Clear search"), nil, func() { v.unfilter(); v.ask() })},
		}
	default:
		state := filters()[v.filters.Selected()]
		e := kit.Empty{Title: words.Say(state.none, month)}
		if t.paid == t.known && t.known > 0 {
			e.Text = words.Say("Everything expected has come.")
		}
		if other, found := v.shown.elsewhere[state.state]; found {
			label := words.MonthLabel(other.First())
			e.Actions = append(e.Actions, kit.NewButton(words.Say("Show %s", label), nil, func() { v.month.SetSelected(label) }))
		}
		return e
	}
}
