package ui

import (
	"errors"
	"image/png"
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"rentbell/core"
	"rentbell/ui/explain"
	"rentbell/ui/words"
)

// june18 is the clock of these tests.
var june18 = time.Date(2026, 6, 18, 10, 42, 0, 0, newYork)

func latestEvents() []core.Event {
	return []core.Event{
		{Seq: 9, Detail: core.Payment{Place: core.Place{Tenant: "Dana Whitfield", Property: "Alder Court", Unit: "2A"}, Amount: 145000, AmountKnown: true}},
		{Seq: 8, Detail: core.Payment{Place: core.Place{Tenant: "Luis Cardenas"}, Amount: 127500, AmountKnown: true}},
		{Seq: 7, Detail: core.WorkOrder{Place: core.Place{Property: "Alder Court", Unit: "3B"}, Title: "No hot water"}},
		{Seq: 6, Detail: core.Tenant{ID: "1"}},
	}
}

func listening() core.Status {
	return core.Status{
		Connection: core.Listening, Address: "https://oakline.ngrok.app",
		Summary: core.Summary{Attention: 3, LastEvent: june18.Add(-2 * time.Minute)},
	}
}

// labels lists a menu's texts: [x] is disabled, - a separator, > a submenu.
func labels(m *fyne.Menu) []string {
	var all []string
	for _, item := range m.Items {
		text := item.Label
		switch {
		case item.IsSeparator:
			text = "-"
		case item.ChildMenu != nil:
			text += " > " + strings.Join(labels(item.ChildMenu), ", ")
		case item.Disabled:
			text = "[" + text + "]"
		}
		all = append(all, text)
	}
	return all
}

func TestTrayMenuSaysHowThingsStand(t *testing.T) {
	pause := "Pause the bell > For an hour, Until tomorrow, Until I resume"
	tests := []struct {
		name   string
		change func(*core.Status)
		latest []core.Event
		want   []string
	}{
		{"listening", func(*core.Status) {}, latestEvents(), []string{
			"[Listening at oakline.ngrok.app]", "[Last event 2 min ago]", "-",
			"$1,450.00 from Dana Whitfield", "$1,275.00 from Luis Cardenas", "No hot water, Alder Court 3B", "-",
			"Open Rentbell", "Needs attention (3)", pause, "Copy address", "-", "Settings", "Quit Rentbell",
		}},
		{"demo", func(s *core.Status) { s.Sample, s.Summary.Attention = true, 0 }, nil, []string{
			"[Sample data]", "[Last event 2 min ago]", "-", "Open Rentbell", pause, "Copy address", "-", "Settings", "Quit Rentbell",
		}},
		{"first run", func(s *core.Status) { *s = core.Status{} }, nil, []string{
			"[Not set up]", "[No event yet]", "-", "Open Rentbell", pause, "[Copy address]", "-", "Settings", "Quit Rentbell",
		}},
		{"connecting", func(s *core.Status) { s.Connection, s.Address, s.Summary.Attention = core.Connecting, "", 0 }, nil, []string{
			"[Connecting]", "[Last event 2 min ago]", "-", "Open Rentbell", pause, "[Copy address]", "-", "Settings", "Quit Rentbell",
		}},
		{"not reachable", func(s *core.Status) {
			s.Connection, s.Since, s.Summary.Attention = core.Unreachable, june18.Add(-11*time.Minute), 0
		}, nil, []string{
			"[Not reachable, since 10:31 AM]", "[Last event 2 min ago]", "-", "Open Rentbell", pause, "Copy address", "-", "Settings", "Quit Rentbell",
		}},
		{"paused", func(s *core.Status) { s.MutedUntil, s.Summary.Attention = june18.Add(time.Hour), 0 }, nil, []string{
			"[Paused until 11:42 AM]", "[Last event 2 min ago]", "-", "Open Rentbell", "Resume the bell", "Copy address", "-", "Settings", "Quit Rentbell",
		}},
	}
	for _, tt := range tests {
		s := listening()
		tt.change(&s)
		menu := trayMenu(viewTray(s, tt.latest, june18), trayActions{}, "linux")
		if got := labels(menu); !slices.Equal(got, tt.want) {
			t.Errorf("%s:\n got %q\nwant %q", tt.name, got, tt.want)
		}
		if last := menu.Items[len(menu.Items)-1]; !last.IsQuit {
			t.Errorf("%s: Fyne adds a second Quit", tt.name)
		}
	}
}

func TestTrayMenuActs(t *testing.T) {
	var done []string
	note := func(what string) func() { return func() { done = append(done, what) } }
	do := trayActions{
		open: note("open"), attention: note("attention"), copyAddress: note("copy"), settings: note("settings"), quit: note("quit"),
		show:  func(seq uint64) { done = append(done, "show "+explain.Number(int(seq))) },
		pause: func(p words.Pause) { done = append(done, "pause "+words.PauseNames[p]) },
	}
	for _, item := range trayMenu(viewTray(listening(), latestEvents(), june18), do, "linux").Items {
		switch {
		case item.IsSeparator, item.Disabled:
		case item.ChildMenu != nil:
			item.ChildMenu.Items[1].Action()
		default:
			item.Action()
		}
	}
	want := []string{"show 9", "show 8", "show 7", "open", "attention", "pause Until tomorrow", "copy", "settings", "quit"}
	if !slices.Equal(done, want) {
		t.Errorf("did %q, want %q", done, want)
	}
}

