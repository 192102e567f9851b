package settings

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"rentbell/core"
	"rentbell/core/bell"
	"rentbell/ui/frame"
	"rentbell/ui/uitest"
	"rentbell/ui/words"
)

// spaceDesk is a Settings page of a program that knows Developer Space.
type spaceDesk struct {
	*desk
	space *uitest.Space
	card  *appFolioCard
}

func openSpace(t *testing.T, change func(*bell.Config)) spaceDesk {
	t.Helper()
	s := &uitest.Space{}
	d := openDesk(t, func(c *bell.Config) {
		c.Space = s
		if change != nil {
			change(c)
		}
	})
	return spaceDesk{d, s, partOf[*appFolioCard](t, d)}
}

// connected is connected through Developer Space already.
func connected(t *testing.T) spaceDesk {
	t.Helper()
	d := openSpace(t, func(c *bell.Config) {
		c.Vault.(*uitest.Keeper).Kept.ClientSecret = core.NewSecret(uitest.GoodSecret)
		s := core.DefaultSettings()
		s.Kind, s.Space = core.KindDeveloperSpace, core.Space{ClientID: "client-1", DeveloperID: "developer-1"}
		if err := c.Store.SaveSettings(s); err != nil {
			t.Fatal(err)
		}
	})
	if d.card.want != core.KindDeveloperSpace || d.card.key.object.Visible() {
		t.Fatal("a Developer Space is asked for an API key")
	}
	return d
}

// part finds a field of the account by its label.
func (d spaceDesk) part(t *testing.T, label string) *field {
	t.Helper()
	return d.card.labelled(t, label)
}

func (d spaceDesk) enter(t *testing.T, label, text string) *field {
	t.Helper()
	f := d.part(t, label)
	f.entry.SetText(text)
	test.Tap(f.saveIt)
	d.work.All(t)
	return f
}

// chip presses the chip of a connection kind.
func (d spaceDesk) chip(t *testing.T, i int) {
	t.Helper()
	d.card.chips.Pick(i)
	d.card.chooseKind(frame.KindOf(i))
	d.work.All(t)
}

func TestAnAccountIsAskedAboutAndCountsOnceItIsWhole(t *testing.T) {
	d := openSpace(t, nil)
	d.chip(t, frame.SpaceChip)
	if d.bell.Settings().Kind != "" || d.card.want != core.KindDeveloperSpace || d.card.key.object.Visible() {
		t.Fatalf("choosing what is not set up saves kind %q, or shows another form", d.bell.Settings().Kind)
	}
	d.enter(t, "Client id", " client-1 ")
	d.enter(t, "Developer id", "developer-1")
	if s := d.bell.Settings(); len(d.space.Asked) != 0 || s.Space.ClientID != "client-1" || s.Space.DeveloperID != "developer-1" {
		t.Errorf("asked %d times; saved %+v", len(d.space.Asked), s.Space)
	}
	f := d.enter(t, "Client secret", "space_secret_mistyped")
	if got := f.caption.Text(); !strings.HasPrefix(got, "AppFolio refused these keys. ") || f.entry.Text == "" {
		t.Errorf("a wrong secret: it says %q", got)
	}
	if !d.vault.Kept.ClientSecret.IsZero() || d.bell.Settings().Kind != "" {
		t.Error("what AppFolio refused is kept")
	}
	f = d.enter(t, "Client secret", uitest.GoodSecret)
	if d.vault.Kept.ClientSecret.Reveal() != uitest.GoodSecret || d.bell.Settings().Kind != core.KindDeveloperSpace {
		t.Errorf("the secret is kept: %v, and the kind is %q", !d.vault.Kept.ClientSecret.IsZero(), d.bell.Settings().Kind)
	}
	if got, want := f.value.Text(), strings.Repeat("•", 16)+"c09e"; got != want || f.entry.Text != "" || f.caption.Text() != "Kept in this computer's password store, never in a file." {
		t.Errorf("shows %q and says %q", got, f.caption.Text())
	}
	if a := d.space.Asked[1]; a.Kind != core.KindDeveloperSpace || a.Space.ClientID != "client-1" {
		t.Errorf("asked about %s %+v", a.Kind, a.Space)
	}
	if partOf[*webhookCard](t, d.desk).object.Visible() || !says(d.Page.Object, "In Developer Space you register by hand") || !says(d.Page.Object, "Reading") {
		t.Error("the cards of the webhook API stay")
	}
}

