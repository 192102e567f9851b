package core

import (
	"encoding/json"
	"errors"
	"testing"
	"time"
	_ "time/tzdata" // wherever the tests run
)

// at is a moment on New York's wall clock.
func at(t testing.TB, text string) time.Time {
	t.Helper()
	loc, err := time.LoadLocation("America/New_York")
	if err != nil {
		t.Fatal(err)
	}
	moment, err := time.ParseInLocation("2006-01-02 15:04", text, loc)
	if err != nil {
		t.Fatal(err)
	}
	return moment
}

func TestEveryVerdictSaysWhy(t *testing.T) {
	order := func(status, priority string) Event {
		return Event{Detail: WorkOrder{Status: status, Priority: priority}}
	}
	needsAttention := func(e Event) Event {
		e.Attention = Attention{Reason: ReasonMissing, Field: "lease_id"}
		return e
	}
	with := func(change func(*Bells)) Settings {
		s := DefaultSettings()
		s.Bell.Smallest, s.Bell.Statuses = 5000, "New, Work Done"
		s.Bell.Quiet = Quiet{From: 21 * 60, To: 7 * 60, Days: EveryDay, Emergencies: true}
		if change != nil {
			change(&s.Bell)
		}
		return s
	}
	rules := with(nil)
	quiet := with(func(b *Bells) { b.Quiet.On = true })
	strict := with(func(b *Bells) { b.Quiet.On, b.Quiet.Emergencies = true, false })
	careless := with(func(b *Bells) { b.Attention = false })
	past := order("New", "Emergency")
	past.Past = true
	paused := rules
	paused.MutedUntil = at(t, "2026-06-18 23:00")
	tests := []struct {
		name string
		s    Settings
		e    Event
		want Verdict
	}{
		{"at the minimum", rules, paid(5000), Verdict{true, WhyRings}},
		{"below the minimum", rules, paid(4999), Verdict{false, WhySmall}},
		{"large refund", rules, paid(-5000), Verdict{true, WhyRings}},
		{"small refund", rules, paid(-4999), Verdict{false, WhySmall}},
		{"amount not known, attention off", careless, needsAttention(Event{Detail: Payment{}}), Verdict{true, WhyRings}},
		{"small, needs attention", rules, needsAttention(paid(1)), Verdict{true, WhyAttention}},
		{"small, needs attention, attention off", careless, needsAttention(paid(1)), Verdict{false, WhySmall}},
		{"chosen status", rules, order("new", "Normal"), Verdict{true, WhyRings}},
		{"chosen status of two words", rules, order(" WORK DONE ", ""), Verdict{true, WhyRings}},
		{"part of a chosen status", rules, order("Work", ""), Verdict{false, WhyStatus}},
		{"other status", rules, order("Assigned", "Normal"), Verdict{false, WhyStatus}},
		{"no status", rules, order("", "Normal"), Verdict{false, WhyStatus}},
		{"no status, all ring", DefaultSettings(), order("", "Normal"), Verdict{true, WhyRings}},
		{"kind is off", rules, Event{Detail: Tenant{}}, Verdict{false, WhyOff}},
		{"unknown type", rules, Event{Type: "unit.painted"}, Verdict{false, WhyOff}},
		{"unknown type, needs attention", rules, needsAttention(Event{Type: "unit.painted"}), Verdict{true, WhyAttention}},
		{"emergency by day", rules, order("New", "Emergency"), Verdict{true, WhyEmergency}},
		{"emergency, other status", rules, order("Assigned", "Emergency"), Verdict{false, WhyStatus}},
		{"quiet", quiet, paid(5000), Verdict{false, WhyQuiet}},
		{"quiet, below the minimum", quiet, paid(1), Verdict{false, WhySmall}},
		{"quiet, needs attention", quiet, needsAttention(paid(1)), Verdict{false, WhyQuiet}},
		{"quiet, emergency", quiet, order("New", "emergency"), Verdict{true, WhyEmergency}},
		{"quiet, urgent", quiet, order("New", "URGENT"), Verdict{true, WhyEmergency}},
		{"quiet, high", quiet, order("New", "High"), Verdict{false, WhyQuiet}},
		{"quiet for emergencies too", strict, order("New", "Urgent"), Verdict{false, WhyQuiet}},
		{"paused", paused, paid(5000), Verdict{false, WhyPaused}},
		{"past emergency", rules, past, Verdict{false, WhyPast}},
		{"past, needs attention", rules, needsAttention(past), Verdict{false, WhyPast}},
		{"paused, emergency", paused, order("New", "Emergency"), Verdict{false, WhyPaused}},
	}
	for _, tt := range tests {
		if got := tt.s.Verdict(tt.e, at(t, "2026-06-18 22:00")); got != tt.want {
			t.Errorf("%s: %+v, want %+v", tt.name, got, tt.want)
		}
	}
}

