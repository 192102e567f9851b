package words

import (
	"time"

	"rentbell/core"
)

// MinuteText formats a time of day: "7:30 AM".
func MinuteText(m core.DayMinute) string {
	return Tongue.Clock(time.Date(2000, time.January, 1, 0, int(m), 0, 0, time.UTC))
}
