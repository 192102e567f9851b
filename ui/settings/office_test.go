package settings

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"rentbell/core"
	"rentbell/core/bell"
	"rentbell/core/office"
	"rentbell/ui/kit"
	"rentbell/ui/uitest"
)

// receiver is an office that answers what a test tells it to.
type receiver struct {
	bell    *offline
	answers []error
	asked   []core.Joining
	left    int
	near    []core.OfficeFound // on the local network
	cannot  error              // why nobody can look there
	looks   int
	during  func() // what happens while somebody looks; may be nil

	list   *office.Roster
	behind map[string]uint64        // events that a desk lacks, by its name
	away   map[string]time.Duration // since when it was not there
	ahead  time.Duration            // the receiver's clock is ahead of the desk's
	now    time.Time                // the desk's clock
	lost   error                    // what Manage returns
	asks   []office.Ask
}

func (r *receiver) Look(ctx context.Context) ([]core.OfficeFound, error) {
	r.looks++
	if r.during != nil {
		r.during()
	}
	if ctx.Err() != nil {
		return nil, ctx.Err()
	}
	return r.near, r.cannot
}

func (r *receiver) Join(ctx context.Context, j core.Joining) error {
	r.asked = append(r.asked, j)
	if len(r.answers) > 0 {
		err := r.answers[0]
		r.answers = r.answers[1:]
		if err != nil {
			return err
		}
	}
	return r.bell.Change(ctx, func(s *core.Settings) { s.Kind = core.KindOffice })
}

// Manage does what a receiver does.
func (r *receiver) Manage(ctx context.Context, ask office.Ask) (a office.Answer, err error) {
	r.asks = append(r.asks, ask)
	if r.lost != nil {
		return a, r.lost
	}
	now := r.now.Add(r.ahead)
	switch ask.Do {
	case office.AskInvite:
		var code office.Code
		code, err = r.list.Invite(ctx, now)
		a.Code = code.String()
	case office.AskStop:
		err = r.list.EndInvite(ctx)
	case office.AskRole:
		err = r.list.SetRole(ctx, ask.Name, ask.Manager)
	case office.AskRevoke:
		_, err = r.list.Revoke(ctx, ask.Name)
	}
	seen := map[string]office.Seen{}
	for _, d := range r.list.Desks() {
		seen[d.Key] = office.Seen{At: now.Add(-r.away[d.Name]), Seq: 1204 - r.behind[d.Name]}
	}
	err = errors.Join(err, r.list.See(ctx, seen))
	a.Receiver, a.At, a.Newest, a.Desks, a.Until = "Front desk PC", now, 1204, r.list.Desks(), r.list.Invited(now)
	return a, err
}

func (r *receiver) Leave(ctx context.Context) error {
	r.left++
	return r.bell.Change(ctx, func(s *core.Settings) { s.Kind = "" })
}

// openOffice is a Settings page at the Office tab, in a window that can join an office.
func openOffice(t *testing.T, change func(*bell.Config)) (*desk, *receiver) {
	t.Helper()
	d := openDesk(t, change)
	r := &receiver{bell: d.bell, now: uitest.Present}
	d.config.Office, d.config.Host, d.config.Now = r, "Leasing desk", func() time.Time { return r.now }
	d.View = New(d.config)
	d.window.SetContent(d.Page.Object)
	d.refresh()
	d.Open(OfficeTab)
	d.work.All(t)
	return d, r
}

// atOffice is the status of a desk that is up to date.
func atOffice() core.Status {
	return core.Status{Kind: core.KindOffice, Summary: core.Summary{Events: 1204}, Office: core.OfficeStatus{
		Name: "Leasing desk", Address: "192.168.1.20:4443", Receiver: "Front desk PC", Following: true, Heard: uitest.Present.Add(-90 * time.Second),
	}}
}

func (d *desk) text() string { return strings.Join(uitest.Texts(d.Page.Object), "\n") }

