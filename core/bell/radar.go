package bell

import (
	"context"
	"time"

	"rentbell/core"
	"rentbell/core/lookout"
	"rentbell/core/radar"
)

// What the face may ask of the radar. See Lookout.

// Findings is what holds, also what is snoozed or handled: their marks say so. nil before
// Status.Radar is ready.
func (b *Bell) Findings() []core.Found { return b.lookout.Findings() }

// Expected is every lease of which rent is expected in a month, as it stands now. It may
// read the disk: not for the UI goroutine.
func (b *Bell) Expected(m core.Month) []core.LeaseMonth { return b.lookout.Expected(m) }

// LeaseHistory is one lease in the n months up to one, oldest first. It may read the disk:
// not for the UI goroutine.
func (b *Bell) LeaseHistory(lease string, upTo core.Month, n int) []core.LeaseMonth {
	return b.lookout.LeaseHistory(lease, upTo, n)
}

// Terms are what people, tables and records say of a lease; zero: nothing.
func (b *Bell) Terms(lease string) core.LeaseTerms { return b.lookout.Terms(lease) }

// ChangeTerms edits them. It writes to disk: not for the UI goroutine.
func (b *Bell) ChangeTerms(ctx context.Context, lease string, edit func(*core.LeaseTerms)) error {
	return b.share(func() error { return b.lookout.ChangeTerms(ctx, lease, edit) })
}

// SetNotice puts the switch "Notice served" of a lease on or off. It writes to disk: not
// for the UI goroutine.
func (b *Bell) SetNotice(ctx context.Context, lease string, on bool) error {
	return b.share(func() error { return b.lookout.SetNotice(ctx, lease, on) })
}

// Snooze hides findings until a time, but for those that are told at once. It writes to
// disk: not for the UI goroutine.
func (b *Bell) Snooze(ctx context.Context, keys []core.FindingKey, until time.Time) error {
	return b.share(func() error { return b.lookout.Snooze(ctx, keys, until) })
}

// Handle hides findings for good. It writes to disk: not for the UI goroutine.
func (b *Bell) Handle(ctx context.Context, keys []core.FindingKey) error {
	return b.share(func() error { return b.lookout.Handle(ctx, keys) })
}

// Unmark takes back what Snooze and Handle did. It writes to disk: not for the UI
// goroutine.
func (b *Bell) Unmark(ctx context.Context, keys []core.FindingKey) error {
	return b.share(func() error { return b.lookout.Unmark(ctx, keys) })
}

// WorkOrderClock is how long a work order has waited; false where nothing of it is known.
func (b *Bell) WorkOrderClock(id string) (core.WorkOrderClock, bool) {
	return b.lookout.WorkOrderClock(id)
}

// DueRules are those of properties that have their own, by name.
func (b *Bell) DueRules() map[string]core.DueRule { return b.lookout.DueRules() }

// ChangeDueRule gives a property its own due day and grace; the zero DueRule takes them
// away. It writes to disk: not for the UI goroutine.
func (b *Bell) ChangeDueRule(ctx context.Context, property string, rule core.DueRule) error {
	return b.share(func() error { return b.lookout.ChangeDueRule(ctx, property, rule) })
}

// Steps are the events of leases and work orders, for another process. See StepsOf.
func (b *Bell) Steps(ctx context.Context, fn func(core.Event) error) error {
	return lookout.StepsOf(b.cfg.Store)(ctx, fn)
}

// Decided is what people, tables and records say of what is expected.
func (b *Bell) Decided() radar.Terms { return b.lookout.Decided() }
