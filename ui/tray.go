package ui

import (
	"bytes"
	"fmt"
	"image/png"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"

	"rentbell/assets"
	"rentbell/core"
	"rentbell/ui/explain"
	"rentbell/ui/frame"
	"rentbell/ui/kit"
	"rentbell/ui/words"
)

// trayLatest is the number of events in the tray's menu.
const trayLatest = 3

// longestMenuText limits a menu's text, in runes.
const longestMenuText = 50

// trayActions is what the tray's menu calls.
type trayActions struct {
	open        func()
	show        func(seq uint64) // opens one event
	attention   func()
	pause       func(words.Pause)
	resume      func()
	copyAddress func()
	settings    func()
	quit        func()
}

// trayView is everything that the tray shows. If it is equal to the last one,
// the tray is not updated.
type trayView struct {
	state     trayState
	line      string // state of the connection
	last      string // "Last event 2 min ago"
	unread    int
	latest    [trayLatest]trayEvent
	attention int
	paused    bool
	address   bool // there is an address to copy
	local     bool // nothing comes to an address
}

// trayEvent is an event in the menu. The zero value means none.
type trayEvent struct {
	seq  uint64
	text string
}

// trayState selects the icon.
type trayState int

const (
	trayOffline trayState = iota
	trayConnecting
	trayListening
	trayPaused
)

// viewTray returns what the tray shows. latest has the newest event first.
func viewTray(s core.Status, latest []core.Event, now time.Time) trayView {
	v := trayView{
		local:     !s.Kind.Delivered(),
		state:     trayStateOf(s, now),
		line:      trayLine(s, now),
		last:      lastEvent(s.Summary.LastEvent, now),
		unread:    s.Unread,
		attention: s.Attention(),
		paused:    s.Muted(now),
		address:   s.Address != "",
	}
	if s.Kind == core.KindReports {
		v.last = lastReport(s.Reports.Latest().In(now.Location()), now)
	}
	for i, e := range latest[:min(len(latest), trayLatest)] {
		v.latest[i] = trayEvent{e.Seq, trayEventText(e)}
	}
	return v
}

func trayStateOf(s core.Status, now time.Time) trayState {
	switch {
	case s.Storage != nil:
		return trayOffline
	case s.Kind == core.KindReports && (s.Reports.Dir == "" || s.Reports.Problem != nil):
		return trayOffline
	case s.Kind == core.KindReports && s.Muted(now):
		return trayPaused
	case s.Kind == core.KindReports:
		return trayListening
	case s.Kind == core.KindOffice:
		return trayStateOfOffice(s, now)
	case s.Connection == core.Connecting, s.Connection == core.Reconnecting:
		return trayConnecting
	case s.Connection != core.Listening:
		return trayOffline
	case s.Muted(now):
		return trayPaused
	}
	return trayListening
}

func trayStateOfOffice(s core.Status, now time.Time) trayState {
	switch state := frame.OfficeStateOf(s.Office, now); {
	case state == frame.OfficeConnecting, state == frame.OfficeCatching:
		return trayConnecting
	case state != frame.OfficeUpToDate:
		return trayOffline
	case s.Muted(now):
		return trayPaused
	}
	return trayListening
}

func trayLine(s core.Status, now time.Time) string {
	w := describeConnection(s, now)
	if s.Kind == core.KindOffice && s.Storage == nil {
		return trayOffice(s, w, now)
	}
	switch trayStateOf(s, now) {
	case trayListening:
		switch {
		case w.local && w.color == kit.ColorLive:
			return words.Joined(w.word, w.address)
		case !w.local && !s.Sample:
			return words.Say("Listening at %s", w.address)
		}
	case trayPaused:
		return words.Say("Paused %s", words.PausedUntil(s.MutedUntil, now))
	case trayOffline:
		if s.Storage != nil {
			return words.Joined(w.word, words.Uncapital(w.note))
		}
		if w.local {
			break
		}
		if s.Connection == core.Unreachable || s.Connection == core.ConnectionRefused {
			return words.Joined(w.word, words.Uncapital(sinceWords(s.Since, now)))
		}
	}
	return w.word
}

// trayOffice is the line of a desk in an office.
func trayOffice(s core.Status, w connectionWords, now time.Time) string {
	o := s.Office
	switch state := frame.OfficeStateOf(o, now); {
	case state == frame.OfficeRemoved:
		return words.Say("This desk was removed")
	case state == frame.OfficeCatching && o.Behind > 0 && !o.Heard.IsZero():
		return words.Say("%s, catching up %s", heardAt(o.Heard, now), explain.Number(int(o.Behind)))
	case state == frame.OfficeUpToDate && s.Muted(now):
		return words.Say("Paused %s", words.PausedUntil(s.MutedUntil, now))
	case state == frame.OfficeUpToDate:
		return words.Say("Office: up to date")
	case state == frame.OfficeNone:
		return w.word
	case state == frame.OfficeQuiet && !o.Heard.IsZero():
		return words.Say("Office: %s", words.Uncapital(heardAt(o.Heard, now)))
	}
	return words.Say("Office: %s", words.Uncapital(w.word))
}

