package expected

import (
	"context"
	"reflect"
	"slices"
	"time"

	"fyne.io/fyne/v2"

	"rentbell/core"
	"rentbell/ui/frame"
	"rentbell/ui/kit"
)

// typed handles a key that the list does not use: S snoozes what the pane shows, H marks
// it handled.
func (v *View) typed(_ int, key fyne.KeyName) bool {
	button := map[fyne.KeyName]*kit.Button{fyne.KeyS: v.buttons.snooze, fyne.KeyH: v.buttons.handle}[key]
	if button == nil {
		return false
	}
	button.Tapped(nil)
	return true
}

// openPane reads a lease's story and shows it.
func (v *View) openPane(l core.LeaseMonth) {
	v.open = l
	v.details.Replace(v.c.Post, func(context.Context) func() {
		s, err := v.read(l)
		return func() {
			v.c.Report("read a lease's rent", err)
			if err == nil && v.open.Lease == l.Lease {
				now, do := v.c.Now(), v.paneActions(s)
				v.buttons = newMarkButtons(s.found, do.marks, now)
				v.c.Page().Pane.Show(paneTitle(l.Month), paneParts(s, do, v.buttons, now)...)
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
		v.c.Page().Pane.Stay()
		v.openPane(v.open)
	}
}

// follow shows news of the lease in the pane.
func (v *View) follow() {
	i := slices.IndexFunc(v.shown.leases, func(l core.LeaseMonth) bool { return l.Lease == v.open.Lease && l.Month == v.open.Month })
	if i < 0 {
		return
	}
	was, is := v.open, v.shown.leases[i]
	was.Seqs, is.Seqs = nil, nil
	if !reflect.DeepEqual(was, is) {
		v.Renew()
	}
}

// Closed notes that the pane does not show a lease any more.
func (v *View) Closed() {
	v.open, v.buttons = core.LeaseMonth{}, markButtons{}
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
