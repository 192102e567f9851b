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

// UsualPort is the default port for a tunnel of the user's own. Few programs
// use it.
const UsualPort = 8787

// Port reads a typed port. An empty text is UsualPort; what is no number is
// core.ErrBadPort.
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
