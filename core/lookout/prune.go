package lookout

import (
	"errors"
	"strconv"
	"strings"
	"time"

	"rentbell/core"
)

const (
	pruneEvery = 24 * time.Hour
	// keptFor is for how long a mark outlives its finding, by the clock and by what has
	// arrived: a clock that is wrong for a while has nobody told twice.
	keptFor = 400 * 24 * time.Hour
)

// pruneDaily takes marks away once a day. The caller holds changing.
func (l *Lookout) pruneDaily() error {
	now := l.cfg.Now()
	if !core.Passed(now, l.pruned, pruneEvery) {
		return nil
	}
	l.pruned = now
	return l.prune(now)
}

// prune takes away the marks of findings that cannot hold any more.
func (l *Lookout) prune(now time.Time) error {
	summary, err := l.cfg.Reader.Summary()
	if err != nil {
		return err
	}
	if summary.LastEvent.Before(now) {
		now = summary.LastEvent
	}
	holds, gone := known(l.findings()), map[core.FindingKey]core.Mark{}
	for key := range l.marks {
		if holds[key] {
			continue
		}
		over, err := l.over(key, now.Add(-keptFor), summary.LastSeq)
		if err != nil {
			return err
		}
		if over {
			gone[key] = core.Mark{}
		}
	}
	return l.mark(gone)
}

// over reports whether what a key is about was over before a time, or is not there any
// more. A key says what it is about between its first two bars. In an office, a mark can be
// here before the event that it is about, whose number is behind the newest.
func (l *Lookout) over(key core.FindingKey, before time.Time, newest uint64) (bool, error) {
	_, rest, _ := strings.Cut(string(key), "|")
	about, _, _ := strings.Cut(rest, "|")
	about, _, _ = strings.Cut(about, ".") // the level
	switch kindOf(key) {
	case core.FindLate, core.FindPartial:
		m, err := core.ParseMonth(about)
		return err != nil || m.Last().In(time.UTC).Before(before), nil
	case core.FindLeaseEnds:
		d, err := core.ParseDate(about)
		return err != nil || d.In(time.UTC).Before(before), nil
	}
	seq, err := strconv.ParseUint(about, 10, 64)
	switch {
	case err != nil:
		return true, nil // no key of ours
	case seq > newest:
		return false, nil
	}
	e, err := l.cfg.Reader.Event(seq)
	if errors.Is(err, core.ErrNotFound) {
		return true, nil
	}
	return e.OccurredAt.Before(before), err
}
