package settings

import (
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"rentbell/core"
	"rentbell/ui/kit"
	"rentbell/ui/words"
)

// limits is the limits card, and what stands on it.
type limits struct {
	*card
	smallest                    *kit.Entry
	which, from, to, rhythm, at *kit.Select
	statuses, days              *kit.Choices
	quiet, emergencies, digest  *kit.Switch
}

func limitsOf(t *testing.T, d *desk) limits {
	t.Helper()
	c := d.titled(t, "Limits")
	selects, chips := all[*kit.Select](c.object, ""), all[*kit.Choices](c.object, "")
	return limits{
		c, all[*kit.Entry](c.object, "")[0], selects[0], selects[1], selects[2], selects[3], selects[4], chips[0], chips[1],
		find[*kit.Switch](t, c.object, "Quiet hours"), find[*kit.Switch](t, c.object, "Emergencies ring anyway"), find[*kit.Switch](t, c.object, "Digest"),
	}
}

// tapChip taps a chip by the name that is read aloud.
func tapChip(t *testing.T, chips *kit.Choices, name string) {
	t.Helper()
	for _, o := range test.WidgetRenderer(chips).Objects()[0].(*fyne.Container).Objects {
		if chip := o.(*kit.FilterChip); strings.HasPrefix(chip.AccessibilityLabel(), name+", ") {
			test.Tap(chip)
			return
		}
	}
	t.Fatalf("no chip %q", name)
}

func TestTheSmallestPaymentIsSavedToTheCent(t *testing.T) {
	d := openDesk(t, nil)
	card := limitsOf(t, d)
	entry := card.smallest
	enter := func(text string) {
		entry.SetText(text)
		entry.OnSubmitted(text)
		d.work.All(t)
	}
	tests := []struct {
		text string
		want core.Cents
		says string
	}{
		{"100", 100_00, "$100.00"},
		{"$1,234.29", 1234_29, "$1,234.29"},
		{".5", 50, "$0.50"},
		{" ", 0, ""},
	}
	for _, tt := range tests {
		enter(tt.text)
		if got := d.bell.Settings().Bell.Smallest; got != tt.want || entry.Text != tt.says || card.trouble.Visible() {
			t.Errorf("%q: saved %d, shows %q", tt.text, got, entry.Text)
		}
	}
	enter("50")
	enter("49.999")
	if got := d.bell.Settings().Bell.Smallest; got != 50_00 || entry.Text != "49.999" {
		t.Errorf("what is no amount: saved %d, shows %q", got, entry.Text)
	}
	if w := words.Tongue.Error(core.ErrBadAmount); !strings.HasPrefix(card.trouble.Text(), w.Title) || !card.trouble.Visible() {
		t.Errorf("says %q", card.trouble.Text())
	}
	d.refresh()
	if entry.Text != "49.999" {
		t.Error("what is being typed is overwritten")
	}
	enter("49.99")
	if card.trouble.Visible() || d.bell.Settings().Bell.Smallest != 49_99 {
		t.Error("mended, it is not saved or still complains")
	}
}

func TestLeavingTheAmountSavesIt(t *testing.T) {
	d := openDesk(t, nil)
	entry := limitsOf(t, d).smallest
	d.Open(NotificationsTab)
	d.window.Canvas().Focus(entry)
	test.Type(entry, "75")
	if len(*d.work) != 0 {
		t.Error("saved while it is typed")
	}
	d.window.Canvas().Unfocus()
	d.work.All(t)
	if got := d.bell.Settings().Bell.Smallest; got != 75_00 {
		t.Errorf("saved %d", got)
	}
}

func TestStatusesAreChosenOneByOne(t *testing.T) {
	d := openDesk(t, nil)
	card := limitsOf(t, d)
	statuses := func() core.Statuses {
		d.work.All(t)
		return d.bell.Settings().Bell.Statuses
	}
	if says(card.object, "Work Done") {
		t.Error("with any status there is something to choose")
	}
	card.which.SetSelected("Only some")
	if got := statuses(); got != "New" || !says(card.object, "Work Done") {
		t.Errorf("to begin with, chosen %q", got)
	}
	tap := func(name string) { tapChip(t, card.statuses, name) }
	tap("Work Done")
	if got := statuses(); got != "New,Work Done" {
		t.Errorf("chosen %q", got)
	}
	tap("New")
	if got := statuses(); got != "Work Done" {
		t.Errorf("chosen %q", got)
	}
	tap("Work Done")
	if got := statuses(); got != "" || says(card.object, "Work Done") || card.which.Selected != "Any status" {
		t.Errorf("with none chosen it is %q, not any status", got)
	}
}