func TestQuietHoursFollowTheWallClock(t *testing.T) {
	night := Quiet{On: true, From: 21 * 60, To: 7 * 60, Days: EveryDay}
	friday := Quiet{On: true, From: 21 * 60, To: 7 * 60, Days: Weekdays(0).With(time.Friday, true)}
	lunch := Quiet{On: true, From: 12 * 60, To: 13*60 + 30, Days: EveryDay.With(time.Saturday, false).With(time.Sunday, false)}
	sunday := Quiet{On: true, From: 7 * 60, To: 7 * 60, Days: Weekdays(0).With(time.Sunday, true)}
	small := Quiet{On: true, From: 2 * 60, To: 2*60 + 30, Days: EveryDay}
	off := night
	off.On = false
	tests := []struct {
		name string
		q    Quiet
		when string
		want bool
	}{
		{"off", off, "2026-06-18 22:00", false},
		{"before", night, "2026-06-18 20:59", false},
		{"begins", night, "2026-06-18 21:00", true},
		{"midnight", night, "2026-06-19 00:00", true},
		{"last minute", night, "2026-06-19 06:59", true},
		{"ends", night, "2026-06-19 07:00", false},
		{"Friday morning is Thursday's", friday, "2026-06-19 06:00", false},
		{"Friday night", friday, "2026-06-19 23:59", true},
		{"Saturday morning is Friday's", friday, "2026-06-20 06:59", true},
		{"Saturday night", friday, "2026-06-20 22:00", false},
		{"within a day", lunch, "2026-06-19 13:29", true},
		{"end within a day", lunch, "2026-06-19 13:30", false},
		{"not on a Saturday", lunch, "2026-06-20 12:30", false},
		{"round the clock begins", sunday, "2026-06-21 07:00", true},
		{"round the clock, before", sunday, "2026-06-21 06:59", false},
		{"round the clock, next morning", sunday, "2026-06-22 06:59", true},
		{"round the clock ends", sunday, "2026-06-22 07:00", false},
		{"no days", Quiet{On: true, From: 0, To: 0}, "2026-06-22 07:00", false},
		{"spring: last minute", night, "2026-03-08 06:59", true},
		{"spring: ends on the clock", night, "2026-03-08 07:00", false},
		{"spring: begins", night, "2026-03-07 21:00", true},
		{"spring: the hour left out", small, "2026-03-08 03:00", false},
		{"autumn: last minute", night, "2026-11-01 06:59", true},
		{"autumn: ends on the clock", night, "2026-11-01 07:00", false},
	}
	for _, tt := range tests {
		if got := tt.q.At(at(t, tt.when)); got != tt.want {
			t.Errorf("%s: quiet %v at %s", tt.name, got, tt.when)
		}
	}
	quiet := 0 // on the night that is an hour longer
	for moment := at(t, "2026-10-31 12:00"); moment.Before(at(t, "2026-11-01 12:00")); moment = moment.Add(time.Minute) {
		if night.At(moment) {
			quiet++
		}
	}
	if quiet != 11*60 {
		t.Errorf("autumn's night is quiet for %d minutes, want eleven hours", quiet)
	}
}

func TestSettingsOfOlderVersionsRingAsBefore(t *testing.T) {
	old := `{"bell":{"payments":true,"work_orders":false,"leases":true,"tenants":false,"attention":true},"close_to_tray":true}`
	got := DefaultSettings()
	if err := json.Unmarshal([]byte(old), &got); err != nil {
		t.Fatal(err)
	}
	want := DefaultSettings()
	want.Bell.WorkOrders = false
	if got != want {
		t.Errorf("loaded %+v, want %+v", got, want)
	}
	for _, e := range []Event{paid(1), {Detail: LeaseSigned{}}} {
		if v := got.Verdict(e, at(t, "2026-06-19 03:00")); v != (Verdict{true, WhyRings}) {
			t.Errorf("%T at night: %+v", e.Detail, v)
		}
	}
	if got.Bell.Quiet.On || got.Bell.Digest.Rhythm != AtOnce {
		t.Error("quiet hours or a digest nobody asked for")
	}
}

