package core_test

import (
	"errors"
	"testing"
	"time"

	"rentbell/core"
)

func TestWhichFindingsAreTold(t *testing.T) {
	noon := time.Date(2026, time.June, 18, 12, 0, 0, 0, time.UTC)
	night := time.Date(2026, time.June, 18, 2, 0, 0, 0, time.UTC)
	kind := func(k core.FindingKind) core.Finding { return core.Finding{Kind: k} }
	rung := func(n int) core.Finding { return core.Finding{Kind: core.FindUntouched, Level: n} }
	off := func(s *core.Settings) { s.Radar.Notify = core.TellKinds{} }
	quiet := func(s *core.Settings) { s.Bell.Quiet.On = true }
	hush := func(s *core.Settings) { s.Bell.Quiet.On, s.Bell.Quiet.Emergencies = true, false }
	pause := func(s *core.Settings) { s.MutedUntil = noon.Add(time.Hour) }
	digest := func(s *core.Settings) { s.Bell.Digest.Rhythm = core.Daily }
	for _, tt := range []struct {
		name  string
		f     core.Finding
		at    time.Time
		edit  func(*core.Settings)
		rings bool
		why   core.Reason
		waits bool
	}{
		{"late, by day", kind(core.FindLate), noon, nil, true, core.WhyRings, false},
		{"late, from midnight on", kind(core.FindLate), night, nil, false, core.WhyMorning, false},
		{"returned, at night", kind(core.FindReturned), night, nil, true, core.WhyRings, false},
		{"returned, in quiet hours", kind(core.FindReturned), night, quiet, false, core.WhyQuiet, false},
		{"notice, in quiet hours", kind(core.FindNotice), night, quiet, true, core.WhyEmergency, false},
		{"notice, where emergencies wait", kind(core.FindNotice), night, hush, false, core.WhyQuiet, false},
		{"notice, while the bell is paused", kind(core.FindNotice), noon, pause, false, core.WhyPaused, false},
		{"notice, with a digest", kind(core.FindNotice), noon, digest, true, core.WhyEmergency, false},
		{"late, with a digest", kind(core.FindLate), noon, digest, true, core.WhyRings, true},
		{"twice, with a digest it is not in", kind(core.FindTwice), noon, digest, true, core.WhyRings, false},
		{"a kind that is off", kind(core.FindNotice), noon, off, false, core.WhyOff, false},
		{"a refund", kind(core.FindRefund), noon, nil, false, core.WhyListed, false},
		{"untouched, first step", rung(1), noon, nil, false, core.WhyRung, false},
		{"untouched, first step, with a digest", rung(1), noon, digest, true, core.WhyRings, true},
		{"untouched, last step", rung(3), noon, nil, true, core.WhyRings, false},
	} {
		s := core.DefaultSettings()
		if tt.edit != nil {
			tt.edit(&s)
		}
		if v := s.FindingVerdict(tt.f, tt.at); v != (core.Verdict{Rings: tt.rings, Why: tt.why}) {
			t.Errorf("%s: got %v", tt.name, v)
		}
		if got := s.FindingWaits(tt.f); got != tt.waits {
			t.Errorf("%s: waits %v", tt.name, got)
		}
	}
}

func TestKindsThatAreToldAreChosenOneByOne(t *testing.T) {
	var k core.TellKinds
	for _, kind := range core.FindingKinds() {
		k = k.With(kind, true)
		if got, want := k.Has(kind), kind != core.FindRefund; got != want {
			t.Errorf("%s: %v, want %v", kind, got, want)
		}
	}
	if k = k.With(core.FindLate, false); k.Has(core.FindLate) || !k.Has(core.FindPartial) {
		t.Errorf("late off: %v", k)
	}
}

func TestRadarSettingsOutOfRangeAreRefusedAndMended(t *testing.T) {
	for _, edit := range []func(*core.Settings){
		func(s *core.Settings) { s.Radar.Rule.Due = 32 },
		func(s *core.Settings) { s.Radar.Rule.Grace = -1 },
		func(s *core.Settings) { s.Radar.Rung = 4 },
	} {
		s := core.DefaultSettings()
		edit(&s)
		if err := s.Validate(); !errors.Is(err, core.ErrBadBell) {
			t.Errorf("%v: %v", s.Radar, err)
		}
		if mended, err := s.Mended(); err == nil || mended != core.DefaultSettings() {
			t.Errorf("%v is mended to %v, %v", s.Radar, mended.Radar, err)
		}
	}
}

func TestWhenFindingsBeginToHold(t *testing.T) {
	chicago, err := time.LoadLocation("America/Chicago")
	if err != nil {
		t.Fatal(err)
	}
	since := time.Date(2026, time.June, 1, 15, 0, 0, 0, time.UTC)
	for _, tt := range []struct {
		f    core.Finding
		want time.Time
	}{
		{core.Finding{Kind: core.FindLate, SinceDay: core.Date{Year: 2026, Month: 6, Day: 7}}, time.Date(2026, 6, 7, 0, 0, 0, 0, chicago)},
		{core.Finding{Kind: core.FindLeaseEnds, Ends: core.Date{Year: 2026, Month: 7, Day: 11}, Level: 30}, time.Date(2026, 6, 11, 0, 0, 0, 0, chicago)},
		{core.Finding{Kind: core.FindUntouched, Since: since, Days: 7}, since.AddDate(0, 0, 7)},
		{core.Finding{Kind: core.FindNoVendor, Since: since, Hours: 5}, since.Add(4 * time.Hour)},
		{core.Finding{Kind: core.FindNoVendor, Since: since, Hours: 25}, since.Add(24 * time.Hour)},
		{core.Finding{Kind: core.FindTwice, Since: since}, since},
	} {
		if got := tt.f.Begins(chicago); !got.Equal(tt.want) {
			t.Errorf("%s: got %v, want %v", tt.f.Kind, got, tt.want)
		}
	}
}
