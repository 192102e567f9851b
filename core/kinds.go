package core

// Kinds says one thing of each kind of event.
type Kinds struct {
	Payments   bool `json:"payments"`
	WorkOrders bool `json:"work_orders"`
	Leases     bool `json:"leases"`
	Tenants    bool `json:"tenants"`
	Attention  bool `json:"attention"`
}

// of is what it says of a detail's kind; of one that Rentbell does not know, no.
func (k Kinds) of(d Detail) bool {
	if d == nil {
		return false
	}
	switch d.Feed() {
	case FeedPayments:
		return k.Payments
	case FeedWorkOrders:
		return k.WorkOrders
	case FeedLeases:
		return k.Leases
	case FeedTenants:
		return k.Tenants
	}
	return false
}

// pick is what k says of an event that rings: what rings because it needs
// attention counts as that.
func (b Bells) pick(k Kinds, e Event) bool {
	if !e.Attention.IsZero() && b.Attention {
		return k.Attention
	}
	return k.of(e.Detail)
}

// Sounds reports whether an event is heard, and not only seen.
func (b Bells) Sounds(e Event) bool { return isEmergency(e.Detail) || b.pick(b.Sound, e) }

// Waits reports whether an event that would ring waits for a digest.
func (b Bells) Waits(e Event) bool { return b.Digest.Rhythm != AtOnce && b.pick(b.InDigest, e) }

// Says is what a notification tells. What is not told is left out.
type Says struct {
	Tenant bool `json:"tenant"` // names, and what people wrote
	Amount bool `json:"amount"`
	Place  bool `json:"place"` // property and unit
}
