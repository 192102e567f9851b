package feeds

import (
	"slices"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"rentbell/assets"
	"rentbell/core"
	"rentbell/ui/attention"
	"rentbell/ui/explain"
	"rentbell/ui/frame"
	"rentbell/ui/kit"
	"rentbell/ui/news"
	"rentbell/ui/words"
)

// activityFeeds are the feeds behind the filters of Everything.
var activityFeeds = []core.Feed{
	core.FeedActivity, core.FeedPayments, core.FeedWorkOrders, core.FeedLeases, core.FeedTenants,
}

// activityPage is what the Activity page shows.
type activityPage struct {
	events   []core.Event // newest first, as far as the user has scrolled
	more     bool         // there are older ones
	accepted int          // events that came today
	kept     []outcome    // what of today left no event behind
	summary  core.Summary
	concerns []news.Concern
	items    int          // under Needs attention, shown or not
	handled  int          // findings that were marked as handled this week
	gaps     []core.Gap   // oldest first
	found    []news.Found // oldest first
	narrowed bool         // only one kind of events is shown, and nothing else
	way      way
	fresh    []uint64
}

// The tabs of the Activity page.
const (
	everythingTab = iota
	attentionTab
)

var activityColumns = frame.Columns{
	{Width: 44},
	{Width: 346, Grow: 1},
	{Width: 116, Flush: true},
	{Width: 76, Right: true},
}

// activityView is the Activity page: every event by day, and what needs a
// person's eye.
type activityView struct {
	sheet
	pane *frame.Pane

	onOpen  func(core.Event)
	onFound func(news.Concern)
	onMore  func() // other events are wanted: of another kind, or older ones

	now       func() time.Time
	rows      activityRows
	shown     activityPage
	unfolded  map[core.Date]bool // days whose doorbells are shown one by one
	more      bool
	wanted    int // how many events are to be read, at least
	table     *frame.Table
	tabs      *kit.Tabs
	filters   *kit.Filters
	all       *fyne.Container
	attention *attention.View
	settings  func()
}

func newActivityView(now func() time.Time, needs *attention.View, settings func()) *activityView {
	v := &activityView{now: now, wanted: activityBlock, unfolded: map[core.Date]bool{}, attention: needs, settings: settings}
	v.list = kit.NewList(48, 30)
	v.list.Headless = true
	v.list.Rows = &v.rows
	v.list.KindOf = func(row int) kit.Kind {
		if line := v.rows[row]; line.heading != "" || line.doorbells != nil {
			return kit.Group
		}
		return kit.Ordinary
	}
	v.list.Create = newActivityRow
	v.list.Update = v.updateRow
	v.list.OnGroup = v.toggle
	v.list.Folded = func(row int) (folded, folds bool) {
		return !v.unfolded[v.rows[row].day], v.rows[row].doorbells != nil
	}
	v.list.OnEnd = func() {
		if v.more {
			v.more = false // asked once
			v.wanted += activityBlock
			v.onMore()
		}
	}
	v.table = frame.NewTable(nil, v.list)
	v.pane = frame.NewPane(func() { v.list.Select(-1) })
	v.table.Opens(v.pane, func(row int) {
		switch line := v.rows[row]; {
		case line.gap != nil:
			v.showGap(*line.gap)
		case line.found != nil:
			v.onFound(line.found.Concern)
		case line.outcome != nil:
			v.showOutcome(*line.outcome)
		default:
			v.onOpen(line.event)
		}
	})
	v.filters = kit.NewFilters([]string{words.Say("All"), words.Say("Payments"), words.Say("Work orders"), words.Say("Leases"), words.Say("Tenants")}, func(int) {
		v.list.ScrollToTop()
		v.wanted = activityBlock
		v.onMore()
	})
	v.tabs = kit.NewTabs([]string{words.Say("Everything"), words.Say("Needs attention")}, v.open)
	v.all = kit.Above(kit.CardGap, kit.HStack(0, v.filters), v.table.Object)
	v.attention.Object.Hide()
	v.page = frame.NewPage(words.Say("Activity"), v.tabs, container.NewStack(v.all, v.attention.Object), v.pane)
	v.page.Tighten()
	return v
}

// feed is the feed that the filter asks for.
func (v *activityView) feed() core.Feed { return activityFeeds[v.filters.Selected()] }

// open shows a tab.
func (v *activityView) open(tab int) {
	v.tabs.Select(tab)
	frame.SetVisible(v.all, tab == everythingTab)
	frame.SetVisible(v.attention.Object, tab == attentionTab)
	v.list.Select(-1)
	v.pane.Hide()
}

