package settings

import (
	"context"
	"slices"
	"testing"
	"time"

	"fyne.io/fyne/v2/test"

	"rentbell/core"
	"rentbell/ui/kit"
	"rentbell/ui/uitest"
)

var release = core.Release{Version: "1.5.0", Page: "https://rentbell.example/1.5.0", News: core.News{"en": {"The bell rings for owners too."}}}

// publisher publishes a release, or fails, and counts who asks.
type publisher struct {
	release   *core.Release
	err       error
	asked     int
	installed []string
	opened    []string
	looked    time.Time
	now       time.Time
}

func (p *publisher) updates() *Updates {
	return &Updates{
		Latest: func(context.Context) (core.Release, bool, error) {
			p.asked++
			if p.release == nil || p.err != nil {
				return core.Release{}, false, p.err
			}
			return *p.release, true, nil
		},
		Install: func(_ context.Context, r core.Release) error {
			p.installed = append(p.installed, r.Version)
			return p.err
		},
		Looked: func() time.Time { return p.looked },
		Look:   func(at time.Time) { p.looked = at },
	}
}

// openUpdates is a desk in front of its About tab.
func openUpdates(t *testing.T, u func(*publisher) *Updates) (*desk, *publisher) {
	t.Helper()
	p := &publisher{now: uitest.Present}
	d := openDesk(t, nil)
	cfg := d.config
	cfg.Updates, cfg.Now = u(p), func() time.Time { return p.now }
	cfg.Do.OpenPage = func(address string) { p.opened = append(p.opened, address) }
	d.View = New(cfg)
	d.window.SetContent(d.Page.Object)
	d.refresh()
	d.Open(AboutTab)
	d.work.All(t)
	return d, p
}

// lookEachMinute has the window look, as it does every minute, and returns what
// it told.
func (d *desk) lookEachMinute(t *testing.T, wanted bool) (told []string) {
	t.Helper()
	d.LookForUpdates(wanted, func(r core.Release) { told = append(told, r.Version) })
	d.work.All(t)
	return told
}

func TestNobodyLooksUnlessAsked(t *testing.T) {
	d, p := openUpdates(t, (*publisher).updates)
	p.release = &release
	if told := d.lookEachMinute(t, d.bell.Settings().LookForUpdates); p.asked != 0 || told != nil {
		t.Errorf("the makers were asked %d times, and %q told", p.asked, told)
	}
	test.Tap(find[*kit.Switch](t, d.updates.object, "Look for a new version once a week"))
	d.work.All(t)
	if !d.bell.Settings().LookForUpdates {
		t.Error("the switch saves nothing")
	}
}

func TestNewVersionIsToldOnceAndLookedForWeekly(t *testing.T) {
	d, p := openUpdates(t, (*publisher).updates)
	p.release = &release
	if told := d.lookEachMinute(t, true); !slices.Equal(told, []string{"1.5.0"}) {
		t.Errorf("told %q", told)
	}
	for _, later := range []time.Duration{time.Minute, 6 * 24 * time.Hour} {
		p.now = uitest.Present.Add(later)
		d.lookEachMinute(t, true)
	}
	if p.asked != 1 {
		t.Errorf("asked %d times within a week", p.asked)
	}
	p.now = uitest.Present.Add(lookEvery)
	if told := d.lookEachMinute(t, true); p.asked != 2 || told != nil {
		t.Errorf("after a week asked %d times, told %q again", p.asked, told)
	}
	p.now = uitest.Present.AddDate(-1, 0, 0) // the clock was wrong, and is put back
	if d.lookEachMinute(t, true); p.asked != 3 {
		t.Error("a clock that was put back silences it")
	}
}

func TestWhatIsNewIsShownAndInstalled(t *testing.T) {
	d, p := openUpdates(t, (*publisher).updates)
	p.release = &release
	uitest.TapText(t, d.window, "Look now")
	d.work.All(t)
	for _, text := range []string{"Rentbell 1.5.0 is out.", "• The bell rings for owners too."} {
		if !slices.Contains(uitest.Texts(d.updates.object), text) {
			t.Errorf("the card does not say %q", text)
		}
	}
	uitest.TapText(t, d.window, "Download and install")
	d.work.All(t)
	if !slices.Equal(p.installed, []string{"1.5.0"}) {
		t.Errorf("installed %q", p.installed)
	}
}

func TestElsewhereThePageIsOpened(t *testing.T) {
	d, p := openUpdates(t, func(p *publisher) *Updates {
		u := p.updates()
		u.Install = nil
		return u
	})
	p.release = &release
	uitest.TapText(t, d.window, "Look now")
	d.work.All(t)
	uitest.TapText(t, d.window, "Open the download page")
	if !slices.Equal(p.opened, []string{release.Page}) {
		t.Errorf("opened %q", p.opened)
	}
}

func TestLookThatFailsSaysWhy(t *testing.T) {
	d, p := openUpdates(t, (*publisher).updates)
	p.err = core.ErrForgedUpdate
	uitest.TapText(t, d.window, "Look now")
	d.work.All(t)
	if !d.updates.trouble.Visible() || d.updates.get.Visible() || d.updates.look.Disabled() {
		t.Error("a forged list is not told, or ends in an offer, or cannot be asked for again")
	}
	p.err = nil
	uitest.TapText(t, d.window, "Look now")
	d.work.All(t)
	if d.updates.trouble.Visible() || d.updates.get.Visible() {
		t.Error("the trouble stays, or the newest version is offered again")
	}
}

func TestBuildThatCannotLookOffersNothing(t *testing.T) {
	d, _ := openUpdates(t, func(*publisher) *Updates { return nil })
	if d.updates.object.Visible() {
		t.Error("the card offers what this build cannot do")
	}
	if told := d.lookEachMinute(t, true); told != nil {
		t.Errorf("told %q", told)
	}
}

func TestNewVersionsLook(t *testing.T) {
	uitest.DrawsOnly(t)
	d, p := openUpdates(t, (*publisher).updates)
	p.release = &release
	uitest.TapText(t, d.window, "Look now")
	d.work.All(t)
	uitest.LooksAt(t, "new_version", d.window, d.updates.object)
}
