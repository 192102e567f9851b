package core

import (
	"fmt"
	"time"
)

// TellKinds says one thing of each kind of finding that the bell can tell. A refund
// is listed and never told.
type TellKinds struct {
	Notice    bool `json:"notice"`
	Returned  bool `json:"returned"`
	Late      bool `json:"late"`
	Partial   bool `json:"partial"`
	Twice     bool `json:"twice"`
	NoVendor  bool `json:"no_vendor"`
	Untouched bool `json:"untouched"`
	LeaseEnds bool `json:"lease_ends"`
}

// of is what it says of a kind; nil: of that one nothing.
func (k *TellKinds) of(kind FindingKind) *bool {
	return map[FindingKind]*bool{
		FindNotice: &k.Notice, FindReturned: &k.Returned, FindLate: &k.Late, FindPartial: &k.Partial, FindTwice: &k.Twice,
		FindNoVendor: &k.NoVendor, FindUntouched: &k.Untouched, FindLeaseEnds: &k.LeaseEnds,
	}[kind]
}

// Has reports what it says of a kind.
func (k TellKinds) Has(kind FindingKind) bool {
	says := k.of(kind)
	return says != nil && *says
}

// With returns it with something else said of a kind.
func (k TellKinds) With(kind FindingKind, yes bool) TellKinds {
	if says := k.of(kind); says != nil {
		*says = yes
	}
	return k
}

// Radar says which findings the bell tells, and when rent is late. See
// Settings.FindingVerdict.
type Radar struct {
	Notify   TellKinds `json:"notify"`    // these are told
	Sound    TellKinds `json:"sound"`     // of these the system may make a sound
	InDigest TellKinds `json:"in_digest"` // these wait for the digest, when there is one
	// Rule is for properties that have none of their own; zero: DefaultDueRule.
	Rule DueRule `json:"rule"`
	// Rung is the step of the ladder, up to 3, from which on an untouched work order
	// is told. A lower one waits for the digest, and is listed only where there is none.
	Rung int `json:"rung"`
}

func defaultRadar() Radar {
	return Radar{
		Notify:   TellKinds{true, true, true, true, true, true, true, true},
		Sound:    TellKinds{Notice: true, Returned: true, Late: true, Partial: true, Twice: true},
		InDigest: TellKinds{Late: true, Partial: true, NoVendor: true, Untouched: true, LeaseEnds: true},
		Rule:     DefaultDueRule(),
		Rung:     3,
	}
}

func (r Radar) validate() error {
	switch {
	case r.Rule != (DueRule{}) && !r.Rule.Valid():
		return fmt.Errorf("%w: due day %d, %d days of grace", ErrBadBell, r.Rule.Due, r.Rule.Grace)
	case r.Rung < 0 || r.Rung > 3:
		return fmt.Errorf("%w: rung %d", ErrBadBell, r.Rung)
	}
	return nil
}

// Why a finding is told at its time, or never, besides what is said of events.
const (
	WhyMorning Reason = "morning" // it holds since midnight, and is told in the morning
	WhyRung    Reason = "rung"    // an untouched work order below Radar.Rung
	WhyListed  Reason = "listed"  // its kind is never told
)

// morning is when the bell tells what holds from the first minute of a day on.
const morning DayMinute = 8*60 + 30

// FindingVerdict judges whether the bell tells a finding at now, by the settings alone.
// What it holds back for a pause, quiet hours or the night is told after it, if it still
// holds then; whatever else does not ring is never told.
func (s Settings) FindingVerdict(f Finding, now time.Time) Verdict {
	quiet := s.Bell.Quiet.At(now)
	switch {
	case f.Kind == FindRefund:
		return Verdict{false, WhyListed}
	case !s.Radar.Notify.Has(f.Kind):
		return Verdict{false, WhyOff}
	case s.Radar.below(f) && s.Bell.Digest.Rhythm == AtOnce:
		return Verdict{false, WhyRung}
	case PausedAt(now, s.MutedUntil):
		return Verdict{false, WhyPaused}
	case f.AtOnce() && (!quiet || s.Bell.Quiet.Emergencies):
		return Verdict{true, WhyEmergency}
	case quiet:
		return Verdict{false, WhyQuiet}
	case f.byDay() && dayMinuteOf(now) < morning:
		return Verdict{false, WhyMorning}
	}
	return Verdict{true, WhyRings}
}

// Holds reports whether what a verdict says is only about the present time.
func (v Verdict) Holds() bool {
	return v.Why == WhyPaused || v.Why == WhyQuiet || v.Why == WhyMorning
}

// FindingWaits reports whether a finding that would be told waits for a digest.
func (s Settings) FindingWaits(f Finding) bool {
	return s.Bell.Digest.Rhythm != AtOnce && !f.AtOnce() && (s.Radar.InDigest.Has(f.Kind) || s.Radar.below(f))
}

func (r Radar) below(f Finding) bool { return f.Kind == FindUntouched && f.Level < r.Rung }

// byDay reports whether it begins with a day, at midnight.
func (f Finding) byDay() bool {
	return f.Kind == FindLate || f.Kind == FindPartial || f.Kind == FindLeaseEnds
}

// Begins is when it began to hold, in loc. It is a guess of a few hours for a work order
// without a vendor.
func (f Finding) Begins(loc *time.Location) time.Time {
	switch f.Kind {
	case FindLate, FindPartial:
		return f.SinceDay.In(loc)
	case FindLeaseEnds:
		return f.Ends.AddDays(-f.Level).In(loc)
	case FindNoVendor:
		return f.Since.Add(WorkOrderClock{Urgent: f.Hours < 24}.Patience()).In(loc)
	case FindUntouched:
		return f.Since.Add(time.Duration(f.Days) * 24 * time.Hour).In(loc)
	}
	return f.Since.In(loc)
}

// Attention counts what needs attention: what is stored, what the radar found, of which many
// of a kind are one item, and names of which there are two.
func (s Status) Attention() int { return s.Summary.Attention + s.Radar.Attention + s.Offers }

// RadarSummary are the figures of the radar that every screen shows.
type RadarSummary struct {
	Ready    bool  // the radar has looked; else there are no figures yet
	Month    Month // of now
	Known    int   // leases in this month whose rent is known
	Paid     int   // of those, whose rent has come
	NotKnown int   // leases in this month whose rent is not known
	Late     int   // leases late or paid in part, this month
	LateDue  Cents // what these still owe
	Stuck    int   // work orders that wait for a vendor or for a change, and are not snoozed or handled
	// Attention counts the kinds of findings that need attention: each is one item,
	// however many there are.
	Attention int
}