// show puts a page on the screen.
func (v *activityView) show(p activityPage) {
	now := v.now()
	badge := ""
	if p.items > 0 {
		badge = explain.Number(p.items)
	}
	v.tabs.SetBadge(attentionTab, badge)
	v.page.SetNote(talliedWords(p.accepted, p.kept))
	v.attention.Show(p.concerns, p.handled)
	v.more, v.shown = p.more, p
	v.rows.fill(p, v.unfolded, now)
	v.list.Arrived(p.fresh...)
	if len(v.rows) == 0 {
		v.table.ShowEmpty(p.way.bellWaiting(
			words.Say("Whatever AppFolio sends appears here first: payments, work orders, leases and tenants."),
			words.Say("Whatever AppFolio's reports tell appears here first: payments, work orders and leases."), v.settings))
		return
	}
	v.table.Update()
}

func (v *activityView) updateRow(row int, o fyne.CanvasObject) {
	switch line := v.rows[row]; o := o.(type) {
	case *activityRow:
		switch now := v.now(); {
		case line.gap != nil:
			o.showGap(*line.gap, now)
		case line.found != nil:
			o.showFound(*line.found)
		case line.outcome != nil:
			o.showOutcome(*line.outcome, now)
		default:
			o.show(line.event, line.about, now, v.list.Fresh(row))
		}
	case *dayRow:
		if line.doorbells != nil {
			o.showDoorbells(*line.doorbells, v.unfolded[line.day], v.now())
		} else {
			o.showHeading(line.heading)
		}
	}
}

// activityRows are events under the days they happened on. They implement kit.Rows.
type activityRows []activityLine

// activityLine is an event, a time without any, what became of deliveries that
// left none, the doorbells of a day, or its heading.
type activityLine struct {
	event     core.Event
	about     string // a doorbell: what it is about
	gap       *core.Gap
	found     *news.Found
	outcome   *outcome
	doorbells *doorbells
	heading   string
	day       core.Date // the day it stands under
	key       uint64
}

// Keys of lines that are no events begin here.
const (
	headingKeys  = 1 << 63
	gapKeys      = 1 << 62
	outcomeKeys  = 1 << 61
	doorbellKeys = 1 << 60
	foundKeys    = 1 << 59
)

// fill puts a heading wherever the day changes. Events stand in the order they
// arrived, so a day may come twice when AppFolio sent something late; gaps stand
// where they ended, findings where they began, and what was not accepted on top. The doorbells of a day are a
// line, and lines of their own only where the day is unfolded.
func (r *activityRows) fill(p activityPage, unfolded map[core.Date]bool, now time.Time) {
	*r = (*r)[:0]
	others := besides(p, now)
	if p.narrowed {
		p.kept = nil
	}
	for i, o := range p.kept {
		r.add(o.last, activityLine{outcome: &p.kept[i], key: outcomeKeys + uint64(o.fate)}, now)
	}
	var bells *doorbells
	var names knownNames
	for _, e := range p.events {
		for len(others) > 0 && !others[0].at.Before(e.ReceivedAt) {
			r.add(others[0].at, others[0].activityLine, now)
			others = others[1:]
		}
		d, doorbell := e.Detail.(core.Doorbell)
		if !doorbell {
			r.add(e.OccurredAt, activityLine{event: e, key: e.Seq}, now)
			continue
		}
		if bells = r.foldDoorbell(e, bells, now); unfolded[bells.day] {
			if names == nil {
				names = namesIn(p.events)
			}
			r.add(e.OccurredAt, activityLine{event: e, about: names.about(d), key: e.Seq}, now)
		}
	}
	if bells != nil && bells.day == (*r)[len(*r)-1].day {
		bells.more = p.more
	}
	if !p.more {
		for _, o := range others {
			r.add(o.at, o.activityLine, now)
		}
	}
}

// add adds a line of a time, under its day.
func (r *activityRows) add(at time.Time, l activityLine, now time.Time) {
	l.day = core.DateOf(at.In(now.Location()))
	if len(*r) == 0 || l.day != (*r)[len(*r)-1].day {
		*r = append(*r, activityLine{heading: words.DayHeading(l.day, now), key: headingKeys + l.key})
	}
	*r = append(*r, l)
}

func (r activityRows) Len() int           { return len(r) }
func (r activityRows) Key(row int) uint64 { return r[row].key }

func (r activityRows) Find(key uint64, near int) int {
	return slices.IndexFunc(r, func(l activityLine) bool { return l.key == key })
}

