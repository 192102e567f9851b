package ui

import (
	"cmp"
	"errors"
	"path/filepath"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"rentbell/assets"
	"rentbell/core"
	"rentbell/ui/explain"
	"rentbell/ui/frame"
	"rentbell/ui/kit"
	"rentbell/ui/words"
)

// connectionWords describes the connection for the connection card and the
// tray.
type connectionWords struct {
	color   fyne.ThemeColorName // of the card's dot
	word    string              // "Listening"
	short   string              // the same in the rail; empty: word
	address string              // "oakline.ngrok.app"; empty until known
	local   bool                // the address is that of a folder, or of the receiver in the office: nothing to copy
	note    string              // "Last event 2 min ago"
}

func describeConnection(s core.Status, now time.Time) connectionWords {
	switch s.Kind {
	case core.KindReports:
		return describeFolder(s, now)
	case core.KindOffice:
		return describeOffice(s, now)
	}
	w := connectionWords{address: words.HostOf(s.Address)}
	switch { // the most serious first, as in the banner
	case s.Storage != nil:
		w.color, w.word, w.note = kit.ColorErr, words.Say("Disk trouble"), words.Say("Deliveries are not kept")
	case s.Connection == core.ConnectionOff && errors.Is(s.Vault, core.ErrKeychainSlow):
		w.color, w.word, w.note = kit.ColorWarn, words.Say("Connecting"), words.Say("Reading your keys")
	case s.Connection == core.ConnectionOff && needsPassphrase(s):
		w.color, w.word, w.note = kit.ColorErr, words.Say("Locked"), words.Say("Enter your passphrase")
	case s.Connection == core.ConnectionOff && s.KeysLocked():
		w.color, w.word, w.note = kit.ColorErr, words.Say("Locked"), words.Say("Unlock your password store")
	case s.Connection == core.ConnectionOff:
		w.color, w.word, w.note = kit.ColorInput, words.Say("Not set up"), words.Say("Open Settings to begin")
	case s.Connection == core.Connecting, s.Connection == core.Reconnecting:
		w.color, w.word, w.note = kit.ColorWarn, words.Say("Connecting"), words.Say("Usually takes a few seconds")
	case s.Connection == core.ConnectionClosed:
		w.color, w.word, w.note = kit.ColorInput, words.Say("Closed by you"), words.Say("Open it again in Settings")
	case s.Connection != core.Listening:
		w.color, w.word, w.note = kit.ColorErr, words.Say("Not reachable"), sinceWords(s.Since, now)
	case s.Muted(now):
		w.color, w.word, w.note = kit.ColorWarn, words.Say("Paused"), words.Capital(words.PausedUntil(s.MutedUntil, now))
	case s.Sample:
		w.color, w.word, w.note = kit.ColorPrimary, words.Say("Sample data"), lastEvent(s.Summary.LastEvent, now)
	default:
		w.color, w.word, w.note = kit.ColorLive, words.Say("Listening"), lastEvent(s.Summary.LastEvent, now)
	}
	return w
}

// describeFolder is describeConnection for reports, which come into a folder.
func describeFolder(s core.Status, now time.Time) connectionWords {
	latest := s.Reports.Latest().In(now.Location())
	family, _, word := frame.DescribeFolder(s.Reports, now)
	w := connectionWords{local: true, word: word, note: lastReport(latest, now)}
	if s.Reports.Dir != "" {
		w.address = filepath.Base(s.Reports.Dir)
	}
	switch {
	case s.Storage != nil:
		w.color, w.word, w.note = kit.ColorErr, words.Say("Disk trouble"), words.Say("Reports are not kept")
	case family == kit.Neutral:
		w.color, w.note = kit.ColorInput, words.Say("Open Settings to begin")
	case family == kit.Bad:
		w.color, w.note = kit.ColorErr, words.Say("Open Settings to see why")
	case s.Muted(now):
		w.color, w.word, w.note = kit.ColorWarn, words.Say("Paused"), words.Capital(words.PausedUntil(s.MutedUntil, now))
	case s.Sample:
		w.color, w.word = kit.ColorPrimary, words.Say("Sample data")
	case family == kit.Warn:
		w.color = kit.ColorWarn
	default:
		w.color = kit.ColorLive
	}
	return w
}