func TestAWindowJoinsAnOfficeByItsCode(t *testing.T) {
	d, r := openOffice(t, nil)
	for _, text := range []string{"Follow another computer", "Receive here", "Start rentbelld there, as a service"} {
		if !says(d.Page.Object, text) {
			t.Errorf("%q is not shown", text)
		}
	}
	if says(d.Page.Object, "Leave the office") || says(d.Page.Object, "Stays on this desk") {
		t.Errorf("without an office it says\n%s", d.text())
	}
	follow := find[*kit.Button](t, d.Page.Object, "Follow")
	entries := all[*kit.Entry](d.titled(t, "Follow another computer").object, "")
	if !follow.Disabled() || len(entries) != 3 || entries[2].Text != "Leasing desk" {
		t.Fatalf("Follow can be pressed: %v; entries %d", !follow.Disabled(), len(entries))
	}
	test.Type(entries[0], " front-desk.local ")
	test.Type(entries[1], "7k3m9 qx2td")
	r.answers = []error{&office.WrongCode{Left: 3}, office.ErrUnreachable, office.ErrCodeUsed, office.ErrOwnEvents}
	for _, says := range []string{"The code did not fit. 3 tries left.", "The office is out of reach.", "The code is used up."} {
		test.Tap(follow)
		if !strings.Contains(d.text(), "Joining the office") || !follow.Disabled() || !entries[1].Disabled() {
			t.Error("nothing says that it joins, or the entries can be changed")
		}
		d.work.All(t)
		if !strings.Contains(d.text(), says) || entries[1].Text == "" || follow.Disabled() {
			t.Errorf("it says\n%s\nwant %q", d.text(), says)
		}
	}
	entries[1].TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	d.work.All(t)
	asks := d.window.Canvas().Overlays().Top()
	if asks == nil || !says(asks, "Keep this computer's data aside?") || r.asked[3].Aside {
		t.Fatal("events of this computer's own go aside without a question")
	}
	uitest.Tap(t, asks, "Keep aside and follow")
	d.work.All(t)
	want := core.Joining{Address: "front-desk.local", Code: "7k3m9 qx2td", Name: "Leasing desk", Aside: true}
	if got := r.asked[len(r.asked)-1]; got != want || entries[1].Text != "" {
		t.Errorf("joined with %+v, want %+v; the code is still %q", got, want, entries[1].Text)
	}
}

// openNear is openOffice with offices on the local network, before the tab is opened.
func openNear(t *testing.T, near ...core.OfficeFound) (*desk, *receiver) {
	t.Helper()
	d, r := openOffice(t, nil)
	d.Open(AboutTab)
	r.near, r.looks = near, 0
	return d, r
}

var frontDesk = core.OfficeFound{Name: "front-desk", Address: "192.168.1.20:4443"}

func (d *desk) address(t *testing.T) *kit.Entry {
	t.Helper()
	return all[*kit.Entry](d.titled(t, "Follow another computer").object, "")[0]
}

func (d *desk) choice(t *testing.T) *kit.Select {
	t.Helper()
	return all[*kit.Select](d.titled(t, "Follow another computer").object, "")[0]
}

func TestTheFormLooksForAnOfficeWhenItIsOpened(t *testing.T) {
	d, r := openNear(t, frontDesk)
	d.refresh()
	d.work.All(t)
	if r.looks != 0 {
		t.Fatal("it looks before anybody has opened the form")
	}
	d.Open(OfficeTab)
	if !says(d.Page.Object, "Looking on this network") || says(d.Page.Object, "Look again") {
		t.Errorf("while it looks it says\n%s", d.text())
	}
	high := d.titled(t, "Follow another computer").object.MinSize().Height
	d.refresh()
	d.work.All(t)
	if now := d.titled(t, "Follow another computer").object.MinSize().Height; now != high {
		t.Errorf("what is below moves: the card was %v high, and is %v", high, now)
	}
	if r.looks != 1 || d.address(t).Text != "192.168.1.20" || !says(d.Page.Object, "Found on this network: front-desk") {
		t.Errorf("it looked %d times and proposes %q, saying\n%s", r.looks, d.address(t).Text, d.text())
	}
	r.near = []core.OfficeFound{{Name: "front-desk", Address: "192.168.1.30:5000"}}
	uitest.Tap(t, d.Page.Object, "Look again")
	d.work.All(t)
	if d.address(t).Text != "192.168.1.30:5000" {
		t.Errorf("an office that has moved is proposed as %q", d.address(t).Text)
	}
	d.address(t).SetText("front-desk.local")
	r.near = []core.OfficeFound{frontDesk}
	uitest.Tap(t, d.Page.Object, "Look again")
	d.work.All(t)
	if d.address(t).Text != "front-desk.local" || !says(d.Page.Object, "1 office found on this network") {
		t.Errorf("what was typed became %q, saying\n%s", d.address(t).Text, d.text())
	}
	d.choice(t).SetSelected("front-desk, 192.168.1.20")
	if d.address(t).Text != "192.168.1.20" || says(d.Page.Object, "1 office found on this network") {
		t.Errorf("what was chosen became %q", d.address(t).Text)
	}
}