// dayRow heads a day's events, or stands for its doorbells.
type dayRow struct {
	kit.Compound
	arrow            *kit.Icon
	name, note, when *kit.Text
}

// activityRow is one event.
type activityRow struct {
	kit.Compound
	tile        *kit.Tile
	title, note *kit.Text
	outcome     *kit.Chip
	when        *kit.Text
}

func newActivityRow(k kit.Kind) fyne.CanvasObject {
	if k == kit.Group {
		d := &dayRow{
			arrow: kit.NewIcon(assets.ChevronRight, kit.ColorText2, 16),
			name:  kit.NewText("", kit.Strong), note: kit.NewText("", kit.Caption).Tight(), when: kit.NewText("", kit.Caption),
		}
		d.Init(d, kit.Inset(0, kit.CardPad, 0, kit.CardPad, kit.Spread(6, kit.Lead(6, d.arrow, d.name, d.note), d.when)))
		return d
	}
	r := &activityRow{
		tile:    kit.NewTile(kit.Neutral, nil),
		outcome: kit.NewChip(kit.Good, nil, ""),
		when:    kit.NewText("", kit.Caption.Right()).Tight(),
	}
	var words fyne.CanvasObject
	r.title, r.note, words = kit.NewTwoLines(kit.Strong)
	r.Init(r, &fyne.Container{Layout: activityColumns, Objects: []fyne.CanvasObject{
		r.tile, words, kit.HStack(0, r.outcome), r.when,
	}})
	return r
}

func (r *activityRow) show(e core.Event, about string, now time.Time, fresh bool) {
	r.title.Set(words.EventTitle(e))
	r.note.Set(about)
	if !e.IsDoorbell() {
		r.note.Set(words.EventNote(e, now))
	}
	family, icon := news.Icon(e)
	r.outcome.Set(kit.Good, assets.Verified, words.Say("Accepted"))
	if !e.Attention.IsZero() {
		family = kit.Warn
		r.outcome.Set(kit.Warn, assets.Alert, words.Say("Needs a look"))
	}
	if fresh {
		family, icon = kit.Brass, assets.Bell
	}
	r.tile.Set(family, icon)
	r.when.Set(words.Tongue.Clock(e.OccurredAt.In(now.Location())))
	r.Relayout()
}

// showDetail shows an event as it came.
func (v *activityView) showDetail(e core.Event, do paneActions) {
	now := v.now()
	l := words.Describe(e)
	chips := []fyne.CanvasObject{originChip(e)}
	if !e.Attention.IsZero() {
		chips = append(chips, kit.NewChip(kit.Warn, assets.Alert, words.Say("Needs a look")))
	}
	parts := withNote([]fyne.CanvasObject{paneName(l.Title, l.Known), paneChips(chips...)}, e)
	facts := knownFacts(
		kit.Fact{Label: words.Say("Content"), Value: v.content(e)},
		kit.Fact{Label: words.Say("Happened"), Value: words.Moment(e.OccurredAt.In(now.Location()), now)},
		kit.Fact{Label: words.Say("Arrived"), Value: words.Moment(e.ReceivedAt.In(now.Location()), now)},
		kit.Fact{Label: words.Say("Receipt"), Value: core.ReceiptNumber(e.ID)},
	)
	if !e.ReadBack() {
		facts = append(facts, knownFacts(
			kit.Fact{Label: words.Say("Delivery"), Value: e.ID},
			kit.Fact{Label: words.Say("Type"), Value: e.Type})...)
	}
	parts = withBellLine(append(parts, kit.NewRule(), paneFacts(facts)), do.bellLine(e))
	parts = append(parts, newRaw(e.Body, do.copy, v.pane.Update))
	v.pane.Show(l.Kind, parts...)
}

// content is what an event says besides its title. For a doorbell it is the name of what
// changed, where another event on the page tells that name.
func (v *activityView) content(e core.Event) string {
	if d, doorbell := e.Detail.(core.Doorbell); doorbell {
		return namesIn(v.shown.events)[d.Entity]
	}
	return words.EventNote(e, v.now())
}

// showDelivery shows a delivery that is no event, as it came.
func (v *activityView) showDelivery(item news.Concern, do paneActions) {
	v.pane.Show(words.Say("Delivery"),
		kit.NewProse(item.Title, kit.Heading),
		paneChips(verifiedChip(), kit.NewChip(kit.Warn, assets.Alert, words.Say("Kept aside"))),
		kit.Inset(0, 0, 12, 0, kit.NewNote(item.Text, item.Hint)),
		newRaw(item.Body, do.copy, v.pane.Update),
	)
}
