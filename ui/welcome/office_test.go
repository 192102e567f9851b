package welcome

import (
	"context"
	"errors"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"rentbell/core"
	"rentbell/core/bell"
	"rentbell/core/office"
	"rentbell/ui/frame"
	"rentbell/ui/kit"
	"rentbell/ui/uitest"
)

// receiver is an office that takes a desk in, unless it has an error to answer with.
type receiver struct {
	bell   *bell.Bell
	answer error
	asked  core.Joining
	near   []core.OfficeFound // on the local network
	looks  int
}

func (r *receiver) Look(ctx context.Context) ([]core.OfficeFound, error) {
	r.looks++
	return r.near, ctx.Err()
}

func (r *receiver) Join(ctx context.Context, j core.Joining) error {
	r.asked = j
	if r.answer != nil {
		return r.answer
	}
	return r.bell.Change(ctx, func(s *core.Settings) { s.Kind = core.KindOffice })
}

func (r *receiver) Leave(context.Context) error { return errors.New("nobody leaves here") }

// openAtOffice is the first run of a window that can join an office.
func openAtOffice(t *testing.T) (*desk, *receiver) {
	t.Helper()
	d := openWelcome(t, nil)
	r := &receiver{bell: d.bell}
	cfg := d.handlers.Config
	cfg.Office, cfg.Host, cfg.Ask = r, "Leasing desk", func(q frame.Question) { frame.Ask(d.window.Canvas(), q) }
	d.View = New(cfg)
	d.window.SetContent(d.Object)
	d.Show(d.bell.Status())
	return d, r
}

// entriesOf are the entries that can be seen, from the top.
func entriesOf(d *desk) (all []*kit.Entry) {
	uitest.Walk(d.window.Content(), func(o fyne.CanvasObject) {
		if e, is := o.(*kit.Entry); is {
			all = append(all, e)
		}
	})
	return all
}

func TestFirstRunFollowsAComputerInTheOffice(t *testing.T) {
	d, r := openAtOffice(t)
	uitest.Tap(t, d.window.Content(), "Follow a computer in my office, off")
	for _, text := range []string{"Two steps, about a minute", "Join your office", "Let everything arrive"} {
		if !strings.Contains(d.shows(), text) {
			t.Errorf("%q is not shown", text)
		}
	}
	for _, text := range []string{"API key", "Choose your address", "Ring the bell"} {
		if strings.Contains(d.shows(), text) {
			t.Errorf("%q is shown", text)
		}
	}
	entries := entriesOf(d)
	test.Type(entries[0], "front-desk.local")
	test.Type(entries[1], "7K3M9-QX2TD")
	follow := uitest.ButtonIn(t, d.window.Content(), "Follow")
	r.answer = office.ErrCodeUsed
	test.Tap(follow)
	d.work.All(t)
	if d.at != 0 || !strings.Contains(d.shows(), "The code is used up.") {
		t.Errorf("step %d, saying\n%s", d.at, d.shows())
	}
	r.answer = nil
	test.Tap(follow)
	d.work.All(t)
	if want := (core.Joining{Address: "front-desk.local", Code: "7K3M9-QX2TD", Name: "Leasing desk"}); r.asked != want || d.at != 1 || !d.done[0] {
		t.Fatalf("joined with %+v; step %d", r.asked, d.at)
	}
	if at := resume(d.bell); at != 1 || !Needed(d.bell) {
		t.Errorf("after a restart it goes on with step %d", at)
	}
	s := core.Status{Kind: core.KindOffice, Office: core.OfficeStatus{Name: "Leasing desk", Loading: true}}
	d.Show(s)
	if !strings.Contains(d.shows(), "Everything that the office has is fetched.") || d.office.open.Visible() || !d.office.later.Visible() {
		t.Errorf("while it loads it says\n%s", d.shows())
	}
	s.Office.Loading, s.Office.Following, s.Office.Heard, s.Office.Behind = false, true, uitest.Present, 312
	d.Show(s)
	if !strings.Contains(d.shows(), "Catching up 312") || d.done[1] {
		t.Errorf("behind, it says\n%s", d.shows())
	}
	s.Office.Behind, s.Summary.Events = 0, 1204
	d.Show(s)
	if !strings.Contains(d.shows(), "Everything is here: 1,204 events.") || !d.done[1] {
		t.Errorf("at the end it says\n%s", d.shows())
	}
	test.Tap(d.office.open)
	d.work.All(t)
	if !d.finished || Needed(d.bell) {
		t.Error("it does not end")
	}
}

func TestFirstRunLooksForTheOfficeOnlyWhereOneIsFollowed(t *testing.T) {
	d, r := openAtOffice(t)
	r.near = []core.OfficeFound{{Name: "front-desk", Address: "192.168.1.20:4443"}}
	d.work.All(t)
	if r.looks != 0 {
		t.Fatal("it looks before anybody wants to follow an office")
	}
	d.kind.choose(core.KindOffice)
	d.kind.choose(core.KindReports)
	d.work.All(t)
	d.kind.choose(core.KindOffice)
	if entries := entriesOf(d); entries[0].Text != "" {
		t.Errorf("what nobody waited for is proposed: %q", entries[0].Text)
	}
	d.Show(d.bell.Status())
	d.work.All(t)
	if entries := entriesOf(d); entries[0].Text != "192.168.1.20" || !strings.Contains(d.shows(), "Found on this network: front-desk") {
		t.Errorf("it proposes %q, saying\n%s", entries[0].Text, d.shows())
	}
	if r.looks != 2 {
		t.Errorf("it looked %d times", r.looks)
	}
}

func TestWelcomeToAnOfficeLooks(t *testing.T) {
	uitest.DrawsOnly(t)
	d, r := openAtOffice(t)
	r.near = []core.OfficeFound{{Name: "front-desk", Address: "192.168.1.20:4443"}}
	d.kind.choose(core.KindOffice)
	d.work.All(t)
	uitest.LooksAt(t, "office_join", d.window, d.scroll.Object)
}