func TestBellRulesAreChecked(t *testing.T) {
	tests := []struct {
		name   string
		change func(*Bells)
		good   bool
	}{
		{"defaults", func(*Bells) {}, true},
		{"all there is", func(b *Bells) {
			b.Smallest, b.Statuses, b.Digest = 1, "New", Digest{Workdays, 1439}
			b.Quiet = Quiet{On: true, From: 0, To: 1439, Days: 0}
		}, true},
		{"below nothing", func(b *Bells) { b.Smallest = -1 }, false},
		{"from midnight's other end", func(b *Bells) { b.Quiet.From = 1440 }, false},
		{"until before midnight", func(b *Bells) { b.Quiet.To = -1 }, false},
		{"eighth day", func(b *Bells) { b.Quiet.Days = EveryDay + 1 }, false},
		{"no such rhythm", func(b *Bells) { b.Digest.Rhythm = "monthly" }, false},
		{"no such time", func(b *Bells) { b.Digest.At = 1440 }, false},
	}
	for _, tt := range tests {
		s := DefaultSettings()
		tt.change(&s.Bell)
		if err := s.Validate(); (err == nil) != tt.good || err != nil && !errors.Is(err, ErrBadBell) {
			t.Errorf("%s: %v", tt.name, err)
		}
	}
}

func TestNamesAreASet(t *testing.T) {
	n := Statuses("").With("New", true).With("Work Done", true).With("new", true)
	if n != "Work Done,new" || !n.Has("NEW") || !n.Has("work done") || n.Has("") || n.Has("Work") {
		t.Errorf("names %q", n)
	}
	if n = n.With("WORK DONE", false).With("New", false); n != "" || len(n.List()) != 0 {
		t.Errorf("emptied, they are %q", n)
	}
}

var noon = time.Date(2026, 6, 18, 12, 0, 0, 0, time.UTC)

func paid(cents Cents) Event {
	return Event{Type: TypePaymentReceived, Detail: Payment{Amount: cents, AmountKnown: true}}
}

func TestBellRingsForWhatTheSettingsSay(t *testing.T) {
	odd := paid(1)
	odd.Attention = Attention{Reason: ReasonMissing, Field: "lease_id"}
	only := func(b Bells) Settings { return Settings{Bell: b} }
	tests := []struct {
		name string
		s    Settings
		e    Event
		want bool
	}{
		{"payment", DefaultSettings(), paid(1), true},
		{"payments off", only(Bells{Kinds: Kinds{WorkOrders: true}}), paid(1), false},
		{"work order", only(Bells{Kinds: Kinds{WorkOrders: true}}), Event{Detail: WorkOrder{}}, true},
		{"lease that ended", only(Bells{Kinds: Kinds{Leases: true}}), Event{Detail: LeaseExpired{}}, true},
		{"tenants are off at first", DefaultSettings(), Event{Detail: Tenant{}}, false},
		{"tenants on", only(Bells{Kinds: Kinds{Tenants: true}}), Event{Detail: Tenant{}}, true},
		{"needs attention, its kind off", only(Bells{Kinds: Kinds{Attention: true}}), odd, true},
		{"needs attention, all off", only(Bells{}), odd, false},
		{"unknown type", DefaultSettings(), Event{Type: "unit.painted"}, false},
		{"paused", Settings{Bell: Bells{Kinds: Kinds{Payments: true}}, MutedUntil: noon.Add(time.Second)}, paid(1), false},
		{"pause is over", Settings{Bell: Bells{Kinds: Kinds{Payments: true}}, MutedUntil: noon}, paid(1), true},
	}
	for _, tt := range tests {
		if got := tt.s.Verdict(tt.e, noon).Rings; got != tt.want {
			t.Errorf("%s: rings %v, want %v", tt.name, got, tt.want)
		}
	}
}
