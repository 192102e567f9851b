package ui

import (
	"context"
	"slices"

	"rentbell/core"
	"rentbell/ui/exports"
	"rentbell/ui/frame"
)

// exportsActions is what the Exports tab can ask for.
type exportsActions struct {
	look   func(done func(pastExports, error))
	forget func(e core.PastExport, done func(error))
	folder func(done func(error)) // asks for the folder of the next export; done is not called without one
	open   func()                 // the export dialog
}

// pastExports is what was exported before, newest first, and where the next
// file goes.
type pastExports struct {
	list []core.PastExport
	dir  string
}

// exportsActions ties the Exports tab to the bell.
func (u *UI) exportsActions() exportsActions {
	reads := &frame.Loader{}
	return exportsActions{
		look: func(done func(pastExports, error)) {
			reads.Load(u.post, func(context.Context) func() {
				list, err := u.bell.PastExports()
				slices.Reverse(list)
				past := pastExports{list, exports.Dir(u.bell.Settings())}
				return func() {
					u.report("read what was exported", err)
					done(past, err)
				}
			})
		},
		forget: func(e core.PastExport, done func(error)) {
			u.saver.Do(func(context.Context) error { return u.bell.ForgetExport(e) }, done)
		},
		folder: func(done func(error)) {
			u.chooseDir(func(dir string) {
				u.saver.Change(func(s *core.Settings) { s.ExportDir = dir }, done)
			})
		},
		open: u.showExport,
	}
}
