package frame

import "rentbell/ui/words"

// Indexes of the connection kinds in a kit.Filters with KindLabels.
const (
	WebhookChip = iota
	SpaceChip
)

// KindLabels returns the names of the connection kinds, in the order of their
// indexes.
func KindLabels() []string { return []string{words.Say("Webhook API"), words.Say("Developer Space")} }
