package hub

import (
	"rentbell/core"
)

// facts is what desks are told of the office; nil: it is not known. The store alone knows
// it, so there is nothing to publish, and nothing that JetStream could lose.
func (h *Hub) facts() *core.OfficeFacts {
	s, err := h.cfg.Store.Summary()
	if err != nil {
		h.cfg.Log.Warn("desks are not told what was deleted", "err", err)
		return nil
	}
	f := core.OfficeFacts{Gone: gone(s), Quarantined: s.Quarantined, LowestDesk: h.cfg.LowestDesk}
	if h.cfg.KeepYears != nil {
		f.KeepYears = h.cfg.KeepYears()
	}
	if f.KeepYears > 0 {
		now := h.cfg.Now()
		f.Before = core.KeptFrom(now, f.KeepYears).In(now.Location())
	}
	return &f
}

// gone is the last event that was deleted for its age; 0: none was.
func gone(s core.Summary) uint64 { return uint64(s.Gone[core.FeedActivity]) }
