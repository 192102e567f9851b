package ui

import (
	"rentbell/core"
	"rentbell/ui/exports"
)

// showExport opens the export dialog, with the month that the payments page
// shows. It does nothing while another dialog or the welcome pages are open.
func (u *UI) showExport() {
	if !u.free() {
		return
	}
	var month core.Date
	if u.shell.open == paymentsSection {
		month = u.feeds.Month()
	}
	exports.Open(exports.Config{
		Office: func() exports.Office {
			return exports.Office{Me: u.status.Office.Name, Away: u.status.Kind == core.KindOffice && !u.status.Office.Following}
		},
		Window: u.window, Post: u.post, Chooser: u.chooser, Now: u.now, Records: u.bell, Settings: u.bell.Settings(), Month: month,
		Reveal: u.showFile, Report: u.report,
		Keep: func(dir string, begin core.Exports) {
			u.saver.Change(func(s *core.Settings) { s.ExportDir, s.Exports = dir, begin }, nil)
		},
	})
}
