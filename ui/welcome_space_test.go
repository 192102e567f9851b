package ui

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2/test"

	"rentbell/core"
	"rentbell/ui/frame"
	"rentbell/ui/uitest"
)

// welcomeSpaceDesk is a first run in which Developer Space was chosen.
func welcomeSpaceDesk(t *testing.T) (spaceDesk, *welcomeView) {
	t.Helper()
	d := openSpace(t, nil)
	d.showWelcome()
	v := d.welcome
	v.space.chips.Pick(frame.SpaceChip)
	v.space.choose(true)
	if v.space.webhook.Visible() || !v.space.form.Visible() || !v.space.next.Disabled() {
		t.Fatal("Developer Space is asked for an API key, or goes on with nothing")
	}
	return d, v
}

func TestFirstRunConnectsDeveloperSpace(t *testing.T) {
	d, v := welcomeSpaceDesk(t)
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
	v.space.secret.SetText(goodSecret)
	test.Tap(v.space.next)
	d.work.All(t)
	if a := d.bell.Account(); v.at != 1 || a.Kind != core.KindDeveloperSpace || !frame.Whole(a) || d.vault.kept.ClientSecret.Reveal() != goodSecret {
		t.Fatalf("step %d; the account is %s %+v", v.at, a.Kind, a.Space)
	}
	if v.space.secret.Text != "" || !d.vault.kept.WebhookSecret.IsZero() {
		t.Error("the secret stays in its entry, or one of the other kind is kept")
	}
	if d.firstRun() {
		t.Error("after a restart it would be the first run again")
	}

	v.moveTo(2)
	s := listening()
	s.Kind = core.KindDeveloperSpace
	d.showStatus(s)
	if !v.space.guide.Object.Visible() || v.register.Visible() || v.open.Visible() || !v.later.Visible() {
		t.Error("the last step does not guide")
	}
	d.app.Clipboard().SetContent("")
	uitest.Tap(t, v.space.guide.Object, "Copy")
	if got := d.app.Clipboard().Content(); got != s.Address+core.WebhookPath {
		t.Errorf("Copy gives %q", got)
	}
	s.Doorbell = june18
	d.showStatus(s)
	if !v.open.Visible() || v.later.Visible() {
		t.Error("once the test event has arrived, the first run cannot be ended")
	}
	test.Tap(v.open)
	d.work.All(t)
	if d.welcome != nil || !d.bell.Settings().Welcomed {
		t.Error("it does not end")
	}
}

func TestFirstRunOfDeveloperSpaceCanBeLeftForLater(t *testing.T) {
	d, v := welcomeSpaceDesk(t)
	v.space.skip()
	d.work.All(t)
	if v.at != 1 || d.bell.Settings().Kind != core.KindDeveloperSpace || len(d.space.asked) != 0 {
		t.Errorf("step %d, kind %q, asked %d times", v.at, d.bell.Settings().Kind, len(d.space.asked))
	}
}

func TestFirstRunCanGoBackToTheWebhookAPI(t *testing.T) {
	_, v := welcomeSpaceDesk(t)
	v.space.choose(false)
	if !v.space.webhook.Visible() || v.space.form.Visible() || !strings.Contains(v.steps[0].text.Text(), "register with AppFolio") {
		t.Error("the API key cannot be pasted any more")
	}
}
