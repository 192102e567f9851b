package core

import "time"

// Gap is a stretch of time in which no delivery could arrive.
type Gap struct {
	From   time.Time `json:"from"` // UTC
	To     time.Time `json:"to"`   // zero: it goes on
	Reason GapReason `json:"reason"`
	Seen   bool      `json:"seen"` // the user has closed the notice about it
}

// GapReason is why deliveries could not arrive.
type GapReason string

// The reasons of a Gap.
const (
	GapNetwork GapReason = "network" // no way to the internet or the tunnel's service
	GapRefused GapReason = "refused" // the service did not want us
	GapAsleep  GapReason = "asleep"  // the computer slept
	GapClosed  GapReason = "closed"  // the user closed the address
	GapOff     GapReason = "off"     // Rentbell was not running
)