func TestSilenceOfAppFolioIsNoReasonAgainstAnAccount(t *testing.T) {
	d := openSpace(t, nil)
	d.space.Silence = &core.Refused{Status: 533}
	d.chip(t, frame.SpaceChip)
	d.enter(t, "Client id", "client-1")
	d.enter(t, "Client secret", "space_secret_unchecked")
	d.enter(t, "Developer id", "developer-1")
	if len(d.space.Asked) != 1 || d.bell.Settings().Kind != core.KindDeveloperSpace {
		t.Errorf("asked %d times; kind %q", len(d.space.Asked), d.bell.Settings().Kind)
	}
}

func TestAnIdThatIsNoneIsNeverSent(t *testing.T) {
	d := connected(t)
	f := d.part(t, "Developer id")
	test.Tap(f.change)
	d.enter(t, "Developer id", "two words")
	if got := f.caption.Text(); !strings.HasPrefix(got, "This is no id. ") || len(d.space.Asked) != 0 {
		t.Errorf("says %q; asked %d times", got, len(d.space.Asked))
	}
	if d.bell.Settings().Space.DeveloperID != "developer-1" {
		t.Error("it is kept")
	}
}

func TestPaymentsHaveKeysOfTheirOwn(t *testing.T) {
	d := connected(t)
	d.enter(t, "Company", "https://Oakline.appfolio.com/users/sign_in")
	if got := d.bell.Settings().Space.Company; got != "oakline" {
		t.Errorf("company %q", got)
	}
	f := d.enter(t, "Company", "not a name")
	if got := f.caption.Text(); !strings.HasPrefix(got, "This is no company name") {
		t.Errorf("says %q", got)
	}
	f.close()
	d.enter(t, "Reports client id", "reports-1")
	f = d.enter(t, "Reports secret", "reports_secret_wrong")
	if got := f.caption.Text(); !strings.HasPrefix(got, "AppFolio refused the keys for payments. ") || !d.vault.Kept.ReportsSecret.IsZero() {
		t.Errorf("a wrong secret: says %q", got)
	}
	d.enter(t, "Reports secret", uitest.GoodReports)
	if d.vault.Kept.ReportsSecret.Reveal() != uitest.GoodReports || len(d.space.Asked) != 2 {
		t.Errorf("kept %v after asking %d times", !d.vault.Kept.ReportsSecret.IsZero(), len(d.space.Asked))
	}
}

func TestLeavingDeveloperSpaceAsksFirstAndComesBackAtOnce(t *testing.T) {
	d := connected(t)
	d.chip(t, frame.WebhookChip)
	top := d.window.Canvas().Overlays().Top()
	if top == nil || d.bell.Settings().Kind != core.KindDeveloperSpace || d.card.chips.Selected() != frame.SpaceChip {
		t.Fatal("what works ends without a question")
	}
	d.window.Canvas().OnTypedKey()(&fyne.KeyEvent{Name: fyne.KeyEscape})
	d.work.All(t)
	if d.bell.Settings().Kind != core.KindDeveloperSpace || d.card.want != core.KindDeveloperSpace {
		t.Error("Esc does not leave it as it was")
	}
	d.chip(t, frame.WebhookChip)
	test.Tap(uitest.ButtonIn(t, d.window.Canvas().Overlays().Top(), "Use the webhook API"))
	d.work.All(t)
	if d.bell.Account().Kind != core.KindWebhookAPI || d.card.want == core.KindDeveloperSpace || !partOf[*webhookCard](t, d.desk).object.Visible() {
		t.Error("it does not go over")
	}
	d.chip(t, frame.SpaceChip)
	if d.bell.Account().Kind != core.KindDeveloperSpace || d.vault.Kept.ClientSecret.Reveal() != uitest.GoodSecret {
		t.Error("it does not come back")
	}
	if err := d.db.Close(); err != nil {
		t.Fatal(err)
	}
	d.chip(t, frame.WebhookChip)
	test.Tap(uitest.ButtonIn(t, d.window.Canvas().Overlays().Top(), "Use the webhook API"))
	d.work.All(t)
	if !says(d.card.object, words.Tongue.Error(core.ErrStorage).Title) || d.card.chips.Selected() != frame.SpaceChip {
		t.Errorf("with a broken disk it says %q", uitest.Texts(d.card.object))
	}
}