func TestOfSeveralOfficesAPersonChoosesOne(t *testing.T) {
	d, _ := openNear(t, core.OfficeFound{Name: "back-room", Address: "192.168.1.30:4443"}, frontDesk)
	d.Open(OfficeTab)
	d.work.All(t)
	choice := d.choice(t)
	if d.address(t).Text != "" || choice.Selected != "" || !says(d.Page.Object, "2 offices found on this network") {
		t.Errorf("of two it proposes %q, saying\n%s", d.address(t).Text, d.text())
	}
	choice.SetSelected("front-desk, 192.168.1.20")
	if d.address(t).Text != "192.168.1.20" || !says(d.Page.Object, "Found on this network: front-desk") {
		t.Errorf("what was chosen is %q", d.address(t).Text)
	}
}

func TestWithoutAnOfficeOnTheNetworkTheAddressIsTyped(t *testing.T) {
	for _, cannot := range []error{nil, errors.New("no multicast")} {
		d, r := openNear(t)
		r.cannot = cannot
		d.Open(OfficeTab)
		d.work.All(t)
		if !says(d.Page.Object, "No office found here. Type its address.") || !says(d.Page.Object, "Look again") {
			t.Errorf("%v: it says\n%s", cannot, d.text())
		}
	}
}

func TestLookingEndsWhenTheFormGoes(t *testing.T) {
	d, r := openNear(t, frontDesk)
	for what, leave := range map[string]func(){"another tab": func() { d.Open(AboutTab) }, "another page": d.Leave} {
		r.during = leave
		d.Open(OfficeTab)
		d.work.All(t)
		r.during = nil
		if d.address(t).Text != "" || says(d.Page.Object, "Found on this network") || says(d.Page.Object, "Looking on this network") {
			t.Errorf("%s: it goes on, and says\n%s", what, d.text())
		}
	}
	d.Open(OfficeTab)
	d.work.All(t)
	if d.address(t).Text != "192.168.1.20" {
		t.Error("a form that comes back does not look again")
	}
}

func TestADeskLooksForNoOffice(t *testing.T) {
	d, r := openNear(t, frontDesk)
	if err := r.Join(t.Context(), core.Joining{}); err != nil {
		t.Fatal(err)
	}
	d.showStatus(atOffice())
	d.Open(OfficeTab)
	d.work.All(t)
	if r.looks != 0 {
		t.Error("a computer that has joined looks for an office")
	}
}

func TestADeskShowsTheOfficeAndNoAddressOrKeys(t *testing.T) {
	d, r := openOffice(t, func(c *bell.Config) {
		s := core.DefaultSettings()
		s.Kind = core.KindOffice
		if err := c.Store.SaveSettings(s); err != nil {
			t.Fatal(err)
		}
	})
	d.showStatus(atOffice())
	for _, text := range []string{
		"Office: up to date", "Front desk PC", ", at 192.168.1.20", "Leasing desk", "Today at 10:40 AM, 1 min ago", "1,204 events, the same as on Front desk PC",
		"Read all, name, mark handled and export", "Shared with the office", "How long records are kept", "Nothing is lost. Front desk PC keeps receiving",
	} {
		if !says(d.Page.Object, text) {
			t.Errorf("%q is not shown in\n%s", text, d.text())
		}
	}
	for _, text := range []string{"Follow another computer", "Receive here", "Add a desk", "Desks"} {
		if says(d.Page.Object, text) {
			t.Errorf("a desk that does not manage shows %q:\n%s", text, d.text())
		}
	}
	for _, tab := range []int{ConnectionTab, DataTab} {
		d.Open(tab)
		d.work.All(t)
		for _, text := range []string{"API key", "Your address", "Register webhook", "Try it", "Connected by", "Keep in a file"} {
			if says(d.Page.Object, text) {
				t.Errorf("tab %d of a desk says %q", tab, text)
			}
		}
	}
	d.Open(ConnectionTab)
	uitest.Tap(t, d.Page.Object, "Open Office")
	if d.tab != OfficeTab {
		t.Errorf("Open Office opens tab %d", d.tab)
	}
	for name, tt := range map[string]struct {
		change func(*core.OfficeStatus)
		says   string
	}{
		"older":      {func(o *core.OfficeStatus) { o.ReadOnly = true }, "Rentbell here is older than the office"},
		"behind":     {func(o *core.OfficeStatus) { o.Behind = 312 }, "Catching up 312"},
		"silent":     {func(o *core.OfficeStatus) { o.Heard = uitest.Present.Add(-3 * time.Minute) }, "The office is silent"},
		"away":       {func(o *core.OfficeStatus) { *o = awayOffice(*o, office.ErrUnreachable) }, "The office is out of reach"},
		"too old":    {func(o *core.OfficeStatus) { o.ReadOnly, o.Behind = true, 1 }, "Read, until Rentbell is updated here"},
		"removed":    {func(o *core.OfficeStatus) { *o = awayOffice(*o, office.ErrRevoked) }, "This desk was removed from the office"},
		"a stranger": {func(o *core.OfficeStatus) { *o = awayOffice(*o, office.ErrStranger) }, "Another computer answers in place of the office"},
	} {
		s := atOffice()
		tt.change(&s.Office)
		d.showStatus(s)
		if !says(d.Page.Object, tt.says) || says(d.Page.Object, "Office: up to date") {
			t.Errorf("%s: it says\n%s", name, d.text())
		}
		if can := says(d.Page.Object, "Follow another computer"); can != (name == "removed") {
			t.Errorf("%s: it can join again: %v", name, can)
		}
	}
	for why, told := range map[error]bool{nil: false, office.ErrUnreachable: true, office.ErrRevoked: false} {
		s := atOffice()
		s.Office.Following, s.Office.Problem = why == nil, why
		d.showStatus(s)
		test.Tap(find[*kit.Button](t, d.Page.Object, "Leave the office"))
		ask := d.window.Canvas().Overlays().Top()
		if strings.Contains(strings.Join(uitest.Texts(ask), " "), "until somebody removes it") != told {
			t.Errorf("%v: that the office keeps listing the desk is told: %v", why, !told)
		}
		uitest.Tap(t, ask, "Cancel")
	}
	d.work.All(t)
	if r.left > 0 {
		t.Fatal("Cancel leaves the office")
	}
	test.Tap(find[*kit.Button](t, d.Page.Object, "Leave the office"))
	uitest.Tap(t, d.window.Canvas().Overlays().Top(), "Leave the office")
	d.work.All(t)
	if r.left != 1 || !says(d.Page.Object, "Receive here") {
		t.Errorf("left %d times; it says\n%s", r.left, d.text())
	}
}

