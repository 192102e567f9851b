package hub

import (
	"context"

	"rentbell/core"
	"rentbell/core/office"
)

// What a person may ask of an office, also from another process.

// Invite makes a code for one more desk. See office.Roster.
func (h *Hub) Invite(ctx context.Context) (office.Code, error) {
	return h.cfg.Roster.Invite(ctx, h.cfg.Now())
}

// Desks lists the desks, with when they were there last: now, where they are.
func (h *Hub) Desks(ctx context.Context) ([]office.Desk, error) {
	if err := h.LookAtDesks(ctx); err != nil {
		return nil, err
	}
	return h.cfg.Roster.Desks(), nil
}

// Revoke removes a desk and cuts it off. office.ErrNoDesk when none has the name.
func (h *Hub) Revoke(ctx context.Context, name string) error {
	if _, err := h.cfg.Roster.Revoke(ctx, name); err != nil {
		return err
	}
	return h.Admit()
}

// SetRole says whether a desk may manage the office. office.ErrNoDesk when none has the
// name.
func (h *Hub) SetRole(ctx context.Context, name string, manager bool) error {
	if err := h.cfg.Roster.SetRole(ctx, name, manager); err != nil {
		return err
	}
	return h.Admit()
}

// Checks are rows of the health check: whether desks can follow, and how many; and whether
// the cluster answers, and how many copies it has, where there is one.
func (h *Hub) Checks() []core.Check {
	desks := h.check(core.Check{Name: core.CheckOfficeDesks})
	for _, d := range h.cfg.Roster.Desks() {
		if !d.Revoked {
			desks.Good++
		}
	}
	if h.cfg.Cluster == nil {
		return []core.Check{desks}
	}
	return []core.Check{desks, h.check(core.Check{Name: core.CheckOfficeCluster})}
}

// check says whether the stream works.
func (h *Hub) check(c core.Check) core.Check {
	h.mu.Lock()
	defer h.mu.Unlock()
	switch {
	case h.broken != nil:
		c.State, c.Err = core.CheckWarn, h.broken
	case h.engine == nil:
		c.State = core.CheckUnknown // it starts
	default:
		c.State = core.CheckGood
		if c.Name == core.CheckOfficeCluster {
			c.Good = h.engine.copies
		}
	}
	return c
}
