package expected

import (
	"context"
	"time"

	"fyne.io/fyne/v2"

	"rentbell/core"
	"rentbell/ui/frame"
)

// Editor changes what is expected of leases, from their panes.
type Editor struct {
	Bell interface {
		ChangeTerms(ctx context.Context, lease string, edit func(*core.LeaseTerms)) error
	}
	Now     func() time.Time
	Post    frame.Poster
	Canvas  func() fyne.Canvas // of the window, for dialogs
	Report  func(doing string, err error)
	Changed func() // shows the panes and lists anew
}

// For returns what the pane of a lease can ask for.
func (e Editor) For(t Terms) TermsActions {
	keep := func(edit func(*core.LeaseTerms), done func(error)) {
		frame.Run(e.Post, func(ctx context.Context) error { return e.Bell.ChangeTerms(ctx, t.Month.Lease, edit) }, func(err error) {
			done(err)
			e.Changed()
		})
	}
	return TermsActions{
		Now: e.Now, Change: func() { askChange(e.Canvas(), t, keep) },
		Edit: func(edit func(*core.LeaseTerms)) {
			keep(edit, func(err error) { e.Report("change what is expected of a lease", err) })
		},
	}
}
