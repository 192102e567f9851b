package lookout

import (
	"time"

	"rentbell/core"
)

const (
	gather = 500 * time.Millisecond // what is found within that time is told together
	rest   = 10 * time.Second       // between two rings, but for what is told at once
)

// telling is what is to become of findings that were not told yet.
type telling struct {
	ring  []core.Finding
	marks map[core.FindingKey]core.Mark
	wait  time.Duration // after which to try again
}

// tell returns the ring for what was not told yet and may be told now, which counts as
// told from here on, and after how long to try again. The caller holds changing.
func (l *Lookout) tell(now time.Time) (time.Duration, *core.Ring) {
	findings := l.note(now)
	if l.cfg.Faceless {
		return tick, nil
	}
	t := l.weigh(findings, now)
	if err := l.mark(t.marks); err != nil { // rather late than twice
		l.cfg.Log.Error("nothing that was found is told", "err", err)
		return tick, nil
	}
	if len(t.ring) == 0 {
		return t.wait, nil
	}
	l.rang = now
	return t.wait, ringOf(l.complete(t.ring), l.cfg.Settings(), l.seen)
}

// note looks at what is due and notes since when each finding is known.
func (l *Lookout) note(now time.Time) []core.Finding {
	l.mu.Lock()
	l.watch.Tick(now)
	l.mu.Unlock()
	findings := l.findings()
	seen := make(map[core.FindingKey]time.Time, len(findings))
	for _, f := range findings {
		key := f.Key()
		since, known := l.seen[key]
		if !known || now.Before(since) { // the clock was put back: what waits for a time waits from now on
			since = now
		}
		seen[key] = since
		l.uncounted = l.uncounted || !known
	}
	l.uncounted = l.uncounted || len(seen) != len(l.seen)
	l.seen = seen
	return findings
}

// weigh decides about each finding that was not told.
func (l *Lookout) weigh(findings []core.Finding, now time.Time) telling {
	s, t := l.cfg.Settings(), telling{marks: map[core.FindingKey]core.Mark{}, wait: tick}
	resting := !core.Passed(now, l.rang, rest)
	var later []core.Finding // which may ring with others
	for _, f := range findings {
		key := f.Key()
		m, since := l.marks[key], l.seen[key]
		if m.Told {
			continue
		}
		v := s.FindingVerdict(f, now)
		switch {
		case !m.Handled.IsZero(), !v.Rings && !v.Holds():
			m.Told = true
			t.marks[key] = m
		case now.Before(m.Snoozed), v.Holds(), s.FindingWaits(f) && now.Before(s.Bell.Digest.Due(since)):
		case f.AtOnce():
			t.ring = append(t.ring, f)
		case resting:
			t.wait = min(t.wait, rest)
		case !core.Passed(now, since, gather):
			t.wait, resting = gather, true
		default:
			later = append(later, f)
		}
	}
	if !resting {
		t.ring = append(t.ring, later...)
	}
	for key, m := range l.asTold(t.ring) {
		t.marks[key] = m
	}
	return t
}

// ringOf gathers findings into one ring.
func ringOf(found []core.Found, s core.Settings, seen map[core.FindingKey]time.Time) *core.Ring {
	r := &core.Ring{Count: len(found), Findings: map[core.FindingKind]int{}, Silent: true, Missed: s.Bell.Digest.Rhythm == core.AtOnce}
	if len(found) == 1 {
		r.Found = &found[0]
	}
	for _, f := range found {
		r.Findings[f.Kind]++
		r.Silent = r.Silent && !s.Radar.Sound.Has(f.Kind)
		r.Missed = r.Missed && s.Bell.Quiet.At(seen[f.Key()])
		if f.Kind == core.FindLate || f.Kind == core.FindPartial {
			r.StillDue = r.StillDue.Plus(f.StillDue())
		}
	}
	return r
}
