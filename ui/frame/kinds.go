package frame

import (
	"strconv"
	"strings"

	"rentbell/core"
	"rentbell/ui/words"
)

// Indexes of the connection kinds in a kit.Filters with KindLabels.
const (
	WebhookChip = iota
	SpaceChip
)

// KindLabels returns the names of the connection kinds, in the order of their
// indexes.
func KindLabels() []string { return []string{words.Say("Webhook API"), words.Say("Developer Space")} }

// UsualPort is a port that hardly any program has, for a tunnel of the user's own.
const UsualPort = 8787

// Port is a port as it is typed; nothing typed is the usual one. core.ErrBadPort.
func Port(text string) (int, error) {
	if text = strings.TrimSpace(text); text == "" {
		return UsualPort, nil
	}
	port, err := strconv.Atoi(text)
	if err != nil {
		return 0, core.ErrBadPort
	}
	return port, nil
}
