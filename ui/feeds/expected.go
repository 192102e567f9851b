package feeds

import (
	"rentbell/core"
	"rentbell/ui/expected"
	"rentbell/ui/frame"
)

// newExpected makes what stands behind the second tab of Payments.
func (p *Pages) newExpected() *expected.View {
	return expected.New(expected.Config{
		Editor: p.editor(func() {
			p.Load(Payments)
			p.payments.expected.Renew()
		}),
		Bell: p.bell, Ready: func() bool { return p.status.Radar.Ready }, Page: func() *frame.Page { return p.payments.page },
		Do: expected.Actions{ShowLease: p.showLease, Copy: p.do.Copy, Import: func() { p.do.Import(core.TableRents) }, Sheet: p.do.MonthSheet},
	})
}

// editor changes what is expected of leases; changed shows what has changed.
func (p *Pages) editor(changed func()) expected.Editor {
	return expected.Editor{Bell: p.bell, Now: p.now, Post: p.post, Canvas: p.canvas, Report: p.report, Changed: changed}
}

// expects reports whether the rents of a month are in front on a page.
func (p *Pages) expects(s Section) bool {
	return s == Payments && p.payments.front() == expectedTab
}

// OpenExpected lists the leases of this month that stand in a certain way; the empty
// state lists all.
func (p *Pages) OpenExpected(s core.RentState) {
	p.payments.expected.ShowState(s)
	p.payments.open(expectedTab)
	p.do.Open(Payments)
}

// ShowSheet asks for the month sheet of the rents in front; on other pages it does nothing.
func (p *Pages) ShowSheet(s Section) {
	if p.expects(s) {
		p.payments.expected.ShowSheet()
	}
}

// NextTab shows the next tab of a page that has tabs.
func (p *Pages) NextTab(s Section) {
	switch s {
	case Payments:
		p.payments.tabs.Press(1 - p.payments.front())
	case Activity:
		p.activity.tabs.Press(1 - p.activity.tabs.Selected())
	}
}
