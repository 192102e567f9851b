package ui

import (
	"context"
	"io"
	"os"
	"path/filepath"

	"rentbell/core"
	"rentbell/core/wholefile"
	"rentbell/ui/chooser"
	"rentbell/ui/exports"
	"rentbell/ui/frame"
	"rentbell/ui/words"
)

// showMonth writes the month sheet and has the browser show it. The file stays in the
// folder of exports: on some systems a browser may not read hidden folders, where the data
// is, nor temporary ones.
func (u *UI) showMonth(m core.Month, tell func(frame.Saved)) {
	name := words.MonthName(m.First())
	tell(frame.Saved{Busy: true, Text: words.Say("Writing the month sheet of %s", name)})
	dir := exports.Dir(u.bell.Settings())
	frame.Background(u.post, func(ctx context.Context) (shown bool, err error) {
		if err := os.MkdirAll(dir, 0o700); err != nil {
			return false, err
		}
		path := filepath.Join(dir, "Rentbell rent "+m.String()+".html")
		if err := wholefile.Write(ctx, path, func(w io.Writer) error { return u.bell.WriteMonth(ctx, w, m) }); err != nil {
			return false, err
		}
		err = u.app.OpenURL(fileURL(path))
		u.report("open the month sheet", err)
		return err == nil, nil
	}, func(shown bool, err error) {
		text := words.Say("The month sheet of %s is open in your browser, to print or to save as PDF.", name)
		if !shown {
			text = words.Say("The month sheet of %s is saved. No browser opened it.", name)
		}
		tell(u.saved(text, dir, err))
	})
}

// saveCalendar asks for a file and writes the ends of leases to it.
func (u *UI) saveCalendar(tell func(frame.Saved)) {
	if !u.free() {
		return
	}
	u.chooser.Save(chooser.Ask{Title: words.Say("Save lease ends"), About: "calendar", Name: "Rentbell lease ends.ics"}, func(path string) {
		tell(frame.Saved{Busy: true, Text: words.Say("Writing the lease ends")})
		frame.Run(u.post, func(ctx context.Context) error {
			return wholefile.Write(ctx, path, func(w io.Writer) error { return u.bell.WriteCalendar(ctx, w) })
		}, func(err error) {
			text := words.Say("Saved as %s. Import it into your calendar. A later one updates what is there.", filepath.Base(path))
			tell(u.saved(text, filepath.Dir(path), err))
		})
	})
}

// saved tells of a file in a folder, or why there is none.
func (u *UI) saved(text, dir string, err error) frame.Saved {
	if err != nil {
		return frame.Saved{Err: err}
	}
	return frame.Saved{Text: text, Show: func() { u.openFolder(dir) }}
}
