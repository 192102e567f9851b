package lookout

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"rentbell/core"
	"rentbell/core/radar"
)

// ready waits until the book is filled, and holds changing then. The caller unlocks it.
func (l *Lookout) ready(ctx context.Context) error {
	for {
		if err := ctx.Err(); err != nil {
			return err
		}
		l.mu.Lock()
		loaded := l.loaded
		l.mu.Unlock()
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-loaded:
		}
		l.changing.Lock()
		if l.watch != nil {
			return nil
		}
		l.changing.Unlock() // a backup was restored meanwhile
	}
}

// ChangeTerms edits what is known of a lease besides its events. What the change shows is
// on the screen of whoever made it, and not told. After ErrBadAmount or ErrBadBell nothing
// has changed. It writes to disk: not for the UI goroutine.
func (l *Lookout) ChangeTerms(ctx context.Context, lease string, edit func(*core.LeaseTerms)) error {
	if err := l.ready(ctx); err != nil {
		return err
	}
	defer l.changing.Unlock()
	terms := l.Terms(lease)
	edit(&terms)
	slices.SortStableFunc(terms.Typed, func(a, b core.TypedRent) int { return b.From.First().DaysUntil(a.From.First()) })
	if err := checkTerms(terms); err != nil {
		return err
	}
	changed := map[string]core.LeaseTerms{lease: terms}
	return l.changeLeases(changed, func() error { return l.cfg.Store.SaveTerms(changed) })
}

func checkTerms(t core.LeaseTerms) error {
	for _, r := range t.Typed {
		if r.Amount < 0 {
			return core.ErrBadAmount
		}
	}
	if t.Rule != nil && !t.Rule.Valid() {
		return fmt.Errorf("%w: due day %d, %d days of grace", core.ErrBadBell, t.Rule.Due, t.Rule.Grace)
	}
	return nil
}

// SetNotice puts the switch "Notice served" of a lease on, from now on, or off. One that is
// on stays on since it was put on. It is bound as ChangeTerms is.
func (l *Lookout) SetNotice(ctx context.Context, lease string, on bool) error {
	return l.ChangeTerms(ctx, lease, func(t *core.LeaseTerms) {
		switch now := l.cfg.Now(); {
		case !on:
			t.Notice, t.NoticeOn = time.Time{}, core.Date{}
		case t.Notice.IsZero():
			t.Notice, t.NoticeOn = now.UTC(), core.DateOf(now)
		}
	})
}

// EditTerms lets edit say, of what is known of leases, what changes, and save keep it in the
// store. It is bound as ChangeTerms is.
func (l *Lookout) EditTerms(ctx context.Context, edit func(map[string]core.LeaseTerms) map[string]core.LeaseTerms, save func(changed map[string]core.LeaseTerms) error) error {
	if err := l.ready(ctx); err != nil {
		return err
	}
	defer l.changing.Unlock()
	changed := edit(l.terms.Leases)
	if len(changed) == 0 {
		return save(changed)
	}
	return l.changeLeases(changed, func() error { return save(changed) })
}

// WeighRents says what rents of a table change, by lease, and how many there are.
func WeighRents(known map[string]core.LeaseTerms, rents map[string]core.Cents) (changed map[string]core.LeaseTerms, taken core.Taken) {
	changed = map[string]core.LeaseTerms{}
	for lease, rent := range rents {
		t := known[lease]
		switch {
		case lease == "", len(lease) > core.MaxNameID, rent < 0:
			continue
		case t.Imported == nil:
			taken.Added++
		case *t.Imported == rent:
			taken.Same++
			continue
		default:
			taken.Changed++
		}
		t.Imported = &rent
		changed[lease] = t
	}
	return changed, taken
}

// Learn keeps the rents of a settlement, by save, and puts them in force. What they show is
// not told: it was so before AppFolio was asked.
func (l *Lookout) Learn(s core.Settlement, save func() error) error {
	l.changing.Lock()
	defer l.changing.Unlock()
	changed := map[string]core.LeaseTerms{}
	for lease, rent := range s.Rents {
		if t := l.terms.Leases[lease]; t.Told == nil || *t.Told != rent {
			t.Told = &rent
			changed[lease] = t
		}
	}
	for lease, rent := range s.Imported {
		t, also := changed[lease]
		if !also {
			t = l.terms.Leases[lease]
		}
		if t.Imported == nil || *t.Imported != rent {
			t.Imported = &rent
			changed[lease] = t
		}
	}
	if len(changed) == 0 {
		return save()
	}
	return l.changeLeases(changed, save)
}

// changeLeases puts other terms in force and saves them. Before that it marks what they
// show as told, so that a crash in between has nobody told of it. The caller holds changing.
func (l *Lookout) changeLeases(changed map[string]core.LeaseTerms, save func() error) error {
	before := map[string]core.LeaseTerms{}
	for lease := range changed {
		before[lease] = l.terms.Leases[lease]
	}
	put := func(terms map[string]core.LeaseTerms) func(*radar.Terms) {
		return func(t *radar.Terms) {
			maps.Copy(t.Leases, terms)
			maps.DeleteFunc(t.Leases, func(_ string, t core.LeaseTerms) bool { return t.IsZero() })
		}
	}
	err := l.change(put(changed), slices.Collect(maps.Keys(changed)))
	if err == nil {
		if err = save(); err == nil {
			return nil
		}
		err = fmt.Errorf("save expected rents: %w", err)
	}
	l.put(put(before), slices.Collect(maps.Keys(changed)))
	return err
}

