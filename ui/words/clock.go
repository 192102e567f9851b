package words

import (
	"time"

	"rentbell/core"
)

// MinuteText is a time of day as people write it: "7:30 AM".
func MinuteText(m core.DayMinute) string {
	return Tongue.Clock(time.Date(2000, time.January, 1, 0, int(m), 0, 0, time.UTC))
}
