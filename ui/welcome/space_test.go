package welcome

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2/test"

	"rentbell/core"
	"rentbell/core/bell"
	"rentbell/ui/frame"
	"rentbell/ui/uitest"
)

// openSpace opens the welcome pages with Developer Space chosen.
func openSpace(t *testing.T) (*desk, *uitest.Space) {
	t.Helper()
	space := &uitest.Space{}
	d := openWelcome(t, func(c *bell.Config) { c.Space = space })
	v := d.View
	v.kind.choose(core.KindDeveloperSpace)
	if v.kind.forms[frame.WebhookChip].Visible() || !v.space.form.Visible() || !v.space.next.Disabled() {
		t.Fatal("Developer Space is asked for an API key, or goes on with nothing")
	}
	return d, space
}

func TestFirstRunConnectsDeveloperSpace(t *testing.T) {
	d, _ := openSpace(t)
	v := d.View
	v.space.client.SetText("client-1")
	v.space.developer.SetText("developer-1")
	v.space.secret.SetText("space_secret_mistyped")
	test.Tap(v.space.next)
	if !v.space.secret.Disabled() || v.space.note.Text() != "Asking AppFolio about them" {
		t.Errorf("while AppFolio is asked it says %q", v.space.note.Text())
	}
	d.work.All(t)
	if v.at != 0 || !strings.HasPrefix(v.space.note.Text(), "AppFolio refused these keys. ") || d.bell.Settings().Space.ClientID != "" {
		t.Fatalf("step %d, saying %q", v.at, v.space.note.Text())
	}
	v.space.secret.SetText(uitest.GoodSecret)
	test.Tap(v.space.next)
	d.work.All(t)
	if a := d.bell.Account(); v.at != 1 || a.Kind != core.KindDeveloperSpace || !frame.Whole(a) || d.vault.Kept.ClientSecret.Reveal() != uitest.GoodSecret {
		t.Fatalf("step %d; the account is %s %+v", v.at, a.Kind, a.Space)
	}
	if v.space.secret.Text != "" || !d.vault.Kept.WebhookSecret.IsZero() {
		t.Error("the secret stays in its entry, or one of the other kind is kept")
	}
	if at := resume(d.bell); !Needed(d.bell) || at != 1 {
		t.Errorf("after a restart the first run would go on with step %d", at)
	}

	v.moveTo(2)
	s := listening()
	s.Kind = core.KindDeveloperSpace
	d.Show(s)
	if !v.space.guide.Object.Visible() || v.ring.register.Visible() || v.ring.open.Visible() || !v.ring.later.Visible() {
		t.Error("the last step does not guide")
	}
	uitest.Tap(t, v.space.guide.Object, "Copy")
	if got := d.copied; got != s.Address+core.WebhookPath {
		t.Errorf("Copy gives %q", got)
	}
	s.Doorbell = uitest.Present
	d.Show(s)
	if !v.ring.open.Visible() || v.ring.later.Visible() {
		t.Error("once the test event has arrived, the first run cannot be ended")
	}
	test.Tap(v.ring.open)
	d.work.All(t)
	if !d.finished || !d.bell.Settings().Welcomed {
		t.Error("it does not end")
	}
}

func TestFirstRunOfDeveloperSpaceCanBeLeftForLater(t *testing.T) {
	d, space := openSpace(t)
	v := d.View
	v.space.skip()
	d.work.All(t)
	if v.at != 1 || d.bell.Settings().Kind != core.KindDeveloperSpace || len(space.Asked) != 0 {
		t.Errorf("step %d, kind %q, asked %d times", v.at, d.bell.Settings().Kind, len(space.Asked))
	}
}

func TestFirstRunCanGoBackToTheWebhookAPI(t *testing.T) {
	d, _ := openSpace(t)
	v := d.View
	v.kind.choose(core.KindWebhookAPI)
	if !v.kind.forms[frame.WebhookChip].Visible() || v.space.form.Visible() || !strings.Contains(v.steps[0].text.Text(), "register with AppFolio") {
		t.Error("the API key cannot be pasted any more")
	}
}
