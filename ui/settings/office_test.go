package settings

import (
	"context"
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

func (r *receiver) Leave(ctx context.Context) error {
	r.left++
	return r.bell.Change(ctx, func(s *core.Settings) { s.Kind = "" })
}

// openOffice is a Settings page at the Office tab, in a window that can join an office.
func openOffice(t *testing.T, change func(*bell.Config)) (*desk, *receiver) {
	t.Helper()
	d := openDesk(t, change)
	r := &receiver{bell: d.bell}
	d.config.Office, d.config.Host = r, "Leasing desk"
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
		Name: "Leasing desk", Address: "front-desk.local:4443", Following: true, Heard: uitest.Present.Add(-90 * time.Second),
	}}
}

func (d *desk) text() string { return strings.Join(uitest.Texts(d.Page.Object), "\n") }

func TestAWindowJoinsAnOfficeByItsCode(t *testing.T) {
	d, r := openOffice(t, nil)
	for _, text := range []string{"Follow another computer", "Receive here", "Start rentbelld there"} {
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
	test.Tap(follow)
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

func TestADeskShowsTheOfficeAndNoAddressOrKeys(t *testing.T) {
	d, r := openOffice(t, func(c *bell.Config) {
		s := core.DefaultSettings()
		s.Kind = core.KindOffice
		if err := c.Store.SaveSettings(s); err != nil {
			t.Fatal(err)
		}
	})
	d.showStatus(atOffice())
	for _, text := range []string{"Office: up to date", "front-desk.local", "Leasing desk", "At 10:40 AM", "1,204 events."} {
		if !says(d.Page.Object, text) {
			t.Errorf("%q is not shown in\n%s", text, d.text())
		}
	}
	if says(d.Page.Object, "Follow another computer") || says(d.Page.Object, "Receive here") {
		t.Errorf("a desk can join once more:\n%s", d.text())
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
		"behind":     {func(o *core.OfficeStatus) { o.Behind = 312 }, "Catching up 312"},
		"silent":     {func(o *core.OfficeStatus) { o.Heard = uitest.Present.Add(-3 * time.Minute) }, "The office is silent"},
		"away":       {func(o *core.OfficeStatus) { *o = awayOffice(*o, office.ErrUnreachable) }, "The office is out of reach"},
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
	test.Tap(find[*kit.Button](t, d.Page.Object, "Leave the office"))
	uitest.Tap(t, d.window.Canvas().Overlays().Top(), "Cancel")
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
	entries := all[*kit.Entry](d.titled(t, "Follow another computer").object, "")
	entries[0].SetText("front-desk.local")
	entries[1].SetText("7K3M9-QX2TD")
	r.answers = []error{&office.WrongCode{Left: 3}}
	test.Tap(find[*kit.Button](t, d.Page.Object, "Follow"))
	d.work.All(t)
	uitest.Looks(t, "office_off", d.window)
	d, _ = openOffice(t, nil)
	d.window.Resize(fyne.NewSize(972, 600))
	d.showStatus(atOffice())
	uitest.Looks(t, "office_desk", d.window)
	s := atOffice()
	s.Office = awayOffice(s.Office, office.ErrRevoked)
	d.showStatus(s)
	d.app.Settings().SetTheme(&kit.Theme{Appearance: kit.Dark, Still: true})
	d.window.Resize(fyne.NewSize(700, 900)) // one column
	uitest.Looks(t, "office_removed_dark", d.window)
}