// describeOffice is describeConnection for a desk of an office.
func describeOffice(s core.Status, now time.Time) connectionWords {
	o := s.Office
	w := connectionWords{local: true, address: frame.ReceiverOf(o), note: lastHeard(o.Heard, now)}
	switch state := frame.OfficeStateOf(o, now); {
	case s.Storage != nil:
		w.color, w.word, w.note = kit.ColorErr, words.Say("Disk trouble"), words.Say("Events are not kept")
	case state == frame.OfficeNone:
		w.color, w.word, w.note = kit.ColorInput, words.Say("Not set up"), words.Say("Open Settings to begin")
	case state == frame.OfficeRemoved:
		w.color, w.word, w.short, w.address = kit.ColorErr, words.Say("Desk removed"), words.Say("Removed"), words.Say("What came stays here")
	case state == frame.OfficeTrouble:
		w.color, w.word, w.note = kit.ColorErr, words.Say("Not followed"), words.Say("Open Settings to see why")
	case state == frame.OfficeQuiet:
		w.color, w.word, w.note = kit.ColorWarn, words.Say("Not heard"), triedAgain(o, now)
		switch {
		case o.Heard.IsZero():
		case core.DateOf(o.Heard.In(now.Location())) == core.DateOf(now):
			w.word, w.short = words.Say("Heard %s", words.Tongue.Clock(o.Heard.In(now.Location()))), w.word
		default: // there is no room for a day in the first line
			w.note = heardAt(o.Heard, now)
		}
	case state == frame.OfficeConnecting:
		w.color, w.word, w.note = kit.ColorWarn, words.Say("Connecting"), words.Say("Usually takes a few seconds")
	case state == frame.OfficeCatching && (o.Loading || o.Behind == 0):
		w.color, w.word, w.note = kit.ColorBarMuted, words.Say("Catching up"), words.Say("Everything is fetched")
	case state == frame.OfficeCatching:
		w.color, w.word, w.short = kit.ColorBarMuted, words.Say("Catching up %s", explain.Number(int(o.Behind))), words.Say("%s left", explain.Number(int(o.Behind)))
	case o.ReadOnly:
		w.color, w.word, w.note = kit.ColorWarn, words.Say("Only reads"), words.Say("Update to change things")
	case s.Muted(now):
		w.color, w.word, w.note = kit.ColorWarn, words.Say("Paused"), words.Capital(words.PausedUntil(s.MutedUntil, now))
	default:
		w.color, w.word = kit.ColorLive, words.Say("Up to date")
	}
	return w
}

// triedAgain says when the receiver is tried again.
func triedAgain(o core.OfficeStatus, now time.Time) string {
	wait := o.Retry.Sub(now)
	switch {
	case o.Following: // it says nothing over a connection that holds
		return words.Say("Tries again by itself")
	case wait <= 0:
		return words.Say("Trying now")
	}
	return words.Say("Trying again in %s s", explain.Number(int((wait+time.Second-1)/time.Second)))
}

// lastHeard says when the receiver last said anything; nothing, if that is not known.
func lastHeard(t, now time.Time) string {
	switch since := now.Sub(t); {
	case t.IsZero():
		return ""
	case since >= 0 && since < time.Minute:
		return words.Say("Last heard just now")
	case since >= 0 && since < time.Hour:
		return words.Say("Last heard %s min ago", explain.Number(int(since/time.Minute)))
	}
	return heardAt(t, now)
}

// heardAt says at what time of today, or on which day, the receiver last said anything.
func heardAt(t, now time.Time) string {
	t = t.In(now.Location())
	if core.DateOf(t) == core.DateOf(now) {
		return words.Say("Last heard %s", words.Tongue.Clock(t))
	}
	return words.Say("Last heard %s", words.Tongue.OnDay(t, now))
}

// lastReport says when the newest report came.
func lastReport(t, now time.Time) string {
	switch since := now.Sub(t); {
	case t.IsZero():
		return words.Say("No report yet")
	case since >= 0 && since < time.Minute:
		return words.Say("Last report just now")
	case since >= 0 && since < time.Hour:
		return words.Say("Last report %s min ago", explain.Number(int(since/time.Minute)))
	case core.DateOf(t) == core.DateOf(now):
		return words.Say("Last report at %s", words.Tongue.Clock(t))
	}
	return words.Say("Last report %s", words.Tongue.OnDay(t, now))
}

