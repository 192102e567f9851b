package feeds

import (
	"cmp"
	"slices"
	"strconv"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"rentbell/assets"
	"rentbell/core"
	"rentbell/ui/explain"
	"rentbell/ui/frame"
	"rentbell/ui/kit"
	"rentbell/ui/words"
)

// leaseStage is where a lease stands. The zero stage stands for all of them in
// the filters.
type leaseStage int

const (
	allStages leaseStage = iota
	signedStage
	activeStage
	endingStage
	endedStage
)

// leaseStages are the stages' words: alone, and with how many leases are there.
var leaseStages = [...]struct {
	name, counted string
	family        kit.Family
}{
	{"All", "All %s", kit.Neutral},
	{"Signed", "Signed %s", kit.Good},
	{"Active", "Active %s", kit.Neutral},
	{"Ending soon", "Ending soon %s", kit.Warn},
	{"Ended", "Ended %s", kit.Neutral},
}

// stageOf is a lease's stage: signed in this month, running, ending within
// sixty days, or over.
func stageOf(l core.LeaseState, now time.Time) leaseStage {
	today := core.DateOf(now)
	ends := l.Ends()
	signed := l.SignedAt.In(now.Location())
	switch {
	case !ends.IsZero() && ends.Before(today), l.Expired && ends.IsZero():
		return endedStage
	case l.EndingSoon(today):
		return endingStage
	case !l.SignedAt.IsZero() && signed.Year() == now.Year() && signed.Month() == now.Month():
		return signedStage
	}
	return activeStage
}

// soonDays is how many days before its end a lease gets a warning colour.
const soonDays = 30

var leaseColumns = frame.Columns{
	{Title: "Status", Width: 112},
	{Title: "Tenant", Width: 150, Grow: 3},
	{Title: "Property", Width: 124, Grow: 2},
	{Title: "Move-in", Width: 118, From: 720},
	{Title: "Term", Width: 124, From: 860},
	{Title: "Ends", Width: 106, Flush: true},
	{Title: "Days left", Width: 92, Right: true},
}

// leaseStatusColumn is the one that leases are sorted by at first.
const leaseStatusColumn = 1

// leaseOrders sort leases at a time, at first by how urgent they are.
func leaseOrders(now time.Time) columnOrders[core.LeaseState] {
	return columnOrders[core.LeaseState]{
		func(a, b core.LeaseState) (int, int) { return compareLeases(a, b, now), 0 },
		byText(func(l core.LeaseState) string { name, _ := leaseName(l); return name }),
		byText(func(l core.LeaseState) string { return placeText(l.Place) }),
		byDate(func(l core.LeaseState) core.Date { return l.MoveIn }),
		func(a, b core.LeaseState) (int, int) {
			return cmp.Compare(a.Months, b.Months), missingLast(leaseTerm(a) == "", leaseTerm(b) == "")
		},
		byDate(core.LeaseState.Ends),
		byDate(core.LeaseState.Ends),
	}
}

// leasesView is the Leases page.
type leasesView struct {
	memoryPage[core.LeaseState]
	ending    *fyne.Container
	calendar  *kit.Press            // in the strip of leases that end
	names     *kit.Press            // beside it: imports a table of names
	saved     *frame.SavedLine      // about calendars
	countdown map[string]core.Found // by lease: those that end without a successor
}

func newLeasesView(now func() time.Time, calendar func(tell func(frame.Saved)), names func()) *leasesView {
	v := &leasesView{ending: container.NewStack()}
	v.ending.Hide()
	v.saved = frame.NewSavedLine()
	v.calendar = kit.NewLink(words.Say("Save as calendar"), func() {
		if !v.saved.Busy() {
			calendar(v.tellSaved)
		}
	})
	v.names = kit.NewLink(words.Say("Import a table"), names)
	labels := make([]string, len(leaseStages))
	for i, stage := range leaseStages {
		labels[i] = words.Say(stage.name)
	}
	v.make(now, listKind[core.LeaseState]{
		title: words.Say("Leases"), seek: words.Say("Search leases"), columns: leaseColumns,
		begin:     frame.Order{Column: leaseStatusColumn},
		row:       func() row[core.LeaseState] { return newLeaseRow(v.countdownOf) },
		above:     kit.VStack(9, v.ending, v.saved.Object),
		noneFound: words.Say("No leases found"), noneMatches: words.Say("None of your leases match what you are looking for."),
	}, memoryKind[core.LeaseState]{
		rows: &sortedRows[core.LeaseState]{
			id:     func(l core.LeaseState) string { return l.ID },
			orders: func() columnOrders[core.LeaseState] { return leaseOrders(now()) },
		},
		place:  func(l core.LeaseState) core.Place { return l.Place },
		texts:  func(l core.LeaseState) []string { return []string{l.ID, words.Say("Lease %s", l.ID)} },
		filter: labels,
		under: func(l core.LeaseState, filter int) bool {
			stage := leaseStage(filter)
			return stage == allStages || stageOf(l, now()) == stage
		},
		found: func(n int) string { return words.SayN(n, "%s lease found", "%s leases found", explain.Number(n)) },
	})
	return v
}

