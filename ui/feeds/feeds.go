// Package feeds is the pages of what AppFolio sent: Payments, Work orders, Leases,
// Tenants and Activity, with the panes beside their lists, and the Overview that
// ui/overview makes. It reads through Bell, beside the main goroutine, and asks the
// window for the rest by Actions. It changes nothing that is kept, and it shows what
// came from outside as plain text.
package feeds

import (
	"context"
	"slices"
	"time"

	"fyne.io/fyne/v2"

	"rentbell/core"
	"rentbell/core/names"
	"rentbell/ui/expected"
	"rentbell/ui/find"
	"rentbell/ui/frame"
	"rentbell/ui/kit"
	"rentbell/ui/overview"
	"rentbell/ui/words"
)

// Section is one of the pages.
type Section int

// The pages, in the order of the navigation.
const (
	Overview Section = iota
	Payments
	WorkOrders
	Leases
	Tenants
	Activity
	Sections // how many there are
)

// Bell is what the pages read. Reads run beside the main goroutine.
type Bell interface {
	core.Reader
	Names() *names.Table // in force; another table once they have changed
	Presence() core.Presence
	Settings() core.Settings
	expected.Bell
	ChangeTerms(ctx context.Context, lease string, edit func(*core.LeaseTerms)) error
	WorkOrderClock(id string) (core.WorkOrderClock, bool)
	NameOffers() ([]core.Offer, error)
	SettleOffer(o core.Offer, take bool) error
}

// Actions are what the pages ask the window for, on the main goroutine.
type Actions struct {
	Open     func(Section) // brings a page to the front and has it loaded
	Settings func()
	Export   func()
	SeeAway  func() // the notice of what was missed is read
	Handled  func(concerns []uint64)
	Renew    func() // has the page in front read again
	Copy     func(text string)
	Name     func(core.NameKey)   // asks what to call a thing
	Import   func(core.TableKind) // asks for a table that is likely to hold such things

	// MonthSheet and Calendar make a file; tell is called as that goes on.
	MonthSheet func(m core.Month, tell func(frame.Saved))
	Calendar   func(tell func(frame.Saved))
}

// Config is what Pages are made of.
type Config struct {
	Bell   Bell
	Now    func() time.Time // in the reader's time zone
	Post   frame.Poster
	Canvas func() fyne.Canvas            // of the window, for dialogs
	Report func(doing string, err error) // notes a read that failed; nil errors too
	After  func(time.Duration, func())   // calls a function on the main goroutine after a time
	Do     Actions
}

// Pages are the pages of what AppFolio sent. Their methods belong to Fyne's main
// goroutine.
type Pages struct {
	means
	views
	front

	status core.Status
	news   []core.Event // arrived since the page in front was last shown
	loads  [Sections]frame.Loader
	finder find.Finder
}

// means are what the pages work with: Config has them.
type means struct {
	bell   Bell
	now    func() time.Time
	post   frame.Poster
	canvas func() fyne.Canvas
	report func(doing string, err error)
	after  func(time.Duration, func())
	do     Actions
}

// views are the pages themselves.
type views struct {
	overview   *overview.View
	payments   *paymentsView
	workOrders *workOrdersView
	leases     *leasesView
	tenants    *tenantsView
	activity   *activityView
	sheets     [Sections]*sheet // of all of them
}

// front is the pane beside the page in front.
type front struct {
	details frame.Loader
	shown   detailed
	wanted  uint64 // the key of a row to select and open once its page is read; 0: none
}

// New makes all pages, still empty.
func New(c Config) *Pages {
	p := &Pages{means: means{c.Bell, c.Now, c.Post, c.Canvas, c.Report, c.After, c.Do}, finder: find.Finder{Reader: c.Bell, Names: c.Bell.Names}}
	opens := func(s Section) func() { return func() { c.Do.Open(s) } }
	p.overview = overview.New(c.Now, overview.Actions{
		Payments: opens(Payments), WorkOrders: opens(WorkOrders), Leases: opens(Leases), Activity: opens(Activity),
		Rents: func() { p.OpenExpected("") }, Event: p.OpenEvent, Review: p.review, Export: c.Do.Export,
	})
	p.payments = newPaymentsView(c.Now, p.newExpected())
	p.payments.onTab = func() { p.shown = detailed{}; p.Load(Payments) }
	p.payments.onQuery, p.payments.onOpen = p.queryPayments, p.openPayment
	p.payments.onExport, p.payments.onSettings = c.Do.Export, c.Do.Settings
	p.workOrders = newWorkOrdersView(c.Now)
	p.workOrders.onOpen = p.openWorkOrder
	p.leases = newLeasesView(c.Now, c.Do.Calendar, func() { c.Do.Import(core.TableOfNames(core.NameLease)) })
	p.leases.onOpen = p.openLease
	p.tenants = newTenantsView(c.Now)
	p.tenants.onOpen = p.openTenant
	p.activity = newActivityView(c.Now, p.newAttention(), c.Do.Settings)
	p.activity.onOpen, p.activity.onFound = p.openActivity, p.showFindings
	p.activity.onMore = func() { p.Load(Activity) }
	p.sheets = [Sections]*sheet{
		{page: p.overview.Page}, &p.payments.sheet, &p.workOrders.sheet, &p.leases.sheet, &p.tenants.sheet, &p.activity.sheet,
	}
	return p
}