func TestMenuTextShowsAsItIs(t *testing.T) {
	tests := map[string]string{"windows": "a_b && c", "darwin": "a_b & c", "linux": "a__b & c"}
	for system, want := range tests {
		if got := menuText("a_b\n \u202e& c", system); got != want {
			t.Errorf("%s: %q, want %q", system, got, want)
		}
	}
	if got := menuText(strings.Repeat("ä", 99), "linux"); len([]rune(got)) != longestMenuText || !strings.HasSuffix(got, "…") {
		t.Errorf("long text became %q", got)
	}
}

func TestTrayIconHasTheStatesShapeAndTheSystemsForm(t *testing.T) {
	status := func(c core.Connection, muted bool) core.Status {
		s := core.Status{Connection: c}
		if muted {
			s.MutedUntil = june18.Add(time.Minute)
		}
		return s
	}
	tests := []struct {
		status core.Status
		shape  string
	}{
		{status(core.ConnectionOff, false), "offline"},
		{status(core.Unreachable, true), "offline"},
		{status(core.ConnectionRefused, false), "offline"},
		{status(core.Connecting, true), "connecting"},
		{status(core.Listening, true), "paused"},
		{status(core.Listening, false), "listening"},
	}
	for _, tt := range tests {
		state := viewTray(tt.status, nil, june18).state
		for _, system := range []string{"windows", "linux"} {
			icon := trayIcon(state, system, 0)
			if !strings.Contains(icon.Name(), tt.shape) {
				t.Errorf("%s: icon %q, want %s", system, icon.Name(), tt.shape)
			}
			if _, err := png.Decode(strings.NewReader(string(icon.Content()))); err != nil {
				t.Errorf("%s: %s is no PNG: %v", system, icon.Name(), err)
			}
		}
		if _, template := trayIcon(state, "darwin", 0).(*theme.ThemedResource); !template {
			t.Errorf("macOS does not get a template image for %s", tt.shape)
		}
	}
}

func TestTrayIconOnWindowsIsNotEnlarged(t *testing.T) {
	for pixels, want := range map[int]int{0: 32, 16: 32, 32: 32, 40: 40, 48: 48, 56: 64, 64: 64, 96: 64} {
		for _, state := range []trayState{trayOffline, trayConnecting, trayListening, trayPaused} {
			if got := sizeOf(trayIcon(state, "windows", pixels)); got != want {
				t.Errorf("for %d pixels the icon has %d, want %d", pixels, got, want)
			}
		}
	}
}

// desk records what Fyne's system tray is given.
type desk struct{ icons, menus, windows int }

func (d *desk) SetSystemTrayIcon(fyne.Resource)   { d.icons++ }
func (d *desk) SetSystemTrayMenu(*fyne.Menu)      { d.menus++ }
func (d *desk) SetSystemTrayWindow(w fyne.Window) { d.windows++ }

func TestTrayIsToldOnlyWhatChanges(t *testing.T) {
	d := &desk{}
	tray := &tray{desk: d, system: "linux"}
	tray.start(nil, viewTray(core.Status{}, nil, june18))
	first := tray.menu
	s := listening()
	for _, step := range []struct {
		what         string
		now          time.Time
		latest       []core.Event
		icons, menus int
	}{
		{"connected", june18, nil, 2, 2},
		{"nothing new", june18.Add(time.Second), nil, 2, 2},
		{"an event", june18.Add(time.Second), latestEvents(), 2, 3},
		{"another of the same words", june18.Add(time.Second), append([]core.Event{{Seq: 10, Detail: latestEvents()[0].Detail}}, latestEvents()...), 2, 4},
		{"a minute", june18.Add(time.Minute), nil, 2, 5},
	} {
		tray.show(viewTray(s, step.latest, step.now))
		if d.icons != step.icons || d.menus != step.menus {
			t.Errorf("%s: told %d icons and %d menus, want %d and %d", step.what, d.icons, d.menus, step.icons, step.menus)
		}
	}
	if tray.menu != first || d.windows != 1 {
		t.Errorf("the menu is another one, or %d windows were set", d.windows)
	}
}

func TestPauseEnds(t *testing.T) {
	tests := []struct {
		pause words.Pause
		words string
	}{
		{words.PauseHour, "until 11:42 AM"},
		{words.PauseTomorrow, "until tomorrow at 7:00 AM"},
		{words.PauseOpen, "until you resume it"},
	}
	for _, tt := range tests {
		end := tt.pause.Until(june18)
		if got := words.PausedUntil(end, june18); got != tt.words {
			t.Errorf("%s: %q, want %q", words.PauseNames[tt.pause], got, tt.words)
		}
		if !(core.Status{MutedUntil: end}).Muted(june18) {
			t.Errorf("%s: not muted", words.PauseNames[tt.pause])
		}
	}
	if _, err := core.NoEnd.MarshalJSON(); err != nil {
		t.Error(errors.New("an open pause cannot be saved"), err)
	}
}

func TestADoorbellIsASentenceInTheTray(t *testing.T) {
	tests := map[core.Doorbell]string{
		{Topic: "work_orders", Entity: "9a1f", Change: "update"}: "AppFolio says that a work order changed",
		{Topic: "lead_updates"}:                                  "AppFolio says that a lead changed",
		{Topic: "charges", Entity: "7", Change: "create"}:        "AppFolio says that a charge was added",
		{Topic: "tenants", Entity: "8", Change: "destroy"}:       "AppFolio says that a tenant was deleted",
		{Topic: "owner_groups", Change: "update"}:                "AppFolio says that something (owner groups) changed",
	}
	for bell, want := range tests {
		if got := trayEventText(core.Event{Type: bell.Topic, Detail: bell}); got != want {
			t.Errorf("%+v: in the tray %q, want %q", bell, got, want)
		}
	}
}
