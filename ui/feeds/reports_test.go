package feeds

import (
	"testing"

	"rentbell/core"
	"rentbell/ui/uitest"
)

func TestPagesWithoutAnythingSayWhichReportFillsThem(t *testing.T) {
	d := open(t, uitest.OpenStore(t, t.TempDir()))
	d.SetStatus(core.Status{Kind: core.KindReports})
	d.do.Open(Payments)
	d.wantShown(t, "Payments come from AppFolio's income register. Each report that is saved into the folder adds those that are new.",
		"Rentbell needs the folder that AppFolio's reports are saved into.", "Open settings")
	d.SetStatus(core.Status{Kind: core.KindReports, Reports: core.ReportsStatus{Dir: "/reports"}})
	for s, want := range map[Section]string{
		Payments:   "Payments come from AppFolio's income register. Each report that is saved into the folder adds those that are new.",
		WorkOrders: "Work orders come from AppFolio's work order report.",
		Leases:     "Leases come from AppFolio's rent roll.",
		Tenants:    "AppFolio's reports name tenants with their leases, and list none of their own.",
		Activity:   "Whatever AppFolio's reports tell appears here first: payments, work orders and leases.",
	} {
		d.do.Open(s)
		if s == Activity {
			d.activity.tabs.Press(1 - attentionTab)
		}
		d.wantShown(t, want)
	}
}
