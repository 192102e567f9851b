package frame

import "rentbell/ui/words"

// The connection kinds, in the order of their chips.
const (
	WebhookChip = iota
	SpaceChip
)

// KindLabels are the names of the connection kinds, by their chips.
func KindLabels() []string { return []string{words.Say("Webhook API"), words.Say("Developer Space")} }
