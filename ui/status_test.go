package ui

import (
	"testing"
	"time"

	"rentbell/core"
	"rentbell/ui/kit"
	"rentbell/ui/uitest"
)

func TestDescribeConnection(t *testing.T) {
	const address = "https://oakline.ngrok.app"
	at := present.Add(-11 * time.Minute)
	tests := []struct {
		name       string
		status     core.Status
		word, note string
	}{
		{"new", core.Status{}, "Not set up", "Open Settings to begin"},
		{"on the way", core.Status{Connection: core.Connecting}, "Connecting", "Usually takes a few seconds"},
		{"quiet", core.Status{Connection: core.Listening}, "Listening", "No event yet"},
		{"busy", core.Status{Connection: core.Listening, Summary: core.Summary{LastEvent: present.Add(-2 * time.Minute).UTC()}}, "Listening", "Last event 2 min ago"},
		{"paused", core.Status{Connection: core.Listening, MutedUntil: present.Add(time.Hour)}, "Paused", "Until 11:42 AM"},
		{"rings again", core.Status{Connection: core.Listening, MutedUntil: present.Add(-time.Hour)}, "Listening", "No event yet"},
		{"sample", core.Status{Connection: core.Listening, Sample: true}, "Sample data", "No event yet"},
		{"down", core.Status{Connection: core.Unreachable, Since: at.UTC()}, "Not reachable", "Since 10:31 AM"},
		{"down since yesterday", core.Status{Connection: core.Unreachable, Since: at.AddDate(0, 0, -1)}, "Not reachable", "Since yesterday"},
		{"down for days", core.Status{Connection: core.ConnectionRefused, Since: at.AddDate(0, 0, -2), MutedUntil: present.Add(time.Hour)}, "Not reachable", "Since Tuesday"},
	}
	for _, tt := range tests {
		tt.status.Address = address
		w := describeConnection(tt.status, present)
		if w.word != tt.word || w.note != tt.note || w.address != "oakline.ngrok.app" {
			t.Errorf("%s: %q, %q at %q; want %q, %q", tt.name, w.word, w.note, w.address, tt.word, tt.note)
		}
	}
}

func TestLastEvent(t *testing.T) {
	tests := map[time.Duration]string{
		0: "Last event just now", 3 * time.Minute: "Last event 3 min ago", 2 * time.Hour: "Last event at 8:42 AM",
		24 * time.Hour: "Last event yesterday", 3 * 24 * time.Hour: "Last event on Monday", 20 * 24 * time.Hour: "Last event on May 29",
	}
	for since, want := range tests {
		if got := lastEvent(present.Add(-since).UTC(), present); got != want {
			t.Errorf("after %v: %q, want %q", since, got, want)
		}
	}
}

func TestTalliedWords(t *testing.T) {
	tests := []struct {
		accepted int
		kept     []outcome
		want     string
	}{
		{0, nil, "Today: 0 accepted"},
		{1204, nil, "Today: 1,204 accepted"},
		{4, []outcome{{fate: keptOut, today: 1}, {fate: sentTwice, today: 3}}, "Today: 4 accepted, 3 sent twice, 1 kept out"},
	}
	for _, tt := range tests {
		if got := talliedWords(tt.accepted, tt.kept); got != tt.want {
			t.Errorf("%q, want %q", got, tt.want)
		}
	}
}

