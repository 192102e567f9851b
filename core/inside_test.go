package core

import "time"

// SetGrace lets tests wait less for a drop to be told. Call it before Run.
func (b *Bell) SetGrace(d time.Duration) { b.grace = d }