// awayOffice is an office that was heard long ago, and what is in the way.
func awayOffice(o core.OfficeStatus, err error) core.OfficeStatus {
	o.Following, o.Problem, o.Heard = false, err, uitest.Present.Add(-time.Hour)
	return o
}

func TestMadeUpDataFollowsNoOffice(t *testing.T) {
	d := openDesk(t, nil)
	d.Open(OfficeTab)
	if says(d.Page.Object, "Follow another computer") || !says(d.Page.Object, "Receive here") {
		t.Errorf("it says\n%s", d.text())
	}
}

func TestOfficeLooks(t *testing.T) {
	d, r := openOffice(t, nil)
	d.window.Resize(fyne.NewSize(972, 560))
	r.near = []core.OfficeFound{frontDesk}
	uitest.Tap(t, d.Page.Object, "Look again")
	d.work.All(t)
	all[*kit.Entry](d.titled(t, "Follow another computer").object, "")[1].SetText("7K3M9-QX2TD")
	r.answers = []error{&office.WrongCode{Left: 3}}
	test.Tap(find[*kit.Button](t, d.Page.Object, "Follow"))
	d.work.All(t)
	uitest.Looks(t, "office_off", d.window)
	d, _ = openOffice(t, nil)
	d.window.Resize(fyne.NewSize(972, 620))
	d.showStatus(atOffice())
	uitest.Looks(t, "office_desk", d.window)
	s := atOffice()
	s.Office = awayOffice(s.Office, office.ErrRevoked)
	d.showStatus(s)
	d.work.All(t)
	d.app.Settings().SetTheme(&kit.Theme{Appearance: kit.Dark, Still: true})
	d.window.Resize(fyne.NewSize(700, 900)) // one column
	uitest.Looks(t, "office_removed_dark", d.window)
}

func TestFindingAnOfficeLooks(t *testing.T) {
	uitest.DrawsOnly(t)
	d, _ := openNear(t, core.OfficeFound{Name: "back-room", Address: "192.168.1.30:4443"}, frontDesk)
	d.app.Settings().SetTheme(&kit.Theme{Appearance: kit.Dark, Still: true})
	d.window.Resize(fyne.NewSize(820, 600)) // the page of a window of 900 by 600
	d.Open(OfficeTab)
	d.work.All(t)
	uitest.LooksAt(t, "office_several_dark", d.window, d.titled(t, "Follow another computer").object)
	uitest.Speak(t, "es")
	d, _ = openNear(t)
	d.app.Settings().SetTheme(&kit.Theme{Appearance: kit.Light, Scale: 1.3, Still: true})
	d.window.Resize(fyne.NewSize(820, 900))
	d.Open(OfficeTab)
	d.work.All(t)
	uitest.LooksAt(t, "office_none_spanish", d.window, d.titled(t, "Seguir otra computadora").object)
}