// lastEvent says when the last event arrived.
func lastEvent(t, now time.Time) string {
	if t.IsZero() {
		return words.Say("No event yet")
	}
	t = t.In(now.Location())
	switch since := now.Sub(t); {
	case since >= 0 && since < time.Minute:
		return words.Say("Last event just now")
	case since >= 0 && since < time.Hour:
		return words.Say("Last event %s min ago", explain.Number(int(since/time.Minute)))
	case core.DateOf(t) == core.DateOf(now):
		return words.Say("Last event at %s", words.Tongue.Clock(t))
	}
	return words.Say("Last event %s", words.Tongue.OnDay(t, now))
}

// sinceWords says since when something has been so: "Since 10:31 AM".
func sinceWords(t, now time.Time) string {
	return words.Say("Since %s", words.Tongue.Since(t.In(now.Location()), now))
}

// connectionCard is the card at the foot of the navigation. Pressing it opens
// the connection's settings.
type connectionCard struct {
	*kit.Press

	dot     *kit.Dot
	word    *kit.Text
	below   *kit.Prose // the same as word, in the rail, where it wraps
	address *kit.Text
	note    *kit.Text
	copy    *kit.Press
	ground  *kit.Box
	body    *fyne.Container
	rail    bool
	copies  bool // there is an address to copy
}

func newConnectionCard(onOpen, onCopy func()) *connectionCard {
	c := &connectionCard{
		dot:     kit.NewDot(kit.ColorInput, 10),
		word:    kit.NewText("", kit.Strong).Tight(),
		below:   kit.NewProse("", kit.Style{Size: theme.SizeNameCaptionText}.Centered()),
		address: kit.NewText("", kit.Caption.In(kit.ColorText)).Tight(),
		note:    kit.NewText("", kit.Caption).Tight(),
		copy:    kit.NewIconButton(words.Say("Copy address"), assets.Copy, 16, onCopy),
		ground:  kit.NewBox(kit.ColorSurface, kit.ColorBorder, kit.CardRadius),
	}
	c.body = &fyne.Container{Layout: connectionLayout{c}, Objects: []fyne.CanvasObject{c.ground, c.dot, c.word, c.below, c.address, c.note, c.copy}}
	c.below.Hide()
	c.Press = kit.NewPress(words.Say("Connection"), c.body, kit.CardRadius, onOpen)
	return c
}

func (c *connectionCard) show(w connectionWords) {
	c.dot.Set(w.color)
	c.word.Set(w.word)
	c.below.Set(cmp.Or(w.short, w.word))
	c.address.Set(w.address)
	c.note.Set(w.note)
	c.copies = w.address != "" && !w.local
	c.copy.Hidden = c.rail || !c.copies
	kit.Relayout(c.body)
}

func (c *connectionCard) setRail(rail bool) {
	c.rail = rail
	c.word.Hidden, c.below.Hidden = rail, !rail
	c.address.Hidden, c.note.Hidden = rail, rail
	c.copy.Hidden = rail || !c.copies
	if rail {
		c.ground.Paint("", "")
	} else {
		c.ground.Paint(kit.ColorSurface, kit.ColorBorder)
	}
	kit.Relayout(c.body)
}

type connectionLayout struct{ of *connectionCard }

func (l connectionLayout) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.Size{} }

func (l connectionLayout) Layout(_ []fyne.CanvasObject, size fyne.Size) {
	c, dp := l.of, kit.Dp
	place := func(o fyne.CanvasObject, x, y, w, h float32) {
		o.Move(fyne.NewPos(x, y))
		o.Resize(fyne.NewSize(w, h))
	}
	place(c.ground, 0, 0, size.Width, size.Height)
	if c.rail {
		place(c.dot, (size.Width-dp(10))/2, dp(5), dp(10), dp(10))
		high := frame.HeightAt(c.below, size.Width+dp(6))
		place(c.below, -dp(3), dp(16)+max(0, (dp(17)-high)/2), size.Width+dp(6), high)
		return
	}
	inner := size.Width - dp(26)
	place(c.dot, dp(13), dp(15), dp(10), dp(10))
	place(c.word, dp(31), dp(9), inner-dp(18), dp(20))
	address := inner
	if c.copy.Visible() {
		address -= dp(26)
	}
	place(c.address, dp(13), dp(32), address, dp(17))
	if c.address.Text() == "" {
		place(c.note, dp(13), dp(42), inner, dp(17))
	} else {
		place(c.note, dp(13), dp(52), inner, dp(17))
	}
	place(c.copy, size.Width-dp(35), dp(29), dp(28), dp(28))
}
