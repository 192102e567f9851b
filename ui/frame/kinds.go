package frame

import (
	"slices"
	"strconv"
	"strings"

	"rentbell/core"
	"rentbell/ui/words"
)

// Indexes of the connection kinds in a kit.Filters with KindLabels.
const (
	WebhookChip = iota
	SpaceChip
	ReportsChip
)

// kinds are the connection kinds, in the order of their indexes.
var kinds = [...]core.Kind{core.KindWebhookAPI, core.KindDeveloperSpace, core.KindReports}

// KindLabels returns the names of the connection kinds, in the order of their
// indexes.
func KindLabels() []string {
	return []string{words.Say("Webhook API"), words.Say("Developer Space"), words.Say("Reports")}
}

// KindOf returns the connection kind at an index.
func KindOf(chip int) core.Kind { return kinds[chip] }

// ChipOf returns the index of a connection kind; the empty kind is the webhook API.
func ChipOf(k core.Kind) int { return max(0, slices.Index(kinds[:], k)) }

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