func TestStageOf(t *testing.T) {
	lease := func(moveIn core.Date, months int, signed time.Time) core.LeaseState {
		return core.LeaseState{MoveIn: moveIn, Months: months, SignedAt: signed.UTC()}
	}
	old := present.AddDate(-1, 0, 0)
	expired := func(vacate core.Date) core.LeaseState { return core.LeaseState{Expired: true, Vacate: vacate} }
	tests := []struct {
		name  string
		lease core.LeaseState
		want  leaseStage
		ends  string
		left  string
	}{
		{"only known from payments", core.LeaseState{}, activeStage, "", ""},
		{"signed this month", lease(uitest.On(2026, 7, 1), 12, present), signedStage, "Jun 30, 2027", "377"},
		{"signed on the last evening of May", lease(uitest.On(2026, 7, 1), 12, uitest.Day(0, 23, 59)), activeStage, "Jun 30, 2027", "377"},
		{"running", lease(uitest.On(2026, 1, 1), 12, old), activeStage, "Dec 31, 2026", "196"},
		{"month to month", lease(uitest.On(2023, 6, 1), 0, old), activeStage, "None", "No end date"},
		{"ends in sixty days", lease(uitest.On(2025, 8, 18), 12, old), endingStage, "Aug 17, 2026", "60"},
		{"ends in sixty-one", lease(uitest.On(2025, 8, 19), 12, old), activeStage, "Aug 18, 2026", "61"},
		{"ends today", lease(uitest.On(2025, 6, 19), 12, old), endingStage, "Jun 18, 2026", "0"},
		{"ended yesterday", lease(uitest.On(2025, 6, 18), 12, old), endedStage, "Jun 17, 2026", "Over"},
		{"expired", expired(uitest.On(2026, 5, 31)), endedStage, "May 31, 2026", "Over"},
		{"moves out soon", expired(uitest.On(2026, 6, 30)), endingStage, "Jun 30, 2026", "12"},
		{"expired, nobody knows when", expired(core.Date{}), endedStage, "", ""},
	}
	for _, tt := range tests {
		if got := stageOf(tt.lease, present); got != tt.want {
			t.Errorf("%s: %s, want %s", tt.name, leaseStages[got].name, leaseStages[tt.want].name)
		}
		if ends, left := leaseEnd(tt.lease, present); ends != tt.ends || left != tt.left {
			t.Errorf("%s: ends %q with %q left, want %q and %q", tt.name, ends, left, tt.ends, tt.left)
		}
	}
}

func TestConcernsAreInWords(t *testing.T) {
	e := uitest.Event("pay", present.AddDate(0, 0, -2), core.Payment{Place: core.Place{Tenant: "Dana Whitfield"}},
		core.Attention{Reason: core.ReasonMissing, Field: "amount_cents"})
	item := describeConcern(core.Concern{ID: 7, Event: &e}, present)
	if item.id != 7 || item.title != "Payment without an amount" || item.text != "Dana Whitfield, on Tuesday. AppFolio did not send the amount." || item.hint == "" {
		t.Errorf("an event: %+v", item)
	}
	q := core.Quarantined{ReceivedAt: present.UTC(), Reason: core.ReasonNotObject, Body: []byte("[]")}
	item = describeConcern(core.Concern{ID: 8, Quarantined: &q}, present)
	if item.id != 8 || item.title == "" || string(item.body) != "[]" || item.event != nil {
		t.Errorf("a delivery: %+v", item)
	}
	if _, ok := registrationConcern(core.RegistrationStatus{Progress: core.Registered}); ok {
		t.Error("a registration that worked needs attention")
	}
	item, ok := registrationConcern(core.RegistrationStatus{Progress: core.Declined, Problem: &core.SubscribeError{Status: 401}})
	if !ok || item.id != 0 || item.title != "AppFolio does not accept the API key" {
		t.Errorf("a declined registration: %+v, %v", item, ok)
	}
}

func TestCountDownGoesOnWhileItCanBeSeen(t *testing.T) {
	d := open(t, uitest.Office(t), kit.Light, windowSize)
	var calls []func()
	d.after = func(_ time.Duration, do func()) { calls = append(calls, do) }
	s := d.status
	s.Connection, s.RetryAt = core.Unreachable, present.Add(12*time.Second)
	d.showStatus(s)
	d.showStatus(s)
	if len(calls) != 1 {
		t.Fatalf("%d count-downs at a time, want one", len(calls))
	}
	calls[0]()
	if len(calls) != 2 {
		t.Error("it stops after a second")
	}
	d.hidden = true
	calls[1]()
	if len(calls) != 2 {
		t.Error("it counts down behind a hidden window")
	}
	d.hidden, s.Connection = false, core.Listening
	d.showStatus(s)
	if len(calls) != 2 {
		t.Error("it counts down to nothing")
	}
}