// sheet is what the window has to know of a page. search and list are nil on a page
// without them.
type sheet struct {
	page   *frame.Page
	search *kit.Entry
	list   *kit.List
}

// Page is the frame of a page.
func (p *Pages) Page(s Section) *frame.Page { return p.sheets[s].page }

// SetSingle says whether the window is too narrow for two columns.
func (p *Pages) SetSingle(single bool) {
	p.overview.SetSingle(single)
	p.payments.expected.SetSingle(single)
	for s := Payments; s < Sections; s++ {
		p.Page(s).SetSingle(single)
	}
}

// Search returns the search of a page; nil for a page without one, and for a section
// that is none of these pages.
func (p *Pages) Search(s Section) *kit.Entry {
	switch {
	case s >= Sections:
		return nil
	case p.expects(s):
		return p.payments.expected.Search
	}
	return p.sheets[s].search
}

// List returns the list on a page; nil for a page without one.
func (p *Pages) List(s Section) *kit.List {
	switch {
	case s >= Sections:
		return nil
	case p.expects(s):
		return p.payments.expected.List
	case s == Activity && p.activity.tabs.Selected() == attentionTab:
		return p.activity.attention.List
	}
	return p.sheets[s].list
}

// Month returns the month whose payments or rents are listed; zero for all time.
func (p *Pages) Month() core.Date {
	if p.expects(Payments) {
		return p.payments.expected.Month().First()
	}
	return p.payments.query().Month
}

// SetStatus says how the bell stands. What is shown of it comes with the next Load,
// but for the notice on the first page.
func (p *Pages) SetStatus(s core.Status) {
	p.status = s
	w := wayOf(s)
	p.workOrders.none = w.noneYet(words.Say("No work orders yet"), words.Say("When a work order changes in AppFolio, it appears here and the bell rings."),
		words.Say("Work orders come from AppFolio's work order report."))
	p.leases.none = w.noneYet(words.Say("No leases yet"), words.Say("When a lease is signed or runs out in AppFolio, it appears here and the bell rings."),
		words.Say("Leases come from AppFolio's rent roll."))
	p.tenants.none = w.noneYet(words.Say("No tenants yet"), words.Say("When a tenant is added in AppFolio, they appear here."),
		words.Say("AppFolio's reports name tenants with their leases, and list none of their own."))
}

// ShowAway tells on the first page, on return, what could not arrive.
func (p *Pages) ShowAway() {
	w, _ := describeAway(p.status, p.now())
	p.overview.Page.SetNotice(w,
		kit.BannerAction{Text: words.Say("See activity"), OnTap: func() { p.do.Open(Activity) }},
		kit.BannerAction{Text: words.Say("Got it"), OnTap: p.do.SeeAway})
}

// ShowMissed says on the first page how many events came while the user was away;
// 0: nothing.
func (p *Pages) ShowMissed(n int) { p.overview.ShowMissed(n) }

// mostArrived is more rows than a screen has. A hidden window shows none for days.
const mostArrived = 200

// Arrived notes events for the next Load to mark as new.
func (p *Pages) Arrived(fresh []core.Event) {
	p.news = append(p.news, fresh...)
	if over := len(p.news) - mostArrived; over > 0 {
		p.news = slices.Clone(p.news[over:])
	}
}

// Forget drops what has arrived so far, so that the next Load marks none of it as new, and
// the word of files that were made. Call it when another page comes to the front, or other
// records.
func (p *Pages) Forget() {
	p.news = nil
	p.payments.expected.Forget()
	p.leases.forget()
}
