package expected

import (
	"context"
	"slices"
	"time"

	"fyne.io/fyne/v2"

	"rentbell/core"
	"rentbell/ui/frame"
)

// openPane reads a lease's story and shows it.
func (v *View) openPane(l core.LeaseMonth) {
	v.open = l
	v.details.Replace(v.c.Post, func(context.Context) func() {
		s, err := v.read(l)
		return func() {
			v.c.Report("read a lease's rent", err)
			if err == nil && v.open.Lease == l.Lease {
				now := v.c.Now()
				v.c.Page().Pane.Show(paneTitle(l.Month), paneParts(s, v.paneActions(s), now)...)
			}
		}
	})
}

// read reads what the pane shows. The list may be older than what is read.
func (v *View) read(l core.LeaseMonth) (story, error) {
	s := story{Terms: Terms{l, v.c.Bell.Terms(l.Lease)}, past: v.c.Bell.LeaseHistory(l.Lease, l.Month, monthsDrawn)}
	if n := len(s.past); n > 0 {
		s.Month = s.past[n-1]
	}
	s.found = foundOf(v.c.Bell.Findings(), l.Lease, l.Month)
	leases, err := v.c.Bell.Leases()
	if i := slices.IndexFunc(leases, func(s core.LeaseState) bool { return s.ID == l.Lease }); i >= 0 {
		s.ends = leases[i].Ends()
	}
	return s, err
}

// Renew reads the pane anew, if it shows a lease.
func (v *View) Renew() {
	if v.open.Lease != "" && v.c.Page().Pane.Open {
		v.openPane(v.open)
	}
}

// Closed notes that the pane does not show a lease any more.
func (v *View) Closed() {
	v.open = core.LeaseMonth{}
	v.List.Select(-1)
}

func (v *View) paneActions(s story) paneActions {
	return paneActions{
		TermsActions: v.c.For(s.Terms), copy: v.c.Do.Copy, showLease: func() { v.c.Do.ShowLease(s.Month.Lease) },
		marks: markActions{
			snooze: func(anchor fyne.CanvasObject, keys []core.FindingKey) {
				frame.Snooze{Now: v.c.Now(), Pick: func(until time.Time) {
					v.mark(func(ctx context.Context) error { return v.c.Bell.Snooze(ctx, keys, until) })
				}}.Open(anchor)
			},
			handle: v.handle,
			unmark: func(keys []core.FindingKey) {
				v.mark(func(ctx context.Context) error { return v.c.Bell.Unmark(ctx, keys) })
			},
		},
	}
}

func (v *View) handle(keys []core.FindingKey) {
	v.mark(func(ctx context.Context) error { return v.c.Bell.Handle(ctx, keys) })
}

// mark keeps what became of findings, and shows it.
func (v *View) mark(keep func(context.Context) error) {
	frame.Run(v.c.Post, keep, func(err error) {
		v.c.Report("keep what became of a finding", err)
		v.c.Changed()
	})
}