func TestAnotherAccountStartsFromNothing(t *testing.T) {
	d := connected(t)
	uitest.Tap(t, d.card.object, "Use another account")
	if d.vault.Kept.ClientSecret.IsZero() {
		t.Fatal("it forgets without a question")
	}
	test.Tap(uitest.ButtonIn(t, d.window.Canvas().Overlays().Top(), "Use another"))
	d.work.All(t)
	if s := d.bell.Settings(); s.Space != (core.Space{}) || !d.vault.Kept.ClientSecret.IsZero() || s.Kind != core.KindDeveloperSpace {
		t.Errorf("left: %+v", s.Space)
	}
	if says(d.card.object, "Use another account") || !d.part(t, "Client id").editing.Visible() {
		t.Error("the form does not ask for the other account")
	}
}

func TestAnAccountOfThisRunCannotBeChanged(t *testing.T) {
	d := openSpace(t, func(c *bell.Config) {
		c.Override.Kind = core.KindDeveloperSpace
		c.Override.Space = core.Space{ClientID: "client-1", DeveloperID: "developer-1", DatabaseID: "db", Company: "oakline", ReportsClientID: "r"}
		c.Override.Secrets = core.Secrets{ClientSecret: core.NewSecret(uitest.GoodSecret), ReportsSecret: core.NewSecret(uitest.GoodReports)}
	})
	if d.card.chips.Visible() || !says(d.card.object, "Developer Space") || !says(d.card.object, givenForThisRun()) {
		t.Errorf("the kind can be changed, or it says %q", uitest.Texts(d.card.object))
	}
	for _, f := range d.card.fields {
		if f == d.card.key || f == d.card.secret {
			continue // of the other kind
		}
		if f.change.Visible() || f.caption.Text() != givenForThisRun() || !f.resting.Visible() {
			t.Errorf("%s can be changed, or says %q", f.label, f.caption.Text())
		}
	}
	if says(d.card.object, "Use another account") {
		t.Error("it can be forgotten")
	}
}

func TestAStrangersDeliveryIsExplainedWithoutASecret(t *testing.T) {
	d := connected(t)
	partOf[*healthCard](t, d.desk).whyKeptOut()
	uitest.ButtonIn(t, d.window.Canvas().Overlays().Top(), "Open AppFolio's page")
}

func TestDeliveriesForAnotherAccountLeadToTheClientID(t *testing.T) {
	d := connected(t)
	health, id := partOf[*healthCard](t, d.desk), d.part(t, "Client id")
	other := core.Check{Name: core.CheckSignatures, State: core.CheckWarn, Err: core.ErrOtherAccount}
	health.fill(core.Report{At: uitest.Present, Checks: []core.Check{other}})
	uitest.TapText(t, d.window, "Fix")
	if d.window.Canvas().Overlays().Top() != nil || d.window.Canvas().Focused() != id.entry || id.entry.Text != "client-1" {
		t.Errorf("Fix does not lead to the client id; its entry holds %q", id.entry.Text)
	}
	other.Err = core.ErrSignaturesWrong
	health.fill(core.Report{At: uitest.Present, Checks: []core.Check{other}})
	uitest.TapText(t, d.window, "See why")
	if d.window.Canvas().Overlays().Top() == nil {
		t.Error("nothing explains a wrong signature")
	}
}

func TestTheTryCardPointsToAppFoliosPage(t *testing.T) {
	d := connected(t)
	try := d.titled(t, "Try it")
	if says(try.object, "Send test event") || !says(try.object, "Only AppFolio can send a test event. ") {
		t.Errorf("says %q", uitest.Texts(try.object))
	}
}

func TestCompaniesAreTakenFromTheirAddress(t *testing.T) {
	for text, want := range map[string]string{
		"oakline": "oakline", " Oakline ": "oakline", "oakline.appfolio.com": "oakline", "https://oakline.appfolio.com/x": "oakline", "": "",
	} {
		if got := companyOf(text); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}