// trayEventText describes an event in one line: "$1,450.00 from Dana
// Whitfield".
func trayEventText(e core.Event) string {
	l := words.Describe(e)
	switch d := e.Detail.(type) {
	case core.Payment:
		return words.Say("%s from %s", words.AmountOf(d), l.Title)
	case core.WorkOrder:
		return words.Joined(l.Title, words.PlaceOf(d.Place))
	}
	return words.EventTitle(e)
}

// trayMenu returns the menu for a view. system is named as in runtime.GOOS,
// because systems escape menu texts differently.
func trayMenu(v trayView, do trayActions, system string) *fyne.Menu {
	menu := &fyne.Menu{}
	add := func(label string, action func()) *fyne.MenuItem {
		item := fyne.NewMenuItem(menuText(label, system), action)
		menu.Items = append(menu.Items, item)
		return item
	}
	separate := func() { menu.Items = append(menu.Items, fyne.NewMenuItemSeparator()) }

	add(v.line, nil).Disabled = true
	add(v.last, nil).Disabled = true
	separate()
	if v.unread > 0 {
		add(unreadText(v.unread), do.open)
	}
	for _, e := range v.latest {
		if e.text != "" {
			add(e.text, func() { do.show(e.seq) })
		}
	}
	if v.unread > 0 || v.latest[0].text != "" {
		separate()
	}
	add(words.Say("Open Rentbell"), do.open)
	if v.attention > 0 {
		add(words.Say("Needs attention (%s)", explain.Number(v.attention)), do.attention)
	}
	if v.paused {
		add(words.Say("Resume the bell"), do.resume)
	} else {
		add(words.Say("Pause the bell"), nil).ChildMenu = pauseMenu(do.pause)
	}
	if !v.local {
		add(words.Say("Copy address"), do.copyAddress).Disabled = !v.address
	}
	separate()
	add(words.Say("Settings"), do.settings)
	add(words.Say("Quit Rentbell"), do.quit).IsQuit = true
	return menu
}

// unreadText says how many events arrived while the user was away.
func unreadText(n int) string { return words.Say("%s new while you were away", explain.Number(n)) }

func pauseMenu(pause func(words.Pause)) *fyne.Menu {
	menu := &fyne.Menu{}
	for p, name := range words.PauseNames {
		menu.Items = append(menu.Items, fyne.NewMenuItem(words.Say(name), func() { pause(words.Pause(p)) }))
	}
	return menu
}

// menuText makes a text safe for a menu: plain, not too long, and with the
// characters escaped that would underline a letter.
func menuText(text, system string) string {
	text = kit.Plain(text)
	if runes := []rune(text); len(runes) > longestMenuText {
		text = strings.TrimRight(string(runes[:longestMenuText-1]), " ,") + "…"
	}
	switch system {
	case "windows":
		return strings.ReplaceAll(text, "&", "&&")
	case "darwin":
		return text
	}
	return strings.ReplaceAll(text, "_", "__")
}

// trayIcon returns the icon for a state, in a format that the system can draw.
func trayIcon(state trayState, system string, pixels int) fyne.Resource {
	icons := [...]assets.TrayIcon{
		trayOffline: assets.TrayOffline, trayConnecting: assets.TrayConnecting,
		trayListening: assets.TrayListening, trayPaused: assets.TrayPaused,
	}
	switch icon := icons[state]; system {
	case "darwin":
		return theme.NewThemedResource(icon.Template)
	case "windows":
		for _, r := range icon.Icons {
			if pixels <= sizeOf(r) {
				return r
			}
		}
		return icon.Icons[len(icon.Icons)-1]
	default:
		return icon.Large
	}
}

// sizeOf returns the width of a picture.
func sizeOf(r fyne.Resource) int {
	c, err := png.DecodeConfig(bytes.NewReader(r.Content()))
	if err != nil {
		panic(fmt.Errorf("the icon is part of the program: %w", err))
	}
	return c.Width
}

// tray is Rentbell's icon in the system tray. A desktop may show no tray even
// if Fyne supports one there, so nothing may depend on it.
type tray struct {
	desk   desktop.App
	do     trayActions
	system string // runtime.GOOS
	pixels int    // width that the system loads an icon in; 0: not known
	menu   *fyne.Menu
	shown  trayView
}

// start shows the tray. Pressing it shows the window. Fyne sets the window's
// close interceptor for that, so the caller has to set its own afterwards.
func (t *tray) start(window fyne.Window, first trayView) {
	t.menu = &fyne.Menu{}
	t.desk.SetSystemTrayIcon(trayIcon(first.state, t.system, t.pixels))
	t.fill(first)
	t.desk.SetSystemTrayWindow(window)
}

// show updates the tray.
func (t *tray) show(v trayView) {
	if v == t.shown {
		return
	}
	if v.state != t.shown.state {
		t.desk.SetSystemTrayIcon(trayIcon(v.state, t.system, t.pixels))
	}
	t.fill(v)
}

// fill changes the items of the same menu. Fyne sends the first menu it was
// given once the system is ready, so that menu has to stay current.
func (t *tray) fill(v trayView) {
	t.shown = v
	t.menu.Items = trayMenu(v, t.do, t.system).Items
	t.desk.SetSystemTrayMenu(t.menu)
}