// show puts all leases there are on the screen, the most urgent first; fresh are
// the ids of those that have just changed.
func (v *leasesView) show(all []core.LeaseState, fresh []string) {
	now := v.now()
	slices.SortFunc(all, func(a, b core.LeaseState) int { return compareLeases(a, b, now) })
	var ending []core.LeaseState
	var stages [len(leaseStages)]int
	for _, l := range all {
		stage := stageOf(l, now)
		stages[stage]++
		if stage == endingStage {
			ending = append(ending, l)
		}
	}
	stages[allStages] = len(all)
	labels := make([]string, len(leaseStages))
	for i, stage := range leaseStages {
		labels[i] = words.Say(stage.counted, explain.Number(stages[i]))
	}
	v.filters.Set(labels, v.filters.Selected())
	v.showEnding(ending, len(all))
	v.put(all, words.SayN(len(all), "%s lease, %s signed in %s", "%s leases, %s signed in %s",
		explain.Number(len(all)), explain.Number(stages[signedStage]), words.MonthWord(core.DateOf(now))), fresh)
}

// forget drops the word of a calendar that was made.
func (v *leasesView) forget() {
	if !v.saved.Busy() {
		v.tellSaved(frame.Saved{})
	}
}

func (v *leasesView) tellSaved(s frame.Saved) {
	v.saved.Tell(s)
	v.page.Relayout()
}

// compareLeases puts the newly signed first, then what ends soonest; leases
// without an end and those that are over come last.
func compareLeases(a, b core.LeaseState, now time.Time) int {
	order := func(l core.LeaseState) int { return int(stageOrder[stageOf(l, now)]) }
	if c := cmp.Compare(order(a), order(b)); c != 0 {
		return c
	}
	if stageOf(a, now) == signedStage {
		return cmp.Or(b.SignedAt.Compare(a.SignedAt), cmp.Compare(a.ID, b.ID))
	}
	aEnds, bEnds := a.Ends(), b.Ends()
	switch {
	case aEnds.IsZero() != bEnds.IsZero():
		if aEnds.IsZero() {
			return 1
		}
		return -1
	case !aEnds.IsZero() && aEnds != bEnds:
		return cmp.Compare(0, aEnds.DaysUntil(bEnds))
	}
	return cmp.Or(cmp.Compare(a.Tenant, b.Tenant), cmp.Compare(a.ID, b.ID))
}

var stageOrder = map[leaseStage]int{signedStage: 0, endingStage: 1, activeStage: 2, endedStage: 3}

// leaseRow is one lease in the list.
type leaseRow struct {
	kit.Compound

	stage          *kit.Chip
	name           *kit.Text
	property, unit *kit.Text
	moveIn, term   *kit.Text
	ends, left     *kit.Text
	chip           *kit.Chip
	counts         *fyne.Container // holds the chip, in the place of the days left
	countdown      func(lease string) (core.Found, bool)
}

func newLeaseRow(countdown func(lease string) (core.Found, bool)) *leaseRow {
	line := func(style kit.Style) *kit.Text { return kit.NewText("", style).Tight() }
	r := &leaseRow{
		stage: kit.NewChip(kit.Neutral, nil, ""), name: line(kit.Strong),
		moveIn: line(kit.Body), term: line(kit.Body), ends: line(kit.Body), left: line(kit.Body.Right()),
		chip: kit.NewChip(kit.Neutral, nil, ""), countdown: countdown,
	}
	r.counts = &fyne.Container{Layout: endLayout{}, Objects: []fyne.CanvasObject{r.chip}}
	var where fyne.CanvasObject
	r.property, r.unit, where = kit.NewTwoLines(kit.Body)
	r.Init(r, &fyne.Container{
		Layout:  leaseColumns,
		Objects: []fyne.CanvasObject{kit.HStack(0, r.stage), r.name, where, r.moveIn, r.term, r.ends, container.NewStack(r.left, r.counts)},
	})
	return r
}