func TestQuietHoursAreSavedAtOnce(t *testing.T) {
	d := openDesk(t, nil)
	card := limitsOf(t, d)
	if says(card.object, "The days on which they begin.") || !card.from.Disabled() {
		t.Error("days can be chosen although there are no quiet hours")
	}
	test.Tap(card.quiet)
	d.work.All(t)
	if !says(card.object, "The days on which they begin.") || card.from.Disabled() {
		t.Error("with quiet hours on there are no days to choose")
	}
	card.from.SetSelected("10:30 PM")
	card.to.SetSelected("6:00 AM")
	tapChip(t, card.days, "Saturday")
	test.Tap(card.emergencies)
	d.work.All(t)
	want := core.Quiet{On: true, From: 22*60 + 30, To: 6 * 60, Days: core.EveryDay.With(time.Saturday, false)}
	if got := d.bell.Settings().Bell.Quiet; got != want {
		t.Errorf("saved %+v, want %+v", got, want)
	}
	if times := card.from.Options; len(times) != 48 || times[0] != "12:00 AM" || times[47] != "11:30 PM" || slices.Contains(times, "") {
		t.Errorf("times of day: %q", times)
	}
}

func TestADigestIsSavedAtOnce(t *testing.T) {
	d := openDesk(t, nil)
	card := limitsOf(t, d)
	saved := func() core.Digest {
		d.work.All(t)
		return d.bell.Settings().Bell.Digest
	}
	test.Tap(card.digest)
	if got := saved(); got != (core.Digest{Rhythm: core.Workdays, At: 8*60 + 30}) {
		t.Errorf("turned on it is %+v", got)
	}
	card.at.SetSelected("5:00 PM")
	card.rhythm.SetSelected("Every hour")
	if got := saved(); got != (core.Digest{Rhythm: core.Hourly, At: 17 * 60}) || says(card.object, "at") {
		t.Errorf("hourly it is %+v", got)
	}
	card.rhythm.SetSelected("Every day")
	if got := saved(); got.Rhythm != core.Daily || !says(card.object, "at") {
		t.Errorf("daily it is %+v", got)
	}
	test.Tap(card.digest)
	if got := saved(); got.Rhythm != core.AtOnce || card.rhythm.Selected != "Every day" {
		t.Errorf("turned off it is %+v", got)
	}
}

func TestLimitsThatCannotBeSavedGoBack(t *testing.T) {
	d := openDesk(t, nil)
	card := limitsOf(t, d)
	if err := d.db.Close(); err != nil {
		t.Fatal(err)
	}
	steps := map[string]func(){
		"amount":   func() { card.smallest.SetText("5"); card.smallest.OnLeave() },
		"statuses": func() { card.which.SetSelected("Only some") },
		"quiet":    func() { test.Tap(card.quiet) },
		"digest":   func() { test.Tap(card.digest) },
	}
	for name, step := range steps {
		step()
		d.work.All(t)
		if card.smallest.Text != "" || card.which.Selected != "Any status" || card.quiet.On() || card.digest.On() {
			t.Errorf("%s does not go back", name)
		}
		if !card.trouble.Visible() {
			t.Errorf("%s: nobody says so", name)
		}
	}
}

func TestChipsFlowIntoRows(t *testing.T) {
	test.NewTempApp(t).Settings().SetTheme(&kit.Theme{Still: true})
	chips := kit.NewChoices([]kit.Choice{{Text: "New"}, {Text: "Estimated"}, {Text: "Assigned"}}, nil)
	chips.Resize(fyne.NewSize(1000, 36))
	one := chips.MinSize().Height
	chips.Resize(fyne.NewSize(200, 36))
	if two := chips.MinSize().Height; two != 2*one {
		t.Errorf("in half the room they are %v high, in one row %v", two, one)
	}
}
