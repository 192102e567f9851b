package ui

import (
	"time"

	"rentbell/core"
	"rentbell/ui/frame"
	"rentbell/ui/words"
)

// pause keeps the bell quiet for a time; everything is still kept.
func (u *UI) pause(p words.Pause) { u.muteUntil(p.Until(u.now())) }

func (u *UI) resume() { u.muteUntil(time.Time{}) }

// togglePause pauses the bell until it is resumed, or resumes it.
func (u *UI) togglePause() {
	if u.status.Muted(u.now()) {
		u.resume()
	} else {
		u.pause(words.PauseOpen)
	}
}

func (u *UI) muteUntil(end time.Time) {
	u.saver.Change(func(s *core.Settings) { s.MutedUntil = end }, nil)
}

// showSaved shows what has just been saved.
func (u *UI) showSaved() {
	u.applyLook()
	u.showStatus(u.bell.Status())
}

func (u *UI) asker() frame.Asker { return frame.Asker{Post: u.post, Bell: u.bell} }
