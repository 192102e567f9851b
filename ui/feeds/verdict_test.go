package feeds

import (
	"testing"
	"time"

	"rentbell/core"
	"rentbell/ui/explain/wordtest"
	"rentbell/ui/uitest"
)

func TestAnEventSaysWhyItWouldNotSimplyRing(t *testing.T) {
	rules := func(change func(*core.Bells)) core.Settings {
		s := core.DefaultSettings()
		s.MutedUntil = core.NoEnd
		if change != nil {
			change(&s.Bell)
		}
		return s
	}
	quiet := func(b *core.Bells) { b.Quiet.On = true }
	hourly := func(b *core.Bells) { b.Digest.Rhythm = core.Hourly }
	order := core.WorkOrder{Status: "Assigned", Priority: "Urgent"}
	rent := core.Payment{Amount: 40_00, AmountKnown: true}
	noon, night := 12, 23
	tests := []struct {
		name   string
		s      core.Settings
		detail core.Detail
		hour   int
		want   string
	}{
		{"rings", rules(nil), rent, noon, ""},
		{"small", rules(func(b *core.Bells) { b.Smallest = 50_00 }), rent, noon, "Would not ring: below your smallest payment of $50.00."},
		{"off", rules(nil), core.Tenant{}, noon, "Would not ring: tenants are turned off."},
		{"unknown", rules(nil), nil, noon, "Would not ring: Rentbell only lists this kind of event."},
		{"status", rules(func(b *core.Bells) { b.Statuses = "New" }), order, noon, "Would not ring: its status is not one you chose."},
		{"by day", rules(quiet), rent, noon, ""},
		{"by night", rules(quiet), rent, night, "Would wait for the end of your quiet hours at 7:00 AM."},
		{"emergency by day", rules(quiet), order, noon, ""},
		{"emergency by night", rules(quiet), order, night, "Would ring at once: it is an emergency."},
		{"digest", rules(hourly), rent, noon, "Would ring with your next digest."},
		{"digest, emergency", rules(hourly), order, noon, "Would ring at once: it is an emergency."},
		{"digest by night", rules(func(b *core.Bells) { quiet(b); hourly(b) }), rent, night, "Would ring with your next digest."},
	}
	for _, tt := range tests {
		came := time.Date(2026, 6, 18, tt.hour, 0, 0, 0, newYork)
		e := core.Event{Detail: tt.detail, ReceivedAt: came.UTC()}
		got := bellLine(e, tt.s, newYork)
		if got != tt.want {
			t.Errorf("%s: %q, want %q", tt.name, got, tt.want)
		}
		if got != "" {
			wordtest.Style(t, tt.name, got)
		}
	}
}

func TestAnEventOfTheFirstLoadSaysThatItDidNotRing(t *testing.T) {
	e := core.Event{Detail: core.WorkOrder{Priority: "Emergency"}, Past: true}
	const want = "Did not ring: it is from before Rentbell read your AppFolio for the first time."
	got := bellLine(e, core.DefaultSettings(), newYork)
	if got != want {
		t.Errorf("%q, want %q", got, want)
	}
	wordtest.Style(t, "past", got)
	uitest.Speak(t, "es")
	if got := bellLine(e, core.DefaultSettings(), newYork); got == want {
		t.Error("it says so in English whatever the language")
	}
}
