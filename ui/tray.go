package ui

import (
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"

	"rentbell/assets"
	"rentbell/core"
	"rentbell/ui/explain"
	"rentbell/ui/kit"
	"rentbell/ui/words"
)

// trayLatest is how many of the newest events the tray menu lists.
const trayLatest = 3

// longestMenuText keeps the menu narrow, in runes.
const longestMenuText = 50

// trayActions is what the tray menu does.
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

// trayView is all that can be seen of the tray. Equal views look the same, so
// nothing is sent to the system for them.
type trayView struct {
	state     trayState
	line      string // how the connection stands
	last      string // "Last event 2 min ago"
	unread    int
	latest    [trayLatest]trayEvent
	attention int
	paused    bool
	address   bool // there is one to copy
}

// trayEvent is a line for one of the newest events; zero: none.
type trayEvent struct {
	seq  uint64
	text string
}

// trayState is a shape of the icon.
type trayState int

const (
	trayOffline trayState = iota
	trayConnecting
	trayListening
	trayPaused
)

// viewTray says what the tray shows; latest are the newest events, newest first.
func viewTray(s core.Status, latest []core.Event, now time.Time) trayView {
	v := trayView{
		state:     trayStateOf(s, now),
		line:      trayLine(s, now),
		last:      lastEvent(s.Summary.LastEvent, now),
		unread:    s.Unread,
		attention: s.Summary.Attention,
		paused:    s.Muted(now),
		address:   s.Address != "",
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
	case s.Connection == core.Connecting, s.Connection == core.Reconnecting:
		return trayConnecting
	case s.Connection != core.Listening:
		return trayOffline
	case s.Muted(now):
		return trayPaused
	}
	return trayListening
}

func trayLine(s core.Status, now time.Time) string {
	w := describeConnection(s, now)
	switch trayStateOf(s, now) {
	case trayListening:
		if !s.Sample {
			return words.Say("Listening at %s", w.address)
		}
	case trayPaused:
		return words.Say("Paused %s", words.PausedUntil(s.MutedUntil, now))
	case trayOffline:
		if s.Storage != nil {
			return words.Joined(w.word, words.Uncapital(w.note))
		}
		if s.Connection == core.Unreachable || s.Connection == core.ConnectionRefused {
			return words.Joined(w.word, words.Uncapital(sinceWords(s.Since, now)))
		}
	}
	return w.word
}

// trayEventText is an event in one line: "$1,450.00 from Dana Whitfield".
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

// trayMenu makes the menu for a view, with labels in the spelling of a system
// named as runtime.GOOS names it.
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
	add(words.Say("Copy address"), do.copyAddress).Disabled = !v.address
	separate()
	add(words.Say("Settings"), do.settings)
	add(words.Say("Quit Rentbell"), do.quit).IsQuit = true
	return menu
}

// unreadText says how much came while the user was elsewhere.
func unreadText(n int) string { return words.Say("%s new while you were away", explain.Number(n)) }

func pauseMenu(pause func(words.Pause)) *fyne.Menu {
	menu := &fyne.Menu{}
	for p, name := range words.PauseNames {
		menu.Items = append(menu.Items, fyne.NewMenuItem(words.Say(name), func() { pause(words.Pause(p)) }))
	}
	return menu
}

// menuText makes a label that shows as it is: plain, not endless, and without
// the marks that underline a letter.
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

// trayIcon is the icon of a state, in the form the system can draw.
func trayIcon(state trayState, system string) fyne.Resource {
	icons := [...]assets.TrayIcon{
		trayOffline: assets.TrayOffline, trayConnecting: assets.TrayConnecting,
		trayListening: assets.TrayListening, trayPaused: assets.TrayPaused,
	}
	switch icon := icons[state]; system {
	case "darwin":
		return theme.NewThemedResource(icon.Template)
	case "windows":
		return icon.Small
	default:
		return icon.Large
	}
}

// tray is Rentbell's place beside the clock. A system may show none although
// it has the means, so nothing may depend on it.
type tray struct {
	desk   desktop.App
	do     trayActions
	system string // runtime.GOOS
	menu   *fyne.Menu
	shown  trayView
}

// start puts the tray up. Pressing it brings back the window, whose close
// interception Fyne takes for that: set yours after.
func (t *tray) start(window fyne.Window, first trayView) {
	t.menu = &fyne.Menu{}
	t.desk.SetSystemTrayIcon(trayIcon(first.state, t.system))
	t.fill(first)
	t.desk.SetSystemTrayWindow(window)
}

// show brings the tray up to date.
func (t *tray) show(v trayView) {
	if v == t.shown {
		return
	}
	if v.state != t.shown.state {
		t.desk.SetSystemTrayIcon(trayIcon(v.state, t.system))
	}
	t.fill(v)
}

// fill keeps the menu's identity: when the system is ready, Fyne sends it the
// first menu it was given, which must not be an old one by then.
func (t *tray) fill(v trayView) {
	t.shown = v
	t.menu.Items = trayMenu(v, t.do, t.system).Items
	t.desk.SetSystemTrayMenu(t.menu)
}