// ChangeDueRule gives a property its own due day and grace; the zero DueRule takes them
// away. It is bound as ChangeTerms is.
func (l *Lookout) ChangeDueRule(ctx context.Context, property string, rule core.DueRule) error {
	if rule != (core.DueRule{}) && !rule.Valid() || property == "" {
		return fmt.Errorf("%w: due day %d, %d days of grace", core.ErrBadBell, rule.Due, rule.Grace)
	}
	if err := l.ready(ctx); err != nil {
		return err
	}
	defer l.changing.Unlock()
	before := l.terms.Properties[property]
	put := func(rule core.DueRule) func(*radar.Terms) {
		return func(t *radar.Terms) {
			if t.Properties[property] = rule; rule == (core.DueRule{}) {
				delete(t.Properties, property)
			}
		}
	}
	err := l.change(put(rule), nil)
	if err == nil {
		if err = l.cfg.Store.SaveDueRules(map[string]core.DueRule{property: rule}); err == nil {
			return nil
		}
		err = fmt.Errorf("save due days: %w", err)
	}
	l.put(put(before), nil)
	return err
}

// followSettings goes by the due day that the settings have now.
func (l *Lookout) followSettings() error {
	rule := l.cfg.Settings().Radar.Rule
	if rule == l.terms.Default {
		return nil
	}
	return l.change(func(t *radar.Terms) { t.Default = rule }, nil)
}

// change puts other terms in force and marks what they show as told. nil leases: all. The
// caller holds changing.
func (l *Lookout) change(put func(*radar.Terms), leases []string) error {
	if l.watch == nil { // what they show is looked at with all the rest
		l.put(put, leases)
		return nil
	}
	was := known(l.note(l.cfg.Now()))
	l.put(put, leases)
	found := slices.DeleteFunc(l.findings(), func(f core.Finding) bool { return was[f.Key()] })
	return l.mark(l.asTold(found))
}

// put puts other terms in force.
func (l *Lookout) put(put func(*radar.Terms), leases []string) {
	l.mu.Lock()
	put(&l.terms)
	if l.watch != nil {
		l.watch.SetTerms(l.terms, l.cfg.Now(), leases...)
	}
	l.uncounted = true
	l.mu.Unlock()
	l.wake.Nudge()
}

// Snooze hides findings until a time. What is told at once is never snoozed. It writes to
// disk: not for the UI goroutine.
func (l *Lookout) Snooze(ctx context.Context, keys []core.FindingKey, until time.Time) error {
	keys = slices.DeleteFunc(slices.Clone(keys), func(k core.FindingKey) bool { return kindOf(k) == core.FindNotice })
	return l.remark(ctx, keys, func(_ core.FindingKey, m *core.Mark) { m.Snoozed = until.UTC() })
}

// Handle hides findings for good. It writes to disk: not for the UI goroutine.
func (l *Lookout) Handle(ctx context.Context, keys []core.FindingKey) error {
	now := l.cfg.Now().UTC()
	return l.remark(ctx, keys, func(_ core.FindingKey, m *core.Mark) { m.Told, m.Handled = true, now })
}

// Unmark takes back what Snooze and Handle did. It writes to disk: not for the UI
// goroutine.
func (l *Lookout) Unmark(ctx context.Context, keys []core.FindingKey) error {
	return l.remark(ctx, keys, func(_ core.FindingKey, m *core.Mark) { m.Snoozed, m.Handled = time.Time{}, time.Time{} })
}

// TakeMarks takes over what became of findings elsewhere in the office. What was told here
// stays so. It writes to disk: not for the UI goroutine.
func (l *Lookout) TakeMarks(ctx context.Context, marks map[core.FindingKey]core.Mark) error {
	return l.remark(ctx, slices.Collect(maps.Keys(marks)), func(key core.FindingKey, m *core.Mark) {
		m.Snoozed, m.Handled = marks[key].Snoozed, marks[key].Handled
		m.Told = m.Told || !m.Handled.IsZero()
	})
}

func (l *Lookout) remark(ctx context.Context, keys []core.FindingKey, edit func(core.FindingKey, *core.Mark)) error {
	l.changing.Lock()
	defer l.changing.Unlock()
	if err := ctx.Err(); err != nil {
		return err
	}
	marks := map[core.FindingKey]core.Mark{}
	for _, key := range keys {
		m := l.marks[key]
		edit(key, &m)
		marks[key] = m
	}
	if err := l.mark(marks); err != nil {
		return err
	}
	l.uncounted = true
	l.cfg.Board.Nudge()
	l.wake.Nudge()
	return nil
}

func kindOf(key core.FindingKey) core.FindingKind {
	kind, _, _ := strings.Cut(string(key), "|")
	return core.FindingKind(kind)
}