func (r *leaseRow) show(l core.LeaseState, now time.Time) {
	stage := stageOf(l, now)
	r.stage.Set(leaseStages[stage].family, nil, words.Say(leaseStages[stage].name))
	name, known := leaseName(l)
	if known {
		r.name.SetStyled(name, kit.Strong)
	} else {
		r.name.SetStyled(name, kit.Unknown)
	}
	showPlace(r.property, r.unit, l.Place)
	if l.MoveIn.IsZero() {
		r.moveIn.SetStyled(words.Say("Not sent yet"), kit.Unknown.In(kit.ColorText2))
	} else {
		r.moveIn.SetStyled(words.FullDate(l.MoveIn), kit.Body)
	}
	r.term.Set(leaseTerm(l))
	ends, left := leaseEnd(l, now)
	style := kit.Body
	if l.Ends().IsZero() {
		style = kit.Muted
	}
	r.ends.SetStyled(ends, style)
	if days := core.DateOf(now).DaysUntil(l.Ends()); stage == endingStage && days <= soonDays {
		style = kit.Strong.In(kit.ColorWarn)
	}
	r.left.SetStyled(left, style.Right())
	found, counts := r.countdown(l.ID)
	if counts {
		r.chip.Set(countdownChip(found, now))
	}
	frame.SetVisible(r.counts, counts)
	frame.SetVisible(r.left, !counts)
	r.Relayout()
}

// urgentDays is the step of the countdown from which on a lease is a warning.
const urgentDays = 30

// countdownChip says how many days are left of a lease that ends without a successor.
func countdownChip(f core.Found, now time.Time) (kit.Family, fyne.Resource, string) {
	days := core.DateOf(now).DaysUntil(f.Ends)
	text := daysLeft(days)
	if days == 0 {
		text = words.Say("Today")
	}
	switch {
	case now.Before(f.Mark.Snoozed):
		return kit.Neutral, assets.Moon, text
	case f.Level <= urgentDays:
		return kit.Warn, assets.Clock, text
	}
	return kit.Neutral, assets.Clock, text
}

// countdownOf is the finding of a lease that ends without a successor, unless somebody has
// marked it as handled.
func (v *leasesView) countdownOf(lease string) (core.Found, bool) {
	f, counts := v.countdown[lease]
	return f, counts && f.Mark.Handled.IsZero()
}

// endings are the findings of leases that end, by lease.
func endings(found []core.Found) map[string]core.Found {
	of := map[string]core.Found{}
	for _, f := range found {
		if f.Kind == core.FindLeaseEnds {
			of[f.Lease] = f
		}
	}
	return of
}

// leaseName is the tenant, or the number in the name's place.
func leaseName(l core.LeaseState) (name string, known bool) {
	return words.NameOr(l.Tenant, l.ID, "Lease", "Lease %s")
}

// leaseTerm is "12 months"; empty while nothing is known about it.
func leaseTerm(l core.LeaseState) string {
	switch {
	case l.Months > 0:
		return words.MonthsWords(l.Months)
	case !l.MoveIn.IsZero():
		return words.Say("Month to month")
	}
	return ""
}

// leaseEnd is the last day and how many days are left until then.
func leaseEnd(l core.LeaseState, now time.Time) (ends, left string) {
	switch day := l.Ends(); {
	case !day.IsZero():
		days := core.DateOf(now).DaysUntil(day)
		if days < 0 {
			return words.FullDate(day), words.Say("Over")
		}
		return words.FullDate(day), strconv.Itoa(days)
	case l.MoveIn.IsZero():
		return "", ""
	}
	return words.Say("None"), words.Say("No end date")
}

// showEndingSoon lists the leases that end soon.
func (v *leasesView) showEndingSoon() {
	v.unfilter()
	v.filters.Pick(int(endingStage))
}

// showAll takes the filters away.
func (v *leasesView) showAll() {
	v.unfilter()
	v.filters.Pick(int(allStages))
}
