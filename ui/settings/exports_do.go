package settings

import (
	"context"
	"slices"

	"rentbell/core"
	"rentbell/ui/frame"
)

// exportsActions is what the Exports tab can ask for.
type exportsActions struct {
	look       func(done func(pastExports, error))
	forget     func(e core.PastExport, done func(error))
	folder     func(done func(error)) // asks for the folder of the next export; done is not called without one
	open       func()                 // the export dialog
	openFolder func(dir string)
	ask        func(frame.Question)
}

// pastExports is what was exported before, newest first, and where the next
// file goes.
type pastExports struct {
	list []core.PastExport
	dir  string
}

// exportsActions ties the Exports tab to the bell.
func (w *tasks) exportsActions() exportsActions {
	return exportsActions{
		look: func(done func(pastExports, error)) {
			w.past.Load(w.Post, func(context.Context) func() {
				list, err := w.Bell.PastExports()
				slices.Reverse(list)
				past := pastExports{list, w.ExportDir(w.Bell.Settings())}
				return func() {
					w.Report("read what was exported", err)
					done(past, err)
				}
			})
		},
		forget: func(e core.PastExport, done func(error)) {
			w.Saver.Do(func(context.Context) error { return w.Bell.ForgetExport(e) }, done)
		},
		folder: func(done func(error)) {
			w.chooseDir(func(dir string) {
				w.Saver.Change(func(s *core.Settings) { s.ExportDir = dir }, done)
			})
		},
		open: w.Do.Export, openFolder: w.Do.OpenFolder, ask: w.ask,
	}
}
